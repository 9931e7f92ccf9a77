//! Errors of responses that cannot be decoded: the operation, the location in the body, and the body itself.

use std::error::Error as _;

use serde_json::{Value, json};
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::MemberSelector;
use stytch_b2b::runtime::DecodeError;
use stytch_b2b::{Client, Error, ErrorKind};
use typefoundry_tests::CannedResponse;

use crate::case::{REQUEST_ID, call};
use crate::responses::{bare_member, bare_organization, member, organization};

/// Returns the error of a search with this response.
async fn error_of(canned: CannedResponse) -> Error {
    let send = |client: &Client| {
        client.organizations().members().search([OrganizationId::new("organization-test-6f1c")]).send()
    };
    let (response, received) = call(canned, send).await;
    assert_eq!(received.len(), 1, "the call is not retried");
    let error = response.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.operation(), Some("organizations.members.search"));
    assert!(error.api_error().is_none());
    error
}

fn why(error: &Error) -> &DecodeError {
    error.source().and_then(|source| source.downcast_ref()).expect("a decode error")
}

#[tokio::test]
async fn success_that_is_not_json_is_a_decode_error() {
    for (canned, body) in [
        (CannedResponse::html(200, "<html>Welcome</html>"), "<html>Welcome</html>"),
        (CannedResponse::json(200, ""), ""),
        (CannedResponse::json(200, "{\"members\": ["), "{\"members\": ["),
        (CannedResponse::json(201, "[]"), "[]"),
        (CannedResponse::json(200, "null"), "null"),
    ] {
        let error = error_of(canned).await;
        assert_eq!(error.body().expect("a body").as_ref(), body.as_bytes());
        assert!(error.status().is_some_and(|status| status.is_success()));
        assert!(error.to_string().starts_with("organizations.members.search: "), "{error}");
    }
}

fn found(members: &[Value]) -> Value {
    json!({
        "request_id": REQUEST_ID,
        "members": members,
        "results_metadata": {"total": 2},
        "organizations": {"organization-test-a2": organization()},
        "status_code": 200,
    })
}

/// Returns a search result with the value at a pointer replaced, or removed for `None`.
fn found_but(pointer: &str, value: Option<Value>) -> Value {
    let mut canned = found(&[bare_member(), member()]);
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match value {
        Some(value) => *canned.pointer_mut(pointer).expect(pointer) = value,
        None => {
            let parent = canned.pointer_mut(parent).and_then(Value::as_object_mut).expect(parent);
            parent.remove(key).expect(key);
        }
    }
    canned
}

#[tokio::test]
async fn decode_error_names_the_location() {
    for (pointer, value, path) in [
        ("/request_id", None, "$.request_id"),
        ("/status_code", Some(json!("200")), "$.status_code"),
        ("/results_metadata", None, "$.results_metadata"),
        ("/results_metadata/total", Some(json!(2_147_483_648_u32)), "$.results_metadata.total"),
        ("/results_metadata/total", Some(json!(1.5)), "$.results_metadata.total"),
        ("/members/0", Some(json!(null)), "$.members[0]"),
        ("/members/0/member_id", Some(json!(7)), "$.members[0].member_id"),
        ("/members/1/status", None, "$.members[1].status"),
        ("/members/1/roles/0/role_id", Some(json!(7)), "$.members[1].roles[0].role_id"),
        ("/members/1/roles/1/role_id", None, "$.members[1].roles[1].role_id"),
        ("/members/1/roles/1/sources/2/type", Some(json!(null)), "$.members[1].roles[1].sources[2].type"),
        ("/members/1/created_at", Some(json!("yesterday")), "$.members[1].created_at"),
        (
            "/members/1/scim_registration/scim_attributes/emails",
            Some(json!("grace@nightingale.example")),
            "$.members[1].scim_registration.scim_attributes.emails",
        ),
        (
            "/organizations/organization-test-a2/custom_roles/0/permissions/0/actions/1",
            Some(json!({})),
            "$.organizations.organization-test-a2.custom_roles[0].permissions[0].actions[1]",
        ),
    ] {
        let canned = found_but(pointer, value);
        let error = error_of(CannedResponse::json(200, &canned)).await;
        assert_eq!(why(&error).path(), path);
        let text = error.to_string();
        assert!(text.starts_with("organizations.members.search: ") && text.contains(path), "{text}");
        assert_eq!(error.body().expect("a body").as_ref(), canned.to_string().as_bytes());
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    }
}

/// The request ID is required for support requests, so it is read even from a body that cannot be decoded.
#[tokio::test]
async fn decode_error_keeps_the_request_id() {
    let error = error_of(CannedResponse::json(200, json!({"request_id": REQUEST_ID}))).await;
    assert_eq!(error.request_id(), Some(REQUEST_ID));
}

#[tokio::test]
async fn decode_error_names_the_missing_object() {
    let canned = json!({"request_id": REQUEST_ID, "member_id": "m", "organization": bare_organization()});
    let send = |client: &Client| {
        let selector = MemberSelector::email_address("grace@nightingale.example");
        client.organizations().members().get(OrganizationId::new("organization-test-6f1c"), selector).send()
    };
    let (response, _) = call(CannedResponse::json(200, canned), send).await;
    let error = response.expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.operation(), Some("organizations.members.get"));
    assert_eq!(why(&error).path(), "$.member");
    assert_eq!(why(&error).found(), "nothing");
}

/// A malicious server must not be able to exhaust the stack.
#[tokio::test]
async fn excessive_nesting_is_rejected() {
    let deep = format!("{{\"members\":{}", "[".repeat(100_000));
    let error = error_of(CannedResponse::json(200, deep)).await;
    assert!(error.to_string().len() < 1000, "{error}");
}
