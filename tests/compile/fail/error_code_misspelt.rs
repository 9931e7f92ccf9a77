//! A misspelled code is rejected, and the compiler suggests the most similar one.

use workos_api::Error;
use workos_api::errors::ErrorCode;

fn main() {}

pub fn is_gone(error: &Error) -> bool {
    error.code_as() == Some(ErrorCode::EntityNotFund)
}
