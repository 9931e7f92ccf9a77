//! Streams that arrive as a whole.

use std::io::Read as _;

use typefoundry_runtime::http::header::CONTENT_TYPE;
use typefoundry_runtime::{Bytes, ErrorKind, Event};

use super::api::{Download, Export, Log, Watch, read, with_both};
use crate::transports::server::Then;

const CHUNKS: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\nx-request-id: r1\r\n\
                      transfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
const EVENTS: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n\
                      11\r\nid: 1\ndata: [1]\n\n\r\n18\r\nevent: add\ndata: [2,3]\n\n\r\n\
                      e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";
const LINES: &str = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n1\n2\n\n3";

fn bodies(items: Vec<Result<Bytes, typefoundry_runtime::Error>>) -> Vec<u8> {
    items.into_iter().flat_map(|chunk| chunk.expect("bytes")).collect()
}

#[test]
fn bytes_are_received_with_the_head() {
    for (items, stream) in read(&[&[(CHUNKS, Then::Keep)]], |client| client.request(Download).stream()) {
        assert_eq!(bodies(items), b"hello");
        assert_eq!((stream.status().expect("a status").as_u16(), stream.received_len()), (200, 5));
        assert_eq!(stream.headers().expect("headers")[CONTENT_TYPE], "application/pdf");
        assert_eq!(stream.request_id().as_deref(), Some("r1"));
    }
}

#[test]
fn events_are_decoded_up_to_the_end_marker() {
    for (items, stream) in read(&[&[(EVENTS, Then::Keep)]], |client| client.request(Watch).stream()) {
        let events: Vec<_> = items.into_iter().map(|item| item.expect("an event")).collect();
        assert_eq!(events.iter().map(|event| &event.data[..]).collect::<Vec<_>>(), [&[1][..], &[2, 3]]);
        assert_eq!((events[0].id.as_deref(), events[1].id.as_deref()), (Some("1"), None));
        assert_eq!((events[0].name.as_deref(), events[1].name.as_deref()), (None, Some("add")));
        assert_eq!(stream.last_event_id(), Some("1"));
    }
}

#[test]
fn lines_are_decoded() {
    for (items, _) in read(&[&[(LINES, Then::Keep)]], |client| client.request(Export).stream()) {
        assert_eq!(items.into_iter().map(|item| item.expect("a value")).collect::<Vec<_>>(), [1, 2, 3]);
    }
}

#[test]
fn awaited_stream_is_read_as_a_whole() {
    let events = with_both(
        &[&[(EVENTS, Then::Keep)]],
        async |client, _| client.request(Watch).await,
        |client, _| client.request(Watch).send().wait(),
    );
    for events in events {
        let events = events.expect("events");
        assert_eq!(
            (events.len(), events[1].name.as_deref(), &events[1].data[..]),
            (2, Some("add"), &[2, 3][..])
        );
    }
    let text = "HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\ndata: hey\n\n";
    let events = with_both(
        &[&[(text, Then::Keep)]],
        async |client, _| client.request(Log).await,
        |client, _| client.request(Log).send().wait(),
    );
    for events in events {
        assert_eq!(events.expect("events"), [Event::new("hey".to_owned())]);
    }
}

/// The end marker ends the stream before the end of the body, which has arrived by then.
#[test]
fn connection_is_used_again_after_the_end_of_the_stream() {
    let script = [(EVENTS, Then::Keep), (CHUNKS, Then::Keep), (LINES, Then::Keep)];
    let connections = with_both(
        &[&script],
        async |client, server| {
            assert_eq!(client.request(Watch).stream().try_collect().await.expect("events").len(), 2);
            let chunks = client.request(Download).stream().try_collect().await.expect("bytes");
            assert_eq!(chunks.concat(), b"hello");
            assert_eq!(client.request(Export).stream().try_collect().await.expect("values"), [1, 2, 3]);
            [server.next().0, server.next().0, server.next().0]
        },
        |client, server| {
            assert_eq!(client.request(Watch).stream().blocking().count(), 2);
            assert_eq!(bodies(client.request(Download).stream().blocking().collect()), b"hello");
            assert_eq!(client.request(Export).stream().blocking().count(), 3);
            [server.next().0, server.next().0, server.next().0]
        },
    );
    assert_eq!(connections, [[0; 3], [0; 3]]);
}

#[test]
fn dropped_stream_closes_its_connection() {
    with_both(
        &[&[(CHUNKS.split_once("0\r\n\r\n").expect("an end").0, Then::Flood)]],
        async |client, server| {
            let mut stream = client.request(Download).stream();
            stream.next().await.expect("a chunk").expect("bytes");
            drop(stream);
            // The tasks of the runtime close the connection.
            tokio::time::sleep(super::api::SHORT).await;
            server.wait_for_close();
        },
        |client, server| {
            let mut stream = client.request(Download).stream().blocking();
            stream.next().expect("a chunk").expect("bytes");
            drop(stream);
            server.wait_for_close();
        },
    );
}

#[test]
fn blocking_stream_of_bytes_is_a_reader() {
    with_both(
        &[&[(CHUNKS, Then::Keep)]],
        async |_, _| {},
        |client, _| {
            let mut reader = client.request(Download).stream().blocking();
            let mut start = [0; 2];
            reader.read_exact(&mut start).expect("two bytes");
            let mut rest = String::new();
            reader.read_to_string(&mut rest).expect("the rest");
            assert_eq!((&start, rest.as_str()), (b"he", "llo"));
        },
    );
}

#[test]
fn head_arrives_before_the_items() {
    let begun = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    with_both(
        &[&[(begun, Then::Stall)]],
        async |client, _| {
            let mut stream = client.request(Export).stream();
            assert_eq!(stream.status(), None);
            stream.open().await.expect("a head");
            assert_eq!(stream.status().expect("a status"), 200);
        },
        |client, _| {
            let mut stream = client.request(Export).stream().blocking();
            stream.open().expect("a head");
            assert_eq!(stream.get_ref().status().expect("a status"), 200);
        },
    );
}

/// A body that one driver has opened cannot be read by the other.
#[test]
fn stream_is_read_by_one_driver_only() {
    with_both(
        &[&[(CHUNKS, Then::Keep)]],
        async |client, _| {
            let mut stream = client.request(Download).stream();
            stream.open().await.expect("a head");
            let error = stream.blocking().next().expect("an error").expect_err("an async stream");
            assert_eq!(error.kind(), ErrorKind::AlreadyPolled);
        },
        |client, _| {
            let mut stream = client.request(Download).stream().blocking();
            stream.open().expect("a head");
            let mut stream = stream.into_inner();
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            let error = runtime.block_on(stream.next()).expect("an error").expect_err("a blocking stream");
            assert_eq!(error.kind(), ErrorKind::AlreadyPolled);
        },
    );
}
