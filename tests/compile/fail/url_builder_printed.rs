//! A URL builder is not a URL; `url` builds it.

use workos_api::Client;
use workos_api::user_management::users::SessionId;

fn main() {}

pub fn redirect(client: &Client, session: &SessionId) {
    println!("location: {}", client.user_management().authentication().logout_url(session));
}
