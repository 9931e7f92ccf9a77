//! A secret has no `Display`, so that it does not slip into a message or a log.

use stytch_b2b::Secret;

fn main() {}

pub fn log(session_token: &Secret) {
    println!("session {session_token}");
}
