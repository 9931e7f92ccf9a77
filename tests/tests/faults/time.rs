//! Slow and stalled servers.

use std::time::Duration;

use typefoundry_tests::Action::{Drip, Pause, Read, Stall, Write};
use workos_api::runtime::Bytes;

use crate::table::{Fault, Outcome, Retried, check, good, write};

/// Enough time for any server that responds, even on a busy machine.
const LIMIT: Duration = Duration::from_millis(1500);

fn slow(name: &str, turn: impl Into<Vec<typefoundry_tests::Action>>) -> Fault {
    let fault = Fault::new(name, turn).expects(Outcome::Timeout).retried(Retried::Idempotent);
    fault.with_setup(|setup| setup.attempt_timeout = Some(LIMIT))
}

fn stalls() -> [(&'static str, Vec<typefoundry_tests::Action>); 5] {
    [
        ("before the head", vec![Read, Stall]),
        ("in the head", vec![Read, write("HTTP/1.1 200 OK\r\ncontent-le"), Stall]),
        ("after the head", vec![Read, write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"), Stall]),
        ("in the body", vec![Read, write(&good()[..good().len() - 9]), Stall]),
        ("after an early hint", vec![Read, write("HTTP/1.1 103 Early Hints\r\n\r\n"), Stall]),
    ]
}

#[tokio::test]
async fn stalled_attempt_times_out_and_is_retried() {
    check(stalls().into_iter().map(|(name, turn)| slow(name, turn)).collect()).await;
}

/// No time is left for another attempt.
#[tokio::test]
async fn stalled_call_times_out_without_a_retry() {
    let all = stalls().into_iter().map(|(name, turn)| {
        let fault = slow(name, turn).retried(Retried::NoTimeLeft);
        fault.with_setup(|setup| (setup.attempt_timeout, setup.timeout) = (None, LIMIT))
    });
    check(all.collect()).await;
}

#[tokio::test]
async fn retry_after_a_stall_succeeds() {
    let responds = || vec![Read, Write(good())];
    check(vec![
        slow("stalls once", [])
            .turns([vec![Read, Stall], responds()])
            .retried_until(2, Outcome::Success(200)),
        slow("stalls in the body once", [])
            .turns([vec![Read, write(&good()[..150]), Stall], responds()])
            .retried_until(2, Outcome::Success(200)),
    ])
    .await;
}

/// The attempt timeout covers the whole attempt, not the time until the next byte.
#[tokio::test]
async fn slow_bytes_do_not_extend_the_timeout() {
    let body = good();
    let head_len = body.len() - crate::table::ORGANIZATION.len();
    let pause = Duration::from_millis(25);
    check(vec![
        Fault::new("drips within the timeout", [Read, Drip(body.clone(), Duration::from_millis(1))]),
        Fault::new(
            "delays the response within the timeout",
            [Read, Pause(Duration::from_millis(100)), Write(body.clone())],
        ),
        slow(
            "drips the head",
            [Read, Drip(Bytes::from([b"HTTP/1.1 200 ", &[b'x'; 900][..]].concat()), pause)],
        ),
        slow("drips the body", [Read, Write(body.slice(..head_len)), Drip(body.slice(head_len..), pause)]),
    ])
    .await;
}
