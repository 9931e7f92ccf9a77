//! Only what the API can clear has a `clear_…`: a User always has an email address.

use workos_api::Client;
use workos_api::common::UserId;

fn main() {}

pub fn clear(client: &Client, user: &UserId) {
    let _request = client.user_management().users().update(user).clear_email();
}
