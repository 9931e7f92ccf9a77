//! A URL requires a selector, so the selector is the first parameter.

use workos_api::Client;

fn main() {}

pub fn start(client: &Client) {
    let _url =
        client.user_management().authentication().authorization_url("https://example.com/callback").url();
}
