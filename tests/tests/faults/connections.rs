//! Connections that are refused, closed or reset.

use std::time::Duration;

use typefoundry_tests::Act::{Close, Flood, Pause, Read, Reset, Write};
use workos_api::runtime::Bytes;
use workos_api::runtime::TransportErrorKind::{BodyTooLarge, Connect, Io};

use crate::carrier::Stack;
use crate::stack::{Ask, Setup};
use crate::table::{Again, Fault, Outcome, check, good, write};

/// Long enough for the client to see what came before.
const A_MOMENT: typefoundry_tests::Act = Pause(Duration::from_millis(50));

fn broken(name: &str, turn: impl Into<Vec<typefoundry_tests::Act>>) -> Fault {
    Fault::new(name, turn).gives(Outcome::Transport(Io, "the ")).again(Again::Repeatable)
}

#[tokio::test]
async fn connections_that_end_before_the_answer() {
    check(vec![
        Fault::new("nobody listens", [])
            .turns([])
            .gives(Outcome::Transport(Connect, "cannot connect: "))
            .again(Again::All)
            // There is a proxy that it tells from the server.
            .on(Stack::Ureq, Outcome::Transport(Connect, "cannot reach the server: "), Again::All),
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
    let begun = || write(&good()[..good().len() - 20]);
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    check(vec![
        broken("closes in the body", [Read, begun(), Close]),
        broken("resets in the body", [Read, begun(), A_MOMENT, Reset]),
        broken(
            "closes before the body",
            [Read, write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"), Close],
        ),
        broken("closes in a chunk", [Read, write(format!("{chunked}40\r\n{{\"object\":")), Close]),
        broken("closes between chunks", [Read, write(format!("{chunked}2\r\n{{}}\r\n")), Close]),
        broken("resets between chunks", [Read, write(format!("{chunked}2\r\n{{}}\r\n")), A_MOMENT, Reset]),
        broken(
            "resets where the end of the connection is that of the body",
            [Read, write("HTTP/1.1 200 OK\r\n\r\n{\"object\":"), A_MOMENT, Reset],
        ),
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
        broken("breaks off, then refuses", [])
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
    for (name, head, piece) in [
        ("announced", format!("HTTP/1.1 200 OK\r\ncontent-length: {len}\r\n\r\n"), PIECE.to_vec()),
        ("not announced", "HTTP/1.1 200 OK\r\n\r\n".to_owned(), PIECE.to_vec()),
        ("in chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned(), chunk),
        ("of an error", "HTTP/1.1 500 Oops\r\n\r\n".to_owned(), PIECE.to_vec()),
    ] {
        let turn = vec![Read, write(head), Flood(Bytes::from(piece), PIECES), Close];
        let fault = Fault::new(name, turn.clone());
        check(vec![fault.gives(Outcome::Transport(BodyTooLarge, "longer than 1048576 bytes"))]).await;
        for stack in Stack::ALL {
            let server = typefoundry_tests::FaultyServer::start(vec![turn.clone()]).await;
            let caller = stack.caller(&server.url(), &Setup::once());
            caller.call(Ask::Get).await.expect_err("too long");
            server.hung_up().await;
            assert!(server.sent() < A_FRACTION, "{name}: the server could send {}", server.sent());
        }
    }
}
