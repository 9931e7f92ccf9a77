//! A request that is built and dropped is not sent, which is probably a mistake.

#![deny(unused_must_use)]

use stytch_b2b::Client;

fn main() {}

pub fn create(client: &Client) {
    client.organizations().create("Acme");
}
