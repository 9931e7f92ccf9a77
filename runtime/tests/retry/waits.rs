//! Delays between attempts.

use std::time::Duration;

use typefoundry_runtime::RetryPolicy;

use crate::script::{Ask, Script, Step, Way, both_ways, status};

const SECOND: Duration = Duration::from_secs(1);
/// The clock counts whole milliseconds.
const TICK: Duration = Duration::from_millis(1);

/// Returns the delays of a call that never succeeds within a generous timeout, and the time of its end.
async fn waits(way: Way, policy: RetryPolicy, step: Step) -> (Vec<Duration>, Duration) {
    let script = Script::new([step]);
    let client = script.builder().retry(policy).timeout(60 * SECOND).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("an error");
    (script.waits(), script.elapsed())
}

fn asking(headers: &[(&'static str, &'static str)]) -> Step {
    Step::Respond(429, headers.to_vec())
}

/// Whether a delay is the requested one, plus at most a tenth or the client's own backoff.
fn is_jittered(wait: Duration, asked: Duration) -> bool {
    (asked..=asked + (asked / 10).max(SECOND) + TICK).contains(&wait)
}

async fn backoff_doubles_up_to_its_maximum(way: Way) {
    let policy = RetryPolicy::default().initial_backoff(SECOND).max_backoff(3 * SECOND).max_attempts(5);
    let mut longest = [Duration::ZERO; 4];
    for _ in 0..200 {
        let (waits, _) = waits(way, policy.clone(), status(503)).await;
        for ((wait, longest), limit) in waits.iter().zip(&mut longest).zip([1, 2, 3, 3]) {
            assert!(*wait <= limit * SECOND + TICK, "{waits:?}");
            *longest = (*longest).max(*wait);
        }
    }
    for (longest, limit) in longest.iter().zip([1, 2, 3, 3]) {
        assert!(*longest > limit * SECOND * 3 / 4, "{longest:?} is not up to {limit} s");
    }
}

async fn last_attempt_is_followed_by_no_delay(way: Way) {
    let (waits, ended) = waits(way, RetryPolicy::default(), asking(&[("retry-after", "5")])).await;
    assert_eq!(waits.iter().sum::<Duration>(), ended);
    assert_eq!(waits.len(), 2);
}

async fn server_sets_the_minimum_delay(way: Way) {
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    for headers in [
        vec![("retry-after", "10")],
        vec![date, ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")],
        vec![date, ("retry-after", "Sunday, 06-Nov-94 08:49:47 GMT")],
    ] {
        // Longer than the client's maximum backoff. The server can also end the response early after the header.
        for step in [asking(&headers), Step::Truncated(503, headers.clone())] {
            let (waits, _) = waits(way, RetryPolicy::default(), step).await;
            assert_eq!(waits.len(), 2, "{headers:?}");
            assert!(waits.iter().all(|wait| is_jittered(*wait, 10 * SECOND)), "{headers:?}: {waits:?}");
        }
    }
}

async fn invalid_retry_after_is_ignored(way: Way) {
    for value in ["", "-10", "+10", "10.5", "soon", "10 s", "Sun, 06 Nov 1994 08:49:47 GMT", "0"] {
        let (waits, _) = waits(way, RetryPolicy::default(), asking(&[("retry-after", value)])).await;
        assert_eq!(waits.len(), 2, "{value}");
        assert!(waits[0] <= SECOND / 2 + TICK && waits[1] <= SECOND + TICK, "{value}: {waits:?}");
    }
}

async fn delay_beyond_the_timeout_is_not_begun(way: Way) {
    let far = "Fri, 31 Dec 9999 23:59:59 GMT";
    for value in ["60", "61", "18446744073709551615", "99999999999999999999999", far] {
        let (waits, ended) = waits(way, RetryPolicy::default(), asking(&[("retry-after", value)])).await;
        assert_eq!((waits.len(), ended), (0, Duration::ZERO), "{value}");
    }
    // The delays of a call add up.
    let (waits, ended) = waits(way, RetryPolicy::default(), asking(&[("retry-after", "30")])).await;
    assert_eq!((waits.len(), waits[0]), (1, ended));
    assert!(is_jittered(ended, 30 * SECOND), "{ended:?}");
}

/// Clients that were rejected together do not retry together.
async fn requested_delay_is_jittered(way: Way) {
    let mut all = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let (waits, _) = waits(way, RetryPolicy::default(), asking(&[("retry-after", "20")])).await;
        all.extend(waits);
    }
    assert!(all.len() > 10, "{all:?}");
    assert!(all.iter().all(|wait| is_jittered(*wait, 20 * SECOND)), "{all:?}");
}

/// The server would reject an earlier attempt, so the call fails at once and reports the requested delay.
async fn delay_beyond_the_limit_fails_at_once(way: Way) {
    for (policy, value, attempts) in [
        (RetryPolicy::default(), 60, 2),
        (RetryPolicy::default(), 61, 1),
        (RetryPolicy::default().max_retry_after(5 * SECOND), 5, 3),
        (RetryPolicy::default().max_retry_after(5 * SECOND), 6, 1),
        (RetryPolicy::default().max_retry_after(Duration::ZERO), 0, 3),
        (RetryPolicy::default().max_retry_after(600 * SECOND), 61, 2),
    ] {
        let text: &'static str = Box::leak(value.to_string().into_boxed_str());
        let script = Script::new([asking(&[("retry-after", text)])]);
        let client = script.builder().retry(policy).timeout(100 * SECOND).build().expect("a client");
        let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("an error");
        assert_eq!(error.attempts(), attempts, "{value}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(value)));
        assert!(attempts > 1 || script.elapsed().is_zero(), "{value}: {:?}", script.elapsed());
    }
}

async fn transport_error_is_followed_by_a_delay(way: Way) {
    let policy = RetryPolicy::default().initial_backoff(8 * SECOND);
    let mut slowest = Duration::ZERO;
    for _ in 0..50 {
        let fault = Step::Fault(typefoundry_runtime::TransportErrorKind::Connection);
        slowest = slowest.max(waits(way, policy.clone(), fault).await.1);
    }
    assert!(slowest > 6 * SECOND, "{slowest:?}");
}

both_ways!(
    backoff_doubles_up_to_its_maximum,
    last_attempt_is_followed_by_no_delay,
    server_sets_the_minimum_delay,
    invalid_retry_after_is_ignored,
    delay_beyond_the_timeout_is_not_begun,
    requested_delay_is_jittered,
    delay_beyond_the_limit_fails_at_once,
    transport_error_is_followed_by_a_delay,
);
