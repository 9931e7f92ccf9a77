//! Blocking calls: time limits that the transport enforces, and misuse.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use typefoundry_runtime::{
    Auth, BlockingTransport, Bytes, Client, ErrorKind, RetryPolicy, TransportError, TransportErrorKind, http,
};

use crate::script::{API, Ask, Script, Step, status};

const SECOND: Duration = Duration::from_secs(1);

fn at_once() -> RetryPolicy {
    RetryPolicy::default().initial_backoff(Duration::ZERO).max_attempts(10)
}

/// The duration of [`Slow`], long enough that other load on the machine does not matter.
const MOMENT: Duration = Duration::from_millis(50);

/// Reports a timeout after this duration, for any request.
#[derive(Clone, Default)]
struct Slow {
    limits: Arc<Mutex<Vec<Duration>>>,
}

impl BlockingTransport for Slow {
    fn send(
        &self,
        _request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.limits.lock().expect("a lock").push(timeout);
        std::thread::sleep(MOMENT);
        Err(TransportError::new(TransportErrorKind::Timeout, "nothing came"))
    }
}

#[test]
fn attempts_share_the_timeout_of_the_call() {
    let slow = Slow::default();
    let (attempt, call) = (60 * SECOND, 60 * SECOND + MOMENT / 2);
    let builder = Client::builder(&API, "https://a.example", Auth::none()).blocking_transport(slow.clone());
    let builder = builder.attempt_timeout(attempt).timeout(call).retry(at_once());
    let client = builder.build().expect("a client");
    let error = client.request(Ask::<'G'>::default()).send().wait().expect_err("a timeout");
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Timeout, 2, true));
    assert_eq!(error.to_string(), "pets.ask: no response arrived within 60.025s");
    let limits = slow.limits.lock().expect("a lock");
    assert_eq!(limits[0], attempt);
    assert!(limits[1] <= call - MOMENT, "{limits:?}");
}

#[test]
fn transport_gets_the_shorter_limit_and_delays_count() {
    let asks_for = |wait| Step::Respond(503, vec![("retry-after", wait)]);
    let script = Script::new([asks_for("3"), asks_for("4"), status(200)]);
    let builder = script.builder().attempt_timeout(5 * SECOND).timeout(10 * SECOND);
    // The jitter is at most a tenth of each delay.
    let client =
        builder.retry(RetryPolicy::default().initial_backoff(Duration::ZERO)).build().expect("a client");
    client.request(Ask::<'G'>::default()).send().wait().expect("a name");
    let limits = script.limits();
    assert_eq!(limits[..2], [5 * SECOND; 2]);
    // Seven seconds and the jitter passed in delays, and almost no time in attempts.
    assert!(limits[2] <= 3 * SECOND && limits[2] > 2 * SECOND, "{limits:?}");

    let script = Script::new([status(200)]);
    let client = script.builder().timeout(10 * SECOND).build().expect("a client");
    client.request(Ask::<'G'>::default()).send().wait().expect("a name");
    client.request(Ask::<'G'>::default()).timeout(SECOND).send().wait().expect("a name");
    assert_eq!(script.limits(), [10 * SECOND, SECOND]);
}

/// `BlockingTransport::send` documents this value, independent of the duration of earlier attempts.
#[test]
fn call_without_a_timeout_has_none_in_any_attempt() {
    let script = Script::new([status(503), Step::Fault(TransportErrorKind::Connection), status(200)]);
    let client = script.builder().timeout(None).build().expect("a client");
    client.request(Ask::<'G'>::default()).send().wait().expect("a name");
    assert_eq!(script.limits(), [Duration::MAX; 3]);
}

/// This timeout cannot be the client's, which has none.
#[test]
fn timeout_of_the_transport_is_retried_if_the_call_has_no_limit() {
    let builder =
        Client::builder(&API, "https://a.example", Auth::none()).blocking_transport(Slow::default());
    let client = builder.timeout(None).retry(at_once().max_attempts(3)).build().expect("a client");
    let error = client.request(Ask::<'G'>::default()).send().wait().expect_err("a timeout");
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Timeout, 3, true));
    assert_eq!(error.to_string(), "pets.ask: nothing came");
}

/// Exceeds its time limit, then responds.
struct Heedless(u16);

impl BlockingTransport for Heedless {
    fn send(
        &self,
        _request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        std::thread::sleep(2 * timeout);
        let response = http::Response::builder().status(self.0).body(r#"{"name":"Rex"}"#.into());
        Ok(response.expect("a response"))
    }

    fn sleep(&self, duration: Duration) {
        panic!("there is no time to wait for {duration:?}");
    }
}

#[test]
fn late_response_is_returned_and_nothing_is_sent_afterwards() {
    let client = |status| {
        let builder = Client::builder(&API, "https://a.example", Auth::none()).retry(at_once());
        let builder = builder.blocking_transport(Heedless(status)).timeout(Duration::from_millis(10));
        builder.build().expect("a client")
    };
    let name = client(200).request(Ask::<'G'>::default()).send().wait().expect("a name");
    assert_eq!(name.name, "Rex");
    let error = client(503).request(Ask::<'G'>::default()).send().wait().expect_err("503");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
}

fn poll<F: Future>(call: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    call.poll(&mut Context::from_waker(Waker::noop()))
}

/// An executor is already sending the request, so waiting would send it twice.
#[tokio::test(start_paused = true)]
async fn polled_call_cannot_be_waited_for() {
    let script = Script::new([Step::Silence]);
    let client = script.client();
    let mut call = client.request(Ask::<'G'>::default()).send();
    assert!(poll(pin!(&mut call)).is_pending());
    let error = call.wait().expect_err("used up");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::AlreadyPolled, 0));
    assert_eq!(error.to_string(), "the call was polled before: send the request again");

    let mut call = client.request(Ask::<'G'>::default()).send_with_metadata();
    assert!(poll(pin!(&mut call)).is_pending());
    assert_eq!(call.wait().expect_err("used up").kind(), ErrorKind::AlreadyPolled);
    assert_eq!(script.attempts(), 2);
}

/// A client can have one kind of transport only. The error of the other kind of call names the missing one.
#[test]
fn missing_blocking_transport_is_an_error_that_names_the_way_out() {
    let script = Script::new([status(200)]);
    let builder = Client::builder(&API, "https://a.example", Auth::none()).transport(script.clone());
    let client = builder.build().expect("a client");
    let error = client.request(Ask::<'G'>::default()).send().wait().expect_err("no transport");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Config, Some("pets.ask")));
    // The feature `hyper` would not help, because the transport of the client is used for every request.
    let text = "pets.ask: no transport is available for this call: call `blocking_transport` as well";
    assert_eq!(error.to_string(), text);
    assert_eq!(script.attempts(), 0);
}

#[tokio::test]
async fn missing_async_transport_is_an_error_that_names_the_way_out() {
    let builder = Client::builder(&API, "https://a.example", Auth::none());
    let client = builder.blocking_transport(Slow::default()).build().expect("a client");
    let error = client.request(Ask::<'G'>::default()).send().await.expect_err("no transport");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Config, Some("pets.ask")));
    let text = "pets.ask: no transport is available for this call: call `transport` as well";
    assert_eq!(error.to_string(), text);
}
