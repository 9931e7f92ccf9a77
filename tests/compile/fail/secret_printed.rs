//! A secret does not implement `Display`, so that it cannot be printed or logged by accident.

use stytch_b2b::runtime::Secret;

fn main() {}

pub fn log(session_token: &Secret) {
    println!("session {session_token}");
}
