//! HTTP/2, against a server that writes single frames.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::https::{server_config, trusting_the_test_root};
use super::*;
use crate::body::{RequestBody, ResponseBody};

const PREFACE: usize = 24;
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// `:status: 200` in HPACK.
const STATUS_200: &[u8] = &[0x88];

const NO_ERROR: u32 = 0;
const INTERNAL_ERROR: u32 = 2;
const REFUSED_STREAM: u32 = 7;
const HTTP_1_1_REQUIRED: u32 = 13;

/// Returns the frames that reply to the request on a stream.
type Reply = fn(u32) -> Vec<u8>;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let len = u32::try_from(payload.len()).expect("short").to_be_bytes();
    [&len[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

fn reset(stream: u32, code: u32) -> Vec<u8> {
    frame(RST_STREAM, 0, stream, &code.to_be_bytes())
}

/// Returns a frame that reports that no stream after `last` was processed.
fn go_away(last: u32, code: u32) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[last.to_be_bytes(), code.to_be_bytes()].concat())
}

fn hello(stream: u32) -> Vec<u8> {
    [frame(HEADERS, END_HEADERS, stream, STATUS_200), frame(DATA, END_STREAM, stream, b"hello")].concat()
}

/// A server that counts its connections and requests.
struct Server {
    url: String,
    counts: Arc<std::sync::Mutex<[usize; 2]>>,
    /// The kind and the payload of all received frames.
    frames: UnboundedReceiver<(u8, Vec<u8>)>,
}

impl Server {
    /// Waits for a frame. Returns its payload.
    async fn frame(&mut self, kind: u8) -> Vec<u8> {
        let find = async {
            loop {
                let (received, payload) = self.frames.recv().await.expect("a connection");
                if received == kind {
                    return payload;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), find).await.expect("a frame")
    }
}

/// Accepts connections in sequence and replies to every request with these frames. Returns the number of connections
/// and requests.
async fn serve_http2(reply: Reply) -> (String, Arc<std::sync::Mutex<[usize; 2]>>) {
    let Server { url, counts, .. } = serve_at(END_STREAM, reply).await;
    (url, counts)
}

/// Accepts connections and replies with these frames to the first frame of a request that has this flag.
async fn serve_at(flag: u8, reply: Reply) -> Server {
    let mut config = server_config(None);
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://localhost:{}/a", listener.local_addr().expect("an address").port());
    let counts = Arc::<std::sync::Mutex<[usize; 2]>>::default();
    let counted = Arc::clone(&counts);
    let (sender, frames) = unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let secure = acceptor.accept(stream).await.expect("TLS");
            assert_eq!(secure.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
            counted.lock().expect("a lock")[0] += 1;
            let (counted, sender) = (Arc::clone(&counted), sender.clone());
            tokio::spawn(async move { reply_to_requests(secure, flag, reply, &counted, &sender).await });
        }
    });
    Server { url, counts, frames }
}

async fn reply_to_requests(
    mut stream: TlsStream<TcpStream>,
    flag: u8,
    reply: Reply,
    counts: &std::sync::Mutex<[usize; 2]>,
    frames: &UnboundedSender<(u8, Vec<u8>)>,
) {
    stream.read_exact(&mut [0; PREFACE]).await.expect("the preface");
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.expect("to write");
    let mut head = [0; 9];
    while stream.read_exact(&mut head).await.is_ok() {
        let [a, b, c, kind, flags, stream_id @ ..] = head;
        let mut payload = vec![0; usize::try_from(u32::from_be_bytes([0, a, b, c])).expect("a length")];
        stream.read_exact(&mut payload).await.expect("a payload");
        if matches!(kind, HEADERS | DATA) && flags & flag != 0 {
            counts.lock().expect("a lock")[1] += 1;
            let _ = stream.write_all(&reply(u32::from_be_bytes(stream_id))).await;
        }
        // Most tests do not read the frames.
        let _ = frames.send((kind, payload));
    }
}

