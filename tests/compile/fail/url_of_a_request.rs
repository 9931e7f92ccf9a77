//! Only an operation whose outcome is a URL gives one.

use workos_api::Client;
use workos_api::common::UserId;

fn main() {}

pub fn link(client: &Client, user: &UserId) {
    let _url = client.user_management().users().get(user).url();
}
