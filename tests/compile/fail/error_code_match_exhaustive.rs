//! New codes must not break a `match`, so it needs a wildcard arm, even beside `Unknown`.

use workos_api::Error;
use workos_api::errors::ErrorCode;

fn main() {}

pub fn is_about_the_user(error: &Error) -> bool {
    match error.code_as() {
        Some(ErrorCode::UserMismatch | ErrorCode::UserAlreadyExists) => true,
        Some(ErrorCode::Unknown(_)) | None => false,
    }
}
