//! A call that is not awaited sends nothing.

#![deny(unused_must_use)]

use stytch_b2b::Client;

fn main() {}

pub fn create(client: &Client) {
    client.organizations().create("Acme").send();
}
