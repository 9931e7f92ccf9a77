//! A User and an Organization are both told by an id, and neither fits in the place of the other.

use workos_api::Client;
use workos_api::common::{OrganizationId, UserId};

fn main() {}

pub fn join(client: &Client, user: &UserId, organization: &OrganizationId) {
    let _request = client.user_management().organization_memberships().create(organization, user);
}
