//! Error codes are matched by name; unknown codes keep their text.

use workos_api::common::UserId;
use workos_api::user_management::users::User;
use workos_api::user_management::users::params::GetParams;
use workos_api::{Client, Error};
use workos_api::errors::ErrorCode;
use workos_api::runtime::{Endpoint, http};

fn error(body: &'static str) -> Result<Error, http::Error> {
    let response = http::Response::builder().status(400).body(body.into())?;
    Ok(GetParams::from_response(&response).expect_err("the response is not a success"))
}

/// Matches the error beside the success, without naming the type of the code.
pub async fn find(client: &Client, id: &UserId) -> Result<Option<User>, Error> {
    match client.user_management().users().get(id).send().await {
        Ok(user) => Ok(Some(user)),
        Err(error) if error.code_as() == Some(ErrorCode::EntityNotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn wait(error: &Error) -> Option<u32> {
    match error.code_as()? {
        ErrorCode::SlowDown | ErrorCode::TooManyRequests => Some(10),
        ErrorCode::DailyQuotaExceeded => Some(86_400),
        ErrorCode::Unknown(code) if code.as_str().ends_with("_timeout") => Some(1),
        _ => None,
    }
}

pub fn main() -> Result<(), http::Error> {
    assert_eq!(wait(&error(r#"{ "error": "slow_down" }"#)?), Some(10));
    assert_eq!(wait(&error(r#"{ "code": "lock_timeout", "message": "Again." }"#)?), Some(1));
    assert_eq!(wait(&error(r#"{ "code": "invalid_request" }"#)?), None);
    assert_eq!(wait(&error(r#"{ "message": "slow_down" }"#)?), None);
    assert_eq!(ErrorCode::from("lock_timeout").to_string(), "lock_timeout");
    Ok(())
}
