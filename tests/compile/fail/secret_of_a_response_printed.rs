//! The tokens of a session cannot be printed by accident.

use workos_api::user_management::authentication::AuthenticateResponse;

fn main() {}

pub fn log(signed_in: &AuthenticateResponse) {
    println!("{} has {}", signed_in.user.email, signed_in.access_token);
}
