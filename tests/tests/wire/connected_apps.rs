//! The connected apps of a member.

use serde_json::json;
use stytch_b2b::Client;
use stytch_b2b::organizations::members::MemberId;
use stytch_b2b::organizations::members::connected_apps::requests::RevokeRequest;
use stytch_b2b::organizations::{ConnectedAppId, OrganizationId};
use typefoundry_tests::cases;

use crate::case::{Case, REQUEST_ID, SESSION_JWT, SESSION_TOKEN};

cases! {
    "organizations.members.connected_apps.revoke": revoke_required, revoke_everything;
}

/// All three parameters are part of the path, so the body is an empty object.
fn revocation(case: Case) -> Case {
    let case = case.line(concat!(
        "POST /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4",
        "/connected_apps/connected-app-test-77/revoke",
    ));
    case.raw_body("{}").response(json!({"request_id": REQUEST_ID, "status_code": 200}))
}

fn revoke(client: &Client) -> RevokeRequest<'_> {
    client.organizations().members().connected_apps().revoke(
        OrganizationId::new("organization-test-6f1c"),
        MemberId::new("member-test-9ab4"),
        ConnectedAppId::new("connected-app-test-77"),
    )
}

async fn revoke_required(case: Case) {
    let response = revocation(case).call(|client| revoke(client).send()).await;
    assert_eq!(response.request_id.as_deref(), Some(REQUEST_ID));
    assert_eq!(response.status_code, Some(200));
}

async fn revoke_everything(case: Case) {
    let call = |client: &Client| revoke(client).session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send();
    let response = revocation(case).call(call).await;
    assert_eq!(response.request_id.as_deref(), Some(REQUEST_ID));
    assert_eq!(response.status_code, Some(200));
}
