//! A string is not an enum; `into` converts it.

use stytch_b2b::Client;

fn main() {}

pub fn set(client: &Client) {
    let _request = client.organizations().create("Acme").email_invites("ALL_ALLOWED");
}
