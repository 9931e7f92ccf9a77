//! Retries over sockets, with a running clock.

#![cfg(feature = "hyper")]

#[path = "common/server.rs"]
mod server;

use std::io::{Read as _, Write as _};
use std::time::Duration;

use crate::common::{API, update, updated};
use server::Server;
use typefoundry_runtime::{
    Auth, Client, ClientBuilder, ErrorKind, HyperTransport, RetryPolicy, TransportErrorKind,
};

const UNAVAILABLE: &str =
    "HTTP/1.1 503 Service Unavailable\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const BROKEN_OFF: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"request_id\":";

fn success() -> String {
    let body = updated();
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn builder(server: &Server) -> ClientBuilder {
    let transport = HyperTransport::builder().no_proxy().build().expect("a transport");
    Client::builder(&API, &server.url, Auth::none())
        .transport(transport)
        .retry(RetryPolicy::default().initial_backoff(Duration::from_millis(5)))
}

fn texts<const N: usize>(responses: [&str; N]) -> Vec<Option<String>> {
    responses.iter().map(|canned| Some((*canned).to_owned())).collect()
}

#[tokio::test]
async fn statuses_lost_connections_and_truncated_bodies_are_retried() {
    for fault in [UNAVAILABLE, "", BROKEN_OFF] {
        let server = Server::start(texts([fault, fault, &success()])).await;
        let client = builder(&server).build().expect("a client");
        let response = update(&client).name("Rex").send_with_metadata().await.expect("a response");
        assert_eq!(response.attempts(), 3, "{fault:?}");
        let requests = server.requests().await;
        assert_eq!(requests.len(), 3);
        for request in &requests {
            assert_eq!(request, &requests[0]);
            assert!(request.ends_with(r#"{"name":"Rex"}"#), "{request}");
        }
    }
}

#[tokio::test]
async fn silent_server_is_retried_on_a_new_connection() {
    let server = Server::start(vec![None, Some(success())]).await;
    let client = builder(&server).attempt_timeout(Duration::from_millis(250)).build().expect("a client");
    let response = update(&client).send_with_metadata().await.expect("a response");
    assert_eq!(response.attempts(), 2);
    assert_eq!(server.requests().await.len(), 2);
}

#[tokio::test]
async fn every_attempt_fails_on_a_refused_connection() {
    let server = Server::start(Vec::new()).await;
    let client = builder(&server).build().expect("a client");
    assert!(server.requests().await.is_empty());
    let error = update(&client).send().await.expect_err("the connection is refused");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 3));
    assert!(format!("{error:?}").contains(&format!("{:?}", TransportErrorKind::Connect)), "{error:?}");
}

#[tokio::test]
async fn without_retries_the_first_fault_is_returned() {
    let server = Server::start(texts([UNAVAILABLE])).await;
    let client = builder(&server).retry(RetryPolicy::never()).build().expect("a client");
    let error = update(&client).send().await.expect_err("503");
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::ZERO)));
    assert!(error.is_retryable());
    assert_eq!(server.requests().await.len(), 1);
}

/// Responds after a delay, on a thread without an async runtime.
fn serve_late() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut read = Vec::new();
            while !read.ends_with(b"}") {
                let mut piece = [0; 4096];
                let len = stream.read(&mut piece).expect("failed to read");
                read.extend_from_slice(&piece[..len]);
            }
            std::thread::sleep(Duration::from_millis(50));
            stream.write_all(success().as_bytes()).expect("failed to write");
        }
    });
    url
}

fn without_timeouts(url: &str) -> ClientBuilder {
    let transport = HyperTransport::builder().no_proxy().connect_timeout(None).build();
    let builder = Client::builder(&API, url, Auth::none()).transport(transport.expect("a transport"));
    builder.timeout(None).attempt_timeout(None)
}

/// A paused clock advances to the next timeout while a call waits for the network.
#[tokio::test(start_paused = true)]
async fn call_without_timeout_does_not_end_with_a_paused_clock() {
    let url = serve_late();
    let client = without_timeouts(&url).build().expect("a client");
    update(&client).name("Rex").send().await.expect("a response");

    let endless = Duration::MAX;
    let client = without_timeouts(&url).timeout(endless).attempt_timeout(endless).build().expect("a client");
    update(&client).name("Rex").send().await.expect("a response");

    let client = without_timeouts(&url).timeout(Duration::from_secs(30)).build().expect("a client");
    update(&client).name("Rex").timeout(None).send().await.expect("a response");
    let error = update(&client).name("Rex").send().await.expect_err("the clock jumps");
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_call_without_timeout_waits_for_the_response() {
    use typefoundry_runtime::BlockingAdapter;
    let transport = HyperTransport::builder().no_proxy().connect_timeout(None).build().expect("a transport");
    let builder =
        Client::builder(&API, serve_late(), Auth::none()).blocking_transport(BlockingAdapter::new(transport));
    let client = builder.timeout(None).attempt_timeout(None).build().expect("a client");
    update(&client).name("Rex").send().wait().expect("a response");
}
