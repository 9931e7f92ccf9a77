//! Lists of users, and of a user's identities and sessions.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{OrganizationId, PaginationOrder, UserId};
use workos_api::user_management::users::{
    Identity, IdentityProvider, Session, SessionAuthMethod, SessionStatus,
};

use crate::case::Case;
use crate::pages::{check_alone, check_between, empty_page, page};
use crate::responses::{bare_user, check_bare_user, check_user, user};

cases! {
    "user_management.users.list": list_required, list_everything;
    "user_management.users.list_identities": list_identities_required, list_identities_everything;
    "user_management.users.list_sessions": list_sessions_required, list_sessions_everything;
}

fn id() -> UserId {
    UserId::new("user_01zinc")
}

async fn list_required(case: Case) {
    let case = case.line("GET /user_management/users").response(empty_page());
    let users = case.call(|client| client.user_management().users().list().send()).await;
    assert!(users.data.is_empty());
    check_alone(&users.list_metadata);
}

/// The parameter of the organization has a deprecated name, which still works.
#[expect(deprecated, reason = "existing programs can still use it")]
async fn list_everything(case: Case) {
    let case = case
        .line(
            "GET /user_management/users?organization=org_01tin&organization_id=org_01zinc&email=a%2Bb%40y.example\
             &before=cursor_x&after=cursor_y&limit=100&order=asc",
        )
        .response(page(json!([user()])));
    let call = |client: &Client| {
        client
            .user_management()
            .users()
            .list()
            .organization(OrganizationId::new("org_01tin"))
            .organization_id(OrganizationId::new("org_01zinc"))
            .email("a+b@y.example")
            .before("cursor_x")
            .after("cursor_y")
            .limit(100)
            .order(PaginationOrder::Asc)
            .send()
    };
    let users = case.call(call).await;
    assert_eq!(users.data.len(), 1);
    check_user(&users.data[0]);
    check_between(&users.list_metadata);
}

#[tokio::test]
async fn complete_and_minimal_users_are_decoded() {
    let canned = typefoundry_tests::CannedResponse::json(200, page(json!([bare_user(), user()])));
    let send = |client: &Client| client.user_management().users().list().send();
    let users = crate::case::call(canned, send).await.0.expect("Users").data;
    check_bare_user(&users[0]);
    check_user(&users[1]);
}

async fn list_identities_required(case: Case) {
    let case = case.line("GET /user_management/users/user_01zinc/identities").response(json!([]));
    let call = |client: &Client| client.user_management().users().list_identities(id()).send();
    assert_eq!(case.call(call).await, []);
}

/// All known providers. This response is an array and not a page.
async fn list_identities_everything(case: Case) {
    let identities = PROVIDERS.iter().enumerate().map(
        |(place, (_, word))| json!({"idp_id": format!("idp-{place}"), "type": "OAuth", "provider": word}),
    );
    let case = case
        .line("GET /user_management/users/user_01zinc/identities")
        .response(Value::Array(identities.collect()));
    let call = |client: &Client| client.user_management().users().list_identities(id()).send();
    let identities = case.call(call).await;
    assert_eq!(identities.len(), PROVIDERS.len());
    for (place, (identity, (provider, _))) in identities.iter().zip(&PROVIDERS).enumerate() {
        let Identity::OAuth(identity) = identity else { panic!("{identity:?}") };
        assert_eq!(identity.idp_id, format!("idp-{place}"));
        assert_eq!(&identity.provider, provider);
    }
}

const PROVIDERS: [(IdentityProvider, &str); 16] = [
    (IdentityProvider::AppleOAuth, "AppleOAuth"),
    (IdentityProvider::BitbucketOAuth, "BitbucketOAuth"),
    (IdentityProvider::DiscordOAuth, "DiscordOAuth"),
    (IdentityProvider::GitHubOAuth, "GithubOAuth"),
    (IdentityProvider::GitLabOAuth, "GitLabOAuth"),
    (IdentityProvider::GoogleOAuth, "GoogleOAuth"),
    (IdentityProvider::GrokOAuth, "GrokOAuth"),
    (IdentityProvider::XOAuth, "XOAuth"),
    (IdentityProvider::IntuitOAuth, "IntuitOAuth"),
    (IdentityProvider::LinkedInOAuth, "LinkedInOAuth"),
    (IdentityProvider::MicrosoftOAuth, "MicrosoftOAuth"),
    (IdentityProvider::SalesforceOAuth, "SalesforceOAuth"),
    (IdentityProvider::SlackOAuth, "SlackOAuth"),
    (IdentityProvider::VercelMarketplaceOAuth, "VercelMarketplaceOAuth"),
    (IdentityProvider::VercelOAuth, "VercelOAuth"),
    (IdentityProvider::XeroOAuth, "XeroOAuth"),
];

