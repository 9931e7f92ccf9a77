//! Interceptors that reject a request or panic, and calls that end without an event.

use std::error::Error as _;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use typefoundry_runtime::http::Request;
use typefoundry_runtime::{Attempt, Bytes, Error, ErrorKind, Interceptor, http};

use super::interceptors::Journal;
use crate::script::{Ask, Script, Step, Way, both_ways, status};

type Verdict = Result<(), Box<dyn std::error::Error + Send + Sync>>;

#[derive(Debug)]
struct NoClock;

impl fmt::Display for NoClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no clock to sign with")
    }
}

impl std::error::Error for NoClock {}

/// Rejects every attempt from this one on.
struct Refuse(u32);

impl Interceptor for Refuse {
    fn before_attempt(&self, attempt: &Attempt<'_>, _request: &mut Request<Bytes>) -> Verdict {
        if attempt.number() >= self.0 { Err(NoClock.into()) } else { Ok(()) }
    }
}

async fn rejection_by_an_interceptor_ends_the_call(way: Way) {
    for (from, lines) in [
        (1, ["a 1 before"].as_slice()),
        (
            2,
            &[
                "a 1 before",
                "b 1 before",
                "a 1 after 503",
                "b 1 after 503",
                "a 1 waits 1s",
                "b 1 waits 1s",
                "a 2 before",
            ],
        ),
    ] {
        let journal = Journal::default();
        let script = Script::new([Step::Respond(503, vec![("retry-after", "1")])]);
        let builder = script
            .builder()
            .interceptor(journal.interceptor("a"))
            .interceptor(Refuse(from))
            .interceptor(journal.interceptor("b"));
        let client = builder.build().expect("a client");
        let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("refused");
        assert_eq!((error.kind(), error.operation()), (ErrorKind::InvalidRequest, Some("pets.ask")));
        let text = "pets.ask: an interceptor rejected the request: there is no clock to sign with";
        assert_eq!(error.to_string(), text);
        assert!(error.source().is_some_and(|source| source.is::<NoClock>()));
        assert_eq!((error.attempts(), script.attempts()), (from - 1, from as usize - 1));
        assert!(!error.is_retryable() && error.status().is_none());
        assert_eq!(journal.lines(), lines);
    }
}

/// Sets a header.
struct Set(&'static str);

impl Interceptor for Set {
    fn before_attempt(&self, _attempt: &Attempt<'_>, request: &mut Request<Bytes>) -> Verdict {
        request.headers_mut().insert(self.0, http::HeaderValue::from_static("3"));
        Ok(())
    }
}

async fn framing_header_of_an_interceptor_is_rejected(way: Way) {
    for name in ["content-length", "transfer-encoding", "host", "connection", "te", "proxy-connection"] {
        let script = Script::new([status(200)]);
        let client = script.builder().interceptor(Set(name)).build().expect("a client");
        let error = way.call(client.request(Ask::<'P'>::default()).send()).await.expect_err("refused");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidRequest, 0));
        let text = format!("pets.ask: invalid header `{name}`: only the transport sets it");
        assert_eq!(error.to_string(), text);
        assert_eq!(script.attempts(), 0);
    }
    // Interceptors can sign requests and set the user agent.
    for name in ["authorization", "user-agent", "x-signature", "date"] {
        let script = Script::new([status(200)]);
        let client = script.builder().interceptor(Set(name)).build().expect("a client");
        way.call(client.request(Ask::<'P'>::default()).send()).await.expect("a name");
        assert_eq!(script.seen()[0].headers()[name], "3");
    }
}

/// Panics once, at the configured point.
#[derive(Default)]
struct Panic {
    before: AtomicBool,
    after: AtomicBool,
}

impl Interceptor for Panic {
    fn before_attempt(&self, _attempt: &Attempt<'_>, _request: &mut Request<Bytes>) -> Verdict {
        assert!(!self.before.swap(false, Ordering::Relaxed), "the interceptor panics before the attempt");
        Ok(())
    }

    fn after_attempt(&self, _attempt: &Attempt<'_>, _outcome: Result<&http::Response<Bytes>, &Error>) {
        assert!(!self.after.swap(false, Ordering::Relaxed), "the interceptor panics after the attempt");
    }
}

/// The call fails, but the client still works.
async fn panic_of_an_interceptor_affects_no_other_call(way: Way) {
    let script = Script::new([status(200)]);
    let interceptor = Arc::new(Panic::default());
    let client = script.builder().interceptor(Arc::clone(&interceptor)).build().expect("a client");
    for switch in [&interceptor.before, &interceptor.after] {
        switch.store(true, Ordering::Relaxed);
        let call = client.request(Ask::<'G'>::default()).send();
        match way {
            Way::Awaited => assert!(tokio::spawn(call).await.expect_err("a panic").is_panic()),
            #[cfg(feature = "blocking")]
            Way::Blocking => {
                drop(std::panic::catch_unwind(AssertUnwindSafe(|| call.wait())).expect_err("a panic"))
            }
        }
        way.call(client.request(Ask::<'G'>::default()).send()).await.expect("a name");
    }
    assert_eq!((script.attempts(), client.retry_budget().available()), (3, 100));
}

both_ways!(
    rejection_by_an_interceptor_ends_the_call,
    framing_header_of_an_interceptor_is_rejected,
    panic_of_an_interceptor_affects_no_other_call
);

/// A finished call cannot be polled again, whether it succeeded, failed or panicked.
#[tokio::test(start_paused = true)]
async fn polling_a_finished_call_is_an_error() {
    let interceptor = Arc::new(Panic::default());
    let script = Script::new([status(200), status(404), status(200)]);
    let client = script.builder().interceptor(Arc::clone(&interceptor)).build().expect("a client");
    let mut context = Context::from_waker(Waker::noop());
    for panics in [false, false, true] {
        let mut call = client.request(Ask::<'G'>::default()).send();
        let mut poll = || Pin::new(&mut call).poll(&mut context);
        interceptor.before.store(panics, Ordering::Relaxed);
        let polled = std::panic::catch_unwind(AssertUnwindSafe(&mut poll));
        assert_eq!(polled.is_err(), panics);
        for _ in 0..2 {
            let std::task::Poll::Ready(Err(error)) = poll() else { panic!("no error") };
            assert_eq!(
                (error.kind(), error.to_string()),
                (ErrorKind::AlreadyPolled, "the call was polled before: send the request again".into())
            );
        }
    }
    let mut call = client.request(Ask::<'G'>::default()).send_with_metadata();
    (&mut call).await.expect("a name");
    assert_eq!((&mut call).await.expect_err("used up").kind(), ErrorKind::AlreadyPolled);
    assert_eq!(script.attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn dropped_call_has_no_further_events() {
    let journal = Journal::default();
    let script = Script::new([Step::Silence]);
    let client = script.builder().interceptor(journal.interceptor("a")).build().expect("a client");
    drop(client.request(Ask::<'G'>::default()).send());
    assert!(journal.lines().is_empty());
    let call = client.request(Ask::<'G'>::default()).send();
    tokio::time::timeout(Duration::from_secs(1), call).await.expect_err("the call is still pending");
    assert_eq!(journal.lines(), ["a 1 before"]);
}
