//! The sites whose pages can call the API from a browser.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::PaginationOrder;
use workos_api::user_management::cors_origins::CorsOrigin;

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "user_management.cors_origins.list": list_required, list_everything;
    "user_management.cors_origins.create": create_required, create_everything;
}

/// All fields are required.
fn origin() -> Value {
    json!({
        "object": "cors_origin",
        "id": "cors_origin_01zinc",
        "origin": "https://zinc.example:8443",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_origin(origin: &CorsOrigin) {
    assert_eq!(origin.id.as_str(), "cors_origin_01zinc");
    assert_eq!(origin.origin, "https://zinc.example:8443");
    assert_eq!(origin.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(origin.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

/// The vendor does not document the fields of this response as required.
async fn list_required(case: Case) {
    let case = case.line("GET /user_management/cors_origins").response(json!({}));
    let call = |client: &Client| client.user_management().cors_origins().list().send();
    let response = case.call(call).await;
    assert!(response.data.is_empty());
    assert_eq!(response.list_metadata, None);
}

async fn list_everything(case: Case) {
    let line = "GET /user_management/cors_origins\
                ?before=cors_origin_9&after=cors_origin_1&limit=3&order=normal";
    let case = case.line(line).response(json!({
        "object": "list",
        "list_metadata": {"before": "cors_origin_1", "after": "cors_origin_9"},
        "data": [origin(), origin(), origin()],
    }));
    let call = |client: &Client| {
        client
            .user_management()
            .cors_origins()
            .list()
            .before("cors_origin_9")
            .after("cors_origin_1")
            .limit(3)
            .order(PaginationOrder::Normal)
            .send()
    };
    let response = case.call(call).await;
    assert_eq!(response.data.len(), 3);
    response.data.iter().for_each(check_origin);
    let metadata = response.list_metadata.expect("metadata");
    assert_eq!(metadata.before.as_deref(), Some("cors_origin_1"));
    assert_eq!(metadata.after.as_deref(), Some("cors_origin_9"));
}

async fn create_required(case: Case) {
    let case = case
        .line("POST /user_management/cors_origins")
        .raw_body(r#"{"origin":"https://zinc.example:8443"}"#)
        .response(origin());
    let call =
        |client: &Client| client.user_management().cors_origins().create("https://zinc.example:8443").send();
    check_origin(&case.call(call).await);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /user_management/cors_origins")
        .raw_body(r#"{"origin":"https://zinc.example:8443"}"#)
        .response(origin());
    let call = |client: &Client| {
        let request = client.user_management().cors_origins().create("https://zinc.example:8443");
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_origin(&case.call(call).await);
}
