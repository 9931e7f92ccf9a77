//! Services that users connect with an application, and their accounts there.

mod responses;

use serde_json::json;
use typefoundry_tests::{CannedResponse, cases};
use workos_api::Client;
use workos_api::common::{OrganizationId, UserId};
use workos_api::runtime::Timestamp;
use workos_api::user_management::data_providers::{
    ConnectedAccountId, ConnectedAccountState, ConnectionAuthMethod, ConnectionOwner, ConnectionRole,
    DataProviderOwnership, SettableConnectedAccountState,
};

use self::responses::{
    account, bare_account, bare_provider, check_account, check_bare_account, check_bare_provider,
    check_provider, provider,
};
use crate::case::{Case, IDEMPOTENCY_KEY, call};

cases! {
    "user_management.data_providers.get_connected_account": get_required, get_everything;
    "user_management.data_providers.create_connected_account": create_required, create_everything;
    "user_management.data_providers.update_connected_account": update_required, update_everything;
    "user_management.data_providers.delete_connected_account": delete_required, delete_everything;
    "user_management.data_providers.list": list_required, list_everything;
}

const PATH: &str = "/user_management/users/user_01grace/connected_accounts/github";

fn user_id() -> UserId {
    UserId::new("user_01grace")
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

fn account_id() -> ConnectedAccountId {
    ConnectedAccountId::new("connected_account_01grace")
}

async fn get_required(case: Case) {
    let line = "GET /user_management/users/user_01grace/connected_accounts/github";
    let case = case.line(line).response(bare_account());
    let call = |client: &Client| {
        client.user_management().data_providers().get_connected_account(user_id(), "github").send()
    };
    check_bare_account(&case.call(call).await);
}

async fn get_everything(case: Case) {
    let line =
        "GET /user_management/users/user_01grace/connected_accounts/git%2Fhub?organization_id=org_01zinc";
    let case = case.line(line).response(account());
    let call = |client: &Client| {
        let providers = client.user_management().data_providers();
        providers.get_connected_account(user_id(), "git/hub").organization_id(organization_id()).send()
    };
    check_account(&case.call(call).await);
}

async fn create_required(case: Case) {
    let line = "POST /user_management/users/user_01grace/connected_accounts/github";
    let case = case.line(line).raw_body("{}").response(bare_account());
    let call = |client: &Client| {
        client.user_management().data_providers().create_connected_account(user_id(), "github").send()
    };
    check_bare_account(&case.call(call).await);
}

async fn create_everything(case: Case) {
    let line =
        "POST /user_management/users/user_01grace/connected_accounts/github?organization_id=org_01zinc";
    let case = case
        .line(line)
        .raw_body(concat!(
            r#"{"access_token":"gho_\"7","refresh_token":"ghr_\\9","expires_at":"2034-05-06T07:08:09.500Z","#,
            r#""scopes":["repo","read:user"],"state":"connected"}"#,
        ))
        .response(account());
    let call = |client: &Client| {
        client
            .user_management()
            .data_providers()
            .create_connected_account(user_id(), "github")
            .organization_id(organization_id())
            .access_token("gho_\"7")
            .refresh_token("ghr_\\9")
            .expires_at(Timestamp::from_unix(2_030_512_089, 500_000_000).expect("a time"))
            .scopes(["repo", "read:user"])
            .state(SettableConnectedAccountState::Connected)
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    check_account(&case.call(call).await);
}

async fn update_required(case: Case) {
    let line = "PUT /user_management/users/user_01grace/connected_accounts/github";
    let case = case.line(line).raw_body("{}").response(bare_account());
    let call = |client: &Client| {
        client.user_management().data_providers().update_connected_account(user_id(), "github").send()
    };
    check_bare_account(&case.call(call).await);
}

async fn update_everything(case: Case) {
    let line = "PUT /user_management/users/user_01grace/connected_accounts/github?organization_id=org_01zinc";
    let case = case
        .line(line)
        .raw_body(concat!(
            r#"{"access_token":"gho_8","refresh_token":"ghr_8","expires_at":"2034-05-06T07:08:09Z","#,
            r#""scopes":[],"state":"needs_reauthorization"}"#,
        ))
        .response(account());
    let call = |client: &Client| {
        client
            .user_management()
            .data_providers()
            .update_connected_account(user_id(), "github")
            .organization_id(organization_id())
            .access_token("gho_8")
            .refresh_token("ghr_8")
            .expires_at(Timestamp::from_unix(2_030_512_089, 0).expect("a time"))
            .scopes([] as [&str; 0])
            .state(SettableConnectedAccountState::NeedsReauthorization)
            .send()
    };
    check_account(&case.call(call).await);
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /user_management/users/user_01grace/connected_accounts/github");
    let call = |client: &Client| {
        client.user_management().data_providers().delete_connected_account(user_id(), "github").send()
    };
    case.call(call).await;
}

async fn delete_everything(case: Case) {
    let line =
        "DELETE /user_management/users/user_01grace/connected_accounts/github?organization_id=org_01zinc";
    let case = case.line(line);
    let call = |client: &Client| {
        let providers = client.user_management().data_providers();
        providers.delete_connected_account(user_id(), "github").organization_id(organization_id()).send()
    };
    case.call(call).await;
}

async fn list_required(case: Case) {
    let case = case
        .line("GET /user_management/users/user_01grace/data_providers")
        .response(json!({"object": "list", "data": [bare_provider()]}));
    let call = |client: &Client| client.user_management().data_providers().list(user_id()).send();
    let response = case.call(call).await;
    let [provider] = response.data.as_slice() else { panic!("one provider") };
    check_bare_provider(provider);
}

async fn list_everything(case: Case) {
    let case = case
        .line("GET /user_management/users/user_01grace/data_providers?organization_id=org_01zinc")
        .response(json!({"object": "list", "data": [provider(), provider()]}));
    let call = |client: &Client| {
        let request = client.user_management().data_providers().list(user_id());
        request.organization_id(organization_id()).send()
    };
    let response = case.call(call).await;
    assert_eq!(response.data.len(), 2);
    response.data.iter().for_each(check_provider);
}

/// Returns the request line and the body of a call.
macro_rules! sent {
    ($client:ident => $send:expr) => {{
        let (_, received) = call(CannedResponse::json(404, json!({})), |$client: &Client| $send).await;
        let [request] = received.as_slice() else { panic!("one request") };
        (request.line(), request.text().to_owned())
    }};
}

/// One of the vendor's SDKs sends these parameters, which are not documented yet.
#[tokio::test]
async fn undocumented_params_are_sent() {
    let (line, body) = sent!(client => {
        let providers = client.user_management().data_providers();
        let request = providers.get_connected_account(user_id(), "github");
        request.supports_multiple_connections(true).connected_account_id(account_id()).send()
    });
    let query = "connected_account_id=connected_account_01grace&supports_multiple_connections=true";
    assert_eq!((line, body.as_str()), (format!("GET {PATH}?{query}"), ""));

    let (line, body) = sent!(client => {
        let providers = client.user_management().data_providers();
        let request = providers.delete_connected_account(user_id(), "github");
        request.supports_multiple_connections(true).connected_account_id(account_id()).send()
    });
    assert_eq!((line, body.as_str()), (format!("DELETE {PATH}?{query}"), ""));

    let (line, body) = sent!(client => {
        let providers = client.user_management().data_providers();
        let request = providers.create_connected_account(user_id(), "github").connection_intent("add");
        request.account_identifier("g-hopper").account_display_name("Grace").send()
    });
    let expected =
        r#"{"account_display_name":"Grace","account_identifier":"g-hopper","connection_intent":"add"}"#;
    assert_eq!((line, body.as_str()), (format!("POST {PATH}"), expected));

    let (line, body) = sent!(client => {
        let providers = client.user_management().data_providers();
        let request = providers.update_connected_account(user_id(), "github").connection_intent("add");
        let request = request.supports_multiple_connections(false).connected_account_id(account_id());
        request.account_identifier("g-hopper").account_display_name("Grace").send()
    });
    let query = "connected_account_id=connected_account_01grace&connection_intent=add\
                 &supports_multiple_connections=false";
    let expected = r#"{"account_display_name":"Grace","account_identifier":"g-hopper"}"#;
    assert_eq!((line, body.as_str()), (format!("PUT {PATH}?{query}"), expected));

    let (line, body) = sent!(client => {
        let request = client.user_management().data_providers().list(user_id());
        request.supports_multiple_connections(true).send()
    });
    let path = "/user_management/users/user_01grace/data_providers";
    assert_eq!((line, body.as_str()), (format!("GET {path}?supports_multiple_connections=true"), ""));
}

#[tokio::test]
async fn null_removes_the_label_and_the_identifier_of_an_account() {
    let (line, body) = sent!(client => {
        let providers = client.user_management().data_providers();
        let request = providers.update_connected_account(user_id(), "github");
        request.clear_account_identifier().clear_account_display_name().send()
    });
    let expected = r#"{"account_display_name":null,"account_identifier":null}"#;
    assert_eq!((line, body.as_str()), (format!("PUT {PATH}"), expected));

    let mut canned = bare_account();
    canned["account_identifier"] = json!(null);
    canned["account_display_name"] = json!(null);
    let send = |client: &Client| {
        client.user_management().data_providers().get_connected_account(user_id(), "github").send()
    };
    let (response, _) = call(CannedResponse::json(200, canned), send).await;
    check_bare_account(&response.expect("an account"));
}

/// The same value has a different meaning in each of these enums.
#[test]
fn enum_values_have_names() {
    for word in ["connected", "needs_reauthorization", "disconnected"] {
        assert!(!matches!(ConnectedAccountState::from(word), ConnectedAccountState::Unknown(_)), "{word}");
    }
    for word in ["connected", "needs_reauthorization"] {
        let state = SettableConnectedAccountState::from(word);
        assert!(!matches!(state, SettableConnectedAccountState::Unknown(_)), "{word}");
    }
    assert_eq!(DataProviderOwnership::from("userland_user"), DataProviderOwnership::User);
    assert_eq!(DataProviderOwnership::from("user").as_str(), "user");
    assert_eq!(ConnectionOwner::from("organization"), ConnectionOwner::Organization);
    assert_eq!(ConnectionRole::from("compatibility"), ConnectionRole::Compatibility);
    let [oauth, key] = ["oauth", "api_key"].map(ConnectionAuthMethod::from);
    assert_eq!((oauth, key), (ConnectionAuthMethod::OAuth, ConnectionAuthMethod::ApiKey));
}
