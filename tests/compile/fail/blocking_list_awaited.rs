//! A list that blocks is an iterator: there is nothing to await.

use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;

fn main() {}

pub async fn walk(client: &Client, id: &OrganizationId) {
    let mut members = client.organizations().members().search([id]).items().blocking();
    while let Some(member) = members.next().await {
        println!("{member:?}");
    }
}
