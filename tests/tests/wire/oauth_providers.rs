//! The tokens of a member's OAuth providers.

use serde_json::{Value, json};
use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::MemberId;
use stytch_b2b::organizations::members::oauth_providers::OAuthProviders;
use typefoundry_tests::cases;

use crate::case::{Case, REQUEST_ID};

cases! {
    "organizations.members.oauth_providers.google": google_required, google_everything;
    "organizations.members.oauth_providers.microsoft": microsoft_required, microsoft_everything;
    "organizations.members.oauth_providers.slack": slack_required, slack_everything;
    "organizations.members.oauth_providers.hubspot": hubspot_required, hubspot_everything;
    "organizations.members.oauth_providers.github": github_required, github_everything;
}

fn ids() -> (OrganizationId, MemberId) {
    (OrganizationId::new("organization-test-6f1c"), MemberId::new("member-test-9ab4"))
}

fn providers(client: &Client) -> OAuthProviders<'_> {
    client.organizations().members().oauth_providers()
}

/// The request line for a provider.
macro_rules! line {
    ($rest:literal) => {
        concat!(
            "GET /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/oauth_providers/",
            $rest
        )
    };
}

fn nothing_from(provider: &str) -> Value {
    json!({"request_id": REQUEST_ID, "provider_type": provider, "status_code": 200})
}

async fn google_required(case: Case) {
    let case = case.line(line!("google")).response(json!({
        "request_id": REQUEST_ID,
        "provider_type": "Google",
        "provider_subject": "107",
        "id_token": "",
        "status_code": 200,
    }));
    let (organization_id, member_id) = ids();
    let response = case.call(|client| providers(client).google(organization_id, member_id).send()).await;
    assert_eq!(response.id_token.expose(), "");
    assert!(response.scopes.is_empty());
    assert_eq!((response.access_token, response.refresh_token), (None, None));
    assert_eq!(response.access_token_expires_in, None);
}

async fn google_everything(case: Case) {
    let case = case.line(line!("google?include_refresh_token=true")).response(json!({
        "request_id": REQUEST_ID,
        "provider_type": "Google",
        "provider_subject": "107",
        "id_token": "google-id-token",
        "scopes": ["openid", "https://www.googleapis.com/auth/userinfo.email"],
        "status_code": 200,
        "access_token": "google-access-token",
        "access_token_expires_in": 3598,
        "refresh_token": "google-refresh-token",
    }));
    let (organization_id, member_id) = ids();
    let call = |client: &Client| {
        providers(client).google(organization_id, member_id).include_refresh_token(true).send()
    };
    let response = case.call(call).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    assert_eq!(response.provider_type, "Google");
    assert_eq!(response.provider_subject, "107");
    assert_eq!(response.id_token.expose(), "google-id-token");
    assert_eq!(response.scopes, ["openid", "https://www.googleapis.com/auth/userinfo.email"]);
    assert_eq!(response.access_token.expect("a token").expose(), "google-access-token");
    assert_eq!(response.access_token_expires_in, Some(3598));
    assert_eq!(response.refresh_token.expect("a token").expose(), "google-refresh-token");
}

fn microsoft_response(refresh_token: Option<&str>) -> Value {
    let mut canned = json!({
        "request_id": REQUEST_ID,
        "provider_type": "Microsoft",
        "provider_subject": "AAAA",
        "access_token": "microsoft-access-token",
        "access_token_expires_in": 4000,
        "id_token": "microsoft-id-token",
        "scopes": ["User.Read"],
        "status_code": 200,
    });
    if let Some(token) = refresh_token {
        canned["refresh_token"] = json!(token);
    }
    canned
}

async fn microsoft_required(case: Case) {
    let case = case.line(line!("microsoft")).response(microsoft_response(None));
    let (organization_id, member_id) = ids();
    let response = case.call(|client| providers(client).microsoft(organization_id, member_id).send()).await;
    assert_eq!(response.refresh_token, None);
}

async fn microsoft_everything(case: Case) {
    let case = case
        .line(line!("microsoft?include_refresh_token=true"))
        .response(microsoft_response(Some("microsoft-refresh-token")));
    let (organization_id, member_id) = ids();
    let call = |client: &Client| {
        providers(client).microsoft(organization_id, member_id).include_refresh_token(true).send()
    };
    let response = case.call(call).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    assert_eq!(response.provider_type, "Microsoft");
    assert_eq!(response.provider_subject, "AAAA");
    assert_eq!(response.access_token.expose(), "microsoft-access-token");
    assert_eq!(response.access_token_expires_in, 4000);
    assert_eq!(response.id_token.expose(), "microsoft-id-token");
    assert_eq!(response.scopes, ["User.Read"]);
    assert_eq!(response.refresh_token.expect("a token").expose(), "microsoft-refresh-token");
}

