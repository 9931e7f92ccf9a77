//! The data of an error that a caller needs in order to retry.

use std::error::Error as _;
use std::time::Duration;

use typefoundry_runtime::{ErrorKind, RetryPolicy, TransportError, TransportErrorKind};

use crate::script::{Ask, Script, Step, Way, both_ways, status};

async fn error(way: Way, step: Step) -> typefoundry_runtime::Error {
    let client = Script::new([step]).builder().retry(RetryPolicy::never()).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("an error")
}

async fn error_contains_the_response(way: Way) {
    let error = error(way, Step::Respond(429, vec![("retry-after", "7")])).await;
    assert_eq!((error.code(), error.retry_after()), (Some("hush_hush"), Some(Duration::from_secs(7))));
    assert_eq!(error.to_string(), "pets.ask: the server responded with 429 Too Many Requests: hush_hush");
    let text = format!("{error:?}");
    assert!(!text.contains("hush-111") && text.contains("attempts: 1"), "{text}");
}

async fn error_without_a_response_has_no_response_data(way: Way) {
    let error = error(way, Step::Fault(TransportErrorKind::Connection)).await;
    assert_eq!((error.code(), error.retry_after()), (None, None));
    let source = error.source().and_then(|source| source.downcast_ref::<TransportError>());
    assert_eq!(source.map(TransportError::kind), Some(TransportErrorKind::Connection));
    assert!(error.is_retryable());
}

async fn truncated_response_keeps_the_received_part(way: Way) {
    let headers = vec![("x-request-id", "r-7"), ("retry-after", "7"), ("set-cookie", "hush-cookie")];
    let error = error(way, Step::Truncated(503, headers)).await;
    assert_eq!((error.kind(), error.is_retryable(), error.attempts()), (ErrorKind::Transport, true, 1));
    assert_eq!((error.api_error().is_none(), error.code()), (true, None));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!((error.request_id(), error.retry_after()), (Some("r-7"), Some(Duration::from_secs(7))));
    assert_eq!(error.body().map(|body| body.as_ref()), Some(b"{\"typ".as_slice()));
    assert_eq!(error.to_string(), "pets.ask: it broke off (503 Service Unavailable)");
    let text = format!("{error:?}");
    assert!(!text.contains("hush") && text.contains("body_len: Some(5)"), "{text}");
}

/// The page of a proxy can be longer than the maximum length of a response.
async fn transient_response_is_retried_at_any_length(way: Way) {
    for (code, attempts) in [(503, 3), (409, 3), (200, 1), (404, 1)] {
        let script = Script::new([Step::TooLarge(code, vec![("retry-after", "7")])]);
        let call = script.client().request(Ask::<'G'>::default()).send();
        let error = way.call(call).await.expect_err("too large");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, attempts), "{code}");
        assert_eq!(error.is_retryable(), attempts > 1, "{code}");
        assert!(script.waits().iter().all(|wait| *wait >= Duration::from_secs(7)), "{:?}", script.waits());
        let call = script.client().request(Ask::<'P'>::default()).send();
        let error = way.call(call).await.expect_err("too large");
        assert_eq!((error.attempts(), error.is_retryable()), (1, attempts > 1), "{code}");
    }
}

async fn last_failure_is_returned(way: Way) {
    let script = Script::new([status(503), Step::Fault(TransportErrorKind::Connection), status(404)]);
    let error = way.call(script.client().request(Ask::<'G'>::default()).send()).await.expect_err("404");
    assert_eq!((error.attempts(), error.is_retryable()), (3, false));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    let script = Script::new([status(503), status(502), Step::Fault(TransportErrorKind::Connect)]);
    let error =
        way.call(script.client().request(Ask::<'G'>::default()).send()).await.expect_err("no connection");
    assert_eq!((error.attempts(), error.kind()), (3, ErrorKind::Transport));
}

/// Makes a call with this method and returns its error.
async fn error_of<const METHOD: char>(
    way: Way,
    steps: impl IntoIterator<Item = Step>,
) -> typefoundry_runtime::Error {
    let client = Script::new(steps).client();
    way.call(client.request(Ask::<METHOD>::default()).send()).await.expect_err("an error")
}

/// A DELETE whose response was lost gets 404 on the second attempt.
async fn error_after_a_possibly_completed_attempt_is_marked(way: Way) {
    let lost = || Step::Fault(TransportErrorKind::Connection);
    for first in [lost(), Step::Silence, status(500), status(503), Step::Truncated(200, Vec::new())] {
        for code in [404, 410, 422] {
            let is_silent = matches!(first, Step::Silence);
            let script = Script::new([first.clone(), status(code)]);
            let client = script.builder().attempt_timeout(Duration::from_secs(1)).build().expect("a client");
            let error = way.call(client.request(Ask::<'D'>::default()).send()).await.expect_err("not found");
            assert_eq!((error.attempts(), error.maybe_already_done()), (2, true), "{code} {is_silent}");
            assert!(format!("{error:?}").contains("maybe_already_done: true"));
            let error = error_of::<'U'>(way, [first.clone(), status(code)]).await;
            assert!(error.maybe_already_done() || is_silent, "{code}");
        }
    }
}

async fn error_is_not_marked_if_no_attempt_had_an_effect(way: Way) {
    // The first attempt returned this status.
    assert!(!error_of::<'D'>(way, [status(404)]).await.maybe_already_done());
    // The first attempt did not reach the server, or was rejected.
    for first in [Step::Fault(TransportErrorKind::Connect), status(429), status(408)] {
        let error = error_of::<'D'>(way, [first, status(404)]).await;
        assert_eq!((error.attempts(), error.maybe_already_done()), (2, false));
    }
    // The operation only reads.
    let error = error_of::<'G'>(way, [status(503), status(404)]).await;
    assert_eq!((error.attempts(), error.maybe_already_done()), (2, false));
    let client =
        Script::new([status(200)]).builder().base_url("https://a.example").build().expect("a client");
    let refused = Ask::<'D'> { id: Some(String::new()) };
    assert!(!way.call(client.request(refused).send()).await.expect_err("refused").maybe_already_done());
}

async fn possibly_completed_call_is_marked(way: Way) {
    for step in
        [Step::Fault(TransportErrorKind::Connection), Step::Fault(TransportErrorKind::Protocol), status(500)]
    {
        let error = error_of::<'P'>(way, [step]).await;
        assert_eq!((error.attempts(), error.maybe_already_done()), (1, true));
    }
    use TransportErrorKind::{Config, Connect, Proxy, Tls};
    let unsent = [Config, Connect, Proxy, Tls].map(Step::Fault);
    for step in unsent.into_iter().chain([status(400), status(302)]) {
        assert!(!error_of::<'P'>(way, vec![step.clone(); 3]).await.maybe_already_done(), "{step:?}");
    }
}

both_ways!(
    error_after_a_possibly_completed_attempt_is_marked,
    error_is_not_marked_if_no_attempt_had_an_effect,
    possibly_completed_call_is_marked,
    error_contains_the_response,
    error_without_a_response_has_no_response_data,
    truncated_response_keeps_the_received_part,
    transient_response_is_retried_at_any_length,
    last_failure_is_returned,
);
