//! An ID is passed by value or by reference: alone, in a required list, or through a generic function. An optional
//! list takes values, so that `[]` needs no type annotation.

use stytch_b2b::Client;
use stytch_b2b::organizations::members::MemberId;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::requests::GetRequest;

pub struct Tenant {
    pub organization: OrganizationId,
    pub owner: MemberId,
}

pub fn calls(client: &Client, tenant: &Tenant, others: &[OrganizationId]) {
    let members = client.organizations().members();
    drop(members.delete(&tenant.organization, &tenant.owner).send());
    drop(members.delete(tenant.organization.clone(), &tenant.owner).send());
    drop(members.search([&tenant.organization]).send());
    drop(members.search(others).send());
    drop(members.update(&tenant.organization, &tenant.owner).roles([]).send());
}

pub fn read(client: &Client, organization: impl Into<OrganizationId>) -> GetRequest<'_> {
    client.organizations().get(organization)
}

pub fn main() {
    let id = OrganizationId::new("organization-111");
    assert_eq!("organization-111".parse(), Ok(id.clone()));
    assert_eq!(id.as_str(), id.to_string());
    assert_eq!(format!("{id:?}"), r#"OrganizationId("organization-111")"#);
}
