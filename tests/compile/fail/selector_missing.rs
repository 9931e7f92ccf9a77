//! A URL without a selector would lead nowhere, so it is the first thing that is asked for.

use workos_api::Client;

fn main() {}

pub fn start(client: &Client) {
    let _url =
        client.user_management().authentication().authorization_url("https://example.com/callback").url();
}
