//! Timeouts of calls and of attempts.

use std::time::Duration;

use typefoundry_runtime::{ErrorKind, RetryPolicy};

use crate::script::{Ask, Script, Step, Way, both_ways, status};

const SECOND: Duration = Duration::from_secs(1);

fn at_once() -> RetryPolicy {
    RetryPolicy::default().initial_backoff(Duration::ZERO).max_attempts(10)
}

async fn attempt_that_times_out_is_retried(way: Way) {
    let script = Script::new([Step::Silence, status(200)]);
    let client = script.builder().attempt_timeout(4 * SECOND).retry(at_once()).build().expect("a client");
    let response = way
        .call_with_metadata(client.request(Ask::<'G'>::default()).send_with_metadata())
        .await
        .expect("a name");
    assert_eq!(response.attempts(), 2);
    assert_eq!(script.waits(), [4 * SECOND]);
}

#[tokio::test(start_paused = true)]
async fn attempts_share_the_timeout_of_the_call() {
    let script = Script::new([Step::Silence]);
    let builder = script.builder().attempt_timeout(4 * SECOND).timeout(10 * SECOND);
    let client = builder.retry(at_once()).build().expect("a client");
    let error = client.request(Ask::<'G'>::default()).send().await.expect_err("a timeout");
    assert_eq!((error.kind(), error.attempts(), script.attempts()), (ErrorKind::Timeout, 3, 3));
    assert_eq!(error.to_string(), "pets.ask: no response arrived within 10s");
    assert_eq!(script.elapsed(), 10 * SECOND);
    assert!(error.is_retryable());
}

async fn single_attempt_can_time_out(way: Way) {
    let script = Script::new([Step::Silence]);
    let builder = script.builder().attempt_timeout(4 * SECOND).retry(RetryPolicy::never());
    let client = builder.build().expect("a client");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!(error.to_string(), "pets.ask: no response arrived within 4s");
    assert_eq!((error.attempts(), script.elapsed()), (1, 4 * SECOND));
}

async fn attempt_without_a_timeout_has_that_of_the_call(way: Way) {
    let script = Script::new([Step::Silence]);
    let client = script.builder().timeout(10 * SECOND).retry(at_once()).build().expect("a client");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!((error.kind(), script.attempts()), (ErrorKind::Timeout, 1));
    assert_eq!(script.elapsed(), 10 * SECOND);
}

/// The server's last response is more informative than a timeout.
#[tokio::test(start_paused = true)]
async fn timeout_during_a_delay_returns_the_last_failure() {
    let script = Script::new([Step::Late(4 * SECOND, "8")]);
    let client = script.builder().timeout(10 * SECOND).build().expect("a client");
    let error = client.request(Ask::<'G'>::default()).send().await.expect_err("503");
    assert_eq!((error.kind(), error.attempts(), script.attempts()), (ErrorKind::Api, 1, 1));
    assert_eq!(error.retry_after(), Some(8 * SECOND));
    assert_eq!(script.elapsed(), 10 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn dropped_call_is_not_retried() {
    let script = Script::new([Step::Respond(503, vec![("retry-after", "5")])]);
    let call = script.client().request(Ask::<'G'>::default()).send();
    tokio::time::timeout(SECOND, call).await.expect_err("the call still waits");
    tokio::time::sleep(60 * SECOND).await;
    assert_eq!(script.attempts(), 1);

    let script = Script::new([Step::Silence]);
    let client = script.builder().attempt_timeout(5 * SECOND).build().expect("a client");
    let call = client.request(Ask::<'G'>::default()).send_with_metadata();
    tokio::time::timeout(SECOND, call).await.expect_err("the call still waits");
    tokio::time::sleep(60 * SECOND).await;
    assert_eq!(script.attempts(), 1);
}

async fn request_can_override_the_timeout_of_its_client(way: Way) {
    let script = Script::new([Step::Silence]);
    let client = script.builder().timeout(10 * SECOND).build().expect("a client");
    for seconds in [3, 40] {
        let script_began = script.elapsed();
        let call = client.request(Ask::<'G'>::default()).timeout(seconds * SECOND).send();
        let error = way.call(call).await.expect_err("a timeout");
        assert_eq!(error.to_string(), format!("pets.ask: no response arrived within {seconds}s"));
        assert_eq!(script.elapsed() - script_began, seconds * SECOND);
    }
    let call = client.request(Ask::<'G'>::default()).timeout(SECOND).send_with_metadata();
    assert_eq!(way.call_with_metadata(call).await.expect_err("a timeout").kind(), ErrorKind::Timeout);
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!(error.to_string(), "pets.ask: no response arrived within 10s");
}

/// If both limits are reached at once, the error names that of the call.
async fn timeout_of_the_call_takes_precedence_over_that_of_an_attempt(way: Way) {
    let script = Script::new([Step::Silence]);
    let builder = script.builder().attempt_timeout(20 * SECOND).timeout(10 * SECOND).retry(at_once());
    let client = builder.build().expect("a client");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!(error.to_string(), "pets.ask: no response arrived within 10s");
    assert_eq!((error.attempts(), script.attempts(), error.is_retryable()), (1, 1, true));
    assert_eq!(script.elapsed(), 10 * SECOND);
}

/// A delay that ends at the timeout of the call leaves no time for an attempt.
async fn nothing_is_sent_after_the_timeout(way: Way) {
    let script = Script::new([Step::Silence]);
    let builder = script.builder().attempt_timeout(10 * SECOND).timeout(10 * SECOND).retry(at_once());
    let client = builder.build().expect("a client");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!((error.kind(), error.attempts(), script.attempts()), (ErrorKind::Timeout, 1, 1));
}

both_ways!(
    attempt_that_times_out_is_retried,
    single_attempt_can_time_out,
    attempt_without_a_timeout_has_that_of_the_call,
    request_can_override_the_timeout_of_its_client,
    timeout_of_the_call_takes_precedence_over_that_of_an_attempt,
    nothing_is_sent_after_the_timeout,
);
