//! A misspelled code is rejected, and the compiler suggests the most similar one.

use workos_api::{Error, ErrorCode};

fn main() {}

pub fn is_gone(error: &Error) -> bool {
    error.code_as() == Some(ErrorCode::EntityNotFund)
}
