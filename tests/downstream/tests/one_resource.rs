//! One resource without a transport: parameters become HTTP requests, and bytes become responses, independent of the
//! HTTP stack.

#![cfg(any(feature = "full", feature = "one-resource"))]

mod common;

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::member;
use downstream::{Directory, Settings};
use serde_json::{Value, json};
use stytch_b2b::organizations::members::MemberId;
use stytch_b2b::organizations::members::params::DeleteParams;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::params::GetParams;
use stytch_b2b::runtime::{BoxFuture, Bytes, Endpoint, Transport, TransportError, http};
use stytch_b2b::ErrorKind;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn params_become_a_request() -> Outcome {
    let params = DeleteParams::new(OrganizationId::new("organization-111"), MemberId::new("a/b"));
    let request = params.to_request(&"https://example.com".parse()?, &Default::default())?;
    assert_eq!(request.method(), http::Method::DELETE);
    assert_eq!(request.uri(), "https://example.com/v1/b2b/organizations/organization-111/members/a%2Fb");
    assert!(request.body().is_empty());
    Ok(())
}

#[test]
fn params_that_would_change_the_path_are_rejected() -> Outcome {
    let params = DeleteParams::new(OrganizationId::new("organization-111"), MemberId::new(".."));
    let refused = params.to_request(&"https://example.com".parse()?, &Default::default());
    assert_eq!(refused.err().map(|error| error.kind()), Some(ErrorKind::InvalidRequest));
    Ok(())
}

#[test]
fn bytes_become_an_error() {
    let body = br#"{"error_type": "organization_not_found"}"#;
    let response =
        http::Response::builder().status(404).body(Bytes::from_static(body)).expect("a valid response");
    let error = GetParams::from_response(&response).expect_err("404 is not a success");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.api_error().and_then(|api| api.code()), Some("organization_not_found"));
}

/// Two pages of people, and the requests for them.
#[derive(Clone, Default)]
struct Pages {
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Pages {
    fn answer(&self, body: &[u8]) -> Value {
        let asked: Value = serde_json::from_slice(body).expect("the body is JSON");
        let (email_address, status, next) = match &asked["cursor"] {
            Value::Null => ("ada@example.com", "active", "page-2"),
            _ => ("bob@example.com", "deleted", ""),
        };
        self.asked.lock().expect("no test panicked").push(asked);
        json!({
            "members": [member(email_address, status)],
            "results_metadata": { "total": 2, "next_cursor": next },
            "request_id": "request-111",
            "status_code": 200,
        })
    }
}

impl Transport for Pages {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move { Ok(http::Response::new(self.answer(request.body()).to_string().into())) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }
}

#[tokio::test]
async fn list_is_read_to_its_last_page() -> Outcome {
    let pages = Pages::default();
    let settings =
        Settings { project_id: "project-test-111".into(), secret: "secret-test-111".into(), base_url: None };
    let client = settings.client_over(pages.clone())?;
    let directory = Directory::new(client, OrganizationId::new("organization-111"));

    assert_eq!(directory.active().await?, ["ada@example.com"]);
    let asked = pages.asked.lock().expect("no test panicked");
    assert_eq!(
        *asked,
        [
            json!({ "organization_ids": ["organization-111"] }),
            json!({ "organization_ids": ["organization-111"], "cursor": "page-2" }),
        ]
    );
    Ok(())
}