async fn list_sessions_required(case: Case) {
    let case = case
        .line("GET /user_management/users/user_01zinc/sessions")
        .response(json!({"data": [bare_session()]}));
    let call = |client: &Client| client.user_management().users().list_sessions(id()).send();
    let sessions = case.call(call).await;
    assert_eq!(sessions.list_metadata, None);
    assert_eq!(sessions.data.len(), 1);
    check_bare_session(&sessions.data[0]);
}

async fn list_sessions_everything(case: Case) {
    let case = case
        .line(
            "GET /user_management/users/user_01zinc/sessions?before=cursor_x&after=cursor_y&limit=1&order=desc",
        )
        .response(page(json!([session()])));
    let call = |client: &Client| {
        let request = client.user_management().users().list_sessions(id());
        request.order(PaginationOrder::Desc).limit(1).after("cursor_y").before("cursor_x").send()
    };
    let sessions = case.call(call).await;
    assert_eq!(sessions.data.len(), 1);
    check_session(&sessions.data[0]);
    check_between(sessions.list_metadata.as_ref().expect("metadata"));
}

fn session() -> Value {
    json!({
        "object": "session",
        "id": "session_01zinc",
        "impersonator": {"email": "help@ours.example", "reason": "Ticket 12"},
        "ip_address": "198.51.100.7",
        "organization_id": "org_01zinc",
        "user_agent": "Mozilla/5.0",
        "user_id": "user_01zinc",
        "auth_method": "impersonation",
        "status": "revoked",
        "expires_at": "2031-02-03T04:05:06.700Z",
        "ended_at": "2032-03-04T05:06:07Z",
        "created_at": "2033-04-05T06:07:08Z",
        "updated_at": "2034-05-06T07:08:09Z",
    })
}

fn check_session(session: &Session) {
    assert_eq!(session.id.as_str(), "session_01zinc");
    let impersonator = session.impersonator.as_ref().expect("an impersonator");
    assert_eq!(impersonator.email, "help@ours.example");
    assert_eq!(impersonator.reason.as_deref(), Some("Ticket 12"));
    assert_eq!(session.ip_address.as_deref(), Some("198.51.100.7"));
    assert_eq!(session.organization_id, Some(OrganizationId::new("org_01zinc")));
    assert_eq!(session.user_agent.as_deref(), Some("Mozilla/5.0"));
    assert_eq!(session.user_id, id());
    assert_eq!(session.auth_method, SessionAuthMethod::Impersonation);
    assert_eq!(session.status, SessionStatus::Revoked);
    assert_eq!(session.expires_at.to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(session.ended_at.expect("a time").to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(session.created_at.to_string(), "2033-04-05T06:07:08Z");
    assert_eq!(session.updated_at.to_string(), "2034-05-06T07:08:09Z");
}

/// The fields that are always present. The value `unknown` is a documented one.
fn bare_session() -> Value {
    json!({
        "object": "session",
        "id": "session_01bare",
        "ip_address": null,
        "user_agent": null,
        "user_id": "user_01bare",
        "auth_method": "unknown",
        "status": "active",
        "expires_at": "2031-02-03T04:05:06Z",
        "ended_at": null,
        "created_at": "2033-04-05T06:07:08Z",
        "updated_at": "2034-05-06T07:08:09Z",
    })
}

fn check_bare_session(session: &Session) {
    assert_eq!(session.id.as_str(), "session_01bare");
    assert_eq!(session.user_id.as_str(), "user_01bare");
    assert_eq!(session.auth_method, SessionAuthMethod::NotRecorded);
    assert_eq!(session.status, SessionStatus::Active);
    assert_eq!((session.impersonator.as_ref(), session.organization_id.as_ref()), (None, None));
    assert_eq!((session.ip_address.as_ref(), session.user_agent.as_ref()), (None, None));
    assert_eq!(session.ended_at, None);
}

/// Every authentication method and every status has a name.
#[test]
fn methods_and_statuses_have_names() {
    use SessionAuthMethod::{
        CrossAppAuth, ExternalAuth, Impersonation, MagicCode, MigratedSession, NotRecorded, OAuth, Passkey,
        Password, Sso,
    };
    let methods = [
        (CrossAppAuth, "cross_app_auth"),
        (ExternalAuth, "external_auth"),
        (Impersonation, "impersonation"),
        (MagicCode, "magic_code"),
        (MigratedSession, "migrated_session"),
        (OAuth, "oauth"),
        (Passkey, "passkey"),
        (Password, "password"),
        (Sso, "sso"),
        (NotRecorded, "unknown"),
    ];
    for (method, word) in methods {
        assert_eq!((method.as_str(), SessionAuthMethod::from(word)), (word, method.clone()));
    }
    let statuses = [SessionStatus::Active, SessionStatus::Expired, SessionStatus::Revoked];
    for (status, word) in statuses.into_iter().zip(["active", "expired", "revoked"]) {
        assert_eq!((status.as_str(), SessionStatus::from(word)), (word, status.clone()));
    }
}
