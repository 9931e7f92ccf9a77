//! Members: the operations that delete data.

use serde_json::json;
use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::{MemberId, MemberPasswordId};
use typefoundry_tests::cases;

use crate::case::{Case, REQUEST_ID, SESSION_JWT, SESSION_TOKEN};
use crate::responses::{
    bare_member_and_organization, check_bare_member_and_organization, check_member_and_organization,
    member_and_organization,
};

cases! {
    "organizations.members.delete": delete_required, delete_everything;
    "organizations.members.delete_external_id": delete_external_id_required, delete_external_id_everything;
    "organizations.members.delete_mfa_phone_number":
        delete_mfa_phone_number_required, delete_mfa_phone_number_everything;
    "organizations.members.delete_password": delete_password_required, delete_password_everything;
    "organizations.members.delete_totp": delete_totp_required, delete_totp_everything;
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

fn member_id() -> MemberId {
    MemberId::new("member-test-9ab4")
}

fn password_id() -> MemberPasswordId {
    MemberPasswordId::new("member-password-test-5c")
}

fn deletion(case: Case) -> Case {
    case.line("DELETE /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4")
        .response(json!({"request_id": REQUEST_ID, "member_id": "member-test-9ab4", "status_code": 200}))
}

async fn delete_required(case: Case) {
    let call =
        |client: &Client| client.organizations().members().delete(organization_id(), member_id()).send();
    let response = deletion(case).call(call).await;
    assert_eq!(response.member_id, member_id());
}

async fn delete_everything(case: Case) {
    let call = |client: &Client| {
        let request = client.organizations().members().delete(organization_id(), member_id());
        request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
    };
    let response = deletion(case).call(call).await;
    assert_eq!(response.request_id, REQUEST_ID);
    assert_eq!(response.member_id, member_id());
    assert_eq!(response.status_code, 200);
}

/// Defines two cases that differ only in the session and the response.
macro_rules! deletes {
    ($required:ident, $everything:ident, $line:literal, $method:ident, $id:ident) => {
        async fn $required(case: Case) {
            let case = case.line($line).response(bare_member_and_organization());
            let call =
                |client: &Client| client.organizations().members().$method(organization_id(), $id()).send();
            check_bare_member_and_organization!(case.call(call).await);
        }

        async fn $everything(case: Case) {
            let case = case.line($line).response(member_and_organization());
            let call = |client: &Client| {
                let request = client.organizations().members().$method(organization_id(), $id());
                request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
            };
            check_member_and_organization!(case.call(call).await);
        }
    };
}

deletes!(
    delete_external_id_required,
    delete_external_id_everything,
    "DELETE /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/external_id",
    delete_external_id,
    member_id
);

deletes!(
    delete_mfa_phone_number_required,
    delete_mfa_phone_number_everything,
    "DELETE /v1/b2b/organizations/organization-test-6f1c/members/mfa_phone_numbers/member-test-9ab4",
    delete_mfa_phone_number,
    member_id
);

deletes!(
    delete_password_required,
    delete_password_everything,
    "DELETE /v1/b2b/organizations/organization-test-6f1c/members/passwords/member-password-test-5c",
    delete_password,
    password_id
);

deletes!(
    delete_totp_required,
    delete_totp_everything,
    "DELETE /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/totp",
    delete_totp,
    member_id
);
