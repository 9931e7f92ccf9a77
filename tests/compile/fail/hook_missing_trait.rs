//! A function is no hook; a type says which of the three moments it is for.

use stytch_b2b::Client;

fn main() {}

pub fn connect() {
    let _builder = Client::builder("project-test-111", "secret-test-111").hook(|attempt: u32| attempt);
}
