//! Exactly one selector determines how a user signs in; a second one cannot be passed.

use workos_api::Client;
use workos_api::common::ConnectionId;
use workos_api::user_management::authentication::{AuthorizationProvider, AuthorizationSelector};

const CALLBACK: &str = "https://example.com/callback";

fn main() {}

pub fn by_position(client: &Client, connection: ConnectionId) {
    let provider = AuthorizationSelector::Provider(AuthorizationProvider::AuthKit);
    let connection = AuthorizationSelector::Connection(connection);
    let _url = client.user_management().authentication().authorization_url(provider, CALLBACK, connection);
}

pub fn by_name(client: &Client, connection: ConnectionId) {
    let provider = AuthorizationSelector::Provider(AuthorizationProvider::AuthKit);
    let url = client.user_management().authentication().authorization_url(provider, CALLBACK);
    let _url = url.connection_id(connection);
}