fn transport() -> HyperTransport {
    HyperTransport::builder().assemble_with(Proxies::none(), trusting_the_test_root())
}

#[tokio::test]
async fn requests_share_one_connection() {
    let (url, counts) = serve_http2(hello).await;
    let transport = transport();
    let first = transport.send(request(&url)).await.expect("a response");
    assert_eq!((first.version(), first.body().as_ref()), (http::Version::HTTP_2, &b"hello"[..]));
    let (second, third) = tokio::join!(transport.send(request(&url)), transport.send(request(&url)));
    assert_eq!(
        (second.expect("a response").status(), third.expect("a response").status()),
        (StatusCode::OK, StatusCode::OK)
    );
    assert_eq!(*counts.lock().expect("a lock"), [1, 3]);
}

#[tokio::test]
async fn disabled_http2_is_not_offered() {
    let mut config = server_config(None);
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://localhost:{}/a", listener.local_addr().expect("an address").port());
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        let mut secure = TlsAcceptor::from(Arc::new(config)).accept(stream).await.expect("TLS");
        talk(&mut secure, &[HELLO]).await
    });
    let root = include_bytes!("../../../../tests/tls/ca.pem");
    let builder = HyperTransport::builder().no_proxy().root_certificates_pem(root).http2(false);
    builder.build().expect("a transport").send(request(url)).await.expect("a response");
    assert!(served.await.expect("requests")[0].starts_with("POST /a HTTP/1.1\r\n"));
}

#[tokio::test]
async fn http1_is_used_if_the_server_does_not_support_http2() {
    let (address, served) = https::serve_tls(false).await;
    let url = format!("https://localhost:{}/a", address.port());
    let response = transport().send(request(url)).await.expect("a response");
    assert_eq!(response.version(), http::Version::HTTP_11);
    assert!(served.await.expect("requests")[0].starts_with("POST /a HTTP/1.1\r\n"));
}

/// A request that was not processed can be sent again, regardless of its method.
#[tokio::test]
async fn error_kind_tells_whether_the_request_was_processed() {
    use TransportErrorKind::{Connect, Connection, Protocol};
    let cases: [(Reply, TransportErrorKind); 6] = [
        (|stream| reset(stream, REFUSED_STREAM), Connect),
        (|_| go_away(0, NO_ERROR), Connect),
        (|stream| reset(stream, HTTP_1_1_REQUIRED), Protocol),
        (|stream| reset(stream, INTERNAL_ERROR), Connection),
        (|_| go_away(0, INTERNAL_ERROR), Connection),
        (
            |stream| {
                [frame(HEADERS, END_HEADERS, stream, STATUS_200), reset(stream, REFUSED_STREAM)].concat()
            },
            Connection,
        ),
    ];
    for (number, (reply, kind)) in cases.into_iter().enumerate() {
        let (url, _) = serve_http2(reply).await;
        let error = transport().send(request(url)).await.expect_err("a failure");
        assert_eq!(error.kind(), kind, "{number}: {error:?}");
    }
}

#[tokio::test]
async fn violation_of_http2_is_a_protocol_error() {
    let (url, _) = serve_http2(|_| b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()).await;
    let error = transport().send(request(url)).await.expect_err("a failure");
    assert_eq!(error.kind(), TransportErrorKind::Protocol, "{error:?}");
}

/// A load balancer does this before it restarts.
#[tokio::test]
async fn connection_after_go_away_is_not_reused() {
    let (url, counts) = serve_http2(|stream| [hello(stream), go_away(stream, NO_ERROR)].concat()).await;
    let transport = transport();
    for _ in 0..3 {
        transport.send(request(&url)).await.expect("a response");
        run_pool_tasks().await;
    }
    assert_eq!(*counts.lock().expect("a lock"), [3, 3]);
}

