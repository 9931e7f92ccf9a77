//! The pages to which a browser is redirected after a sign-in.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::PaginationOrder;
use workos_api::user_management::redirect_uris::{RedirectUri, RedirectUriId};

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "user_management.redirect_uris.list": list_required, list_everything;
    "user_management.redirect_uris.create": create_required, create_everything;
    "user_management.redirect_uris.delete": delete_required, delete_everything;
}

/// All fields are required.
fn uri(default: bool) -> Value {
    json!({
        "object": "redirect_uri",
        "id": "ruri_01zinc",
        "uri": "https://*.zinc.example/in?x=1#y",
        "default": default,
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_uri(uri: &RedirectUri, is_default: bool) {
    assert_eq!(uri.id.as_str(), "ruri_01zinc");
    assert_eq!(uri.uri, "https://*.zinc.example/in?x=1#y");
    assert_eq!(uri.is_default, is_default);
    assert_eq!(uri.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(uri.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

/// The vendor does not document the fields of this response as required.
async fn list_required(case: Case) {
    let case = case.line("GET /user_management/redirect_uris").response(json!({}));
    let call = |client: &Client| client.user_management().redirect_uris().list().send();
    let response = case.call(call).await;
    assert!(response.data.is_empty());
    assert_eq!(response.list_metadata, None);
}

async fn list_everything(case: Case) {
    let line = "GET /user_management/redirect_uris?before=ruri_9&after=ruri_1&limit=2&order=desc";
    let case = case.line(line).response(json!({
        "object": "list",
        "list_metadata": {"before": "ruri_1", "after": "ruri_9"},
        "data": [uri(true), uri(false)],
    }));
    let call = |client: &Client| {
        client
            .user_management()
            .redirect_uris()
            .list()
            .before("ruri_9")
            .after("ruri_1")
            .limit(2)
            .order(PaginationOrder::Desc)
            .send()
    };
    let response = case.call(call).await;
    let [first, second] = response.data.as_slice() else { panic!("two pages") };
    check_uri(first, true);
    check_uri(second, false);
    let metadata = response.list_metadata.expect("metadata");
    assert_eq!(metadata.before.as_deref(), Some("ruri_1"));
    assert_eq!(metadata.after.as_deref(), Some("ruri_9"));
}

async fn create_required(case: Case) {
    let case = case
        .line("POST /user_management/redirect_uris")
        .raw_body(r#"{"uri":"https://*.zinc.example/in?x=1#y"}"#)
        .response(uri(false));
    let call = |client: &Client| {
        client.user_management().redirect_uris().create("https://*.zinc.example/in?x=1#y").send()
    };
    check_uri(&case.call(call).await, false);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /user_management/redirect_uris")
        .raw_body(r#"{"uri":"https://*.zinc.example/in?x=1#y"}"#)
        .response(uri(true));
    let call = |client: &Client| {
        let request = client.user_management().redirect_uris().create("https://*.zinc.example/in?x=1#y");
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_uri(&case.call(call).await, true);
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /user_management/redirect_uris/ruri_01zinc");
    let id = RedirectUriId::new("ruri_01zinc");
    case.call(|client| client.user_management().redirect_uris().delete(id).send()).await;
}

/// No optional parameters. The ID must be percent-encoded in a URL.
async fn delete_everything(case: Case) {
    let case = case.line("DELETE /user_management/redirect_uris/https%3A%2F%2Fzinc.example");
    let id = RedirectUriId::new("https://zinc.example");
    case.call(|client| client.user_management().redirect_uris().delete(&id).send()).await;
}
