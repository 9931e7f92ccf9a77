//! Members: the read-only operations.

use serde_json::json;
use stytch_b2b::Client;
use stytch_b2b::organizations::members::{MemberId, MemberSelector};
use stytch_b2b::organizations::{ConnectedAppClientType, OrganizationId};
use typefoundry_tests::cases;

use crate::case::{Case, REQUEST_ID, SESSION_JWT, SESSION_TOKEN};
use crate::responses::{
    bare_member_and_organization, check_bare_member_and_organization, check_member_and_organization,
    member_and_organization,
};

cases! {
    "organizations.members.get": get_required, get_everything;
    "organizations.members.dangerously_get": dangerously_get_required, dangerously_get_everything;
    "organizations.members.oidc_providers": oidc_providers_required, oidc_providers_everything;
    "organizations.members.get_connected_apps": get_connected_apps_required, get_connected_apps_everything;
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

fn member_id() -> MemberId {
    MemberId::new("member-test-9ab4")
}

async fn get_required(case: Case) {
    let case = case
        .line("GET /v1/b2b/organizations/organization-test-6f1c/member?member_id=member-test-9ab4")
        .response(bare_member_and_organization());
    let call = |client: &Client| {
        let selector = MemberSelector::id(member_id());
        client.organizations().members().get(organization_id(), selector).send()
    };
    check_bare_member_and_organization!(case.call(call).await);
}

async fn get_everything(case: Case) {
    let case = case
        .line(concat!(
            "GET /v1/b2b/organizations/organization-test-6f1c/member",
            "?email_address=grace%2Bnavy%26co%40nightingale.example",
        ))
        .response(member_and_organization());
    let call = |client: &Client| {
        let selector = MemberSelector::email_address("grace+navy&co@nightingale.example");
        client.organizations().members().get(organization_id(), selector).send()
    };
    check_member_and_organization!(case.call(call).await);
}

async fn dangerously_get_required(case: Case) {
    let case = case
        .line("GET /v1/b2b/organizations/members/dangerously_get/member-test-9ab4")
        .response(bare_member_and_organization());
    let call = |client: &Client| client.organizations().members().dangerously_get(member_id()).send();
    check_bare_member_and_organization!(case.call(call).await);
}

async fn dangerously_get_everything(case: Case) {
    let case = case
        .line("GET /v1/b2b/organizations/members/dangerously_get/member-test-9ab4?include_deleted=true")
        .response(member_and_organization());
    let call = |client: &Client| {
        client.organizations().members().dangerously_get(member_id()).include_deleted(true).send()
    };
    check_member_and_organization!(case.call(call).await);
}

async fn oidc_providers_required(case: Case) {
    let case = case
        .line("GET /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/oidc_providers")
        .response(json!({"request_id": REQUEST_ID, "status_code": 200}));
    let call = |client: &Client| {
        client.organizations().members().oidc_providers(organization_id(), member_id()).send()
    };
    let response = case.call(call).await;
    assert!(response.registrations.is_empty());
}

async fn oidc_providers_everything(case: Case) {
    let case = case
        .line(concat!(
            "GET /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/oidc_providers",
            "?include_refresh_token=false",
        ))
        .response(json!({
            "request_id": REQUEST_ID,
            "registrations": [{
                "provider_subject": "okta|11",
                "id_token": "oidc-id-token",
                "access_token": "oidc-access-token",
                "access_token_expires_in": 3599,
                "scopes": ["openid", "email"],
                "connection_id": "oidc-connection-test-1",
                "refresh_token": "oidc-refresh-token",
            }],
            "status_code": 200,
        }));
    let call = |client: &Client| {
        let request = client.organizations().members().oidc_providers(organization_id(), member_id());
        request.include_refresh_token(false).send()
    };
    let response = case.call(call).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    let [registration] = response.registrations.as_slice() else { panic!("one registration") };
    assert_eq!(registration.provider_subject, "okta|11");
    assert_eq!(registration.id_token.expose(), "oidc-id-token");
    assert_eq!(registration.access_token.expose(), "oidc-access-token");
    assert_eq!(registration.access_token_expires_in, 3599);
    assert_eq!(registration.scopes, ["openid", "email"]);
    assert_eq!(registration.connection_id.as_str(), "oidc-connection-test-1");
    let refresh_token = registration.refresh_token.as_ref().expect("a token");
    assert_eq!(refresh_token.expose(), "oidc-refresh-token");
}

async fn get_connected_apps_required(case: Case) {
    let case = case
        .line("GET /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/connected_apps")
        .response(json!({"request_id": REQUEST_ID, "status_code": 200}));
    let call = |client: &Client| {
        client.organizations().members().get_connected_apps(organization_id(), member_id()).send()
    };
    let response = case.call(call).await;
    assert!(response.connected_apps.is_empty());
}

async fn get_connected_apps_everything(case: Case) {
    let case = case
        .line("GET /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/connected_apps")
        .response(json!({
            "request_id": REQUEST_ID,
            "connected_apps": [{
                "connected_app_id": "connected-app-test-77",
                "name": "Rota",
                "description": "Plans shifts",
                "client_type": "third_party",
                "scopes_granted": "openid rota:write",
                "logo_url": "https://img.example/rota.png",
            }],
            "status_code": 200,
        }));
    let call = |client: &Client| {
        let request = client.organizations().members().get_connected_apps(organization_id(), member_id());
        request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
    };
    let response = case.call(call).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    let [app] = response.connected_apps.as_slice() else { panic!("one app") };
    assert_eq!(app.connected_app_id.as_str(), "connected-app-test-77");
    assert_eq!(app.name, "Rota");
    assert_eq!(app.description, "Plans shifts");
    assert_eq!(app.client_type, ConnectedAppClientType::ThirdParty);
    assert_eq!(app.scopes_granted, "openid rota:write");
    assert_eq!(app.logo_url.as_deref(), Some("https://img.example/rota.png"));
}
