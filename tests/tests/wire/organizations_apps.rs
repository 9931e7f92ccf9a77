//! The connected apps of an organization.

use serde_json::{Value, json};
use stytch_b2b::Client;
use stytch_b2b::organizations::{ConnectedAppClientType, ConnectedAppId, OrganizationId};
use typefoundry_tests::cases;

use crate::case::{Case, REQUEST_ID, SESSION_JWT, SESSION_TOKEN};

cases! {
    "organizations.connected_apps": connected_apps_required, connected_apps_everything;
    "organizations.get_connected_app": get_connected_app_required, get_connected_app_everything;
}

fn id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

fn app_id() -> ConnectedAppId {
    ConnectedAppId::new("connected-app-test-77")
}

async fn connected_apps_required(case: Case) {
    let case = case.line("GET /v1/b2b/organizations/organization-test-6f1c/connected_apps");
    let case = case.response(json!({"request_id": REQUEST_ID, "status_code": 200}));
    let response = case.call(|client| client.organizations().connected_apps(id()).send()).await;
    assert!(response.connected_apps.is_empty());
}

async fn connected_apps_everything(case: Case) {
    let case = case.line("GET /v1/b2b/organizations/organization-test-6f1c/connected_apps");
    let case = case.response(json!({
        "request_id": REQUEST_ID,
        "connected_apps": [
            {
                "connected_app_id": "connected-app-test-77",
                "name": "Rota",
                "description": "Plans shifts",
                "client_type": "first_party",
                "logo_url": "https://img.example/rota.png",
            },
            {
                "connected_app_id": "connected-app-test-78",
                "name": "Till",
                "description": "Takes money",
                "client_type": "third_party_public",
            },
        ],
        "status_code": 200,
    }));
    let call = |client: &Client| {
        let request = client.organizations().connected_apps(id());
        request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
    };
    let response = case.call(call).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    let [rota, till] = response.connected_apps.as_slice() else { panic!("two apps") };
    assert_eq!(rota.connected_app_id, app_id());
    assert_eq!(rota.name, "Rota");
    assert_eq!(rota.description, "Plans shifts");
    assert_eq!(rota.client_type, ConnectedAppClientType::FirstParty);
    assert_eq!(rota.logo_url.as_deref(), Some("https://img.example/rota.png"));
    assert_eq!(till.connected_app_id.as_str(), "connected-app-test-78");
    assert_eq!(till.client_type, ConnectedAppClientType::ThirdPartyPublic);
    assert_eq!(till.logo_url, None);
}

async fn get_connected_app_required(case: Case) {
    let line = "GET /v1/b2b/organizations/organization-test-6f1c/connected_apps/connected-app-test-77";
    let case = case.line(line).response(json!({
        "connected_app_id": "connected-app-test-77",
        "name": "Rota",
        "description": "",
        "client_type": "third_party",
        "status_code": 200,
    }));
    let call = |client: &Client| client.organizations().get_connected_app(id(), app_id()).send();
    let response = case.call(call).await;
    assert_eq!(response.request_id, None);
    assert_eq!(response.client_type, ConnectedAppClientType::ThirdParty);
    assert!(response.active_members.is_empty());
    assert_eq!(response.logo_url, None);
}

async fn get_connected_app_everything(case: Case) {
    let line = "GET /v1/b2b/organizations/organization-test-6f1c/connected_apps/connected-app-test-77";
    let case = case.line(line).response(whole_app());
    let call = |client: &Client| {
        let request = client.organizations().get_connected_app(id(), app_id());
        request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
    };
    let response = case.call(call).await;
    assert_eq!(response.request_id.as_deref(), Some(REQUEST_ID));
    assert_eq!(response.connected_app_id, app_id());
    assert_eq!(response.name, "Rota");
    assert_eq!(response.description, "Plans shifts");
    assert_eq!(response.client_type, ConnectedAppClientType::FirstPartyPublic);
    assert_eq!(response.logo_url.as_deref(), Some("https://img.example/rota.png"));
    assert_eq!(response.status_code, 200);
    let [first, second] = response.active_members.as_slice() else { panic!("two members") };
    assert_eq!(first.member_id.as_str(), "member-test-1");
    assert_eq!(first.granted_scopes, ["openid", "rota:write"]);
    assert_eq!(second.member_id.as_str(), "member-test-2");
    assert!(second.granted_scopes.is_empty());
}

/// The only response without a request ID.
fn whole_app() -> Value {
    json!({
        "connected_app_id": "connected-app-test-77",
        "name": "Rota",
        "description": "Plans shifts",
        "client_type": "first_party_public",
        "active_members": [
            {"member_id": "member-test-1", "granted_scopes": ["openid", "rota:write"]},
            {"member_id": "member-test-2", "granted_scopes": []},
        ],
        "status_code": 200,
        "logo_url": "https://img.example/rota.png",
        "request_id": REQUEST_ID,
    })
}
