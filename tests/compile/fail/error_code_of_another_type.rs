//! `code_as` converts only into the package's error codes: not another enum, and not a string, which `code` returns.

use workos_api::common::UserId;
use workos_api::user_management::authentication::AuthenticationMethod;
use workos_api::Error;
use workos_api::errors::ErrorCode;

fn main() {}

pub fn as_another_enum(error: &Error) -> Option<AuthenticationMethod> {
    error.code_as()
}

pub fn as_an_id(error: &Error) -> bool {
    error.code_as::<UserId>().is_some()
}

pub fn as_text(error: &Error) -> bool {
    error.code_as::<ErrorCode>() == Some("slow_down")
}