/// Returns the head and the first part of a body that does not end.
fn begun(stream: u32) -> Vec<u8> {
    [frame(HEADERS, END_HEADERS, stream, STATUS_200), frame(DATA, 0, stream, b"hello")].concat()
}

async fn open(transport: &HyperTransport, url: &str) -> Response<ResponseBody> {
    let body = RequestBody::reader(std::io::Cursor::new("{}"));
    let request = Request::post(url).body(body).expect("a request");
    transport.send_streaming(request).await.expect("a head")
}

async fn next(body: &mut ResponseBody) -> Option<Result<Bytes, TransportError>> {
    std::future::poll_fn(|cx| body.poll_chunk(cx)).await
}

#[tokio::test]
async fn dropped_stream_leaves_the_connection_open() {
    let mut server = serve_at(END_STREAM, begun).await;
    let transport = transport();
    for _ in 0..2 {
        let mut response = open(&transport, &server.url).await;
        assert_eq!(next(response.body_mut()).await.expect("a chunk").expect("bytes"), "hello");
        drop(response);
        server.frame(RST_STREAM).await;
    }
    assert_eq!(*server.counts.lock().expect("a lock"), [1, 2]);
}

/// A stream with this first chunk that does not end. The value is shared while the stream exists.
struct Endless(Option<&'static str>, #[expect(dead_code, reason = "counts the sources")] Arc<()>);

impl Stream for Endless {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.take().map_or(Poll::Pending, |chunk| Poll::Ready(Some(Ok(chunk))))
    }
}

/// Sends an endless request. Returns the response, and the value that the source shares.
async fn open_endless(transport: &HyperTransport, url: &str) -> (Response<ResponseBody>, Arc<()>) {
    let alive = Arc::new(());
    let body = RequestBody::stream(Endless(Some("hello"), Arc::clone(&alive)));
    let request = Request::post(url).body(body).expect("a request");
    (transport.send_streaming(request).await.expect("a head"), alive)
}

#[tokio::test]
async fn stream_of_an_endless_request_is_reset_when_the_response_ends_or_is_dropped() {
    for (reply, is_read) in [(hello as Reply, true), (begun, false)] {
        let mut server = serve_at(END_HEADERS, reply).await;
        let (mut response, alive) = open_endless(&transport(), &server.url).await;
        assert_eq!(Arc::strong_count(&alive), 2);
        if is_read {
            assert_eq!(next(response.body_mut()).await.expect("a chunk").expect("bytes"), "hello");
            assert!(next(response.body_mut()).await.is_none());
        } else {
            drop(response);
        }
        assert_eq!(Arc::strong_count(&alive), 1);
        server.frame(RST_STREAM).await;
    }
}

/// A server does this if it does not need the rest of the request.
#[tokio::test]
async fn response_is_complete_if_the_rest_of_the_request_is_refused() {
    let server = serve_at(END_HEADERS, |stream| [hello(stream), reset(stream, NO_ERROR)].concat()).await;
    let (mut response, alive) = open_endless(&transport(), &server.url).await;
    assert_eq!(next(response.body_mut()).await.expect("a chunk").expect("bytes"), "hello");
    assert!(next(response.body_mut()).await.is_none());
    assert_eq!(Arc::strong_count(&alive), 1);
    let response = transport().send(request(&server.url)).await.expect("a response");
    assert_eq!(response.body().as_ref(), b"hello");
}

#[tokio::test]
async fn response_without_its_end_is_an_error() {
    let (url, _) = serve_http2(|stream| [begun(stream), reset(stream, NO_ERROR)].concat()).await;
    let error = transport().send(request(&url)).await.expect_err("truncated");
    assert_eq!(error.kind(), TransportErrorKind::Connection);
    assert_eq!(error.response().expect("a head").status(), 200);
    let mut response = open(&transport(), &url).await;
    let error = loop {
        if let Err(error) = next(response.body_mut()).await.expect("an error") {
            break error;
        }
    };
    assert_eq!(error.kind(), TransportErrorKind::Connection);
    assert!(next(response.body_mut()).await.is_none());
}

