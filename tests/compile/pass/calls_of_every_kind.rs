//! All calls have the same form: resource handle, method, required parameters, optional parameters by name.

use stytch_b2b::organizations::members::{MemberId, MemberPasswordId, MemberSelector};
use stytch_b2b::organizations::{
    ConnectedAppId, EmailImplicitRoleAssignment, EmailInvites, MfaMethod, OrganizationId, RoleId,
    SearchOperand, SearchOperator, SearchQuery,
};
use stytch_b2b::Client;
use stytch_b2b::runtime::Secret;

pub fn main() {}

pub fn in_the_path_alone(client: &Client, organization: &OrganizationId, member: &MemberId) {
    let members = client.organizations().members();
    drop(client.organizations().get(organization).send());
    drop(members.delete(organization, member).send());
    drop(members.delete_password(organization, MemberPasswordId::new("password-111")).send());
}

pub fn in_the_query(client: &Client, organization: &OrganizationId, member: &MemberId) {
    let members = client.organizations().members();
    drop(members.get(organization, MemberSelector::id(member)).send());
    drop(members.get(organization, MemberSelector::email_address("ada@example.com")).send());
}

pub fn in_the_body(client: &Client, organization: &OrganizationId) {
    let request = client
        .organizations()
        .members()
        .create(organization, "ada@example.com")
        .name(String::from("Ada Lovelace"))
        .roles([RoleId::new("reader"), RoleId::new("writer")])
        .trusted_metadata([("plan", "gold")])
        .create_member_as_pending(true);
    drop(request.send());
}

pub fn with_a_session(client: &Client, organization: &OrganizationId, member: &MemberId, jwt: &Secret) {
    let request = client.organizations().members().update(organization, member);
    drop(request.default_mfa_method(MfaMethod::Totp).session_jwt(jwt).send());
}

pub fn with_objects(client: &Client) {
    let filter = SearchOperand::new("statuses", ["active", "invited"]);
    let query = SearchQuery::new(SearchOperator::And, [filter]);
    drop(client.organizations().search().query(query).limit(10).cursor("cursor-111").send());
    let readers = EmailImplicitRoleAssignment::new("example.com", RoleId::new("reader"));
    let create = client.organizations().create("Acme").rbac_email_implicit_role_assignments([readers]);
    drop(create.email_invites(EmailInvites::from("A_NEW_KIND")).send());
}

pub fn of_a_sub_resource(
    client: &Client,
    organization: &OrganizationId,
    member: &MemberId,
    app: ConnectedAppId,
) {
    let members = client.organizations().members();
    drop(members.connected_apps().revoke(organization, member, app).send());
    drop(members.oauth_providers().google(organization, member).include_refresh_token(true).send());
}
