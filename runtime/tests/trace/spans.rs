//! The start, the end and the content of spans, and the cost without a subscriber.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::Span;
use typefoundry_runtime::http::Request;
use typefoundry_runtime::{
    Attempt, Auth, BoxFuture, Bytes, Error, Interceptor, SecretProvider, Transport, TransportError, http,
};

use crate::capture::Capture;
use crate::script::{Ask, Script, Step, Way, both_ways, status};

const SECOND: Duration = Duration::from_secs(1);

/// Records the span in which it is called.
struct Where(Capture);

impl Where {
    fn note(&self, what: &str) {
        let span = Span::current();
        let name = span.metadata().map_or("none", tracing::Metadata::name);
        self.0.note(&format!("{what} in {name}"));
    }
}

impl Interceptor for Where {
    fn before_attempt(
        &self,
        _attempt: &Attempt<'_>,
        _request: &mut Request<Bytes>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.note("before");
        Ok(())
    }

    fn after_attempt(&self, _attempt: &Attempt<'_>, _outcome: Result<&http::Response<Bytes>, &Error>) {
        self.note("after");
    }

    fn before_retry(&self, _attempt: &Attempt<'_>, _wait: Duration) {
        self.note("before_retry");
    }
}

/// The script, which records the spans in which it sends and waits.
struct Noting(Script, Where);

impl Transport for Noting {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            self.1.note("send");
            self.0.send(request).await
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if is_wait(duration) {
                self.1.note("wait");
            }
            Transport::sleep(&self.0, duration).await;
        })
    }
}

#[cfg(feature = "blocking")]
impl typefoundry_runtime::BlockingTransport for Noting {
    fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.1.note("send");
        typefoundry_runtime::BlockingTransport::send(&self.0, request, timeout)
    }

    fn sleep(&self, duration: Duration) {
        assert!(is_wait(duration), "{duration:?}");
        self.1.note("wait");
    }
}

/// Whether this is the delay that the server requested, plus jitter.
fn is_wait(duration: Duration) -> bool {
    (SECOND..2 * SECOND).contains(&duration)
}

/// An attempt ends before the next delay. The call ends last. All spans are children of the surrounding span.
async fn spans_last_as_long_as_their_work(way: Way) {
    let capture = Capture::default();
    let guard = capture.listen();
    let script = Script::new([Step::Respond(503, vec![("retry-after", "1")]), status(200)]);
    let seen = Where(capture.clone());
    let source = SecretProvider::from_fn(move || {
        seen.note("secret");
        "hush"
    });
    let noting = || Noting(script.clone(), Where(capture.clone()));
    let builder =
        script.builder_with(Auth::bearer(source)).interceptor(Where(capture.clone())).transport(noting());
    #[cfg(feature = "blocking")]
    let builder = builder.blocking_transport(noting());
    let client = builder.build().expect("a client");
    let call = client.request(Ask::<'G'>::default()).send();
    assert!(capture.journal().is_empty(), "nothing began");
    way.call(call).await.expect("a name");
    drop(guard);
    let expected = [
        "open api.call",
        "secret in api.call",
        "open http.request",
        "before in http.request",
        "send in http.request",
        "after in http.request",
        "close http.request",
        "before_retry in api.call",
        r#"event in api.call: [("message", "the request will be sent again"), ("attempt", "1"), ("delay", "1s")]"#,
        "wait in api.call",
        "open http.request",
        "before in http.request",
        "send in http.request",
        "after in http.request",
        "close http.request",
        "close api.call",
    ];
    // The jitter adds a fraction of a second.
    let journal = capture.journal().into_iter().map(|line| match line.split_once("(\"delay\", \"1.") {
        Some((start, _)) => format!("{start}(\"delay\", \"1s\")]"),
        None => line,
    });
    assert_eq!(journal.collect::<Vec<_>>(), expected);
}

async fn call_is_a_child_of_the_surrounding_span(way: Way) {
    let capture = Capture::default();
    let guard = capture.listen();
    let client = Script::new([status(200)]).client();
    let outer = tracing::info_span!("outer");
    let call = client.request(Ask::<'G'>::default()).send();
    match way {
        Way::Awaited => drop(tracing::Instrument::instrument(call, outer).await.expect("a name")),
        #[cfg(feature = "blocking")]
        Way::Blocking => drop(outer.in_scope(|| call.wait()).expect("a name")),
    }
    drop(guard);
    let parents: Vec<_> = capture.all_spans().iter().map(|span| (span.name, span.parent)).collect();
    assert_eq!(parents, [("outer", None), ("api.call", Some(0)), ("http.request", Some(1))]);
}

/// Rejects every request.
struct Refuse;

impl Interceptor for Refuse {
    fn before_attempt(
        &self,
        _attempt: &Attempt<'_>,
        _request: &mut Request<Bytes>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Err("no".into())
    }
}

async fn rejection_by_an_interceptor_is_a_failed_attempt(way: Way) {
    let capture = Capture::default();
    let guard = capture.listen();
    let client = Script::new([status(200)]).builder().interceptor(Refuse).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("refused");
    drop(guard);
    let [call, attempt] = capture.all_spans().try_into().expect("two spans");
    for span in [&call, &attempt] {
        assert_eq!(
            (span.field("error.type"), span.field("otel.status_code")),
            (Some("invalid_request"), Some("ERROR"))
        );
        assert!(span.is_closed);
    }
    assert_eq!(call.field("attempts"), Some("0"));
    assert_eq!(attempt.field("http.response.status_code"), None);
}

async fn disabled_subscriber_receives_nothing(way: Way) {
    let (capture, names) = (Capture::disabled(), Arc::new(Mutex::new(Vec::new())));
    let guard = capture.listen();
    let client = Script::new([status(503), status(200), status(400)]).client();
    for _ in 0..2 {
        let outcome = way.call(client.request(Ask::<'G'>::default()).send()).await;
        names.lock().expect("a lock").push(outcome.is_ok());
    }
    drop(guard);
    assert_eq!(*names.lock().expect("a lock"), [true, false]);
    assert!(capture.all_spans().is_empty() && capture.recorded().is_empty(), "{}", capture.recorded());
}

both_ways!(
    spans_last_as_long_as_their_work,
    call_is_a_child_of_the_surrounding_span,
    rejection_by_an_interceptor_is_a_failed_attempt,
    disabled_subscriber_receives_nothing,
);

/// Dropping a call is not a failure.
#[tokio::test(start_paused = true)]
async fn dropped_call_ends_its_spans_without_a_failure() {
    let capture = Capture::default();
    let guard = capture.listen();
    let client = Script::new([Step::Silence]).client();
    let call = client.request(Ask::<'G'>::default()).send();
    tokio::time::timeout(SECOND, call).await.expect_err("the call is still pending");
    drop(guard);
    assert_eq!(
        capture.journal(),
        ["open api.call", "open http.request", "close http.request", "close api.call"]
    );
    for span in capture.all_spans() {
        assert_eq!((span.field("error.type"), span.field("otel.status_code")), (None, None));
    }
}

/// A total timeout ends both spans.
#[tokio::test(start_paused = true)]
async fn last_attempt_ends_at_the_timeout_of_the_call() {
    let capture = Capture::default();
    let guard = capture.listen();
    let client = Script::new([Step::Silence]).client();
    client.request(Ask::<'G'>::default()).send().await.expect_err("a timeout");
    drop(guard);
    assert_eq!(
        capture.journal(),
        ["open api.call", "open http.request", "close http.request", "close api.call"]
    );
}
