//! Providers and accounts, complete and minimal.

use serde_json::{Value, json};
use workos_api::common::{OrganizationId, UserId};
use workos_api::user_management::data_providers::{
    ConnectedAccount, ConnectedAccountState, ConnectionAuthMethod, ConnectionOwner, ConnectionRole,
    DataProvider, DataProviderOwnership,
};

use super::{account_id, organization_id, user_id};

/// Returns an account with all fields except its legacy names.
pub(super) fn account() -> Value {
    json!({
        "object": "connected_account",
        "id": "connected_account_01grace",
        "connection_role": "standard",
        "account_identifier": "g-hopper",
        "account_display_name": "Grace at work",
        "user_id": "user_01grace",
        "organization_id": "org_01zinc",
        "scopes": ["repo", "read:user"],
        "auth_method": "client_credentials",
        "api_key_last_4": "k9ab",
        "client_id": "github_client_7",
        "client_secret_last_4": "s9ab",
        "config": {"region": "eu", "": "empty key"},
        "state": "needs_reauthorization",
        "established_by_user_id": "user_01ada",
        "state_reason": "scopes_changed",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "warnings": [{"code": "no_refresh_token", "message": "It will expire."}],
    })
}

/// Returns the same account in the form of the list operation, which adds legacy names.
fn listed_account() -> Value {
    let mut account = account();
    account["userlandUserId"] = json!("user_02grace");
    account["organizationId"] = json!("org_02zinc");
    account["createdAt"] = json!("2033-04-05T06:07:08.009Z");
    account["updatedAt"] = json!("2034-05-06T07:08:09.010Z");
    account
}

