//! A request builder can be awaited directly; `send` returns the call as a value.

use stytch_b2b::organizations::members::MemberId;
use stytch_b2b::organizations::{OrganizationId, SearchResponse};
use stytch_b2b::{Client, Error};

pub fn main() {}

pub async fn list(client: &Client) -> Result<SearchResponse, Error> {
    client.organizations().search().await
}

pub async fn with_params(client: &Client, organization: &OrganizationId, member: &MemberId) -> Result<(), Error> {
    let members = client.organizations().members();
    members.update(organization, member).name("Ada Lovelace").await?;
    client.request(stytch_b2b::organizations::members::params::DeleteParams::new(organization, member)).await?;
    Ok(())
}

/// Accepts any awaitable value, including a request builder.
pub async fn within<F: IntoFuture>(future: F) -> F::Output {
    future.await
}

pub async fn by_a_helper(client: &Client) -> Result<SearchResponse, Error> {
    within(client.organizations().search().limit(10)).await
}
