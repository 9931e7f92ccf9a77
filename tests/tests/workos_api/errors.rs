//! Error responses: every shape of body that the vendor documents.

use std::error::Error as _;
use std::time::Duration;

use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, RawServer, bounded};
use workos_api::common::{MissingEntity, RejectedRole, UserId};
use workos_api::runtime::http::header::{HeaderName, RETRY_AFTER};
use workos_api::runtime::{TransportError, TransportErrorKind};
use workos_api::user_management::authentication::SignInStep;
use workos_api::user_management::organization_memberships::OrganizationMembershipId;
use workos_api::{Client, Error, ErrorKind};

use crate::case::{builder_of, call, client_of};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Returns the error of getting a user with this response.
async fn error_of(canned: CannedResponse) -> Error {
    let send = |client: &Client| client.user_management().users().get(UserId::new("user_a1")).send();
    let (response, received) = call(canned, send).await;
    assert_eq!(received.len(), 1, "the call is not retried");
    response.expect_err("an error")
}

/// A body, and the code, message and details decoded from it.
type Shape = (Value, Option<&'static str>, Option<&'static str>, Value);

/// Returns the documented shapes, by their keys.
fn shapes() -> [Shape; 18] {
    [
        (
            json!({"code": "entity_not_found", "message": "No such User."}),
            Some("entity_not_found"),
            Some("No such User."),
            Value::Null,
        ),
        (
            json!({
                "code": "organization_selection_required",
                "message": "Choose.",
                "organizations": [{"id": "org_1", "name": "One"}],
            }),
            Some("organization_selection_required"),
            Some("Choose."),
            Value::Null,
        ),
        (json!({"message": "Not found."}), None, Some("Not found."), Value::Null),
        (
            json!({
                "code": "invalid_request_parameters",
                "message": "Validation failed.",
                "errors": [{"field": "email", "code": "email_required"}],
            }),
            Some("invalid_request_parameters"),
            Some("Validation failed."),
            json!([{"field": "email", "code": "email_required"}]),
        ),
        (
            json!({
                "message": "Validation failed.",
                "errors": ["email must be an email", "name is too long"],
            }),
            None,
            Some("Validation failed."),
            json!(["email must be an email", "name is too long"]),
        ),
        (
            json!({"code": "invalid_field", "message": "Invalid paths.", "details": ["$.name", "$.email"]}),
            Some("invalid_field"),
            Some("Invalid paths."),
            json!(["$.name", "$.email"]),
        ),
        (
            json!({"error": "Bad Request", "message": ["email must be an email", "name is too long"]}),
            Some("Bad Request"),
            Some("email must be an email; name is too long"),
            Value::Null,
        ),
        (
            json!({"statusCode": 422, "code": "lock_timeout", "message": "Again."}),
            Some("lock_timeout"),
            Some("Again."),
            Value::Null,
        ),
        (json!({"statusCode": 422}), None, None, Value::Null),
        (
            json!({"error": "invalid_grant", "error_description": "The code is used up."}),
            Some("invalid_grant"),
            Some("The code is used up."),
            Value::Null,
        ),
        (json!({"error": "Unauthorized"}), Some("Unauthorized"), Some("Unauthorized"), Value::Null),
        (
            json!({
                "connection_ids": ["conn_1"],
                "email": "a@b.example",
                "pending_authentication_token": "p",
            }),
            None,
            None,
            Value::Null,
        ),
        (json!({"code": "slow_down"}), Some("slow_down"), None, Value::Null),
        (json!({"message": ""}), None, None, Value::Null),
        (json!({"errors": []}), None, None, json!([])),
        (json!({"errors": null, "message": null}), None, None, Value::Null),
        (
            json!({"code": "role_slug_conflict", "message": "Taken.", "role_slug": "admin"}),
            Some("role_slug_conflict"),
            Some("Taken."),
            Value::Null,
        ),
        (json!({}), None, None, Value::Null),
    ]
}

#[tokio::test]
async fn every_documented_error_body_is_decoded() {
    for (body, code, message, details) in shapes() {
        let error = error_of(CannedResponse::json(422, &body).header(REQUEST_ID, "req-17")).await;
        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert_eq!(error.operation(), Some("user_management.users.get"));
        assert_eq!(error.request_id(), Some("req-17"));
        assert_eq!(error.body().expect("a body").as_ref(), body.to_string().as_bytes());
        let api = error.api_error().expect("an API error");
        assert_eq!(api.status().as_u16(), 422, "the HTTP status");
        assert_eq!((api.code(), api.message()), (code, message), "{body}");
        assert_eq!(api.details().cloned().unwrap_or_default(), details, "{body}");
        assert_eq!((api.url(), api.request_id()), (None, Some("req-17")));
        let text = error.to_string();
        let parts = [Some("user_management.users.get"), Some("422"), Some("req-17"), code, message];
        for part in parts.into_iter().flatten() {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}

/// `code` takes precedence over `error`; the three messages have an order of precedence too.
#[tokio::test]
async fn first_key_in_order_of_precedence_is_used() {
    let mut body = json!({
        "code": "c",
        "error": "e",
        "message": "m",
        "error_description": "d",
    });
    let mut seen = Vec::new();
    for gone in ["", "code", "message", "error_description"] {
        body.as_object_mut().expect("an object").remove(gone);
        let error = error_of(CannedResponse::json(400, &body)).await;
        let api = error.api_error().expect("an API error");
        seen.push((api.code().expect("a code").to_owned(), api.message().expect("a message").to_owned()));
    }
    let seen: Vec<_> = seen.iter().map(|(code, message)| (code.as_str(), message.as_str())).collect();
    assert_eq!(seen, [("c", "m"), ("e", "m"), ("e", "d"), ("e", "e")]);
}

#[tokio::test]
async fn error_without_a_body_is_an_api_error() {
    let error = error_of(CannedResponse::empty(403)).await;
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Api, Some(403)));
    assert!(error.body().expect("a body").is_empty());
    let api = error.api_error().expect("an API error");
    assert_eq!((api.code(), api.message(), api.details(), api.request_id()), (None, None, None, None));
    assert_eq!(error.to_string(), "user_management.users.get: the server responded with 403 Forbidden");
}