/// Returns an account with its required fields only.
pub(super) fn bare_account() -> Value {
    json!({
        "object": "connected_account",
        "id": "connected_account_01bare",
        "user_id": null,
        "organization_id": null,
        "scopes": [],
        "state": "disconnected",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

pub(super) fn check_account(account: &ConnectedAccount) {
    assert_eq!(account.id, account_id());
    assert_eq!(account.connection_role, Some(ConnectionRole::Standard));
    assert_eq!(account.account_identifier.as_deref(), Some("g-hopper"));
    assert_eq!(account.account_display_name.as_deref(), Some("Grace at work"));
    assert_eq!(account.user_id, Some(user_id()));
    assert_eq!(account.organization_id, Some(organization_id()));
    assert_eq!(account.scopes, ["repo", "read:user"]);
    assert_eq!(account.auth_method, Some(ConnectionAuthMethod::ClientCredentials));
    assert_eq!(account.api_key_last_4.as_deref(), Some("k9ab"));
    assert_eq!(account.client_id.as_deref(), Some("github_client_7"));
    assert_eq!(account.client_secret_last_4.as_deref(), Some("s9ab"));
    let config: Vec<_> = account.config.iter().map(|(key, value)| (&**key, &**value)).collect();
    assert_eq!(config, [("", "empty key"), ("region", "eu")]);
    assert_eq!(account.state, ConnectedAccountState::NeedsReauthorization);
    assert_eq!(account.established_by_user_id, Some(UserId::new("user_01ada")));
    assert_eq!(account.state_reason.as_deref(), Some("scopes_changed"));
    assert_eq!(account.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(account.updated_at.to_string(), "2032-03-04T05:06:07Z");
    let [warning] = account.warnings.as_slice() else { panic!("a warning") };
    assert_eq!((warning.code.as_str(), warning.message.as_str()), ("no_refresh_token", "It will expire."));
}

#[expect(deprecated, reason = "deprecated fields are decoded as long as the server sends them")]
fn check_listed_account(account: &ConnectedAccount) {
    check_account(account);
    assert_eq!(account.legacy_user_id, Some(UserId::new("user_02grace")));
    assert_eq!(account.legacy_organization_id, Some(OrganizationId::new("org_02zinc")));
    assert_eq!(account.legacy_created_at.as_deref(), Some("2033-04-05T06:07:08.009Z"));
    assert_eq!(account.legacy_updated_at.as_deref(), Some("2034-05-06T07:08:09.010Z"));
}

#[expect(deprecated, reason = "deprecated fields are decoded as long as the server sends them")]
pub(super) fn check_bare_account(account: &ConnectedAccount) {
    assert_eq!(account.id.as_str(), "connected_account_01bare");
    assert_eq!((&account.connection_role, &account.auth_method), (&None, &None));
    assert_eq!((&account.account_identifier, &account.account_display_name), (&None, &None));
    assert_eq!((&account.user_id, &account.organization_id), (&None, &None));
    assert_eq!((&account.api_key_last_4, &account.client_secret_last_4), (&None, &None));
    assert_eq!((&account.client_id, &account.state_reason), (&None, &None));
    assert_eq!(account.established_by_user_id, None);
    assert!(account.scopes.is_empty() && account.config.is_empty() && account.warnings.is_empty());
    assert_eq!(account.state, ConnectedAccountState::Disconnected);
    assert_eq!((&account.legacy_user_id, &account.legacy_organization_id), (&None, &None));
    assert_eq!((&account.legacy_created_at, &account.legacy_updated_at), (&None, &None));
}

/// Returns a provider with its required fields only.
pub(super) fn bare_provider() -> Value {
    json!({
        "object": "data_provider",
        "id": "data_integration_01bare",
        "name": "Bare",
        "description": null,
        "slug": "bare",
        "integration_type": "bare_type",
        "credentials_type": "bare_credentials",
        "scopes": null,
        "ownership": "organization",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "connected_account": null,
    })
}

#[expect(deprecated, reason = "deprecated fields are decoded as long as the server sends them")]
pub(super) fn check_bare_provider(provider: &DataProvider) {
    assert_eq!((provider.name.as_str(), provider.slug.as_str()), ("Bare", "bare"));
    assert_eq!(provider.description, None);
    assert_eq!((&*provider.integration_type, &*provider.credentials_type), ("bare_type", "bare_credentials"));
    assert!(provider.scopes.is_empty() && provider.auth_methods.is_empty());
    assert_eq!(provider.connection_owner, None);
    assert_eq!(provider.ownership, DataProviderOwnership::Organization);
    assert_eq!(provider.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(provider.updated_at.to_string(), "2032-03-04T05:06:07Z");
    assert_eq!((&provider.legacy_integration_type, &provider.legacy_credentials_type), (&None, &None));
    assert_eq!((&provider.legacy_created_at, &provider.legacy_updated_at), (&None, &None));
    assert_eq!(provider.connected_account, None);
    assert!(provider.connected_accounts.is_empty());
}

/// Returns a provider with all fields.
pub(super) fn provider() -> Value {
    json!({
        "object": "data_provider",
        "id": "data_integration_01github",
        "name": "GitHub",
        "description": "Where \"code\" lives",
        "slug": "github",
        "integration_type": "github",
        "credentials_type": "oauth2",
        "scopes": ["repo"],
        "auth_methods": ["oauth", "api_key", "client_credentials"],
        "connection_owner": "user",
        "ownership": "userland_user",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "integrationType": "github_2",
        "credentialsType": "oauth2_2",
        "createdAt": "2033-04-05T06:07:08.009Z",
        "updatedAt": "2034-05-06T07:08:09.010Z",
        "connected_account": listed_account(),
        "connected_accounts": [listed_account(), listed_account()],
    })
}

#[expect(deprecated, reason = "deprecated fields are decoded as long as the server sends them")]
pub(super) fn check_provider(provider: &DataProvider) {
    use ConnectionAuthMethod::{ApiKey, ClientCredentials, OAuth};
    assert_eq!(provider.id.as_str(), "data_integration_01github");
    assert_eq!((provider.name.as_str(), provider.slug.as_str()), ("GitHub", "github"));
    assert_eq!(provider.description.as_deref(), Some("Where \"code\" lives"));
    assert_eq!((&*provider.integration_type, &*provider.credentials_type), ("github", "oauth2"));
    assert_eq!(provider.scopes, ["repo"]);
    assert_eq!(provider.auth_methods, [OAuth, ApiKey, ClientCredentials]);
    assert_eq!(provider.connection_owner, Some(ConnectionOwner::User));
    assert_eq!(provider.ownership, DataProviderOwnership::User);
    assert_eq!(provider.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(provider.updated_at.to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(provider.legacy_integration_type.as_deref(), Some("github_2"));
    assert_eq!(provider.legacy_credentials_type.as_deref(), Some("oauth2_2"));
    assert_eq!(provider.legacy_created_at.as_deref(), Some("2033-04-05T06:07:08.009Z"));
    assert_eq!(provider.legacy_updated_at.as_deref(), Some("2034-05-06T07:08:09.010Z"));
    check_listed_account(provider.connected_account.as_ref().expect("an account"));
    assert_eq!(provider.connected_accounts.len(), 2);
    provider.connected_accounts.iter().for_each(check_listed_account);
}
