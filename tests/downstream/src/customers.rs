//! The customers themselves: whose people have an email address like this.

use workos_api::common::OrganizationId;
use workos_api::organization_domains::{OrganizationDomain, OrganizationDomainState};
use workos_api::{Client, Error};

/// Finds customers.
#[derive(Clone, Debug)]
pub struct Customers {
    client: Client,
}

impl Customers {
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The customer to whom a domain belongs, unless it is not proven yet.
    pub async fn of_domain(&self, domain: &str) -> Result<Option<OrganizationId>, Error> {
        let page = self.client.organizations().list().domains([domain]).send().await?;
        let is_proof = |known: &OrganizationDomain| {
            known.domain == domain && known.state == Some(OrganizationDomainState::Verified)
        };
        Ok(page.data.into_iter().find(|one| one.domains.iter().any(is_proof)).map(|one| one.id))
    }
}
