//! HTTP/2, against a server that writes single frames.

use tokio::net::TcpStream;
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

/// Accepts connections in sequence and replies to every request with these frames. Returns the number of connections
/// and requests.
async fn serve_http2(reply: Reply) -> (String, JoinHandle<()>, Arc<std::sync::Mutex<[usize; 2]>>) {
    let mut config = server_config(None);
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://localhost:{}/a", listener.local_addr().expect("an address").port());
    let counts = Arc::<std::sync::Mutex<[usize; 2]>>::default();
    let counted = Arc::clone(&counts);
    let serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let secure = acceptor.accept(stream).await.expect("TLS");
            assert_eq!(secure.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
            counted.lock().expect("a lock")[0] += 1;
            let counted = Arc::clone(&counted);
            tokio::spawn(async move { reply_to_requests(secure, reply, &counted).await });
        }
    });
    (url, serving, counts)
}

async fn reply_to_requests(
    mut stream: TlsStream<TcpStream>,
    reply: Reply,
    counts: &std::sync::Mutex<[usize; 2]>,
) {
    stream.read_exact(&mut [0; PREFACE]).await.expect("the preface");
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.expect("to write");
    let mut head = [0; 9];
    while stream.read_exact(&mut head).await.is_ok() {
        let [a, b, c, kind, flags, stream_id @ ..] = head;
        let mut payload = vec![0; usize::try_from(u32::from_be_bytes([0, a, b, c])).expect("a length")];
        stream.read_exact(&mut payload).await.expect("a payload");
        // A request ends with its body.
        if matches!(kind, HEADERS | DATA) && flags & END_STREAM != 0 {
            counts.lock().expect("a lock")[1] += 1;
            let _ = stream.write_all(&reply(u32::from_be_bytes(stream_id))).await;
        }
    }
}

fn transport() -> HyperTransport {
    HyperTransport::builder().assemble_with(Proxies::none(), trusting_the_test_root())
}

#[tokio::test]
async fn requests_share_one_connection() {
    let (url, _serving, counts) = serve_http2(hello).await;
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
        let (url, _serving, _) = serve_http2(reply).await;
        let error = transport().send(request(url)).await.expect_err("a failure");
        assert_eq!(error.kind(), kind, "{number}: {error:?}");
    }
}

#[tokio::test]
async fn violation_of_http2_is_a_protocol_error() {
    let (url, _serving, _) = serve_http2(|_| b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()).await;
    let error = transport().send(request(url)).await.expect_err("a failure");
    assert_eq!(error.kind(), TransportErrorKind::Protocol, "{error:?}");
}

/// A load balancer does this before it restarts.
#[tokio::test]
async fn connection_after_go_away_is_not_reused() {
    let (url, _serving, counts) =
        serve_http2(|stream| [hello(stream), go_away(stream, NO_ERROR)].concat()).await;
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
    let (url, _serving, counts) = serve_http2(begun).await;
    let transport = transport();
    for _ in 0..2 {
        let mut response = open(&transport, &url).await;
        assert_eq!(next(response.body_mut()).await.expect("a chunk").expect("bytes"), "hello");
    }
    assert_eq!(*counts.lock().expect("a lock"), [1, 2]);
}

#[tokio::test]
async fn reset_stream_ends_with_an_error() {
    let (url, _serving, _) =
        serve_http2(|stream| [begun(stream), reset(stream, INTERNAL_ERROR)].concat()).await;
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