#[tokio::test]
async fn html_page_of_a_proxy_is_an_api_error() {
    let page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    let error = error_of(CannedResponse::html(502, page)).await;
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Api, Some(502)));
    assert_eq!(error.body().expect("a body").as_ref(), page.as_bytes());
    assert!(!error.to_string().contains("<h1>"), "{error}");
    assert_eq!(error.body_as::<SignInStep>(), None);
}

#[tokio::test]
async fn unexpected_error_body_is_kept() {
    for body in
        ["null", "[]", "\"down\"", "{", "[{\"code\": \"x\"}]", r#"{"code": {"a": 1}, "message": [{}]}"#]
    {
        let error = error_of(CannedResponse::json(500, body)).await;
        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert_eq!(error.body().expect("a body").as_ref(), body.as_bytes());
        let api = error.api_error().expect("an API error");
        assert_eq!((api.code(), api.message()), (None, None), "{body}");
        assert_eq!(error.body_as::<SignInStep>(), None, "{body}");
    }
}

/// The delay is available to the caller.
#[tokio::test]
async fn rate_limit_error_keeps_retry_after() {
    let body = json!({"code": "too_many_requests", "message": "Slow down."});
    let error = error_of(CannedResponse::json(429, body).header(RETRY_AFTER, "30")).await;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(error.api_error().and_then(|api| api.code()), Some("too_many_requests"));
    assert_eq!(error.headers().expect("headers")[RETRY_AFTER], "30");
}

/// A message of the server must not forge a second line in a log.
#[tokio::test]
async fn error_is_displayed_on_one_line() {
    let body = json!({"code": "a\nb", "message": ["c\r\n2031-02-03 all is well", "\u{1b}[2J"]});
    let text = error_of(CannedResponse::json(400, body)).await.to_string();
    assert!(!text.contains(char::is_control), "{text:?}");
}

/// A decode error does not contain a sign-in step.
#[tokio::test]
async fn decode_error_is_not_a_sign_in_step() {
    let body = json!({"code": "passkey_progressive_enrollment", "id": 7});
    let error = error_of(CannedResponse::json(200, body)).await;
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Decode, Some(200)));
    assert!(error.api_error().is_none());
    assert_eq!(error.body_as::<SignInStep>(), None);
}

#[tokio::test]
async fn lost_connection_is_a_transport_error() {
    let server = RawServer::responding("").await;
    let client = client_of(&server.url());
    let call = client.user_management().users().get(UserId::new("user_a1")).send();
    let error = bounded(call).await.expect_err("no response");
    assert_eq!((error.kind(), error.status(), error.body()), (ErrorKind::Transport, None, None));
    assert_eq!(error.body_as::<SignInStep>(), None);
    let source = error.source().and_then(|source| source.downcast_ref::<TransportError>());
    assert_eq!(source.map(TransportError::kind), Some(TransportErrorKind::Connection));
}

#[tokio::test]
async fn stalled_server_is_a_timeout() {
    let server = RawServer::stalling_after("").await;
    let client = builder_of(&server.url()).timeout(Duration::from_millis(250)).build().expect("a client");
    let call = client.user_management().authentication().authenticate_with_code("hush").send();
    let error = bounded(call).await.expect_err("no response");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.operation(), Some("user_management.authentication.authenticate_with_code"));
    assert_eq!(error.body_as::<SignInStep>(), None);
}

#[tokio::test]
async fn missing_entity_is_named() {
    let body = json!({"code": "entity_not_found", "message": "No such User.", "entity_id": "user_a1"});
    let error = error_of(CannedResponse::json(404, body)).await;
    assert_eq!(error.body_as::<MissingEntity>().expect("the entity").entity_id, "user_a1");
    let error =
        error_of(CannedResponse::json(404, json!({"code": "entity_not_found", "message": "No such User."})))
            .await;
    assert!(error.body_as::<MissingEntity>().is_none());
}

#[tokio::test]
async fn unassignable_role_is_named() {
    let body = json!({"code": "invalid_role", "message": "No such role.", "role_slug": "owner"});
    let send = |client: &Client| {
        let memberships = client.user_management().organization_memberships();
        memberships.update(OrganizationMembershipId::new("om_1")).send()
    };
    let (response, _) = call(CannedResponse::json(422, body), send).await;
    let error = response.expect_err("an API error");
    assert_eq!(error.body_as::<RejectedRole>().expect("the role").role_slug, "owner");
}
