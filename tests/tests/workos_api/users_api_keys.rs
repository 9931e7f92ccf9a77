//! The API keys of a user.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{OrganizationId, PaginationOrder, UserId};
use workos_api::organizations::api_keys::{ApiKey, ApiKeyOwner};

use crate::case::{Case, IDEMPOTENCY_KEY};
use crate::pages::{check_alone, check_between, empty_page, page};

cases! {
    "user_management.users.api_keys.list": list_required, list_everything;
    "user_management.users.api_keys.create": create_required, create_everything;
}

fn user_id() -> UserId {
    UserId::new("user_01zinc")
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

fn api_key() -> Value {
    json!({
        "object": "api_key",
        "id": "api_key_01zinc",
        "owner": {"type": "user", "id": "user_01zinc", "organization_id": "org_01zinc"},
        "name": "Laptop",
        "obfuscated_value": "sk_…f00d",
        "last_used_at": "2031-02-03T04:05:06.700Z",
        "expires_at": "2032-03-04T05:06:07Z",
        "permissions": ["reports:read", "reports:write"],
        "created_at": "2033-04-05T06:07:08Z",
        "updated_at": "2034-05-06T07:08:09Z",
    })
}

fn check_api_key(key: &ApiKey) {
    assert_eq!(key.id.as_str(), "api_key_01zinc");
    check_owner(&key.owner);
    assert_eq!(key.name, "Laptop");
    assert_eq!(key.obfuscated_value, "sk_…f00d");
    assert_eq!(key.last_used_at.expect("a time").to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(key.expires_at.expect("a time").to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(key.permissions, ["reports:read", "reports:write"]);
    assert_eq!(key.created_at.to_string(), "2033-04-05T06:07:08Z");
    assert_eq!(key.updated_at.to_string(), "2034-05-06T07:08:09Z");
}

fn check_owner(owner: &ApiKeyOwner) {
    let ApiKeyOwner::User(owner) = owner else { panic!("{owner:?}") };
    assert_eq!((&owner.id, &owner.organization_id), (&user_id(), &organization_id()));
}

async fn list_required(case: Case) {
    let case = case.line("GET /user_management/users/user_01zinc/api_keys").response(empty_page());
    let call = |client: &Client| client.user_management().users().api_keys().list(user_id()).send();
    let keys = case.call(call).await;
    assert!(keys.data.is_empty());
    check_alone(&keys.list_metadata);
}

async fn list_everything(case: Case) {
    let case = case
        .line(
            "GET /user_management/users/user_01zinc/api_keys\
             ?organization_id=org_01zinc&before=cursor_x&after=cursor_y&limit=7&order=normal",
        )
        .response(page(json!([api_key(), api_key()])));
    let call = |client: &Client| {
        client
            .user_management()
            .users()
            .api_keys()
            .list(user_id())
            .before("cursor_x")
            .after("cursor_y")
            .limit(7)
            .order(PaginationOrder::Normal)
            .organization_id(organization_id())
            .send()
    };
    let keys = case.call(call).await;
    assert_eq!(keys.data.len(), 2);
    keys.data.iter().for_each(check_api_key);
    check_between(&keys.list_metadata);
}

async fn create_required(case: Case) {
    let mut canned = api_key();
    (canned["last_used_at"], canned["expires_at"]) = (Value::Null, Value::Null);
    (canned["permissions"], canned["value"]) = (json!([]), json!("sk_test_b4r3"));
    let case = case
        .line("POST /user_management/users/user_01zinc/api_keys")
        .raw_body(r#"{"name":"Laptop","organization_id":"org_01zinc"}"#)
        .response(canned);
    let call = |client: &Client| {
        let keys = client.user_management().users().api_keys();
        keys.create(user_id(), "Laptop", organization_id()).send()
    };
    let key = case.call(call).await;
    assert_eq!((key.last_used_at, key.expires_at), (None, None));
    assert!(key.permissions.is_empty());
    assert_eq!(key.value.expose(), "sk_test_b4r3");
}

async fn create_everything(case: Case) {
    let mut canned = api_key();
    canned["value"] = json!("sk_test_f00d");
    let case = case
        .line("POST /user_management/users/user_01zinc/api_keys")
        .raw_body(concat!(
            r#"{"name":"Laptop","organization_id":"org_01zinc","#,
            r#""permissions":["reports:read","reports:write"],"expires_at":"2032-03-04T05:06:07Z"}"#,
        ))
        .response(canned);
    let call = |client: &Client| {
        client
            .user_management()
            .users()
            .api_keys()
            .create(user_id(), "Laptop", organization_id())
            .permissions(["reports:read", "reports:write"])
            .expires_at("2032-03-04T06:36:07+01:30".parse().expect("a time"))
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    let key = case.call(call).await;
    assert_eq!(key.id.as_str(), "api_key_01zinc");
    check_owner(&key.owner);
    assert_eq!((key.name.as_str(), key.obfuscated_value.as_str()), ("Laptop", "sk_…f00d"));
    assert_eq!(key.last_used_at.expect("a time").to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(key.expires_at.expect("a time").to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(key.permissions, ["reports:read", "reports:write"]);
    assert_eq!(key.created_at.to_string(), "2033-04-05T06:07:08Z");
    assert_eq!(key.updated_at.to_string(), "2034-05-06T07:08:09Z");
    assert_eq!(key.value.expose(), "sk_test_f00d");
}
