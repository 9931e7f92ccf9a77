//! Requests through proxies, and proxies that reject requests.

use super::*;

#[tokio::test]
async fn http_request_is_forwarded_whole() {
    let (proxy, served) = serve(&[HELLO]).await;
    let builder = HyperTransport::builder().proxy(format!("http://ada:hush@{proxy}"));
    assert!(!format!("{builder:?}").contains("hush"));
    let transport = builder.build().expect("a transport");
    transport.send(request("http://api.example.com/a")).await.expect("a response");
    let request = served.await.expect("requests").remove(0);
    assert!(request.starts_with("POST http://api.example.com/a HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("proxy-authorization: Basic YWRhOmh1c2g=\r\n"), "{request}");
}

#[test]
fn invalid_proxy_is_rejected_by_the_builder() {
    for url in ["", "socks5://hush:hush@127.0.0.1:1", "https://127.0.0.1:1", "ftp://x", "http://x:99999"] {
        let error = HyperTransport::builder().proxy(url).build().expect_err(url);
        assert_eq!(error.kind(), crate::ErrorKind::Config);
        assert!(!error.to_string().contains("hush"), "{error}");
    }
}

/// A response with the status 407 to a forwarded request comes from the proxy.
#[tokio::test]
async fn forwarded_request_without_credentials_is_a_proxy_error() {
    const DENIED: &str = "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
    let (proxy, _served) = serve(&[DENIED]).await;
    let transport = HyperTransport::builder().proxy(proxy.to_string()).build().expect("a transport");
    let error = transport.send(request("http://api.example.com/a")).await.expect_err("denied");
    assert_eq!(error.kind(), TransportErrorKind::Proxy);
    assert!(error.to_string().contains("407 Proxy Authentication Required"), "{error}");
    assert!(error.response().is_none(), "the server did not respond");

    let (server, _served) = serve(&[DENIED]).await;
    let response = direct().send(request(format!("http://{server}/"))).await.expect("a response");
    assert_eq!(response.status(), 407, "a server can use any status");
}

#[tokio::test]
async fn invalid_variable_fails_the_request_and_not_the_exempt_one() {
    let (server, _served) = serve(&[HELLO]).await;
    for exempt in ["", "127.0.0.1"] {
        let proxies = Proxies::from_variables(|name| match name {
            "HTTP_PROXY" => Some("socks5://hush:hush@127.0.0.1:1".into()),
            "NO_PROXY" => Some(exempt.into()),
            _ => None,
        });
        let transport = HyperTransport::builder().assemble(proxies);
        let sent = transport.send(request(format!("http://{server}/"))).await;
        if exempt.is_empty() {
            let error = crate::Error::from_transport(sent.expect_err("an invalid variable"));
            assert_eq!((error.kind(), error.is_retryable()), (crate::ErrorKind::Config, false));
            assert!(
                error.to_string().contains("invalid `HTTP_PROXY`: unsupported scheme `socks5`"),
                "{error}"
            );
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        } else {
            sent.expect("a response");
        }
    }
}

#[cfg(any(feature = "ring", feature = "aws-lc"))]
mod tunnels {
    use super::super::https::{serve_tls, trusting_the_test_root};
    use super::*;

    fn through(proxy: &str) -> HyperTransport {
        let proxies = Proxies::all(proxy).expect("a proxy");
        HyperTransport::builder().assemble_with(proxies, trusting_the_test_root())
    }

    #[tokio::test]
    async fn https_request_is_tunneled() {
        let (proxy, served) = serve_tls(true).await;
        let transport = through(&format!("http://ada:hush@{proxy}"));
        transport.send(request("https://localhost/a")).await.expect("a response");
        let read = served.await.expect("requests");
        assert!(read[0].starts_with("CONNECT localhost:443 HTTP/1.1\r\n"), "{}", read[0]);
        assert!(read[0].contains("Host: localhost:443\r\n"), "{}", read[0]);
        assert!(read[0].contains("Proxy-Authorization: Basic YWRhOmh1c2g=\r\n"), "{}", read[0]);
        assert!(read[1].starts_with("POST /a HTTP/1.1\r\n"), "{}", read[1]);
        assert!(!read[1].to_ascii_lowercase().contains("proxy-"), "{}", read[1]);
    }

    #[tokio::test]
    async fn rejected_tunnel_is_distinguished_from_a_failed_one() {
        use TransportErrorKind::{Connect, Proxy};
        for (response, kind, said) in [
            ("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 4\r\n\r\nhush", Proxy, "407"),
            ("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n", Proxy, "403 Forbidden"),
            ("HTTP/1.1 405 Method Not Allowed\r\n\r\n", Proxy, "405"),
            ("HTTP/1.1 302 Found\r\nlocation: http://hush\r\ncontent-length: 0\r\n\r\n", Proxy, "302"),
            ("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n", Connect, "502 Bad Gateway"),
            ("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n", Connect, "503"),
            ("SSH-2.0-OpenSSH_9.6\r\n", Proxy, "did not reply in HTTP"),
            ("HTTP/1.1 200", Connect, "connection to the proxy failed"),
            ("", Connect, "connection to the proxy failed"),
        ] {
            let responses: &'static [&'static str] = Box::leak(Box::new([response]));
            let (proxy, _served) = serve(responses).await;
            let transport = through(&format!("http://ada:hush@{proxy}"));
            let error = transport.send(request("https://localhost/a")).await.expect_err("refused");
            assert_eq!(error.kind(), kind, "{response:?} {error:?}");
            assert!(error.to_string().contains(said), "{response:?} {error}");
            assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
        }
    }

    #[tokio::test]
    async fn unreachable_proxy_is_a_connection_error() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let sent = through(&address.to_string()).send(request("https://localhost/a")).await;
        assert_eq!(kind(sent), TransportErrorKind::Connect);
    }
}
