//! An HTTP client is not a transport; a few lines make it one.

use stytch_b2b::Client;

fn main() {}

struct Http;

pub fn connect() {
    let _builder = Client::builder("project-test-111", "secret-test-111").transport(Http);
}
