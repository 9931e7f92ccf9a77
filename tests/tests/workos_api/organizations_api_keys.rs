//! The API keys of an organization.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{OrganizationId, PaginationOrder};
use workos_api::organizations::api_keys::{ApiKey, ApiKeyOwner, ApiKeyWithValue};
use workos_api::runtime::Timestamp;

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "organizations.api_keys.list": list_required, list_everything;
    "organizations.api_keys.create": create_required, create_everything;
}

const VALUE: &str = "sk_zinc_Zq7~hush/+=";

fn organization_id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

/// Returns a key with all fields.
fn key() -> Value {
    json!({
        "object": "api_key",
        "id": "api_key_01zinc",
        "owner": {"type": "organization", "id": "org_01zinc"},
        "name": "Zinc \"CI\"",
        "obfuscated_value": "sk_...+=",
        "last_used_at": "2033-04-05T06:07:08.009Z",
        "expires_at": "2034-05-06T07:08:09Z",
        "permissions": ["posts:read", "posts:write"],
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

/// Returns a key with its required fields only.
fn bare_key() -> Value {
    json!({
        "object": "api_key",
        "id": "api_key_01bare",
        "owner": {"type": "organization", "id": "org_01bare"},
        "name": "Bare",
        "obfuscated_value": "",
        "last_used_at": null,
        "expires_at": null,
        "permissions": [],
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn with_value(mut key: Value) -> Value {
    key["value"] = json!(VALUE);
    key
}

/// Keys are decoded into two types that differ only in the value.
macro_rules! check_key {
    ($key:expr) => {
        let key = $key;
        assert_eq!(key.id.as_str(), "api_key_01zinc");
        let ApiKeyOwner::Organization(owner) = &key.owner else { panic!("an organization") };
        assert_eq!(owner.id, organization_id());
        assert_eq!(key.name, "Zinc \"CI\"");
        assert_eq!(key.obfuscated_value, "sk_...+=");
        assert_eq!(key.last_used_at.expect("a time").to_string(), "2033-04-05T06:07:08.009Z");
        assert_eq!(key.expires_at.expect("a time").to_string(), "2034-05-06T07:08:09Z");
        assert_eq!(key.permissions, ["posts:read", "posts:write"]);
        assert_eq!(key.created_at.to_string(), "2031-02-03T04:05:06.789Z");
        assert_eq!(key.updated_at.to_string(), "2032-03-04T05:06:07Z");
    };
}

macro_rules! check_bare_key {
    ($key:expr) => {
        let key = $key;
        assert_eq!(key.id.as_str(), "api_key_01bare");
        let ApiKeyOwner::Organization(owner) = &key.owner else { panic!("an organization") };
        assert_eq!(owner.id.as_str(), "org_01bare");
        assert_eq!((key.name.as_str(), key.obfuscated_value.as_str()), ("Bare", ""));
        assert_eq!((key.last_used_at, key.expires_at), (None, None));
        assert!(key.permissions.is_empty());
        assert_eq!(key.created_at.to_string(), "2031-02-03T04:05:06.789Z");
        assert_eq!(key.updated_at.to_string(), "2032-03-04T05:06:07Z");
    };
}

async fn list_required(case: Case) {
    let case = case.line("GET /organizations/org_01zinc/api_keys").response(json!({
        "object": "list",
        "data": [bare_key()],
        "list_metadata": {"before": null, "after": null},
    }));
    let call = |client: &Client| client.organizations().api_keys().list(organization_id()).send();
    let response = case.call(call).await;
    let [key]: &[ApiKey] = response.data.as_slice() else { panic!("one Key") };
    check_bare_key!(key);
    assert_eq!(response.list_metadata.before, None);
    assert_eq!(response.list_metadata.after, None);
}

async fn list_everything(case: Case) {
    let line = "GET /organizations/org_01zinc/api_keys?before=api_key_9&after=api_key_1&limit=1&order=desc";
    let case = case.line(line).response(json!({
        "object": "list",
        "data": [key(), key()],
        "list_metadata": {"before": "api_key_1", "after": "api_key_9"},
    }));
    let call = |client: &Client| {
        client
            .organizations()
            .api_keys()
            .list(organization_id())
            .before("api_key_9")
            .after("api_key_1")
            .limit(1)
            .order(PaginationOrder::Desc)
            .send()
    };
    let response = case.call(call).await;
    assert_eq!(response.data.len(), 2);
    for key in &response.data {
        check_key!(key);
    }
    assert_eq!(response.list_metadata.before.as_deref(), Some("api_key_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("api_key_9"));
}

async fn create_required(case: Case) {
    let case = case
        .line("POST /organizations/org_01zinc/api_keys")
        .raw_body(r#"{"name":"Bare"}"#)
        .response(with_value(bare_key()));
    let call = |client: &Client| client.organizations().api_keys().create(organization_id(), "Bare").send();
    let key: ApiKeyWithValue = case.call(call).await;
    check_bare_key!(&key);
    assert_eq!(key.value.expose(), VALUE);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /organizations/org_01zinc/api_keys")
        .raw_body(concat!(
            r#"{"name":"Zinc \"CI\"","permissions":["posts:read","posts:write"],"#,
            r#""expires_at":"2034-05-06T07:08:09Z"}"#,
        ))
        .response(with_value(key()));
    let expires_at = Timestamp::from_unix(2_030_512_089, 0).expect("a time");
    let call = |client: &Client| {
        client
            .organizations()
            .api_keys()
            .create(organization_id(), "Zinc \"CI\"")
            .permissions(["posts:read", "posts:write"])
            .expires_at(expires_at)
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    let key = case.call(call).await;
    check_key!(&key);
    assert_eq!(key.value.expose(), VALUE);
}
