//! The profile of a user, requested with that user's access token.

use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, Memory, bounded, cases};
use workos_api::sso::{ConnectionType, Profile};
use workos_api::{Client, ErrorKind};

use crate::case::{ACCESS_TOKEN, API_KEY, BASE_URL, CLIENT_ID, Case, call};

cases! {
    "sso.get_profile": get_profile_required, get_profile_everything;
}

fn bare_profile() -> Value {
    json!({
        "object": "profile",
        "id": "prof_8",
        "organization_id": null,
        "connection_id": "conn_8",
        "connection_type": "Pending",
        "idp_id": "",
        "email": "x@y.example",
        "first_name": null,
        "last_name": null,
        "name": null,
        "raw_attributes": {},
    })
}

async fn get_profile_required(case: Case) {
    let case = case.line("GET /sso/profile").response(bare_profile());
    let profile = case.call(|client| client.sso().get_profile(ACCESS_TOKEN).send()).await;
    assert_eq!((profile.id.as_str(), profile.connection_id.as_str()), ("prof_8", "conn_8"));
    assert_eq!(profile.organization_id, None);
    assert_eq!(profile.connection_type, ConnectionType::Pending);
    assert_eq!([&profile.first_name, &profile.last_name, &profile.name], [&None; 3]);
    assert_eq!((&profile.role, &profile.custom_attributes), (&None, &None));
    assert!(profile.roles.is_empty() && profile.groups.is_empty() && profile.raw_attributes.is_empty());
}

async fn get_profile_everything(case: Case) {
    let case = case.line("GET /sso/profile").response(json!({
        "object": "profile",
        "id": "prof_7",
        "organization_id": "org_a1",
        "connection_id": "conn_7",
        "connection_type": "SimpleSamlPhpSAML",
        "idp_id": "idp|7",
        "email": "grace@nightingale.example",
        "first_name": "Grace",
        "last_name": "Hopper",
        "name": "Rear Admiral Hopper",
        "role": {"slug": "admin"},
        "roles": [{"slug": "admin"}, {"slug": "member"}],
        "groups": ["navy", "compilers"],
        "custom_attributes": {"level": 3, "tags": [null, true]},
        "raw_attributes": {"idp_id": "idp|7", "object": "not the profile", "deep": {"a": [1.5]}},
    }));
    let profile = case.call(|client| client.sso().get_profile(ACCESS_TOKEN).send()).await;
    assert_eq!((profile.id.as_str(), profile.connection_id.as_str()), ("prof_7", "conn_7"));
    assert_eq!(profile.organization_id.as_ref().map(|id| id.as_str()), Some("org_a1"));
    assert_eq!(profile.connection_type, ConnectionType::SimpleSamlPhpSaml);
    assert_eq!((profile.idp_id.as_str(), profile.email.as_str()), ("idp|7", "grace@nightingale.example"));
    assert_eq!(profile.first_name.as_deref(), Some("Grace"));
    assert_eq!(profile.last_name.as_deref(), Some("Hopper"));
    assert_eq!(profile.name.as_deref(), Some("Rear Admiral Hopper"));
    assert_eq!(profile.role.as_ref().map(|role| role.slug.as_str()), Some("admin"));
    let slugs = profile.roles.iter().map(|role| role.slug.as_str());
    assert_eq!(slugs.collect::<Vec<_>>(), ["admin", "member"]);
    assert_eq!(profile.groups, ["navy", "compilers"]);
    let custom = profile.custom_attributes.as_ref().expect("attributes");
    assert_eq!(custom["level"], 3);
    assert_eq!(custom["tags"], json!([null, true]));
    assert_eq!(profile.raw_attributes["deep"], json!({"a": [1.5]}));
}

/// The vendor allows null for lists that can also be missing.
#[tokio::test]
async fn null_roles_are_decoded_as_missing() {
    let mut canned = bare_profile();
    canned["roles"] = Value::Null;
    canned["role"] = Value::Null;
    let send = |client: &Client| client.sso().get_profile(ACCESS_TOKEN).send();
    let (response, _) = call(CannedResponse::json(200, canned), send).await;
    let bare: Profile = serde_json::from_value(bare_profile()).expect("a profile");
    assert_eq!(response.expect("a profile"), bare);
}

/// The call is rejected if the token is invalid; the API key does not replace it.
#[tokio::test]
async fn invalid_token_is_rejected() {
    for token in ["", "a b", "a\nb", "a\r\nx: y"] {
        let memory = Memory::responding(bare_profile());
        let builder = Client::builder(API_KEY, CLIENT_ID).base_url(BASE_URL);
        let client = builder.transport(memory.clone()).build().expect("a client");
        let error = bounded(client.sso().get_profile(token).send()).await.expect_err("the token is rejected");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{token:?}");
        assert_eq!(error.operation(), Some("sso.get_profile"));
        assert!(memory.sent().is_empty());
    }
}

#[test]
fn every_connection_type_has_a_name() {
    for value in [
        "Pending",
        "ADFSSAML",
        "AdpOidc",
        "AppleOAuth",
        "Auth0Migration",
        "Auth0SAML",
        "AzureSAML",
        "BitbucketOAuth",
        "CasSAML",
        "ClassLinkSAML",
        "CleverOIDC",
        "CloudflareSAML",
        "CyberArkSAML",
        "DiscordOAuth",
        "DuoSAML",
        "EntraIdOIDC",
        "GenericOIDC",
        "GenericSAML",
        "GitHubOAuth",
        "GitLabOAuth",
        "GoogleOAuth",
        "GoogleOIDC",
        "GoogleSAML",
        "GrokOAuth",
        "XOAuth",
        "IntuitOAuth",
        "JumpCloudSAML",
        "KeycloakSAML",
        "LastPassSAML",
        "LinkedInOAuth",
        "LoginGovOidc",
        "MagicLink",
        "MicrosoftOAuth",
        "MiniOrangeSAML",
        "NetIqSAML",
        "OktaOIDC",
        "OktaSAML",
        "OneLoginSAML",
        "OracleSAML",
        "PingFederateSAML",
        "PingOneSAML",
        "RipplingSAML",
        "SalesforceSAML",
        "ShibbolethGenericSAML",
        "ShibbolethSAML",
        "SimpleSamlPhpSAML",
        "SalesforceOAuth",
        "SlackOAuth",
        "TestIdp",
        "VercelMarketplaceOAuth",
        "VercelOAuth",
        "VMwareSAML",
        "XeroOAuth",
    ] {
        let kind = ConnectionType::from(value);
        assert!(!matches!(kind, ConnectionType::Unknown(_)), "{value}");
        assert_eq!(kind.as_str(), value);
    }
}
