//! `None` could mean "keep" or "clear", so neither a setter nor a `Patch` accepts it.

use workos_api::Client;
use workos_api::common::UserId;
use workos_api::user_management::users::params::UpdateParams;

fn main() {}

pub fn by_the_builder(client: &Client, user: &UserId) {
    let _request = client.user_management().users().update(user).external_id(None);
}

pub fn in_the_params(params: &mut UpdateParams, external_id: Option<String>) {
    params.external_id = None;
    params.locale = external_id.into();
}
