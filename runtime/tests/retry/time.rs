//! The time that a call, and an attempt of it, may take.

use std::time::Duration;

use typefoundry_runtime::{ErrorKind, RetryPolicy};

use crate::script::{Ask, Script, Step, Way, both_ways, status};

const SECOND: Duration = Duration::from_secs(1);

fn at_once() -> RetryPolicy {
    RetryPolicy::default().base(Duration::ZERO).max_attempts(10)
}

async fn an_attempt_that_takes_too_long_is_given_up_for_another(way: Way) {
    let script = Script::new([Step::Silence, status(200)]);
    let client = script.builder().attempt_timeout(4 * SECOND).retry(at_once()).build().expect("a client");
    let raw = way.raw(client.request(Ask::<'G'>::default()).send_raw()).await.expect("a name");
    assert_eq!(raw.attempts(), 2);
    assert_eq!(script.waits(), [4 * SECOND]);
}

#[tokio::test(start_paused = true)]
async fn all_attempts_together_have_the_time_of_the_call() {
    let script = Script::new([Step::Silence]);
    let builder = script.builder().attempt_timeout(4 * SECOND).timeout(10 * SECOND);
    let client = builder.retry(at_once()).build().expect("a client");
    let error = client.request(Ask::<'G'>::default()).send().await.expect_err("a timeout");
    assert_eq!((error.kind(), error.attempts(), script.attempts()), (ErrorKind::Timeout, 3, 3));
    assert_eq!(error.to_string(), "pets.ask: no response came within 10s");
    assert_eq!(script.elapsed(), 10 * SECOND);
    assert!(error.is_retryable());
}

async fn an_attempt_alone_may_fail_for_its_time(way: Way) {
    let script = Script::new([Step::Silence]);
    let builder = script.builder().attempt_timeout(4 * SECOND).retry(RetryPolicy::none());
    let client = builder.build().expect("a client");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!(error.to_string(), "pets.ask: no response came within 4s");
    assert_eq!((error.attempts(), script.elapsed()), (1, 4 * SECOND));
}

async fn without_a_time_of_its_own_an_attempt_has_that_of_the_call(way: Way) {
    let script = Script::new([Step::Silence]);
    let client = script.builder().timeout(10 * SECOND).retry(at_once()).build().expect("a client");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!((error.kind(), script.attempts()), (ErrorKind::Timeout, 1));
    assert_eq!(script.elapsed(), 10 * SECOND);
}

/// What the server said last says more than that the time is up.
#[tokio::test(start_paused = true)]
async fn when_the_time_ends_in_a_wait_the_last_failure_counts() {
    let script = Script::new([Step::Late(4 * SECOND, "8")]);
    let client = script.builder().timeout(10 * SECOND).build().expect("a client");
    let error = client.request(Ask::<'G'>::default()).send().await.expect_err("503");
    assert_eq!((error.kind(), error.attempts(), script.attempts()), (ErrorKind::Api, 1, 1));
    assert_eq!(error.retry_after(), Some(8 * SECOND));
    assert_eq!(script.elapsed(), 10 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_calls_no_more() {
    let script = Script::new([Step::Answer(503, vec![("retry-after", "5")])]);
    let call = script.client().request(Ask::<'G'>::default()).send();
    tokio::time::timeout(SECOND, call).await.expect_err("the call still waits");
    tokio::time::sleep(60 * SECOND).await;
    assert_eq!(script.attempts(), 1);

    let script = Script::new([Step::Silence]);
    let client = script.builder().attempt_timeout(5 * SECOND).build().expect("a client");
    let call = client.request(Ask::<'G'>::default()).send_raw();
    tokio::time::timeout(SECOND, call).await.expect_err("the call still waits");
    tokio::time::sleep(60 * SECOND).await;
    assert_eq!(script.attempts(), 1);
}

async fn a_request_may_take_another_time_than_its_client(way: Way) {
    let script = Script::new([Step::Silence]);
    let client = script.builder().timeout(10 * SECOND).build().expect("a client");
    for seconds in [3, 40] {
        let script_began = script.elapsed();
        let call = client.request(Ask::<'G'>::default()).timeout(seconds * SECOND).send();
        let error = way.call(call).await.expect_err("a timeout");
        assert_eq!(error.to_string(), format!("pets.ask: no response came within {seconds}s"));
        assert_eq!(script.elapsed() - script_began, seconds * SECOND);
    }
    let raw = client.request(Ask::<'G'>::default()).timeout(SECOND).send_raw();
    assert_eq!(way.raw(raw).await.expect_err("a timeout").kind(), ErrorKind::Timeout);
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!(error.to_string(), "pets.ask: no response came within 10s");
}

/// Of two limits that are reached at once, that of the call is named.
async fn the_time_of_the_call_comes_before_that_of_an_attempt(way: Way) {
    let script = Script::new([Step::Silence]);
    let builder = script.builder().attempt_timeout(20 * SECOND).timeout(10 * SECOND).retry(at_once());
    let client = builder.build().expect("a client");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!(error.to_string(), "pets.ask: no response came within 10s");
    assert_eq!((error.attempts(), script.attempts(), error.is_retryable()), (1, 1, true));
    assert_eq!(script.elapsed(), 10 * SECOND);
}

/// A wait that ends together with the time of the call is no time to send anything.
async fn nothing_is_sent_when_the_time_is_up(way: Way) {
    let script = Script::new([Step::Silence]);
    let builder = script.builder().attempt_timeout(10 * SECOND).timeout(10 * SECOND).retry(at_once());
    let client = builder.build().expect("a client");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
    assert_eq!((error.kind(), error.attempts(), script.attempts()), (ErrorKind::Timeout, 1, 1));
}

both_ways!(
    an_attempt_that_takes_too_long_is_given_up_for_another,
    an_attempt_alone_may_fail_for_its_time,
    without_a_time_of_its_own_an_attempt_has_that_of_the_call,
    a_request_may_take_another_time_than_its_client,
    the_time_of_the_call_comes_before_that_of_an_attempt,
    nothing_is_sent_when_the_time_is_up,
);
