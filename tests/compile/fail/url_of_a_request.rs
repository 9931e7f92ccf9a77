//! Only operations that build a URL have a `url` method.

use workos_api::Client;
use workos_api::common::UserId;

fn main() {}

pub fn link(client: &Client, user: &UserId) {
    let _url = client.user_management().users().get(user).url();
}
