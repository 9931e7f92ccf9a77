//! A new code must not break those who match, so a match has an arm for all else, even beside `Unknown`.

use workos_api::{Error, ErrorCode};

fn main() {}

pub fn is_about_the_user(error: &Error) -> bool {
    match error.code_as() {
        Some(ErrorCode::UserMismatch | ErrorCode::UserAlreadyExists) => true,
        Some(ErrorCode::Unknown(_)) | None => false,
    }
}
