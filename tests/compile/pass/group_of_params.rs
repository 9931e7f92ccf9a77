//! Exactly one of several mutually exclusive parameters is sent, however often they are set.

use workos_api::user_management::users::{Password, PasswordHash, PasswordHashType, PasswordSaltPosition};
use workos_api::user_management::users::params::CreateParams;
use workos_api::user_management::users::requests::CreateRequest;
use workos_api::{Client, Error};
use workos_api::runtime::{Endpoint, RequestContext};

fn body(password: Option<Password>) -> Result<String, Error> {
    let target: RequestContext = "https://api.example.com".parse()?;
    let mut params = CreateParams::new("ada@example.com");
    params.password = password;
    let request = params.to_request(&target, &Default::default())?;
    Ok(String::from_utf8_lossy(request.body()).into_owned())
}

pub fn main() -> Result<(), Error> {
    assert_eq!(body(None)?, r#"{"email":"ada@example.com"}"#);

    let plaintext = Password::plaintext("correct horse");
    assert!(!format!("{plaintext:?}").contains("horse"));
    assert_eq!(body(Some(plaintext))?, r#"{"email":"ada@example.com","password":"correct horse"}"#);

    let hash = PasswordHash::new("hash-111", PasswordHashType::Bcrypt);
    assert_eq!(
        body(Some(Password::Hashed(hash)))?,
        r#"{"email":"ada@example.com","password_hash":"hash-111","password_hash_type":"bcrypt"}"#
    );
    Ok(())
}

/// The last value is used, as with any parameter.
pub fn given_twice(client: &Client) -> CreateRequest<'_> {
    let hash = PasswordHash::new("hash-111", "firebase-scrypt".into())
        .password_salt_position(PasswordSaltPosition::Prefix);
    let request = client.user_management().users().create("ada@example.com");
    request.password(Password::plaintext("correct horse")).password(Password::Hashed(hash))
}