/// The response to a HEAD request announces a length, but has no body.
#[tokio::test]
async fn response_to_a_head_request_is_complete() {
    // `:status: 200`, and `content-length: 5` as a literal with an indexed name.
    let reply: Reply = |stream| frame(HEADERS, END_HEADERS | END_STREAM, stream, b"\x88\x0f\x0d\x015");
    let (url, _) = serve_http2(reply).await;
    let head = || Request::head(&url);
    let response = transport().send(head().body(Bytes::new()).expect("a request")).await.expect("a response");
    assert_eq!(response.headers()["content-length"], "5");
    let request = head().body(RequestBody::default()).expect("a request");
    let mut response = transport().send_streaming(request).await.expect("a response");
    assert!(next(response.body_mut()).await.is_none());
}

#[tokio::test]
async fn failing_source_is_an_error() {
    let gone = || std::io::Error::other("the disk is gone");
    for body in [
        RequestBody::reader_from(move || Err::<std::io::Empty, _>(gone())),
        RequestBody::reader(std::io::Cursor::new("hello")).with_length(6),
        RequestBody::reader(std::io::Cursor::new("hello")).with_length(4),
        RequestBody::reader(std::io::Cursor::new("hello")).with_length(0),
    ] {
        let (url, _) = serve_http2(hello).await;
        let request = Request::post(url).body(body).expect("a request");
        let error = transport().send_streaming(request).await.expect_err("no disk");
        assert_eq!(error.kind(), TransportErrorKind::RequestBody, "{error:?}");
    }
}

/// The server responds to the first part of the request.
#[tokio::test]
async fn source_that_fails_after_the_head_of_the_response_is_an_error() {
    let server = serve_at(END_HEADERS, begun).await;
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let body = RequestBody::stream(Failing(Some("hello"), receiver));
    let request = Request::post(&server.url).body(body).expect("a request");
    let mut response = transport().send_streaming(request).await.expect("a head");
    assert_eq!(next(response.body_mut()).await.expect("a chunk").expect("bytes"), "hello");
    sender.send(()).expect("a stream");
    let error = next(response.body_mut()).await.expect("an error").expect_err("no disk");
    assert_eq!(error.kind(), TransportErrorKind::RequestBody, "{error:?}");
    assert!(error.to_string().contains("the disk is gone"), "{error}");
}

/// A stream with this first chunk that fails on request.
struct Failing(Option<&'static str>, tokio::sync::oneshot::Receiver<()>);

impl Stream for Failing {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(chunk) = self.0.take() {
            return Poll::Ready(Some(Ok(chunk)));
        }
        let gone = || Some(Err(std::io::Error::other("the disk is gone")));
        Pin::new(&mut self.1).poll(cx).map(|_| gone())
    }
}

/// Responses that are not read must not use up the window that all streams of the connection share.
#[tokio::test]
async fn connection_window_is_far_above_that_of_a_stream() {
    let mut server = serve_at(END_STREAM, hello).await;
    transport().send(request(&server.url)).await.expect("a response");
    let increment: [u8; 4] = server.frame(WINDOW_UPDATE).await.try_into().expect("four bytes");
    assert!(u32::from_be_bytes(increment) > 1 << 30);
}

#[tokio::test]
async fn reset_stream_ends_with_an_error() {
    let (url, _) = serve_http2(|stream| [begun(stream), reset(stream, INTERNAL_ERROR)].concat()).await;
    let mut response = open(&transport(), &url).await;
    let mut received = Vec::new();
    let error = loop {
        match next(response.body_mut()).await.expect("an error") {
            Ok(chunk) => received.extend_from_slice(&chunk),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), TransportErrorKind::Connection);
    assert!(next(response.body_mut()).await.is_none());
    // A reset may overtake the data.
    assert!(b"hello".starts_with(&received), "{received:?}");
}
