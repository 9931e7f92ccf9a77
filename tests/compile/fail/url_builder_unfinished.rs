//! A URL builder that is dropped has no effect, which is probably a mistake.

#![deny(unused_must_use)]

use workos_api::Client;
use workos_api::user_management::users::SessionId;

fn main() {}

pub fn forget(client: &Client, session: &SessionId) {
    client.user_management().authentication().logout_url(session);
}
