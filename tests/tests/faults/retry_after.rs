//! Servers that say when to come again.

use std::time::{Duration, Instant};

use typefoundry_tests::Act::{Read, Write};
use typefoundry_tests::FaultyServer;

use crate::carrier::over_all;
use crate::stack::{Ask, Setup};
use crate::table::{Again, Fault, Outcome, answer, check, good};

fn limited(headers: &str) -> Fault {
    Fault::answering(headers, "429 Too Many", headers, "{}").gives(Outcome::Api(429)).again(Again::Repeatable)
}

/// Nothing of it is a reason not to try again.
#[tokio::test]
async fn waits_that_are_short_or_make_no_sense() {
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

/// The call would be over by then, so it is over now.
#[tokio::test]
async fn waits_that_outlast_the_call() {
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
    check(headers.map(|headers| limited(headers).again(Again::NotInTime)).into()).await;
}

#[tokio::test]
async fn the_wait_is_kept() {
    over_all(|stack| async move {
        let later = answer("429 Too Many", "retry-after: 1\r\n", "{}");
        let server = FaultyServer::start(vec![vec![Read, Write(later)], vec![Read, Write(good())]]).await;
        let begin = Instant::now();
        let got = stack.caller(&server.url(), &Setup::repeating()).call(Ask::Get).await.expect("an answer");
        assert_eq!((got.attempts, server.requests()), (2, 2));
        assert!(begin.elapsed() >= Duration::from_secs(1));
    })
    .await;
}
