//! Connections that are refused, closed or reset.

use std::time::Duration;

use typefoundry_tests::Action::{self, Close, Flood, Pause, Read, Reset, Write};
use workos_api::runtime::Bytes;
use workos_api::runtime::TransportErrorKind::{BodyTooLarge, Connect, Connection};

use crate::calls::{CallKind, Setup};
use crate::table::{Fault, ORGANIZATION, Outcome, REQUEST_ID, Retried, check, good, truncated, write};
use crate::transports::Stack;

/// Long enough for the client to read the bytes sent so far.
const SHORT_PAUSE: Action = Pause(Duration::from_millis(50));

fn disconnects(name: &str, turn: impl Into<Vec<Action>>) -> Fault {
    Fault::new(name, turn).expects(Outcome::Transport(Connection, "the ")).retried(Retried::Idempotent)
}

/// A response that ends early: the head is complete, and `received` is the part of the body that the client gets.
fn truncates(
    name: &str,
    framing: &str,
    body: &str,
    received: &str,
    end: impl IntoIterator<Item = Action>,
) -> Fault {
    let begun = format!("HTTP/1.1 200 OK\r\nx-request-id: {REQUEST_ID}\r\n{framing}\r\n{body}");
    let turn: Vec<_> = [Read, write(begun)].into_iter().chain(end).collect();
    Fault::new(name, turn).expects(truncated(received)).retried(Retried::Idempotent)
}

#[tokio::test]
async fn connection_lost_before_the_response_is_retried_when_idempotent() {
    check(vec![
        Fault::new("connection refused", [])
            .turns([])
            .expects(Outcome::Transport(Connect, "failed to connect: "))
            .retried(Retried::Always),
        // Without a pause, some transports notice that they have not sent the request, and report that they failed to connect.
        disconnects("closes without reading the request", [SHORT_PAUSE, Close]),
        disconnects("resets without reading the request", [SHORT_PAUSE, Reset]),
        disconnects("closes after the request", [Read, Close]),
        disconnects("resets after the request", [Read, Reset]),
        disconnects("closes in the status line", [Read, write("HTTP/1.1 20"), Close]),
        disconnects("closes in the head", [Read, write("HTTP/1.1 200 OK\r\nx-request-id: r"), Close]),
        disconnects("resets in the head", [Read, write("HTTP/1.1 200 OK\r\nx-request"), SHORT_PAUSE, Reset]),
    ])
    .await;
}

#[tokio::test]
async fn truncated_body_keeps_the_received_part() {
    let length = format!("content-length: {}\r\n", ORGANIZATION.len());
    let some = &ORGANIZATION[..90];
    let chunked = "transfer-encoding: chunked\r\n";
    let half_a_chunk = format!("40\r\n{}", &some[..20]);
    check(vec![
        truncates("closes in the body", &length, some, some, [Close]),
        truncates("resets in the body", &length, some, some, [SHORT_PAUSE, Reset]),
        truncates("closes before the body", "content-length: 9\r\n", "", "", [Close]),
        truncates("closes in a chunk", chunked, &half_a_chunk, &some[..20], [Close]),
        truncates("closes between chunks", chunked, "2\r\n{}\r\n", "{}", [Close]),
        truncates("resets between chunks", chunked, "2\r\n{}\r\n", "{}", [SHORT_PAUSE, Reset]),
        truncates("resets a body without a length", "", some, some, [SHORT_PAUSE, Reset]),
    ])
    .await;
}

#[tokio::test]
async fn retry_ends_with_the_result_of_the_next_attempt() {
    let responds = || vec![Read, Write(good())];
    check(vec![
        disconnects("closes once", [])
            .turns([vec![Read, Close], responds()])
            .retried_until(2, Outcome::Success(200)),
        disconnects("resets twice", [])
            .turns([vec![Read, Reset], vec![Read, Reset], responds()])
            .retried_until(3, Outcome::Success(200)),
        Fault::new("truncates the body, then returns 404", [])
            .expects(truncated(&good()[good().len() - ORGANIZATION.len()..200]))
            .turns([
                vec![Read, write(&good()[..200]), Close],
                vec![Read, Write(crate::table::response("404 Not Found", "", "{}")), Close],
            ])
            .expects_body("{}")
            .retried_until(2, Outcome::Api(404)),
    ])
    .await;
}

const PIECE: &[u8] = &[b' '; 64 * 1024];
const PIECES: usize = 1600;
/// More than the socket buffers hold, and far less than the server tries to send.
const MAX_SENT: usize = 32 * 1024 * 1024;

/// The client closes the connection as soon as the body exceeds the limit; it does not read the rest.
#[tokio::test]
async fn oversized_body_is_rejected_before_it_is_read() {
    let chunk = [format!("{:x}\r\n", PIECE.len()).as_bytes(), PIECE, b"\r\n"].concat();
    let len = PIECE.len() * PIECES;
    for (name, status, framing, piece, retried) in [
        ("with content-length", 200, format!("content-length: {len}\r\n"), PIECE.to_vec(), Retried::Never),
        ("without content-length", 200, String::new(), PIECE.to_vec(), Retried::Never),
        ("chunked", 200, "transfer-encoding: chunked\r\n".to_owned(), chunk, Retried::Never),
        ("body of a 404", 404, String::new(), PIECE.to_vec(), Retried::Never),
        ("body of a 500", 500, String::new(), PIECE.to_vec(), Retried::Idempotent),
    ] {
        let head = format!("HTTP/1.1 {status} So\r\nx-request-id: {REQUEST_ID}\r\n{framing}\r\n");
        let turn = vec![Read, write(head), Flood(Bytes::from(piece), PIECES), Close];
        let outcome = Outcome::Truncated(status, BodyTooLarge, "longer than 1048576 bytes", Bytes::new());
        check(vec![Fault::new(name, turn.clone()).expects(outcome).retried(retried)]).await;
        for stack in Stack::ALL {
            let server = typefoundry_tests::FaultyServer::start(vec![turn.clone()]).await;
            let caller = stack.caller(&server.url(), &Setup::without_retries());
            caller.call(CallKind::Get).await.expect_err("too long");
            server.wait_until_closed().await;
            assert!(server.sent() < MAX_SENT, "{name}: the server sent {} bytes", server.sent());
        }
    }
}
