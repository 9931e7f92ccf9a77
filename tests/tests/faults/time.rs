//! Servers that are slow, or say nothing more.

use std::time::Duration;

use typefoundry_tests::Act::{Drip, Pause, Read, Stall, Write};
use workos_api::runtime::Bytes;

use crate::table::{Again, Fault, Outcome, check, good, write};

/// Enough for any server that answers, on a machine that is busy.
const LIMIT: Duration = Duration::from_millis(1500);

fn slow(name: &str, turn: impl Into<Vec<typefoundry_tests::Act>>) -> Fault {
    let fault = Fault::new(name, turn).gives(Outcome::Timeout).again(Again::Repeatable);
    fault.with(|setup| setup.attempt_timeout = Some(LIMIT))
}

fn stalls() -> [(&'static str, Vec<typefoundry_tests::Act>); 5] {
    [
        ("before the head", vec![Read, Stall]),
        ("in the head", vec![Read, write("HTTP/1.1 200 OK\r\ncontent-le"), Stall]),
        ("after the head", vec![Read, write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"), Stall]),
        ("in the body", vec![Read, write(&good()[..good().len() - 9]), Stall]),
        ("after an early hint", vec![Read, write("HTTP/1.1 103 Early Hints\r\n\r\n"), Stall]),
    ]
}

#[tokio::test]
async fn an_attempt_has_its_time() {
    check(stalls().into_iter().map(|(name, turn)| slow(name, turn)).collect()).await;
}

/// There is no time left for another attempt then.
#[tokio::test]
async fn a_call_has_its_time() {
    let all = stalls().into_iter().map(|(name, turn)| {
        let fault = slow(name, turn).again(Again::NotInTime);
        fault.with(|setup| (setup.attempt_timeout, setup.timeout) = (None, LIMIT))
    });
    check(all.collect()).await;
}

#[tokio::test]
async fn a_server_that_wakes_up() {
    let answers = || vec![Read, Write(good())];
    check(vec![
        slow("stalls once", []).turns([vec![Read, Stall], answers()]).until(2, Outcome::Success(200)),
        slow("stalls in the body once", [])
            .turns([vec![Read, write(&good()[..150]), Stall], answers()])
            .until(2, Outcome::Success(200)),
    ])
    .await;
}

/// The time of an attempt is that of the whole, not of the wait for the next byte.
#[tokio::test]
async fn a_server_that_drips() {
    let body = good();
    let head_len = body.len() - crate::table::ORGANIZATION.len();
    let pause = Duration::from_millis(25);
    check(vec![
        Fault::new("drips, but in time", [Read, Drip(body.clone(), Duration::from_millis(1))]),
        Fault::new("is late, but in time", [Read, Pause(Duration::from_millis(100)), Write(body.clone())]),
        slow(
            "drips the head",
            [Read, Drip(Bytes::from([b"HTTP/1.1 200 ", &[b'x'; 900][..]].concat()), pause)],
        ),
        slow("drips the body", [Read, Write(body.slice(..head_len)), Drip(body.slice(head_len..), pause)]),
    ])
    .await;
}