async fn slack_required(case: Case) {
    let case = case.line(line!("slack")).response(nothing_from("Slack"));
    let (organization_id, member_id) = ids();
    let response = case.call(|client| providers(client).slack(organization_id, member_id).send()).await;
    assert!(response.registrations.is_empty());
}

async fn slack_everything(case: Case) {
    let case = case.line(line!("slack")).response(json!({
        "request_id": REQUEST_ID,
        "provider_type": "Slack",
        "registrations": [{
            "provider_subject": "U0001",
            "provider_tenant_id": "T0001",
            "access_token": "xoxp-slack",
            "scopes": ["users:read"],
            "bot_access_token": "xoxb-slack",
            "bot_scopes": ["chat:write", "files:read"],
        }],
        "status_code": 200,
    }));
    let (organization_id, member_id) = ids();
    let response = case.call(|client| providers(client).slack(organization_id, member_id).send()).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    assert_eq!(response.provider_type, "Slack");
    let [registration] = response.registrations.as_slice() else { panic!("one registration") };
    assert_eq!(registration.provider_subject, "U0001");
    assert_eq!(registration.provider_tenant_id, "T0001");
    assert_eq!(registration.access_token.expose(), "xoxp-slack");
    assert_eq!(registration.scopes, ["users:read"]);
    assert_eq!(registration.bot_access_token.expose(), "xoxb-slack");
    assert_eq!(registration.bot_scopes, ["chat:write", "files:read"]);
}

async fn hubspot_required(case: Case) {
    let case = case.line(line!("hubspot")).response(nothing_from("Hubspot"));
    let (organization_id, member_id) = ids();
    let response = case.call(|client| providers(client).hubspot(organization_id, member_id).send()).await;
    assert!(response.registrations.is_empty());
}

async fn hubspot_everything(case: Case) {
    let case = case.line(line!("hubspot?include_refresh_token=true")).response(json!({
        "request_id": REQUEST_ID,
        "provider_type": "Hubspot",
        "registrations": [{
            "provider_subject": "9001",
            "provider_tenant_id": "4242",
            "access_token": "hubspot-access-token",
            "access_token_expires_in": 1800,
            "scopes": ["oauth", "crm.objects.contacts.read"],
            "refresh_token": "hubspot-refresh-token",
        }],
        "status_code": 200,
    }));
    let (organization_id, member_id) = ids();
    let call = |client: &Client| {
        providers(client).hubspot(organization_id, member_id).include_refresh_token(true).send()
    };
    let response = case.call(call).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    assert_eq!(response.provider_type, "Hubspot");
    let [registration] = response.registrations.as_slice() else { panic!("one registration") };
    assert_eq!(registration.provider_subject, "9001");
    assert_eq!(registration.provider_tenant_id, "4242");
    assert_eq!(registration.access_token.expose(), "hubspot-access-token");
    assert_eq!(registration.access_token_expires_in, 1800);
    assert_eq!(registration.scopes, ["oauth", "crm.objects.contacts.read"]);
    let refresh_token = registration.refresh_token.as_ref().expect("a token");
    assert_eq!(refresh_token.expose(), "hubspot-refresh-token");
}

async fn github_required(case: Case) {
    let case = case.line(line!("github")).response(nothing_from("Github"));
    let (organization_id, member_id) = ids();
    let response = case.call(|client| providers(client).github(organization_id, member_id).send()).await;
    assert!(response.registrations.is_empty());
}

async fn github_everything(case: Case) {
    let case = case.line(line!("github?include_refresh_token=false")).response(json!({
        "request_id": REQUEST_ID,
        "provider_type": "Github",
        "registrations": [{
            "provider_subject": "583231",
            "provider_tenant_ids": ["77", "78"],
            "access_token": "gho_access",
            "scopes": ["read:user", "user:email"],
        }],
        "status_code": 200,
    }));
    let (organization_id, member_id) = ids();
    let call = |client: &Client| {
        providers(client).github(organization_id, member_id).include_refresh_token(false).send()
    };
    let response = case.call(call).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    assert_eq!(response.provider_type, "Github");
    let [registration] = response.registrations.as_slice() else { panic!("one registration") };
    assert_eq!(registration.provider_subject, "583231");
    assert_eq!(registration.provider_tenant_ids, ["77", "78"]);
    assert_eq!(registration.access_token.expose(), "gho_access");
    assert_eq!(registration.scopes, ["read:user", "user:email"]);
}
