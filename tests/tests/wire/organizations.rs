//! Organizations, without the operations on connected apps.

use serde_json::{Value, json};
use stytch_b2b::Client;
use stytch_b2b::organizations::{
    AuthMethod, ConnectedAppId, ConnectedAppsAllowedType, CreateResponse, EmailImplicitRoleAssignment,
    EmailInvites, JitProvisioning, MethodPolicy, MfaMethod, MfaPolicy, OrganizationId, RoleId, SearchOperand,
    SearchOperator, SearchQuery, SsoConnectionId, SsoJitProvisioning, UpdateResponse,
};
use stytch_b2b::runtime::Call;
use typefoundry_tests::{CannedResponse, cases};

use crate::case::{Case, REQUEST_ID, SESSION_JWT, SESSION_TOKEN, call};
use crate::responses::{bare_organization, check_bare_organization, check_organization, organization};

cases! {
    "organizations.create": create_required, create_everything;
    "organizations.get": get_required, get_everything;
    "organizations.update": update_required, update_everything;
    "organizations.delete": delete_required, delete_everything;
    "organizations.search": search_required, search_everything;
    "organizations.metrics": metrics_required, metrics_everything;
    "organizations.delete_external_id": delete_external_id_required, delete_external_id_everything;
}

fn id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

fn whole() -> Value {
    json!({"request_id": REQUEST_ID, "organization": organization(), "status_code": 200})
}

fn bare() -> Value {
    json!({"request_id": REQUEST_ID, "organization": bare_organization(), "status_code": 200})
}

