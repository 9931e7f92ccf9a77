//! A code that is misspelt is no code, and the nearest is named.

use workos_api::{Error, ErrorCode};

fn main() {}

pub fn is_gone(error: &Error) -> bool {
    error.code_as() == Some(ErrorCode::EntityNotFund)
}
