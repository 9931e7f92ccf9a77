//! A request builder is a value: it can be stored, changed later, and cloned to be sent again.

use stytch_b2b::Client;
use stytch_b2b::organizations::members::requests::CreateRequest;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::requests::SearchRequest;

pub fn main() {}

pub struct Invitation<'c> {
    pub request: CreateRequest<'c>,
    pub attempts: u32,
}

pub fn invite<'c>(client: &'c Client, organization: &OrganizationId, names: &[&str]) -> Vec<Invitation<'c>> {
    let members = client.organizations().members();
    let request = |name: &&str| members.create(organization, format!("{name}@example.com")).name(*name);
    names.iter().map(|name| Invitation { request: request(name), attempts: 0 }).collect()
}

/// Changes a request after its creation.
pub fn search<'c>(client: &'c Client, cursor: Option<&str>) -> SearchRequest<'c> {
    let mut request = client.organizations().search();
    if let Some(cursor) = cursor {
        request = request.cursor(cursor);
    }
    request
}

pub async fn send_twice(invitation: &Invitation<'_>) -> Result<(), stytch_b2b::Error> {
    invitation.request.clone().send().await?;
    invitation.request.clone().send().await?;
    Ok(())
}
