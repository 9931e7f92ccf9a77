//! Tests the transport against servers on this machine. No test reads or sets environment variables.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

#[cfg(any(feature = "ring", feature = "aws-lc"))]
use super::certificates::Certificates;
use super::proxies::Proxies;
#[cfg(any(feature = "ring", feature = "aws-lc"))]
use super::tls::Tls;
use super::*;
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::async_transport::Transport;

mod connections;
mod pool;
mod proxies;
mod runtimes;
mod settings;

#[cfg(any(feature = "ring", feature = "aws-lc"))]
mod certificates;
#[cfg(feature = "gzip")]
mod gzip;
#[cfg(any(feature = "ring", feature = "aws-lc"))]
mod pool_tls;
#[cfg(all(feature = "http2", any(feature = "ring", feature = "aws-lc")))]
mod http2;

const HELLO: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

/// Serves one connection with one response per request, then closes it. Returns the requests.
async fn serve(responses: &'static [&'static str]) -> (SocketAddr, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        talk(&mut stream, responses).await
    });
    (address, served)
}

/// Serves one connection: reads a request, writes these bytes, then closes. Returns the request.
#[cfg(feature = "gzip")]
async fn serve_bytes(response: Vec<u8>) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let request = read_request(&mut stream).await;
        // A client that has read enough closes the connection.
        let _ = stream.write_all(&response).await;
        request
    });
    (address, served)
}

/// Serves every connection on its own thread, outside any runtime, with the number of the connection as the body.
pub(crate) fn serve_numbered() -> String {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().map_while(Result::ok).enumerate() {
            std::thread::spawn(move || {
                let mut stream = stream;
                let response = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{number}",
                    number.to_string().len()
                );
                // The head and the body of a request can arrive separately.
                let mut read = Vec::new();
                let mut piece = [0; 4096];
                while let Ok(len @ 1..) = stream.read(&mut piece) {
                    read.extend_from_slice(&piece[..len]);
                    let text = String::from_utf8_lossy(&read);
                    if text.ends_with("\r\n\r\n{}") || text.starts_with("GET") && text.ends_with("\r\n\r\n") {
                        read.clear();
                        stream.write_all(response.as_bytes()).expect("to write");
                    }
                }
            });
        }
    });
    url
}

/// Runs the tasks of the pool that make connections idle.
async fn run_pool_tasks() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    // Tasks on other threads of a runtime also need time on a busy machine.
    tokio::time::sleep(Duration::from_millis(20)).await;
}

async fn talk(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), responses: &[&str]) -> Vec<String> {
    let mut requests = Vec::new();
    for response in responses {
        requests.push(read_request(stream).await);
        stream.write_all(response.as_bytes()).await.expect("to write");
    }
    requests
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut text = String::new();
    loop {
        let mut chunk = [0; 1024];
        let read = stream.read(&mut chunk).await.expect("to read");
        text.push_str(std::str::from_utf8(&chunk[..read]).expect("text"));
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() == length.map_or(0, |length| length.parse().expect("a length")) {
                return text;
            }
        }
        assert!(read > 0, "the client closed the connection after {text:?}");
    }
}

fn request(url: impl AsRef<str>) -> Request<Bytes> {
    Request::post(url.as_ref()).body(Bytes::from_static(b"{}")).expect("a request")
}

fn direct() -> HyperTransport {
    HyperTransport::builder().no_proxy().build().expect("a transport")
}

fn kind(sent: Result<Response<Bytes>, TransportError>) -> TransportErrorKind {
    sent.expect_err("an error").kind()
}

#[tokio::test]
async fn two_requests_are_sent_on_one_connection() {
    let (address, served) = serve(&[HELLO, HELLO]).await;
    let transport = direct();
    for _ in 0..2 {
        let response = transport.send(request(format!("http://{address}/a?b=c"))).await;
        assert_eq!(response.expect("a response").body().as_ref(), b"hello");
    }
    for request in served.await.expect("requests") {
        assert!(request.starts_with("POST /a?b=c HTTP/1.1\r\n"), "{request}");
        assert!(request.contains(&format!("host: {address}\r\n")), "{request}");
        assert!(request.ends_with("\r\n\r\n{}"), "{request}");
    }
}

