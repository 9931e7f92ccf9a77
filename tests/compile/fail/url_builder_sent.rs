//! A URL builder cannot be sent.

use workos_api::Client;
use workos_api::user_management::users::SessionId;

fn main() {}

pub async fn sign_out(client: &Client, session: &SessionId) {
    let _sent = client.user_management().authentication().logout_url(session).send().await;
}
