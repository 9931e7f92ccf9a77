//! Customers, found by the domain of an email address.

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

    /// Returns the customer that owns a verified domain.
    pub async fn of_domain(&self, domain: &str) -> Result<Option<OrganizationId>, Error> {
        let page = self.client.organizations().list().domains([domain]).send().await?;
        let is_proof = |known: &OrganizationDomain| {
            known.domain == domain && known.state == Some(OrganizationDomainState::Verified)
        };
        Ok(page.data.into_iter().find(|one| one.domains.iter().any(is_proof)).map(|one| one.id))
    }
}
