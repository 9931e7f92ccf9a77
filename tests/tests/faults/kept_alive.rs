//! Connection reuse: which calls of a client share a connection, and how one call affects the next.

use std::time::Duration;

use typefoundry_tests::Action::{self, Await, Close, Pause, Read, Reset, Stall, Write};
use typefoundry_tests::{FaultyServer, PATIENCE};
use workos_api::ErrorKind;

use crate::calls::{CallKind, Caller, Setup};
use crate::table::{ORGANIZATION, good, response, write};
use crate::transports::{SharedTransport, Stack, on_every_stack};

/// Long enough for a connection to return to its pool, and for the client to notice that it was closed.
const SHORT_PAUSE: Duration = Duration::from_millis(100);

/// A response to a request that was never sent.
fn stray() -> Vec<u8> {
    response("200 OK", "", ORGANIZATION.replace("org_7", "org_stray")).to_vec()
}

fn responds() -> Vec<Action> {
    vec![Read, Write(good())]
}

/// Starts a server with these turns, and a client that has completed its first call.
async fn after_one(
    transport: &SharedTransport,
    setup: &Setup,
    turns: &[Vec<Action>],
) -> (FaultyServer, Caller) {
    let server = FaultyServer::start(turns.to_vec()).await;
    let caller = transport.caller(&server.url(), setup);
    let first = caller.call(CallKind::Get).await.expect("a response");
    assert_eq!((first.id.as_str(), first.attempts), ("org_7", 1));
    tokio::time::sleep(SHORT_PAUSE).await;
    // The server has now taken its delayed actions. Leave the client time to notice them.
    tokio::time::sleep(SHORT_PAUSE / 4).await;
    (server, caller)
}

/// Checks that a second call of each kind succeeds on its first attempt after each of these first turns, over this
/// total number of connections. Returns the servers.
async fn second_succeeds(first_turns: Vec<Vec<Action>>, connections: usize) -> Vec<FaultyServer> {
    let succeeds = |stack| second_succeeds_over(stack, first_turns.clone(), connections);
    on_every_stack(succeeds).await.into_iter().flatten().collect()
}

async fn second_succeeds_over(
    stack: Stack,
    first_turns: Vec<Vec<Action>>,
    connections: usize,
) -> Vec<FaultyServer> {
    let mut servers = Vec::new();
    let transport = stack.transport();
    for (turn, kind) in first_turns.iter().flat_map(|turn| CallKind::ALL.map(|kind| (turn, kind))) {
        let case = format!("{kind:?} over {stack:?} after {turn:?}");
        let (server, caller) =
            after_one(&transport, &Setup::without_retries(), &[turn.clone(), responds()]).await;
        let second = caller.call(kind).await.unwrap_or_else(|error| panic!("{case}: {error:?}"));
        assert_eq!((second.id.as_str(), second.attempts), ("org_7", 1), "{case}");
        assert_eq!((server.requests(), server.connections()), (2, connections), "{case}");
        servers.push(server);
    }
    servers
}

#[tokio::test]
async fn open_connection_is_reused() {
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{ORGANIZATION}\r\n0\r\nx-a: b\r\n\r\n",
        ORGANIZATION.len()
    );
    second_succeeds(vec![responds(), vec![Read, write(chunked)]], 1).await;
}

#[tokio::test]
async fn connection_marked_close_is_not_reused() {
    let closing = response("200 OK", "connection: close\r\n", ORGANIZATION);
    let old = String::from_utf8(good().to_vec()).expect("text").replace("HTTP/1.1", "HTTP/1.0");
    second_succeeds(vec![vec![Read, Write(closing)], vec![Read, write(old)]], 2).await;
}

/// The client notices the end before the next call. It sends nothing over the old connection, so even a POST
/// succeeds.
#[tokio::test]
async fn connection_closed_while_idle_is_replaced() {
    let resets = vec![Read, Write(good()), Pause(SHORT_PAUSE / 2), Reset];
    second_succeeds(vec![vec![Read, Write(good()), Close], resets], 2).await;
}

/// Bytes that follow a response must not become the next call's response: the client drops the connection.
#[tokio::test]
async fn connection_with_excess_bytes_is_not_reused() {
    let with_stray = [&good()[..], &stray()].concat();
    let garbage = [&good()[..], b"\0\0\0"].concat();
    let gone = "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let turns = vec![
        vec![Read, write(&with_stray)],
        vec![Read, write(&with_stray), Close],
        vec![Read, write(garbage)],
        vec![Read, Write(good()), Pause(SHORT_PAUSE / 2), write(stray())],
        vec![Read, Write(good()), Pause(SHORT_PAUSE / 2), write(stray()), Stall],
        // Load balancers do this when they close idle connections.
        vec![Read, Write(good()), Pause(SHORT_PAUSE / 2), write(gone), Close],
    ];
    second_succeeds(turns, 2).await;
}

