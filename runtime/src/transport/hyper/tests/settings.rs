//! Settings of the builder.

use tokio::net::TcpSocket;
use tower_service::Service as _;

use super::super::builder::if_representable;
use super::super::proxy::{ProxyConnector, Tcp};
use super::*;

async fn connections(builder: HyperTransportBuilder, wait: Duration) -> [String; 2] {
    let url = serve_numbered();
    let transport = builder.no_proxy().connect_timeout(None).build().expect("a transport");
    let mut numbers = Vec::new();
    for wait in [Duration::ZERO, wait] {
        tokio::time::advance(wait).await;
        let response = transport.send(request(&url)).await.expect("a response");
        numbers.push(String::from_utf8(response.into_body().to_vec()).expect("text"));
        run_pool_tasks().await;
    }
    numbers.try_into().expect("two")
}

#[tokio::test(start_paused = true)]
async fn idle_connection_is_closed_after_its_timeout() {
    let seconds = Duration::from_secs;
    for (timeout, wait, kept) in [
        (Some(seconds(90)), seconds(89), true),
        (Some(seconds(90)), seconds(91), false),
        (Some(seconds(5)), seconds(6), false),
        (None, seconds(100_000), true),
    ] {
        let numbers = connections(HyperTransport::builder().idle_timeout(timeout), wait).await;
        assert_eq!(numbers[0] == numbers[1], kept, "{timeout:?} {wait:?}");
    }
    assert_eq!(connections(HyperTransport::builder(), seconds(89)).await, ["0", "0"], "the default");
    assert_eq!(connections(HyperTransport::builder(), seconds(91)).await, ["0", "1"], "the default");
}

/// The pool of `hyper-util` adds the timeout to the current time, and panics if the sum overflows.
#[test]
fn idle_timeout_beyond_the_clock_is_unlimited() {
    for endless in [Duration::MAX, Duration::from_secs(u64::MAX)] {
        assert_eq!(if_representable(Some(endless)), None);
    }
    assert_eq!(if_representable(None), None);
    let year = Some(Duration::from_secs(365 * 24 * 60 * 60));
    assert_eq!(if_representable(year), year);
}

#[tokio::test(start_paused = true)]
async fn connection_is_closed_if_none_can_be_idle() {
    let builder = HyperTransport::builder();
    assert_eq!(
        connections(builder.clone().max_idle_connections_per_host(0), Duration::ZERO).await,
        ["0", "1"]
    );
    assert_eq!(connections(builder.max_idle_connections_per_host(1), Duration::ZERO).await, ["0", "0"]);
}

#[tokio::test]
async fn socket_options_are_set() {
    let url = serve_numbered();
    for (keep_alive, no_delay) in [(None, true), (Some(Duration::from_secs(7)), false)] {
        let settings = Tcp { keep_alive, no_delay };
        let mut connector = ProxyConnector::new(Arc::new(Proxies::none()), settings);
        let stream = connector.call(url.parse().expect("a URL")).await.expect("a connection").into_tcp();
        assert_eq!(stream.nodelay().expect("an option"), no_delay);
        let socket = TcpSocket::from_std_stream(stream.into_std().expect("a stream"));
        assert_eq!(socket.keepalive().expect("an option"), keep_alive.is_some());
    }
}

#[test]
fn builder_passes_the_socket_options_to_the_connector() {
    let builder = HyperTransport::builder().tcp_nodelay(false).tcp_keep_alive(Duration::from_secs(7));
    let shown = format!("{builder:?}");
    assert!(shown.contains("Tcp { keep_alive: Some(7s), no_delay: false }"), "{shown}");
    let shown = format!("{:?}", HyperTransport::builder());
    assert!(shown.contains("Tcp { keep_alive: None, no_delay: true }"), "{shown}");
}

#[tokio::test]
async fn limit_of_zero_accepts_empty_bodies_only() {
    const EMPTY: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    for (limit, responses, is_accepted) in
        [(0, &[EMPTY], true), (0, &[HELLO], false), (usize::MAX, &[HELLO], true)]
    {
        let (address, _served) = serve(responses).await;
        let builder = HyperTransport::builder().no_proxy().max_response_len(limit);
        let sent = builder.build().expect("one").send(request(format!("http://{address}/"))).await;
        assert_eq!(
            sent.map_err(|error| error.kind()).err(),
            (!is_accepted).then_some(TransportErrorKind::BodyTooLarge)
        );
    }
}
