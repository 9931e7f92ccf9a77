//! The payload of a variant is a model: new fields must not break code that creates one.

use workos_api::multi_factor_auth::{NewAuthenticationFactor, NewTotpFactor};
use workos_api::user_management::users::{Password, PasswordHash, PasswordHashType};

fn main() {}

pub fn factor() -> NewAuthenticationFactor {
    NewAuthenticationFactor::Totp(NewTotpFactor { totp_issuer: Some("Acme".into()), totp_user: None })
}

pub fn password() -> Password {
    Password::Hashed(PasswordHash {
        password_hash: "hash-111".into(),
        password_hash_type: PasswordHashType::Bcrypt,
        ..Default::default()
    })
}
