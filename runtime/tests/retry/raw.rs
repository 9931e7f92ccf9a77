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
    let script = Script::new([status(503), Step::Answer(201, headers)]);
    let raw = way
        .raw(script.client().request(Ask::<'G'>::default()).send_with_metadata())
        .await
        .expect("a response");
    assert_eq!((raw.status(), raw.attempts()), (StatusCode::CREATED, 2));
    assert_eq!(raw.headers()["x-pet"], "7");
    assert_eq!(raw.request_id(), Some("r-1"));
    assert_eq!(raw.body().as_ref(), br#"{"name":"Rex","request_id":"r-1"}"#);
    let limit = raw.rate_limit().expect("a limit");
    assert_eq!((limit.limit, limit.remaining, limit.reset), (Some("100"), Some("99"), None));
    let text = format!("{raw:?}");
    assert!(text.contains("r-1") && !text.contains("x-pet"), "{text}");
    assert_eq!(raw.value().name, "Rex");
    assert_eq!(raw.into_value().name, "Rex");
}

async fn missing_metadata_is_none(way: Way) {
    let script = Script::new([status(200)]);
    let raw = way
        .raw(script.client().request(Ask::<'G'>::default()).send_with_metadata())
        .await
        .expect("a response");
    assert_eq!((raw.rate_limit(), raw.attempts()), (None, 1));
}

async fn error_status_is_an_error_here_too(way: Way) {
    let script = Script::new([Step::Answer(404, vec![("x-ratelimit-reset", "soon")])]);
    let error =
        way.raw(script.client().request(Ask::<'G'>::default()).send_with_metadata()).await.expect_err("404");
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