/// The proxy accepts any host.
#[tokio::test]
async fn host_is_that_of_the_url() {
    for (authority, host) in [
        ("acme.test", "acme.test"),
        ("acme.test:8080", "acme.test:8080"),
        ("acme.test:80", "acme.test"),
        ("acme.test:443", "acme.test:443"),
        ("acme.test:", "acme.test"),
        ("ada@acme.test", "acme.test"),
        ("ada:secret@acme.test:8080", "acme.test:8080"),
        ("[::1]", "[::1]"),
        ("[::80]:81", "[::80]:81"),
    ] {
        let (address, served) = serve(&[HELLO]).await;
        let builder = HyperTransport::builder().proxy(format!("http://{address}"));
        let transport = builder.build().expect("a transport");
        let response = transport.send(request(format!("http://{authority}/"))).await.expect("a response");
        assert!(response.extensions().is_empty());
        let requests = served.await.expect("requests");
        assert_eq!(requests[0].matches("host: ").count(), 1, "{requests:?}");
        assert!(requests[0].contains(&format!("\r\nhost: {host}\r\n")), "{requests:?}");
    }
}

#[tokio::test]
async fn host_is_not_set_if_the_connection_can_use_http2() {
    let host = |transport: &HyperTransport, url: &str| {
        let mut request = request(url);
        transport.set_host(&mut request);
        request.headers().get("host").map(|host| host.to_str().expect("text").to_owned())
    };
    let transport = direct();
    assert_eq!(host(&transport, "http://acme.test/").as_deref(), Some("acme.test"));
    let of_https = host(&transport, "https://acme.test/");
    assert_eq!(of_https.is_some(), !cfg!(feature = "http2"));
    #[cfg(feature = "http2")]
    {
        let transport = HyperTransport::builder().no_proxy().http2(false).build().expect("a transport");
        assert_eq!(host(&transport, "https://acme.test/").as_deref(), Some("acme.test"));
    }
}

/// Servers reply with 411 to a POST request without a length.
#[tokio::test]
async fn empty_body_has_content_length_zero_if_the_method_expects_a_body() {
    for (method, announced) in
        [("POST", true), ("PUT", true), ("PATCH", true), ("GET", false), ("DELETE", false)]
    {
        let (address, served) = serve(&[HELLO]).await;
        let request = Request::builder().method(method).uri(format!("http://{address}/")).body(Bytes::new());
        direct().send(request.expect("a request")).await.expect("a response");
        let requests = served.await.expect("requests");
        assert_eq!(
            requests[0].matches("content-length: 0\r\n").count(),
            usize::from(announced),
            "{requests:?}"
        );
    }
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let moved = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    let responses: &'static [&'static str] = Box::leak(Box::new([moved]));
    let (address, served) = serve(responses).await;
    let response = direct().send(request(format!("http://{address}/"))).await;
    assert_eq!(response.expect("a response").status(), StatusCode::FOUND);
    assert_eq!(served.await.expect("requests").len(), 1);
}

#[tokio::test]
async fn body_over_the_limit_is_an_error() {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                           3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
    for (limit, responses, is_accepted) in
        [(4, &[HELLO], false), (5, &[HELLO], true), (5, &[CHUNKED], false), (6, &[CHUNKED], true)]
    {
        let (address, _served) = serve(responses).await;
        let builder = HyperTransport::builder().no_proxy().max_response_len(limit);
        let sent = builder.build().expect("one").send(request(format!("http://{address}/"))).await;
        if is_accepted {
            sent.expect("a response");
        } else {
            assert_eq!(kind(sent), TransportErrorKind::BodyTooLarge);
        }
    }
}

#[tokio::test]
async fn refused_connection_is_distinguished_from_a_broken_one() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let error = direct().send(request(format!("http://{address}/"))).await.expect_err("refused");
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(error.to_string().starts_with("failed to connect: "), "{error}");

    let (address, _served) = serve(&["HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhello"]).await;
    let sent = direct().send(request(format!("http://{address}/"))).await;
    assert_eq!(kind(sent), TransportErrorKind::Connection);
}

#[test]
fn request_outside_a_runtime_is_an_error() {
    use std::task::{Context, Poll, Waker};
    let transport = direct();
    let mut sending = transport.send(request("http://127.0.0.1:1/"));
    let Poll::Ready(sent) = sending.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the transport waits for a runtime");
    };
    assert!(sent.expect_err("no runtime").to_string().contains("tokio runtime"));
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
#[tokio::test]
async fn https_without_a_provider_names_the_features() {
    let error = direct().send(request("https://127.0.0.1:1/")).await.expect_err("no provider");
    assert_eq!(error.kind(), TransportErrorKind::Config);
    assert!(error.to_string().contains("`ring` or `aws-lc`"), "{error}");
}

#[cfg(any(feature = "ring", feature = "aws-lc"))]
mod https {
    use rustls::ServerConfig;
    use rustls::pki_types::pem::PemObject;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use rustls::server::NoClientAuth;
    use rustls::server::danger::ClientCertVerifier;
    use rustls_native_certs::CertificateResult;
    use tokio_rustls::TlsAcceptor;

