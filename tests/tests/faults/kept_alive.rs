//! Several calls over one client: which of them share a connection, and what one leaves to the next.

use std::time::Duration;

use typefoundry_tests::Act::{self, Await, Close, Pause, Read, Reset, Stall, Write};
use typefoundry_tests::{FaultyServer, PATIENCE};
use workos_api::ErrorKind;

use crate::carrier::{Carrier, Stack, over_all};
use crate::stack::{Ask, Caller, Setup};
use crate::table::{ORGANIZATION, answer, good, write};

/// Long enough for a connection to come back to its pool, and for its end to be noticed.
const A_MOMENT: Duration = Duration::from_millis(100);

/// An answer that no call asked for.
fn stray() -> Vec<u8> {
    answer("200 OK", "", ORGANIZATION.replace("org_7", "org_stray")).to_vec()
}

fn answers() -> Vec<Act> {
    vec![Read, Write(good())]
}

/// A server of these turns, and a client of it that has made its first call.
async fn after_one(carrier: &Carrier, setup: &Setup, turns: &[Vec<Act>]) -> (FaultyServer, Caller) {
    let server = FaultyServer::start(turns.to_vec()).await;
    let caller = carrier.caller(&server.url(), setup);
    let first = caller.call(Ask::Get).await.expect("an answer");
    assert_eq!((first.id.as_str(), first.attempts), ("org_7", 1));
    tokio::time::sleep(A_MOMENT).await;
    // By now the server has done what it does after a pause, however late. Who awaits has yet to be told.
    tokio::time::sleep(A_MOMENT / 4).await;
    (server, caller)
}

/// The second call of each kind gets its own answer at once, whatever the turn in which the server answered the first,
/// and over so many connections in all. Gives what the servers saw.
async fn second_succeeds(first_turns: Vec<Vec<Act>>, connections: usize) -> Vec<FaultyServer> {
    let succeeds = |stack| second_succeeds_over(stack, first_turns.clone(), connections);
    over_all(succeeds).await.into_iter().flatten().collect()
}

async fn second_succeeds_over(
    stack: Stack,
    first_turns: Vec<Vec<Act>>,
    connections: usize,
) -> Vec<FaultyServer> {
    let mut servers = Vec::new();
    let carrier = stack.carrier();
    for (turn, ask) in first_turns.iter().flat_map(|turn| Ask::ALL.map(|ask| (turn, ask))) {
        let case = format!("{ask:?} over {stack:?} after {turn:?}");
        let (server, caller) = after_one(&carrier, &Setup::once(), &[turn.clone(), answers()]).await;
        let second = caller.call(ask).await.unwrap_or_else(|error| panic!("{case}: {error:?}"));
        assert_eq!((second.id.as_str(), second.attempts), ("org_7", 1), "{case}");
        assert_eq!((server.requests(), server.connections()), (2, connections), "{case}");
        servers.push(server);
    }
    servers
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{ORGANIZATION}\r\n0\r\nx-a: b\r\n\r\n",
        ORGANIZATION.len()
    );
    second_succeeds(vec![answers(), vec![Read, write(chunked)]], 1).await;
}

#[tokio::test]
async fn a_connection_that_is_to_be_closed_is_not_used_again() {
    let closing = answer("200 OK", "connection: close\r\n", ORGANIZATION);
    let old = String::from_utf8(good().to_vec()).expect("text").replace("HTTP/1.1", "HTTP/1.0");
    second_succeeds(vec![vec![Read, Write(closing)], vec![Read, write(old)]], 2).await;
}

/// Its end is noticed before the next call. Then nothing is sent over it, and even a POST goes over another one.
#[tokio::test]
async fn a_connection_that_ended_while_it_rested() {
    let resets = vec![Read, Write(good()), Pause(A_MOMENT / 2), Reset];
    second_succeeds(vec![vec![Read, Write(good()), Close], resets], 2).await;
}

/// What nobody asked for must not become the answer of the next call: the connection is given up.
#[tokio::test]
async fn bytes_after_the_answer() {
    let with_stray = [&good()[..], &stray()].concat();
    let garbage = [&good()[..], b"\0\0\0"].concat();
    let gone = "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let turns = vec![
        vec![Read, write(&with_stray)],
        vec![Read, write(&with_stray), Close],
        vec![Read, write(garbage)],
        vec![Read, Write(good()), Pause(A_MOMENT / 2), write(stray())],
        vec![Read, Write(good()), Pause(A_MOMENT / 2), write(stray()), Stall],
        // So do balancers that close connections which rest for too long.
        vec![Read, Write(good()), Pause(A_MOMENT / 2), write(gone), Close],
    ];
    second_succeeds(turns, 2).await;
}

