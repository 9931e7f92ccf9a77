//! Responses with their metadata.

use typefoundry_runtime::http::StatusCode;
use typefoundry_runtime::{ErrorKind, RateLimit};

use crate::script::{Ask, Script, Step, Way, both_ways, status};

async fn response_contains_its_metadata(way: Way) {
    let headers = vec![
        ("x-pet", "7"),
        ("x-ratelimit-limit", "100"),
        ("ratelimit-remaining", " 99 "),
        ("x-request-id", "r-0"),
    ];
    let script = Script::new([status(503), Step::Respond(201, headers)]);
    let response = way
        .call_with_metadata(script.client().request(Ask::<'G'>::default()).send_with_metadata())
        .await
        .expect("a response");
    assert_eq!((response.status(), response.attempts()), (StatusCode::CREATED, 2));
    assert_eq!(response.headers()["x-pet"], "7");
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(response.body().as_ref(), br#"{"name":"Rex","request_id":"r-1"}"#);
    let limit = response.rate_limit().expect("a limit");
    assert_eq!((limit.limit, limit.remaining, limit.reset), (Some("100"), Some("99"), None));
    let text = format!("{response:?}");
    assert!(text.contains("r-1") && !text.contains("x-pet"), "{text}");
    assert_eq!(response.value().name, "Rex");
    assert_eq!(response.into_value().name, "Rex");
}

async fn missing_metadata_is_none(way: Way) {
    let script = Script::new([status(200)]);
    let response = way
        .call_with_metadata(script.client().request(Ask::<'G'>::default()).send_with_metadata())
        .await
        .expect("a response");
    assert_eq!((response.rate_limit(), response.attempts()), (None, 1));
}

async fn error_status_is_an_error_here_too(way: Way) {
    let script = Script::new([Step::Respond(404, vec![("x-ratelimit-reset", "soon")])]);
    let error = way
        .call_with_metadata(script.client().request(Ask::<'G'>::default()).send_with_metadata())
        .await
        .expect_err("404");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
    let limit = error.headers().and_then(RateLimit::of).expect("a limit");
    assert_eq!((limit.limit, limit.reset), (None, Some("soon")));
}

#[test]
fn call_is_send_and_outlives_its_client() {
    fn is_free<T: Send + 'static>(_: T) {}
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let _inside = runtime.enter();
    is_free(Script::new([status(200)]).client().request(Ask::<'G'>::default()).send_with_metadata());
}

both_ways!(response_contains_its_metadata, missing_metadata_is_none, error_status_is_an_error_here_too,);
