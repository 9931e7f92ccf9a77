//! The HTTP/1 pool with servers that are slow, limited or closing, and with requests that use unusual parts of HTTP.

use std::future::poll_fn;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener as StdListener, TcpStream as StdStream};
use std::pin::pin;
use std::sync::mpsc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Instant;

use http::{Method, Version};
use tokio::runtime::Builder;

use super::*;

const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn body(transport: &HyperTransport, url: &str) -> String {
    let sent = tokio::time::timeout(PATIENCE, transport.send(request(url))).await;
    let response = sent.expect("the request ends").expect("a response");
    String::from_utf8(response.into_body().to_vec()).expect("text")
}

/// Serves one connection after the other, on a thread outside any runtime.
fn serve_on_thread(serve: impl FnMut(StdStream) + Send + 'static) -> String {
    let listener = StdListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    thread::spawn(move || listener.incoming().map_while(Result::ok).for_each(serve));
    url
}

fn read_request_on_thread(stream: &mut StdStream) {
    let mut read = Vec::new();
    let mut piece = [0; 256];
    while !read.ends_with(b"{}") {
        let len = stream.read(&mut piece).expect("to read");
        assert!(len > 0, "the client closed the connection");
        read.extend_from_slice(&piece[..len]);
    }
}

/// A thread of the runtime finishes the last response while this thread starts the next request.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn consecutive_requests_use_one_connection_on_several_threads() {
    let url = serve_numbered();
    let transport = direct();
    for _ in 0..500 {
        assert_eq!(body(&transport, &url).await, "0");
        let (transport, url) = (transport.clone(), url.clone());
        let sent = tokio::spawn(async move { body(&transport, &url).await });
        assert_eq!(sent.await.expect("a response"), "0");
    }
}

/// The connection is not ready when the next request starts, because the server has replied before it reads the body.
#[tokio::test]
async fn connection_that_is_soon_ready_is_reused() {
    // A busy machine can need longer than the pool waits.
    for _ in 0..5 {
        if connection_after_upload().await == "0" {
            return;
        }
    }
    panic!("the connection is not reused");
}

/// Returns the number of the connection of the request after an upload.
async fn connection_after_upload() -> String {
    const LEN: usize = 16 * 1024 * 1024;
    let mut number = 0;
    let url = serve_on_thread(move |mut stream| {
        let response = format!("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{number}");
        let is_first = number == 0;
        number += 1;
        thread::spawn(move || {
            if is_first {
                let mut read = vec![0; 64];
                stream.read_exact(&mut read).expect("to read");
                stream.write_all(HELLO.as_bytes()).expect("to write");
                while !read.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    stream.read_exact(&mut byte).expect("to read");
                    read.extend(byte);
                }
                stream.read_exact(&mut vec![0; LEN]).expect("to read");
            }
            read_request_on_thread(&mut stream);
            stream.write_all(response.as_bytes()).expect("to write");
        });
    });
    let transport = direct();
    let upload = Request::post(&url).body(Bytes::from(vec![b'x'; LEN])).expect("a request");
    transport.send(upload).await.expect("a response");
    body(&transport, &url).await
}

