//! The APIs for which AuthKit issues access tokens.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::PaginationOrder;
use workos_api::user_management::authkit_oauth_resources::{AuthkitOAuthResource, AuthkitOAuthResourceId};

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "user_management.authkit_oauth_resources.list": list_required, list_everything;
    "user_management.authkit_oauth_resources.create": create_required, create_everything;
    "user_management.authkit_oauth_resources.delete": delete_required, delete_everything;
}

/// All fields are required.
fn resource(default: bool) -> Value {
    json!({
        "object": "authkit_oauth_resource",
        "id": "oauth_resource_01zinc",
        "uri": "https://mcp.zinc.example/?x=1",
        "default": default,
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_resource(resource: &AuthkitOAuthResource, is_default: bool) {
    assert_eq!(resource.id.as_str(), "oauth_resource_01zinc");
    assert_eq!(resource.uri, "https://mcp.zinc.example/?x=1");
    assert_eq!(resource.is_default, is_default);
    assert_eq!(resource.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(resource.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

async fn list_required(case: Case) {
    let case = case.line("GET /user_management/authkit_oauth_resources").response(json!({
        "object": "list",
        "data": [],
        "list_metadata": {"before": null, "after": null},
    }));
    let call = |client: &Client| client.user_management().authkit_oauth_resources().list().send();
    let response = case.call(call).await;
    assert!(response.data.is_empty());
    assert_eq!(response.list_metadata.before, None);
    assert_eq!(response.list_metadata.after, None);
}

async fn list_everything(case: Case) {
    let line = "GET /user_management/authkit_oauth_resources\
                ?before=oauth_resource_9&after=oauth_resource_1&limit=2&order=asc";
    let case = case.line(line).response(json!({
        "object": "list",
        "data": [resource(true), resource(false)],
        "list_metadata": {"before": "oauth_resource_1", "after": "oauth_resource_9"},
    }));
    let call = |client: &Client| {
        client
            .user_management()
            .authkit_oauth_resources()
            .list()
            .before("oauth_resource_9")
            .after("oauth_resource_1")
            .limit(2)
            .order(PaginationOrder::Asc)
            .send()
    };
    let response = case.call(call).await;
    let [first, second] = response.data.as_slice() else { panic!("two resources") };
    check_resource(first, true);
    check_resource(second, false);
    assert_eq!(response.list_metadata.before.as_deref(), Some("oauth_resource_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("oauth_resource_9"));
}

async fn create_required(case: Case) {
    let case = case
        .line("POST /user_management/authkit_oauth_resources")
        .raw_body(r#"{"uri":"https://mcp.zinc.example/?x=1"}"#)
        .response(resource(false));
    let call = |client: &Client| {
        client.user_management().authkit_oauth_resources().create("https://mcp.zinc.example/?x=1").send()
    };
    check_resource(&case.call(call).await, false);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /user_management/authkit_oauth_resources")
        .raw_body(r#"{"uri":"https://mcp.zinc.example/?x=1","default":true}"#)
        .response(resource(true));
    let call = |client: &Client| {
        let resources = client.user_management().authkit_oauth_resources();
        let request = resources.create("https://mcp.zinc.example/?x=1").is_default(true);
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_resource(&case.call(call).await, true);
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /user_management/authkit_oauth_resources/oauth_resource_01zinc");
    let id = AuthkitOAuthResourceId::new("oauth_resource_01zinc");
    case.call(|client| client.user_management().authkit_oauth_resources().delete(id).send()).await;
}

/// No optional parameters. The ID must be percent-encoded in a URL.
async fn delete_everything(case: Case) {
    let case = case.line("DELETE /user_management/authkit_oauth_resources/..%2F..");
    let id = AuthkitOAuthResourceId::new("../..");
    case.call(|client| client.user_management().authkit_oauth_resources().delete(&id).send()).await;
}
