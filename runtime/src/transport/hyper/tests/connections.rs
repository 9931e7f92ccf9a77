//! Reuse of HTTP/1 connections.

use super::*;

async fn connection_of(transport: &HyperTransport, url: &str) -> String {
    let response = transport.send(request(url)).await.expect("a response");
    String::from_utf8(response.into_body().to_vec()).expect("text")
}

#[tokio::test]
async fn concurrent_requests_use_one_connection_each() {
    let url = serve_numbered();
    let transport = direct();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (transport, url) = (transport.clone(), url.clone());
            tokio::spawn(async move {
                for _ in 0..8 {
                    let number = connection_of(&transport, &url).await;
                    assert!(number.parse::<u32>().expect("a number") < 8, "{number}");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("responses");
    }
}

/// The body arrives after the head, so the connection is still in use when the caller has the head.
#[tokio::test]
async fn connection_is_available_as_soon_as_the_body_has_been_read() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        // Other connections are not accepted.
        let (mut stream, _) = listener.accept().await.expect("a connection");
        loop {
            read_request(&mut stream).await;
            for part in HELLO.split_inclusive("\r\n\r\n") {
                stream.write_all(part.as_bytes()).await.expect("to write");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    });
    let transport = direct();
    for _ in 0..5 {
        let sent = tokio::time::timeout(Duration::from_secs(20), connection_of(&transport, &url)).await;
        assert_eq!(sent.expect("the same connection"), "hello");
    }
}

#[tokio::test]
async fn connections_through_a_proxy_belong_to_one_host() {
    let proxy = serve_numbered();
    let transport = HyperTransport::builder().proxy(proxy).build().expect("a transport");
    let mut numbers = Vec::new();
    for host in ["a.test", "b.test", "A.test", "b.test", "a.test:81"] {
        numbers.push(connection_of(&transport, &format!("http://{host}/")).await);
    }
    assert_eq!(numbers, ["0", "1", "0", "1", "2"]);
}

#[tokio::test]
async fn expired_connection_is_closed_without_another_request() {
    let transport = HyperTransport::builder().no_proxy().idle_timeout(Duration::from_millis(1));
    let transport = transport.build().expect("a transport");
    for _ in 0..2 {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            talk(&mut stream, &[HELLO]).await;
            stream.read(&mut [0]).await
        });
        connection_of(&transport, &url).await;
        let closed = tokio::time::timeout(Duration::from_secs(20), served).await.expect("it is closed");
        assert_eq!(closed.expect("no panic").expect("a close"), 0);
    }
}

#[tokio::test]
async fn request_on_a_closed_connection_uses_another_one() {
    let (first, served) = serve(&[HELLO]).await;
    let transport = direct();
    let url = format!("http://{first}/");
    connection_of(&transport, &url).await;
    served.await.expect("a request");
    // The client has not noticed that the connection is closed.
    let listener = TcpListener::bind(first).await.expect("the same port");
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        talk(&mut stream, &[HELLO]).await.len()
    });
    assert_eq!(connection_of(&transport, &url).await, "hello");
    assert_eq!(served.await.expect("a request"), 1);
}

#[tokio::test]
async fn url_without_a_host_is_rejected() {
    assert_eq!(kind(direct().send(request("/a")).await), TransportErrorKind::Connection);
}