async fn create_required(case: Case) {
    let case = case.line("POST /v1/b2b/organizations").raw_body(r#"{"organization_name":"Bare"}"#);
    let response = case.response(bare()).call(|client| client.organizations().create("Bare").send()).await;
    assert_eq!(response.request_id, REQUEST_ID);
    check_bare_organization(&response.organization);
    assert_eq!(response.status_code, 200);
}

fn create_body() -> Value {
    json!({
        "organization_name": "Nightingale & Söhne",
        "organization_slug": "nightingale",
        "organization_logo_url": "https://img.example/n.png",
        "trusted_metadata": {"plan": "gold", "seats": 12, "nested": {"deep": [1.5, null, "x"]}},
        "organization_external_id": "crm-4711",
        "sso_jit_provisioning": "NOT_ALLOWED",
        "email_allowed_domains": ["nightingale.example", "n.example"],
        "email_jit_provisioning": "RESTRICTED",
        "email_invites": "ALL_ALLOWED",
        "auth_methods": "RESTRICTED",
        "allowed_auth_methods": ["magic_link", "google_oauth"],
        "mfa_policy": "REQUIRED_FOR_ALL",
        "rbac_email_implicit_role_assignments": [{"domain": "n.example", "role_id": "operator"}],
        "mfa_methods": "ALL_ALLOWED",
        "allowed_mfa_methods": ["sms_otp", "totp"],
        "oauth_tenant_jit_provisioning": "NOT_ALLOWED",
        "allowed_oauth_tenants": {"slack": ["T0001"]},
        "claimed_email_domains": ["claimed.example"],
        "first_party_connected_apps_allowed_type": "RESTRICTED",
        "allowed_first_party_connected_apps": ["connected-app-test-1"],
        "third_party_connected_apps_allowed_type": "ALL_ALLOWED",
        "allowed_third_party_connected_apps": ["connected-app-test-2", "connected-app-test-3"],
    })
}

fn create_with_everything(client: &Client) -> Call<CreateResponse> {
    client
        .organizations()
        .create("Nightingale & Söhne")
        .organization_slug("nightingale")
        .organization_logo_url("https://img.example/n.png")
        .trusted_metadata([
            ("plan", json!("gold")),
            ("seats", json!(12)),
            ("nested", json!({"deep": [1.5, null, "x"]})),
        ])
        .organization_external_id("crm-4711")
        .sso_jit_provisioning(SsoJitProvisioning::NotAllowed)
        .email_allowed_domains(["nightingale.example", "n.example"])
        .email_jit_provisioning(JitProvisioning::Restricted)
        .email_invites(EmailInvites::AllAllowed)
        .auth_methods(MethodPolicy::Restricted)
        .allowed_auth_methods([AuthMethod::MagicLink, AuthMethod::GoogleOAuth])
        .mfa_policy(MfaPolicy::RequiredForAll)
        .rbac_email_implicit_role_assignments([EmailImplicitRoleAssignment::new(
            "n.example",
            RoleId::new("operator"),
        )])
        .mfa_methods(MethodPolicy::AllAllowed)
        .allowed_mfa_methods([MfaMethod::SmsOtp, MfaMethod::Totp])
        .oauth_tenant_jit_provisioning(JitProvisioning::NotAllowed)
        .allowed_oauth_tenants([("slack", json!(["T0001"]))])
        .claimed_email_domains(["claimed.example"])
        .first_party_connected_apps_allowed_type(ConnectedAppsAllowedType::Restricted)
        .allowed_first_party_connected_apps([ConnectedAppId::new("connected-app-test-1")])
        .third_party_connected_apps_allowed_type(ConnectedAppsAllowedType::AllAllowed)
        .allowed_third_party_connected_apps(
            ["connected-app-test-2", "connected-app-test-3"].map(ConnectedAppId::new),
        )
        .send()
}

async fn create_everything(case: Case) {
    let case = case.line("POST /v1/b2b/organizations").body(create_body());
    let response = case.status(201).response(whole()).call(create_with_everything).await;
    assert_eq!(response.request_id, REQUEST_ID);
    check_organization(&response.organization);
    // The status in the body, independent of the HTTP status.
    assert_eq!(response.status_code, 200);
}

async fn get_required(case: Case) {
    let case = case.line("GET /v1/b2b/organizations/organization-test-6f1c").response(bare());
    let response = case.call(|client| client.organizations().get(id()).send()).await;
    check_bare_organization(&response.organization);
}

async fn get_everything(case: Case) {
    let case = case.line("GET /v1/b2b/organizations/organization-test-6f1c").response(whole());
    let response = case.call(|client| client.organizations().get(id()).send()).await;
    assert_eq!(response.request_id, REQUEST_ID);
    check_organization(&response.organization);
    assert_eq!(response.status_code, 200);
}

async fn update_required(case: Case) {
    let case = case.line("PUT /v1/b2b/organizations/organization-test-6f1c").raw_body("{}").response(bare());
    let response = case.call(|client| client.organizations().update(id()).send()).await;
    check_bare_organization(&response.organization);
}

fn update_body() -> Value {
    json!({
        "organization_name": "New name",
        "organization_slug": "new-slug",
        "organization_logo_url": "",
        "trusted_metadata": {"plan": null},
        "organization_external_id": "crm-4712",
        "sso_default_connection_id": "saml-connection-test-1",
        "sso_jit_provisioning": "RESTRICTED",
        "sso_jit_provisioning_allowed_connections": ["saml-connection-test-2", "oidc-connection-test-3"],
        "email_allowed_domains": ["new.example"],
        "email_jit_provisioning": "NOT_ALLOWED",
        "email_invites": "RESTRICTED",
        "auth_methods": "ALL_ALLOWED",
        "allowed_auth_methods": ["sso"],
        "mfa_policy": "OPTIONAL",
        "rbac_email_implicit_role_assignments": [
            {"domain": "a.example", "role_id": "reader"}, {"domain": "b.example", "role_id": "writer"},
        ],
        "mfa_methods": "RESTRICTED",
        "allowed_mfa_methods": ["totp"],
        "oauth_tenant_jit_provisioning": "RESTRICTED",
        "allowed_oauth_tenants": {"github": ["77"], "hubspot": ["9"]},
        "claimed_email_domains": ["claimed.example"],
        "first_party_connected_apps_allowed_type": "ALL_ALLOWED",
        "allowed_first_party_connected_apps": ["connected-app-test-4"],
        "third_party_connected_apps_allowed_type": "NOT_ALLOWED",
        "allowed_third_party_connected_apps": ["connected-app-test-5"],
    })
}

fn update_with_everything(client: &Client) -> Call<UpdateResponse> {
    client
        .organizations()
        .update(id())
        .organization_name("New name")
        .organization_slug("new-slug")
        .organization_logo_url("")
        .trusted_metadata([("plan", json!(null))])
        .organization_external_id("crm-4712")
        .sso_default_connection_id(SsoConnectionId::new("saml-connection-test-1"))
        .sso_jit_provisioning(SsoJitProvisioning::Restricted)
        .sso_jit_provisioning_allowed_connections(
            ["saml-connection-test-2", "oidc-connection-test-3"].map(SsoConnectionId::new),
        )
        .email_allowed_domains(["new.example"])
        .email_jit_provisioning(JitProvisioning::NotAllowed)
        .email_invites(EmailInvites::Restricted)
        .auth_methods(MethodPolicy::AllAllowed)
        .allowed_auth_methods([AuthMethod::Sso])
        .mfa_policy(MfaPolicy::Optional)
        .rbac_email_implicit_role_assignments([
            EmailImplicitRoleAssignment::new("a.example", RoleId::new("reader")),
            EmailImplicitRoleAssignment::new("b.example", RoleId::new("writer")),
        ])
        .mfa_methods(MethodPolicy::Restricted)
        .allowed_mfa_methods([MfaMethod::Totp])
        .oauth_tenant_jit_provisioning(JitProvisioning::Restricted)
        .allowed_oauth_tenants([("github", json!(["77"])), ("hubspot", json!(["9"]))])
        .claimed_email_domains(["claimed.example"])
        .first_party_connected_apps_allowed_type(ConnectedAppsAllowedType::AllAllowed)
        .allowed_first_party_connected_apps([ConnectedAppId::new("connected-app-test-4")])
        .third_party_connected_apps_allowed_type(ConnectedAppsAllowedType::NotAllowed)
        .allowed_third_party_connected_apps([ConnectedAppId::new("connected-app-test-5")])
        .session_token(SESSION_TOKEN)
        .session_jwt(SESSION_JWT)
        .send()
}

async fn update_everything(case: Case) {
    let case = case.line("PUT /v1/b2b/organizations/organization-test-6f1c").body(update_body());
    let response = case.response(whole()).call(update_with_everything).await;
    assert_eq!(response.request_id, REQUEST_ID);
    check_organization(&response.organization);
    assert_eq!(response.status_code, 200);
}

fn deleted() -> Value {
    json!({"request_id": REQUEST_ID, "organization_id": "organization-test-6f1c", "status_code": 200})
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /v1/b2b/organizations/organization-test-6f1c").response(deleted());
    let response = case.call(|client| client.organizations().delete(id()).send()).await;
    assert_eq!(response.organization_id, id());
}

async fn delete_everything(case: Case) {
    let case = case.line("DELETE /v1/b2b/organizations/organization-test-6f1c").response(deleted());
    let call = |client: &Client| {
        let request = client.organizations().delete(id());
        request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
    };
    let response = case.call(call).await;
    assert_eq!(response.request_id, REQUEST_ID);
    assert_eq!(response.organization_id, id());
    assert_eq!(response.status_code, 200);
}

async fn search_required(case: Case) {
    let case = case.line("POST /v1/b2b/organizations/search").raw_body("{}");
    let case = case.response(json!({
        "request_id": REQUEST_ID,
        "results_metadata": {"total": 0},
        "status_code": 200,
    }));
    let response = case.call(|client| client.organizations().search().send()).await;
    assert!(response.organizations.is_empty());
    assert_eq!(response.results_metadata.total, 0);
    assert_eq!(response.results_metadata.next_cursor, None);
}

async fn search_everything(case: Case) {
    let case = case.line("POST /v1/b2b/organizations/search").raw_body(concat!(
        r#"{"cursor":"c3RhcnQ=","limit":250,"query":{"operator":"AND","operands":"#,
        r#"[{"filter_name":"organization_slugs","filter_value":["nightingale"]}]}}"#,
    ));
    let case = case.response(json!({
        "request_id": REQUEST_ID,
        "organizations": [organization(), organization()],
        "results_metadata": {"total": 1307, "next_cursor": "bmV4dA=="},
        "status_code": 200,
    }));
    let operands = [SearchOperand::new("organization_slugs", ["nightingale"])];
    let call = |client: &Client| {
        let query = SearchQuery::new(SearchOperator::And, operands);
        client.organizations().search().cursor("c3RhcnQ=").limit(250).query(query).send()
    };
    let response = case.call(call).await;
    assert_eq!(response.request_id, REQUEST_ID);
    assert_eq!(response.organizations.len(), 2);
    response.organizations.iter().for_each(check_organization);
    assert_eq!(response.results_metadata.total, 1307);
    assert_eq!(response.results_metadata.next_cursor.as_deref(), Some("bmV4dA=="));
    assert_eq!(response.status_code, 200);
}

async fn metrics_required(case: Case) {
    let case = case.line("GET /v1/b2b/organizations/organization-test-6f1c/metrics");
    let case = case.response(json!({"request_id": REQUEST_ID, "member_count": 0, "status_code": 200}));
    let response = case.call(|client| client.organizations().metrics(id()).send()).await;
    assert_eq!(response.member_count, 0);
}

async fn metrics_everything(case: Case) {
    let case = case.line("GET /v1/b2b/organizations/organization-test-6f1c/metrics");
    // The vendor documents an unsigned 32-bit number.
    let canned = json!({"request_id": REQUEST_ID, "member_count": 4_294_967_295_u32, "status_code": 200});
    let response = case.response(canned).call(|client| client.organizations().metrics(id()).send()).await;
    assert_eq!(response.request_id, REQUEST_ID);
    assert_eq!(response.member_count, i64::from(u32::MAX));
    assert_eq!(response.status_code, 200);
}

/// A recorded server returns -1 until it has counted.
#[tokio::test]
async fn unknown_count_is_minus_one() {
    let canned = json!({"request_id": REQUEST_ID, "member_count": -1, "status_code": 200});
    let send = |client: &Client| client.organizations().metrics(id()).send();
    let (response, _) = call(CannedResponse::json(200, canned), send).await;
    assert_eq!(response.expect("a response").member_count, -1);

    let canned = json!({
        "request_id": REQUEST_ID,
        "organizations": [],
        "results_metadata": {"total": -1},
        "status_code": 200,
    });
    let (response, _) =
        call(CannedResponse::json(200, canned), |client| client.organizations().search().send()).await;
    assert_eq!(response.expect("a response").results_metadata.total, -1);
}

async fn delete_external_id_required(case: Case) {
    let case = case.line("DELETE /v1/b2b/organizations/organization-test-6f1c/external_id").response(bare());
    let response = case.call(|client| client.organizations().delete_external_id(id()).send()).await;
    check_bare_organization(&response.organization);
}

async fn delete_external_id_everything(case: Case) {
    let case = case.line("DELETE /v1/b2b/organizations/organization-test-6f1c/external_id").response(whole());
    let call = |client: &Client| {
        let request = client.organizations().delete_external_id(id());
        request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
    };
    let response = case.call(call).await;
    assert_eq!(response.request_id, REQUEST_ID);
    check_organization(&response.organization);
    assert_eq!(response.status_code, 200);
}
