//! A request that is built and dropped does nothing, which is hardly what was meant.

#![deny(unused_must_use)]

use stytch_b2b::Client;

fn main() {}

pub fn create(client: &Client) {
    client.organizations().create("Acme");
}
