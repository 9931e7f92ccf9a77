//! The template of the claims in access tokens.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::user_management::jwt_template::TokenTemplate;

use crate::case::Case;

cases! {
    "user_management.jwt_template.get": get_required, get_everything;
    "user_management.jwt_template.update": update_required, update_everything;
}

/// A template is not JSON and must be sent unchanged.
const CONTENT: &str =
    "{\n\t\"urn:zinc\": {{ organization.name || 'none' }},\n\t\"größe\": \"{{user.metadata.size}}\"\n}";

/// All fields are required.
fn template(content: &str) -> Value {
    json!({
        "object": "jwt_template",
        "content": content,
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_template(template: &TokenTemplate, content: &str) {
    assert_eq!(template.content, content);
    assert_eq!(template.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(template.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

async fn get_required(case: Case) {
    let case = case.line("GET /user_management/jwt_template").response(template(""));
    let call = |client: &Client| client.user_management().jwt_template().get().send();
    check_template(&case.call(call).await, "");
}

async fn get_everything(case: Case) {
    let case = case.line("GET /user_management/jwt_template").response(template(CONTENT));
    let call = |client: &Client| client.user_management().jwt_template().get().send();
    check_template(&case.call(call).await, CONTENT);
}

async fn update_required(case: Case) {
    let case =
        case.line("PUT /user_management/jwt_template").raw_body(r#"{"content":""}"#).response(template(""));
    let call = |client: &Client| client.user_management().jwt_template().update("").send();
    check_template(&case.call(call).await, "");
}

async fn update_everything(case: Case) {
    let case = case
        .line("PUT /user_management/jwt_template")
        .raw_body(concat!(
            r#"{"content":"{\n\t\"urn:zinc\": {{ organization.name || 'none' }},"#,
            r#"\n\t\"größe\": \"{{user.metadata.size}}\"\n}"}"#,
        ))
        .response(template(CONTENT));
    let call = |client: &Client| client.user_management().jwt_template().update(CONTENT).send();
    check_template(&case.call(call).await, CONTENT);
}
