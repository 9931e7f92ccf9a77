//! `request` takes the parameters of a request, and `url_request` takes the parameters of a URL.

use workos_api::Client;
use workos_api::common::UserId;
use workos_api::user_management::users::params::GetParams;

fn main() {}

pub fn link(client: &Client, user: &UserId) {
    let _url = client.url_request(GetParams::new(user));
}
