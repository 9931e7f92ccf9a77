//! The example of a custom transport.

#![cfg(all(unix, feature = "hyper"))]

#[allow(dead_code, reason = "it has a `main`")]
#[path = "../examples/own_transport.rs"]
mod example;

use std::io::Write;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};

use example::UnixSocket;
use typefoundry_runtime::TransportErrorKind::{self, Connect, Connection};
use typefoundry_runtime::http::Request;
use typefoundry_runtime::{Bytes, Transport};

use crate::transports::server::{HELLO, read_request};

/// Serves one request on a socket at this path, and returns the request.
fn serve(name: &str, canned: &'static str) -> (PathBuf, JoinHandle<String>) {
    let path = std::env::temp_dir().join(format!("typefoundry-{name}-{}", std::process::id()));
    let listener = UnixListener::bind(&path).expect("a socket");
    let served = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let request = read_request(&mut stream);
        stream.write_all(canned.as_bytes()).expect("failed to write");
        request
    });
    (path, served)
}

async fn put(socket: PathBuf) -> Result<(u16, Bytes), TransportErrorKind> {
    let request = Request::put("http://api.example.com/a?b=c").header("x-key", "1");
    let sent = UnixSocket(socket).send(request.body(Bytes::from_static(b"{}")).expect("a request")).await;
    sent.map(|response| (response.status().as_u16(), response.into_body())).map_err(|error| error.kind())
}

#[tokio::test]
async fn custom_transport_sends_and_receives() {
    let (socket, served) = serve("hello", HELLO);
    assert_eq!(put(socket.clone()).await, Ok((200, Bytes::from_static(b"hello"))));
    let request = served.join().expect("a request");
    assert!(request.starts_with("PUT /a?b=c HTTP/1.1\r\n") && request.ends_with("\r\n\r\n{}"), "{request}");
    for header in ["host: api.example.com\r\n", "x-key: 1\r\n", "content-length: 2\r\n"] {
        assert!(request.contains(header), "{request}");
    }
    // The listener is gone, so the socket refuses connections.
    assert_eq!(put(socket.clone()).await, Err(Connect));
    std::fs::remove_file(socket).expect("the socket");
}

#[tokio::test]
async fn truncated_body_is_an_error() {
    let (socket, _served) = serve("cut", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello");
    assert_eq!(put(socket.clone()).await, Err(Connection));
    std::fs::remove_file(socket).expect("the socket");
}
