//! A provider or a connection is not a selector; wrap it in a variant of the union.

use workos_api::Client;
use workos_api::common::ConnectionId;
use workos_api::user_management::authentication::AuthorizationProvider;

const CALLBACK: &str = "https://example.com/callback";

fn main() {}

pub fn at_a_provider(client: &Client) {
    let _url =
        client.user_management().authentication().authorization_url(AuthorizationProvider::AuthKit, CALLBACK);
}

pub fn at_a_connection(client: &Client, connection: &ConnectionId) {
    let _url = client.user_management().authentication().authorization_url(connection, CALLBACK);
}
