//! The HTTP/1 pool with TLS servers, which can accept a connection without completing it.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

use super::https::{server_config, trusting_the_test_root};
use super::pool::body;
use super::*;

fn http1() -> HyperTransport {
    let builder = HyperTransport::builder().connect_timeout(None);
    #[cfg(feature = "http2")]
    let builder = builder.http2(false);
    builder.assemble_with(Proxies::none(), trusting_the_test_root())
}

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://localhost:{}/", listener.local_addr().expect("an address").port());
    (listener, url)
}

fn acceptor() -> TlsAcceptor {
    TlsAcceptor::from(Arc::new(server_config(None)))
}

fn spawn_request(transport: &HyperTransport, url: &str) -> JoinHandle<String> {
    let (transport, url) = (transport.clone(), url.to_owned());
    tokio::spawn(async move { body(&transport, &url).await })
}

#[derive(Default)]
struct Signals {
    is_requested: Notify,
    reply: Notify,
    fail: Notify,
}

impl Signals {
    /// Replies to each request on a connection when the test says so.
    async fn serve(&self, stream: TcpStream) {
        let mut stream = acceptor().accept(stream).await.expect("TLS");
        loop {
            read_request(&mut stream).await;
            self.is_requested.notify_one();
            self.reply.notified().await;
            stream.write_all(HELLO.as_bytes()).await.expect("to write");
        }
    }
}

#[tokio::test]
async fn request_that_connects_uses_a_connection_that_is_given_back() {
    let (listener, url) = listen().await;
    let signals = Arc::<Signals>::default();
    let serving = Arc::clone(&signals);
    // The server has one worker, which serves one connection at a time.
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            serving.serve(stream).await;
        }
    });
    let Signals { is_requested, reply, .. } = &*signals;
    let transport = http1();
    let send = || spawn_request(&transport, &url);
    let first = send();
    is_requested.notified().await;
    let second = send();
    run_pool_tasks().await;
    reply.notify_one();
    assert_eq!(first.await.expect("a response"), "hello");
    is_requested.notified().await;
    reply.notify_one();
    assert_eq!(second.await.expect("a response"), "hello");
    // The connection attempt of the second request does not delay others.
    let (third, fourth) = (send(), send());
    for _ in 0..2 {
        is_requested.notified().await;
        reply.notify_one();
    }
    assert_eq!(third.await.expect("a response"), "hello");
    assert_eq!(fourth.await.expect("a response"), "hello");
}

#[tokio::test]
async fn concurrent_requests_open_one_connection_each_while_others_are_given_back() {
    let (listener, url) = listen().await;
    let accepted = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&accepted);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            let number = counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                // Each connection takes longer to open than the one before.
                tokio::time::sleep(Duration::from_millis(5) * number as u32).await;
                let mut stream = acceptor().accept(stream).await.expect("TLS");
                loop {
                    read_request(&mut stream).await;
                    stream.write_all(HELLO.as_bytes()).await.expect("to write");
                }
            });
        }
    });
    let transport = http1();
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let (transport, url) = (transport.clone(), url.clone());
            tokio::spawn(async move {
                for _ in 0..20 {
                    body(&transport, &url).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("responses");
    }
    assert!(accepted.load(Ordering::SeqCst) <= 4, "{accepted:?}");
}

/// The server does not complete the first connection.
#[tokio::test]
async fn request_does_not_rely_on_a_canceled_connection_attempt() {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        let _stalled = listener.accept().await.expect("a connection");
        let (stream, _) = listener.accept().await.expect("a connection");
        let mut stream = acceptor().accept(stream).await.expect("TLS");
        talk(&mut stream, &[HELLO]).await;
    });
    let transport = http1();
    let canceled = tokio::time::timeout(Duration::from_millis(50), transport.send(request(&url))).await;
    canceled.expect_err("a stalled connection");
    assert_eq!(body(&transport, &url).await, "hello");
}

/// The first attempt fails after its request got another connection.
#[tokio::test]
async fn request_that_relies_on_a_failed_connection_attempt_opens_another() {
    let (listener, url) = listen().await;
    let signals = Arc::<Signals>::default();
    let serving = Arc::clone(&signals);
    tokio::spawn(async move {
        for number in 0..3 {
            let (stream, _) = listener.accept().await.expect("a connection");
            let serving = Arc::clone(&serving);
            tokio::spawn(async move {
                match number {
                    // Closes the connection.
                    1 => serving.fail.notified().await,
                    _ => serving.serve(stream).await,
                }
            });
        }
    });
    let Signals { is_requested, reply, fail } = &*signals;
    let transport = http1();
    let send = || spawn_request(&transport, &url);
    let first = send();
    is_requested.notified().await;
    let second = send();
    run_pool_tasks().await;
    reply.notify_one();
    first.await.expect("a response");
    // The second request uses the first connection. The third relies on the attempt of the second.
    is_requested.notified().await;
    let third = send();
    run_pool_tasks().await;
    fail.notify_one();
    is_requested.notified().await;
    reply.notify_one();
    reply.notify_one();
    run_pool_tasks().await;
    reply.notify_one();
    second.await.expect("a response");
    third.await.expect("a response");
}