/// The response to a call that timed out can still arrive on its connection.
#[tokio::test]
async fn late_response_is_not_given_to_the_next_call() {
    on_every_stack(|stack| async move {
        let late = vec![Read, Pause(Duration::from_millis(600)), write(stray()), Stall];
        let server = FaultyServer::start(vec![late, responds()]).await;
        let mut setup = Setup::without_retries();
        setup.attempt_timeout = Some(Duration::from_millis(300));
        let caller = stack.caller(&server.url(), &setup);
        let error = caller.call(CallKind::Get).await.expect_err("too late");
        assert_eq!(error.kind(), ErrorKind::Timeout);
        tokio::time::sleep(SHORT_PAUSE).await;
        let second = caller.call(CallKind::Get).await.expect("a response");
        assert_eq!((second.id.as_str(), server.connections()), ("org_7", 2));
    })
    .await;
}

/// The server might have processed the request. Only the retry policy decides whether to send it again; the connection
/// pool must not resend it.
#[tokio::test]
async fn request_lost_on_a_reused_connection_is_retried_when_idempotent() {
    on_every_stack(|stack| async move {
        let transport = stack.transport();
        for second in [vec![Read, Close], vec![Read, Reset], vec![Await, Close], vec![Await, Reset]] {
            for kind in CallKind::ALL {
                fails_with_second(&transport, kind, &Setup::without_retries(), second.clone()).await;
                if kind.is_idempotent() {
                    recovers_from_second(&transport, kind, second.clone()).await;
                } else {
                    fails_with_second(&transport, kind, &Setup::with_retries(), second.clone()).await;
                }
            }
        }
    })
    .await;
}

async fn fails_with_second(transport: &SharedTransport, kind: CallKind, setup: &Setup, second: Vec<Action>) {
    let reads = usize::from(second[0] == Read);
    let (server, caller) = after_one(transport, setup, &[responds(), second, responds()]).await;
    let error = caller.call(kind).await.expect_err("the request is not sent twice");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{kind:?}: {error:?}");
    assert_eq!((server.requests(), server.connections()), (1 + reads, 1), "{kind:?}");
}

async fn recovers_from_second(transport: &SharedTransport, kind: CallKind, second: Vec<Action>) {
    let reads = usize::from(second[0] == Read);
    let (server, caller) =
        after_one(transport, &Setup::with_retries(), &[responds(), second, responds()]).await;
    let second = caller.call(kind).await.expect("a response");
    assert_eq!((second.id.as_str(), second.attempts), ("org_7", 2), "{kind:?}");
    assert_eq!((server.requests(), server.connections()), (2 + reads, 2), "{kind:?}");
}

#[tokio::test]
async fn cookies_are_not_stored() {
    let cookie = response("200 OK", "set-cookie: session=hush; Path=/\r\n", ORGANIZATION);
    for server in second_succeeds(vec![vec![Read, Write(cookie)]], 1).await {
        let received = String::from_utf8(server.received().concat()).expect("text").to_ascii_lowercase();
        assert_eq!(received.matches("\r\nhost: ").count(), 2, "{received}");
        assert!(!received.contains("cookie"), "{received}");
    }
}

/// Responds as soon as a request begins to arrive, then takes the remaining actions.
fn responding_early(rest: Vec<Action>) -> Vec<Vec<Action>> {
    let too_large = response("413 Too Large", "connection: close\r\n", "{}");
    vec![[vec![Await, Write(too_large)], rest].concat()]
}

/// A server can reject a long request before it has read all of it.
#[tokio::test]
async fn response_during_the_request_is_returned() {
    on_every_stack(|stack| async move {
        let server = FaultyServer::start(responding_early(vec![Pause(SHORT_PAUSE), Stall])).await;
        let caller = stack.caller(&server.url(), &Setup::without_retries());
        let error = caller.create(&"x".repeat(16 * 1024 * 1024)).await.expect_err("too large");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error:?}");
        assert_eq!((error.attempts(), server.connections()), (1, 1));
    })
    .await;
}

/// A client that reads while it writes gets the response at once.
#[tokio::test]
async fn response_to_an_unread_request_is_returned() {
    on_every_stack(|stack| async move {
        let server = FaultyServer::start(responding_early(vec![Pause(PATIENCE)])).await;
        let caller = stack.caller(&server.url(), &Setup::without_retries());
        let error = caller.create(&"x".repeat(16 * 1024 * 1024)).await.expect_err("too large");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error:?}");
        assert_eq!((error.attempts(), server.requests()), (1, 0));
    })
    .await;
}
