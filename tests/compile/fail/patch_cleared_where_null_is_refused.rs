//! Only fields that the API can clear have a `clear_…` method: a user always has an email address.

use workos_api::Client;
use workos_api::common::UserId;

fn main() {}

pub fn clear(client: &Client, user: &UserId) {
    let _request = client.user_management().users().update(user).clear_email();
}
