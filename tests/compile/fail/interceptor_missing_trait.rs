//! A function is not an interceptor; a type must implement the trait.

use stytch_b2b::Client;

fn main() {}

pub fn connect() {
    let _builder = Client::builder("project-test-111", "secret-test-111").interceptor(|attempt: u32| attempt);
}
