//! The ID of a user cannot be passed as the ID of an organization, and vice versa.

use workos_api::Client;
use workos_api::common::{OrganizationId, UserId};

fn main() {}

pub fn join(client: &Client, user: &UserId, organization: &OrganizationId) {
    let _request = client.user_management().organization_memberships().create(organization, user);
}