/// A call that was given up leaves a connection on which its answer may still come.
#[tokio::test]
async fn an_answer_that_comes_too_late() {
    over_all(|stack| async move {
        let late = vec![Read, Pause(Duration::from_millis(600)), write(stray()), Stall];
        let server = FaultyServer::start(vec![late, answers()]).await;
        let mut setup = Setup::once();
        setup.attempt_timeout = Some(Duration::from_millis(300));
        let caller = stack.caller(&server.url(), &setup);
        let error = caller.call(Ask::Get).await.expect_err("too late");
        assert_eq!(error.kind(), ErrorKind::Timeout);
        tokio::time::sleep(A_MOMENT).await;
        let second = caller.call(Ask::Get).await.expect("an answer");
        assert_eq!((second.id.as_str(), server.connections()), ("org_7", 2));
    })
    .await;
}

/// The request may have been understood. It goes out again only where that does no harm, and only by our policy:
/// the pool does not repeat it behind our back.
#[tokio::test]
async fn a_connection_that_ends_with_the_second_request() {
    over_all(|stack| async move {
        let carrier = stack.carrier();
        for second in [vec![Read, Close], vec![Read, Reset], vec![Await, Close], vec![Await, Reset]] {
            for ask in Ask::ALL {
                fails_with_second(&carrier, ask, &Setup::once(), second.clone()).await;
                if ask.is_repeatable() {
                    recovers_from_second(&carrier, ask, second.clone()).await;
                } else {
                    fails_with_second(&carrier, ask, &Setup::repeating(), second.clone()).await;
                }
            }
        }
    })
    .await;
}

async fn fails_with_second(carrier: &Carrier, ask: Ask, setup: &Setup, second: Vec<Act>) {
    let reads = usize::from(second[0] == Read);
    let (server, caller) = after_one(carrier, setup, &[answers(), second, answers()]).await;
    let error = caller.call(ask).await.expect_err("it is not sent twice");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{ask:?}: {error:?}");
    assert_eq!((server.requests(), server.connections()), (1 + reads, 1), "{ask:?}");
}

async fn recovers_from_second(carrier: &Carrier, ask: Ask, second: Vec<Act>) {
    let reads = usize::from(second[0] == Read);
    let (server, caller) = after_one(carrier, &Setup::repeating(), &[answers(), second, answers()]).await;
    let second = caller.call(ask).await.expect("an answer");
    assert_eq!((second.id.as_str(), second.attempts), ("org_7", 2), "{ask:?}");
    assert_eq!((server.requests(), server.connections()), (2 + reads, 2), "{ask:?}");
}

#[tokio::test]
async fn cookies_are_not_sent_back() {
    let cookie = answer("200 OK", "set-cookie: session=hush; Path=/\r\n", ORGANIZATION);
    for server in second_succeeds(vec![vec![Read, Write(cookie)]], 1).await {
        let received = String::from_utf8(server.received().concat()).expect("text").to_ascii_lowercase();
        assert_eq!(received.matches("\r\nhost: ").count(), 2, "{received}");
        assert!(!received.contains("cookie"), "{received}");
    }
}

/// Answers as soon as a request begins to arrive, and goes on like this.
fn answers_early(rest: Vec<Act>) -> Vec<Vec<Act>> {
    let too_large = answer("413 Too Large", "connection: close\r\n", "{}");
    vec![[vec![Await, Write(too_large)], rest].concat()]
}

/// The server need not read all of a long request before it refuses it.
#[tokio::test]
async fn an_answer_while_the_request_is_still_sent() {
    over_all(|stack| async move {
        let server = FaultyServer::start(answers_early(vec![Pause(A_MOMENT), Stall])).await;
        let caller = stack.caller(&server.url(), &Setup::once());
        let error = caller.create(&"x".repeat(16 * 1024 * 1024)).await.expect_err("too large");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error:?}");
        assert_eq!((error.attempts(), server.connections()), (1, 1));
    })
    .await;
}

/// Who reads while it writes has the answer at once.
#[tokio::test]
async fn an_answer_to_a_request_that_is_not_read() {
    over_all(|stack| async move {
        let server = FaultyServer::start(answers_early(vec![Pause(PATIENCE)])).await;
        let caller = stack.caller(&server.url(), &Setup::once());
        let error = caller.create(&"x".repeat(16 * 1024 * 1024)).await.expect_err("too large");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error:?}");
        assert_eq!((error.attempts(), server.requests()), (1, 0));
    })
    .await;
}
