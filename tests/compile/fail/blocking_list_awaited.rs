//! A blocking list is an iterator and cannot be awaited.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

fn main() {}

pub async fn walk(client: &Client, id: &OrganizationId) {
    let mut members = client.organizations().members().search([id]).items().blocking();
    while let Some(member) = members.next().await {
        println!("{member:?}");
    }
}