#[tokio::test]
async fn host_is_forgotten_when_it_has_no_connections() {
    let builder = HyperTransport::builder().no_proxy();
    let transport = builder.clone().max_idle_connections_per_host(0).build().expect("a transport");
    body(&transport, &serve_numbered()).await;
    assert_eq!(transport.pools.hosts(), 0);

    let transport = builder.idle_timeout(None).build().expect("a transport");
    let (close, closing) = mpsc::channel::<()>();
    let (closed, is_closed) = mpsc::channel();
    let url = serve_on_thread(move |mut stream| {
        read_request_on_thread(&mut stream);
        stream.write_all(HELLO.as_bytes()).expect("to write");
        closing.recv().expect("a signal");
        drop(stream);
        closed.send(()).expect("a test");
    });
    body(&transport, &url).await;
    assert_eq!(transport.pools.hosts(), 1);
    close.send(()).expect("a server");
    is_closed.recv().expect("a close");
    run_pool_tasks().await;
    // Finds that the idle connection is closed, and keeps no other.
    let mut sending = transport.send(request(&url));
    assert!(sending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(sending);
    run_pool_tasks().await;
    assert_eq!(transport.pools.hosts(), 0);
}

/// The first connection receives a response before the server has read the request.
#[tokio::test]
async fn connection_with_an_unread_request_is_not_counted_as_idle() {
    let mut number = 0;
    let mut unread = Vec::new();
    let url = serve_on_thread(move |mut stream| {
        if number == 0 {
            stream.read_exact(&mut [0; 64]).expect("to read");
            stream.write_all(HELLO.as_bytes()).expect("to write");
            unread.push(stream);
        } else {
            let response = format!("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{number}");
            thread::spawn(move || {
                loop {
                    read_request_on_thread(&mut stream);
                    stream.write_all(response.as_bytes()).expect("to write");
                }
            });
        }
        number += 1;
    });
    let transport = HyperTransport::builder().no_proxy().max_idle_connections_per_host(1);
    let transport = transport.build().expect("a transport");
    let upload = Request::post(&url).body(Bytes::from(vec![b'x'; 64 * 1024 * 1024])).expect("a request");
    transport.send(upload).await.expect("a response");
    for _ in 0..3 {
        assert_eq!(body(&transport, &url).await, "1");
    }
}

/// Polling the future once more lets the socket see the close before the task of the connection does.
#[tokio::test]
async fn unsent_request_is_sent_again_if_the_idle_connection_closed() {
    let (close, closing) = mpsc::channel::<()>();
    let (closed, is_closed) = mpsc::channel();
    let mut requests = 0;
    let url = serve_on_thread(move |mut stream| {
        read_request_on_thread(&mut stream);
        stream.write_all(HELLO.as_bytes()).expect("to write");
        requests += 1;
        closing.recv().expect("a signal");
        drop(stream);
        closed.send(requests).expect("a test");
    });
    let transport = direct();
    assert_eq!(body(&transport, &url).await, "hello");
    close.send(()).expect("a server");
    assert_eq!(is_closed.recv(), Ok(1));
    tokio::task::yield_now().await;
    assert_eq!(body(&transport, &url).await, "hello");
    close.send(()).expect("a server");
    assert_eq!(is_closed.recv(), Ok(2));
}

/// The connection is closed before the client can send on it, so every request can be retried.
#[tokio::test]
async fn request_that_was_not_sent_on_a_new_connection_is_a_failed_connection() {
    let (closed, is_closed) = mpsc::channel();
    let url = serve_on_thread(move |stream| {
        drop(stream);
        closed.send(()).expect("a test");
    });
    let transport = direct();
    let sending = tokio::spawn(async move { transport.send(request(url)).await });
    // Blocks the runtime as soon as the socket connects, until the server has closed the connection.
    let mut polls = 0;
    let blocking = poll_fn(move |cx| {
        polls += 1;
        if polls == 5 {
            return Poll::Ready(is_closed.recv_timeout(PATIENCE));
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    });
    tokio::spawn(blocking).await.expect("no panic").expect("the client connects");
    let error = sending.await.expect("no panic").expect_err("no connection");
    assert_eq!(error.kind(), TransportErrorKind::Connect, "{error:?}");
}

#[tokio::test]
async fn version_is_that_of_the_connection() {
    for (version, sent) in [
        (Version::HTTP_09, "HTTP/1.1"),
        (Version::HTTP_10, "HTTP/1.0"),
        (Version::HTTP_11, "HTTP/1.1"),
        (Version::HTTP_2, "HTTP/1.1"),
        (Version::HTTP_3, "HTTP/1.1"),
    ] {
        let (address, served) = serve(&[HELLO]).await;
        let mut request = request(format!("http://{address}/"));
        *request.version_mut() = version;
        direct().send(request).await.expect("a response");
        let requests = served.await.expect("requests");
        assert!(requests[0].starts_with(&format!("POST / {sent}\r\n")), "{requests:?}");
    }
}

#[tokio::test]
async fn target_of_connect_is_an_authority() {
    for scheme in ["", "http://"] {
        let (address, served) = serve(&["HTTP/1.1 200 OK\r\n\r\n"]).await;
        let request = Request::builder().method(Method::CONNECT).version(Version::HTTP_10);
        let request = request.uri(format!("{scheme}{address}")).body(Bytes::new()).expect("a request");
        direct().send(request).await.expect("a response");
        let requests = served.await.expect("requests");
        assert!(requests[0].starts_with(&format!("CONNECT {address} HTTP/1.1\r\n")), "{requests:?}");
    }
    let request = Request::builder().method(Method::CONNECT).uri("/").body(Bytes::new());
    assert_eq!(kind(direct().send(request.expect("a request")).await), TransportErrorKind::Connection);
}

#[tokio::test]
async fn url_without_a_scheme_is_rejected() {
    let url = serve_numbered();
    let transport = direct();
    body(&transport, &url).await;
    let without = url.strip_prefix("http://").and_then(|url| url.strip_suffix('/')).expect("a URL");
    assert_eq!(kind(transport.send(request(without)).await), TransportErrorKind::Connection);
}

struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs a future outside any runtime.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let start = Instant::now();
    loop {
        if let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return result;
        }
        assert!(start.elapsed() < PATIENCE, "the future does not end");
        thread::park_timeout(PATIENCE);
    }
}

#[test]
fn request_can_finish_outside_the_runtime_of_its_pool() {
    let (reply, replying) = mpsc::channel::<()>();
    let (closed, is_closed) = mpsc::channel();
    let url = serve_on_thread(move |mut stream| {
        read_request_on_thread(&mut stream);
        replying.recv().expect("a signal");
        stream.write_all(HELLO.as_bytes()).expect("to write");
        closed.send(stream.read(&mut [0]).expect("a close")).expect("a test");
    });
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let transport = HyperTransport::builder().no_proxy().idle_timeout(Duration::from_millis(1));
    let transport = transport.build().expect("a transport");
    let start = || {
        let mut sending = transport.send(request(&url));
        let _entered = runtime.enter();
        assert!(sending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        reply.send(()).expect("a server");
        sending
    };
    assert_eq!(block_on(start()).expect("a response").body().as_ref(), b"hello");
    assert_eq!(is_closed.recv_timeout(PATIENCE), Ok(0), "the idle connection is closed");

    let other = Builder::new_current_thread().enable_all().build().expect("a runtime");
    other.block_on(start()).expect("a response");
    drop(other);
    assert_eq!(is_closed.recv_timeout(PATIENCE), Ok(0), "the idle connection is closed");
}

/// The request was started in a runtime that has ended.
#[test]
fn request_ends_with_the_runtime_of_its_pool() {
    let transport = direct();
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut sending = transport.send(request(serve_numbered()));
    {
        let _entered = runtime.enter();
        assert!(sending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    drop(runtime);
    assert_eq!(kind(block_on(sending)), TransportErrorKind::Connect);
}
