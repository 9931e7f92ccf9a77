//! Connections that are refused, closed or reset.

use std::time::Duration;

use typefoundry_tests::Act::{self, Close, Flood, Pause, Read, Reset, Write};
use workos_api::runtime::Bytes;
use workos_api::runtime::TransportErrorKind::{BodyTooLarge, Connect, Io};

use crate::carrier::Stack;
use crate::stack::{Ask, Setup};
use crate::table::{Again, Fault, ORGANIZATION, Outcome, REQUEST_ID, broken_off, check, good, write};

/// Long enough for the client to see what came before.
const A_MOMENT: Act = Pause(Duration::from_millis(50));

fn broken(name: &str, turn: impl Into<Vec<Act>>) -> Fault {
    Fault::new(name, turn).gives(Outcome::Transport(Io, "the ")).again(Again::Repeatable)
}

/// An answer that is begun like this and not ended: its head is there, and some of its body.
fn cut(name: &str, framing: &str, body: &str, came: &str, end: impl IntoIterator<Item = Act>) -> Fault {
    let begun = format!("HTTP/1.1 200 OK\r\nx-request-id: {REQUEST_ID}\r\n{framing}\r\n{body}");
    let turn: Vec<_> = [Read, write(begun)].into_iter().chain(end).collect();
    Fault::new(name, turn).gives(broken_off(came)).again(Again::Repeatable)
}

#[tokio::test]
async fn connections_that_end_before_the_answer() {
    check(vec![
        Fault::new("nobody listens", [])
            .turns([])
            .gives(Outcome::Transport(Connect, "cannot connect: "))
            .again(Again::All),
        broken("closes at once", [Close]),
        broken("resets at once", [Reset]),
        broken("closes after the request", [Read, Close]),
        broken("resets after the request", [Read, Reset]),
        broken("closes in the status line", [Read, write("HTTP/1.1 20"), Close]),
        broken("closes in the head", [Read, write("HTTP/1.1 200 OK\r\nx-request-id: r"), Close]),
        broken("resets in the head", [Read, write("HTTP/1.1 200 OK\r\nx-request"), A_MOMENT, Reset]),
    ])
    .await;
}

#[tokio::test]
async fn connections_that_end_in_the_body() {
    let length = format!("content-length: {}\r\n", ORGANIZATION.len());
    let some = &ORGANIZATION[..90];
    let chunked = "transfer-encoding: chunked\r\n";
    let half_a_chunk = format!("40\r\n{}", &some[..20]);
    check(vec![
        cut("closes in the body", &length, some, some, [Close]),
        cut("resets in the body", &length, some, some, [A_MOMENT, Reset]),
        cut("closes before the body", "content-length: 9\r\n", "", "", [Close]),
        cut("closes in a chunk", chunked, &half_a_chunk, &some[..20], [Close]),
        cut("closes between chunks", chunked, "2\r\n{}\r\n", "{}", [Close]),
        cut("resets between chunks", chunked, "2\r\n{}\r\n", "{}", [A_MOMENT, Reset]),
        cut("resets where a body ends with its connection", "", some, some, [A_MOMENT, Reset]),
    ])
    .await;
}

#[tokio::test]
async fn a_server_that_recovers() {
    let answers = || vec![Read, Write(good())];
    check(vec![
        broken("closes once", []).turns([vec![Read, Close], answers()]).until(2, Outcome::Success(200)),
        broken("resets twice", [])
            .turns([vec![Read, Reset], vec![Read, Reset], answers()])
            .until(3, Outcome::Success(200)),
        Fault::new("breaks off, then refuses", [])
            .gives(broken_off(&good()[good().len() - ORGANIZATION.len()..200]))
            .turns([
                vec![Read, write(&good()[..200]), Close],
                vec![Read, Write(crate::table::answer("404 Not Found", "", "{}")), Close],
            ])
            .keeps_body("{}")
            .until(2, Outcome::Api(404)),
    ])
    .await;
}

const PIECE: &[u8] = &[b' '; 64 * 1024];
const PIECES: usize = 1600;
/// More than fits into the buffers of both sides, and far less than the server would send.
const A_FRACTION: usize = 32 * 1024 * 1024;

/// What is too long is not swallowed first: the client hangs up.
#[tokio::test]
async fn bodies_without_end() {
    let chunk = [format!("{:x}\r\n", PIECE.len()).as_bytes(), PIECE, b"\r\n"].concat();
    let len = PIECE.len() * PIECES;
    for (name, status, framing, piece, again) in [
        ("announced", 200, format!("content-length: {len}\r\n"), PIECE.to_vec(), Again::Never),
        ("not announced", 200, String::new(), PIECE.to_vec(), Again::Never),
        ("in chunks", 200, "transfer-encoding: chunked\r\n".to_owned(), chunk, Again::Never),
        ("of an error", 404, String::new(), PIECE.to_vec(), Again::Never),
        ("of an error that may pass", 500, String::new(), PIECE.to_vec(), Again::Repeatable),
    ] {
        let head = format!("HTTP/1.1 {status} So\r\nx-request-id: {REQUEST_ID}\r\n{framing}\r\n");
        let turn = vec![Read, write(head), Flood(Bytes::from(piece), PIECES), Close];
        let outcome = Outcome::Part(status, BodyTooLarge, "longer than 1048576 bytes", Bytes::new());
        check(vec![Fault::new(name, turn.clone()).gives(outcome).again(again)]).await;
        for stack in Stack::ALL {
            let server = typefoundry_tests::FaultyServer::start(vec![turn.clone()]).await;
            let caller = stack.caller(&server.url(), &Setup::once());
            caller.call(Ask::Get).await.expect_err("too long");
            server.hung_up().await;
            assert!(server.sent() < A_FRACTION, "{name}: the server could send {}", server.sent());
        }
    }
}
