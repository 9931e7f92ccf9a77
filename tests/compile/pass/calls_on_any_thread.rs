//! A call is `Send` and borrows nothing, so it can be spawned, and so can a future that awaits a call.

use std::future::Future;

use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::{Client, Error};

pub fn main() {}

/// Has the bounds of the `spawn` function of an async runtime.
fn spawn(_: impl Future<Output: Send> + Send + 'static) {}

pub fn spawn_calls(client: &Client, organization: &OrganizationId) {
    spawn(client.organizations().get(organization).send());
    spawn(client.organizations().members().search([organization]).session_jwt("jwt-111").send());
    spawn(rename(client.clone(), organization.clone()));
}

async fn rename(client: Client, organization: OrganizationId) -> Result<String, Error> {
    let organizations = client.organizations();
    let before = organizations.get(&organization).send().await?;
    let request = organizations.update(&organization).organization_name("Acme");
    request.send().await?;
    Ok(before.organization.organization_name)
}
