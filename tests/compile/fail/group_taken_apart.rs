//! Mutually exclusive parameters are one enum, so a second one cannot be passed.

use workos_api::Client;
use workos_api::common::UserId;
use workos_api::user_management::users::{Password, PasswordHash, PasswordHashType};

fn main() {}

pub fn as_text(client: &Client) {
    let _request = client.user_management().users().create("ada@example.com").password("correct horse");
}

pub fn both(client: &Client, user: &UserId) {
    let hash = PasswordHash::new("hash-111", PasswordHashType::Bcrypt);
    let request = client.user_management().users().update(user);
    let _request = request.password(Password::plaintext("correct horse"), Password::Hashed(hash));
}

pub fn one_key_beside(client: &Client, user: &UserId) {
    let request =
        client.user_management().users().update(user).password(Password::plaintext("correct horse"));
    let _request = request.password_hash("hash-111").password_hash_type("bcrypt");
}