    use super::*;
    use crate::transport::hyper::crypto::provider;

    /// Returns a TLS configuration that trusts only the root of the tests.
    pub(super) fn trusting_the_test_root() -> Tls {
        let root = include_bytes!("../../../../tests/tls/ca.pem");
        let roots = vec![CertificateDer::from_pem_slice(root).expect("PEM")];
        Tls::with_roots(Certificates { roots, identity: None }, true, CertificateResult::default)
    }

    fn acceptor() -> TlsAcceptor {
        TlsAcceptor::from(Arc::new(server_config(None)))
    }

    pub(super) fn server_config(clients: Option<Arc<dyn ClientCertVerifier>>) -> ServerConfig {
        let certificate = include_bytes!("../../../../tests/tls/server.pem");
        let key = include_bytes!("../../../../tests/tls/server.key");
        let provider = Arc::new(provider().expect("a provider"));
        ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_client_cert_verifier(clients.unwrap_or_else(|| Arc::new(NoClientAuth)))
            .with_single_cert(
                vec![CertificateDer::from_pem_slice(certificate).expect("PEM")],
                PrivateKeyDer::from_pem_slice(key).expect("PEM"),
            )
            .expect("a server")
    }

    /// Serves one https request, behind the tunnel of a proxy if `tunneled`. Returns the requests.
    pub(super) async fn serve_tls(tunneled: bool) -> (SocketAddr, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut read = Vec::new();
            if tunneled {
                read = talk(&mut stream, &["HTTP/1.1 200 OK\r\n\r\n"]).await;
            }
            if let Ok(mut secure) = acceptor().accept(stream).await {
                read.extend(talk(&mut secure, &[HELLO]).await);
            }
            read
        });
        (address, served)
    }

    #[tokio::test]
    async fn https_request_is_sent_to_a_trusted_server() {
        let (address, served) = serve_tls(false).await;
        let builder = HyperTransport::builder();
        let transport = builder.assemble_with(Proxies::none(), trusting_the_test_root());
        let url = format!("https://localhost:{}/a", address.port());
        let response = transport.send(request(url)).await.expect("a response");
        assert_eq!(response.body().as_ref(), b"hello");
        assert!(served.await.expect("requests")[0].starts_with("POST /a HTTP/1.1\r\n"));
    }

    /// The network failed, and not the TLS negotiation, so a retry can succeed.
    #[tokio::test]
    async fn connection_that_breaks_during_tls_is_not_a_tls_error() {
        for response in ["", "HTTP/1.1 400 Bad Request\r\n\r\n"] {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let url = format!("https://localhost:{}/", listener.local_addr().expect("an address").port());
            let served = tokio::spawn(async move {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let read = stream.read(&mut [0; 4096]).await.expect("to read");
                assert!(read > 0, "the first bytes of TLS");
                stream.write_all(response.as_bytes()).await.expect("to write");
            });
            let transport =
                HyperTransportBuilder::default().assemble_with(Proxies::none(), trusting_the_test_root());
            let error = transport.send(request(url)).await.expect_err("no TLS");
            let kind =
                if response.is_empty() { TransportErrorKind::Connect } else { TransportErrorKind::Tls };
            assert_eq!(error.kind(), kind, "{error:?}");
            served.await.expect("a server");
        }
    }

    #[tokio::test]
    async fn server_with_an_unknown_root_is_a_tls_error() {
        let (address, _served) = serve_tls(false).await;
        let url = format!("https://localhost:{}/", address.port());
        // A valid root that signed no certificate of the tests.
        let stranger = include_bytes!("../../../../tests/tls/client-ca.pem");
        let roots = vec![CertificateDer::from_pem_slice(stranger).expect("PEM")];
        let untrusting =
            Tls::with_roots(Certificates { roots, identity: None }, true, CertificateResult::default);
        let builder = HyperTransport::builder();
        let transport = builder.assemble_with(Proxies::none(), untrusting);
        let error = transport.send(request(url)).await.expect_err("a stranger");
        assert_eq!(error.kind(), TransportErrorKind::Tls);
        assert!(error.to_string().contains("certificate"), "{error}");
    }
}

#[cfg(any(feature = "ring", feature = "aws-lc"))]
#[tokio::test]
async fn tls_handshake_is_limited_by_the_connect_timeout() {
    // The server accepts the connection, but sends no byte of TLS.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let patience = Duration::from_millis(50);
    let builder = HyperTransport::builder().connect_timeout(patience);
    let transport = builder.assemble_with(Proxies::none(), https::trusting_the_test_root());
    let sent = transport.send(request(format!("https://{address}/"))).await;
    assert_eq!(kind(sent), TransportErrorKind::Connect);
}
