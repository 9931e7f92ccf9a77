//! `Retry-After`: the delay that a server requests before the next attempt.

use std::time::{Duration, Instant};

use typefoundry_tests::Action::{Read, Write};
use typefoundry_tests::FaultyServer;

use crate::calls::{CallKind, Setup};
use crate::table::{Fault, Outcome, Retried, check, good, response};
use crate::transports::on_every_stack;

fn limited(headers: &str) -> Fault {
    Fault::response(headers, "429 Too Many", headers, "{}")
        .expects(Outcome::Api(429))
        .retried(Retried::Idempotent)
}

/// A short, past or invalid delay does not prevent a retry.
#[tokio::test]
async fn short_or_invalid_delay_is_retried() {
    let headers = [
        "",
        "retry-after: 0\r\n",
        "retry-after: 1\r\n",
        "Retry-After:0\r\n",
        "retry-after: -1\r\n",
        "retry-after: 1.5\r\n",
        "retry-after: 1e9\r\n",
        "retry-after: soon\r\n",
        "retry-after: \r\n",
        "retry-after: \u{663}\r\n",
        "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\ndate: Sun, 06 Nov 1994 08:49:36 GMT\r\n",
        "retry-after: Sunday, 06-Nov-94 08:49:37 GMT\r\n",
        "retry-after: Sun Nov  6 08:49:37 1994\r\n",
        "retry-after: Sun, 06 Nov 2094 08:49:37\r\n",
        "retry-after: 0\r\nretry-after: 86400\r\n",
    ];
    check(headers.map(limited).into()).await;
}

/// The delay would exceed the call's timeout, so the call fails at once.
#[tokio::test]
async fn delay_beyond_the_timeout_is_not_retried() {
    let headers = [
        "retry-after: 15\r\n",
        "retry-after: 86400\r\n",
        "retry-after: 99999999999999999999999999\r\n",
        "retry-after: Sat, 06 Nov 2094 08:49:37 GMT\r\n",
        "retry-after: Wednesday, 06-Nov-69 08:49:37 GMT\r\n",
        "retry-after: Sat Nov  6 08:49:37 2094\r\n",
        "retry-after: Sun, 06 Nov 1994 09:49:37 GMT\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "retry-after: 86400\r\nretry-after: 0\r\n",
    ];
    check(headers.map(|headers| limited(headers).retried(Retried::NoTimeLeft)).into()).await;
}

#[tokio::test]
async fn requested_delay_is_honored() {
    on_every_stack(|stack| async move {
        let later = response("429 Too Many", "retry-after: 1\r\n", "{}");
        let server = FaultyServer::start(vec![vec![Read, Write(later)], vec![Read, Write(good())]]).await;
        let begin = Instant::now();
        let got = stack
            .caller(&server.url(), &Setup::with_retries())
            .call(CallKind::Get)
            .await
            .expect("a response");
        assert_eq!((got.attempts, server.requests()), (2, 2));
        assert!(begin.elapsed() >= Duration::from_secs(1));
    })
    .await;
}
