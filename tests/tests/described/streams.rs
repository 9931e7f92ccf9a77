//! Responses of every media type, whole and as streams, byte by byte.

use std::io::Read as _;
use std::time::Duration;

use ::streams::reports::ReportId;
use ::streams::runtime::{ByteStream, Bytes, Event, EventStream, JsonLineStream, RetryPolicy};
use ::streams::{Client, ErrorKind};
use typefoundry_tests::{Action, FaultyServer, RawServer, bounded};

fn client(url: &str) -> Client {
    let builder = Client::builder("key_1").base_url(url).retry(RetryPolicy::never());
    builder.read_timeout(Duration::from_secs(5)).build().expect("a client")
}

fn report() -> ReportId {
    ReportId::new("r1")
}

/// Sends a request to a server with this response. Returns the result, and the request with a placeholder for the
/// address of the server.
async fn exchange<T>(response: &'static str, send: impl AsyncFnOnce(Client) -> T) -> (T, String) {
    let server = RawServer::responding(response).await;
    let url = server.url();
    let result = bounded(send(client(&url))).await;
    let host = url.strip_prefix("http://").expect("plain HTTP").to_owned();
    (result, server.request().await.replace(&host, "host"))
}

#[tokio::test]
async fn json_of_another_media_type_is_accepted_and_decoded() {
    let response = "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.streams+json\r\ncontent-length: 38\r\n\r\n\
                    {\"title\":\"Sales\",\"request_id\":\"req_1\"}";
    let (response, request) = exchange(response, async |client| client.reports().get(report()).await).await;
    let response = response.expect("a response");
    assert_eq!((response.title.as_str(), response.request_id.as_str()), ("Sales", "req_1"));
    assert_eq!(
        request,
        "GET /reports/r1 HTTP/1.1\r\naccept: application/vnd.streams+json\r\nauthorization: Bearer key_1\r\n\
         user-agent: streams/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

#[tokio::test]
async fn text_is_returned_as_it_is() {
    let response = "HTTP/1.1 200 OK\r\ncontent-type: text/csv; charset=utf-8\r\ncontent-length: 13\r\n\r\nname\r\n\"Zo\u{eb}\"\n";
    let (text, request) = exchange(response, async |client| client.reports().csv(report()).await).await;
    assert_eq!(text.expect("text"), "name\r\n\"Zo\u{eb}\"\n");
    assert_eq!(
        request,
        "GET /reports/r1/table HTTP/1.1\r\naccept: text/csv; header=present\r\nauthorization: Bearer key_1\r\n\
         user-agent: streams/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
    let xml = "HTTP/1.1 200 OK\r\ncontent-type: application/atom+xml\r\ncontent-length: 7\r\n\r\n<feed/>";
    let (text, request) = exchange(xml, async |client| client.reports().feed().await).await;
    assert_eq!(text.expect("text"), "<feed/>");
    assert!(request.contains("\r\naccept: application/atom+xml\r\n"), "{request}");
}

#[tokio::test]
async fn text_of_another_kind_is_an_error_that_names_it() {
    for (response, message) in [
        (
            "HTTP/1.1 200 OK\r\ncontent-type: text/csv; charset=iso-8859-1\r\ncontent-length: 1\r\n\r\na",
            "header content-type: expected the character set utf-8, found the character set iso-8859-1",
        ),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>",
            "header content-type: expected text/csv, found text/html",
        ),
    ] {
        let (text, _) = exchange(response, async |client| client.reports().csv(report()).await).await;
        let error = text.expect_err("another kind");
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(message), "{error}");
    }
}

const PDF: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\ntransfer-encoding: chunked\r\n\r\n4\r\n%PDF\r\n4\r\n-1.7\r\n0\r\n\r\n";

#[tokio::test]
async fn bytes_are_read_whole_or_as_a_stream() {
    let (bytes, request) = exchange(PDF, async |client| client.reports().download(report()).await).await;
    assert_eq!(bytes.expect("bytes"), Bytes::from("%PDF-1.7"));
    assert!(request.contains("\r\naccept: application/pdf\r\n"), "{request}");
    assert!(request.contains("\r\naccept-encoding: gzip\r\n"), "{request}");
    let (bytes, request) = exchange(PDF, async |client| {
        let mut chunks: ByteStream = client.reports().download(report()).stream();
        chunks.open().await.expect("a head");
        assert_eq!(chunks.headers().expect("headers")["content-type"], "application/pdf");
        chunks.try_collect().await
    })
    .await;
    assert_eq!(bytes.expect("bytes").concat(), b"%PDF-1.7");
    // A server that compresses a stream often delays its chunks.
    assert_eq!(
        request,
        "GET /reports/r1/file HTTP/1.1\r\naccept: application/pdf\r\nauthorization: Bearer key_1\r\n\
         user-agent: streams/0.1.0\r\nhost: host\r\n\r\n"
    );
}

const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n\
                      : hello\n\nevent: part\nid: 7\ndata: {\"text\": \"Ada\",\ndata: \"index\": 1}\n\n\
                      data: {\"text\":\"!\",\"index\":1}\r\n\r\ndata: [DONE]\n\ndata: {}\n\n";

#[tokio::test]
async fn events_are_decoded_while_they_arrive() {
    let (read, request) = exchange(ANSWER, async |client| {
        let mut events: EventStream<::streams::chats::Chunk> = client.chats().ask("Who?").stream();
        let mut read = Vec::new();
        while let Some(event) = events.next().await {
            let Event { name, data, .. } = event.expect("an event");
            read.push((name, data.text, events.last_event_id().map(str::to_owned)));
        }
        read
    })
    .await;
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(read, [(text("part"), "Ada".to_owned(), text("7")), (None, "!".to_owned(), text("7"))]);
    assert_eq!(
        request,
        "POST /chats HTTP/1.1\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n\
         authorization: Bearer key_1\r\nuser-agent: streams/0.1.0\r\nhost: host\r\ncontent-length: 33\r\n\r\n\
         {\"stream\":true,\"question\":\"Who?\"}"
    );
    let (events, _) = exchange(ANSWER, async |client| client.chats().ask("Who?").await).await;
    assert_eq!(events.expect("events").len(), 2);
}

#[tokio::test]
async fn data_of_events_can_be_text() {
    let log = "HTTP/1.1 200 OK\r\n\r\ndata: started\ndata: {\n\ndata\n\n";
    let (read, request) =
        exchange(log, async |client| client.chats().log().last_event_id("7").stream().try_collect().await)
            .await;
    let data: Vec<_> = read.expect("events").into_iter().map(|event| event.data).collect();
    assert_eq!(data, ["started\n{", ""]);
    assert!(request.contains("\r\nlast-event-id: 7\r\n"), "{request}");
}

#[tokio::test]
async fn lines_and_sequences_of_json_are_decoded() {
    let lines = "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\n\r\n{\"name\":\"a\",\"count\":1}\n\n{\"name\":\"b\",\"count\":2}";
    let (rows, request) = exchange(lines, async |client| {
        let rows: JsonLineStream<::streams::reports::Row> = client.reports().rows(report()).first(3).stream();
        rows.try_collect().await
    })
    .await;
    let rows: Vec<_> = rows.expect("rows").into_iter().map(|row| (row.name, row.count)).collect();
    assert_eq!(rows, [("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert!(
        request.starts_with("GET /reports/r1/rows?first=3 HTTP/1.1\r\naccept: application/jsonl\r\n"),
        "{request}"
    );
    let sequence = "HTTP/1.1 200 OK\r\n\r\n\u{1e}{\"row\":{\"name\":\"a\",\"count\":1},\n\"is_new\":true}\n";
    let (changes, request) =
        exchange(sequence, async |client| client.reports().changes(report()).await).await;
    let changes = changes.expect("changes");
    assert_eq!((changes.len(), changes[0].row.name.as_str(), changes[0].is_new), (1, "a", true));
    assert!(request.contains("\r\naccept: application/json-seq\r\n"), "{request}");
}

#[test]
fn blocking_streams_are_iterators_and_readers() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = runtime.block_on(RawServer::responding(ANSWER));
    let events = client(&server.url()).chats().ask("Who?").stream().blocking();
    let texts: Vec<_> = events.map(|event| event.expect("an event").data.text).collect();
    assert_eq!(texts, ["Ada", "!"]);
    let server = runtime.block_on(RawServer::responding(PDF));
    let mut text = String::new();
    let mut reader = client(&server.url()).reports().download(report()).stream().blocking();
    reader.read_to_string(&mut text).expect("the report");
    assert_eq!(text, "%PDF-1.7");
}

#[tokio::test]
async fn stream_that_breaks_off_reports_what_was_received() {
    let begun = "HTTP/1.1 200 OK\r\nx-request-id: req_1\r\ncontent-length: 99\r\n\r\n{\"name\":\"a\",\"count\":1}\n{\"na";
    let server =
        FaultyServer::start(vec![vec![Action::Read, Action::Write(Bytes::from(begun)), Action::Close]]).await;
    let mut rows = client(&server.url()).reports().rows(report()).stream();
    assert_eq!(bounded(rows.next()).await.expect("a row").expect("a row").name, "a");
    let error = bounded(rows.next()).await.expect("an error").expect_err("truncated");
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Transport, Some("req_1")));
    assert_eq!((error.received_len(), error.body().expect("a part")), (Some(27), &Bytes::from("{\"na")));
    assert!(bounded(rows.next()).await.is_none());
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn dropped_stream_closes_its_connection() {
    let head = Bytes::from("HTTP/1.1 200 OK\r\n\r\n");
    let event = Bytes::from("data: tick\n\n");
    let turn = vec![Action::Read, Action::Write(head), Action::Flood(event, usize::MAX)];
    let server = FaultyServer::start(vec![turn]).await;
    let mut events = client(&server.url()).chats().log().stream();
    for _ in 0..3 {
        assert_eq!(bounded(events.next()).await.expect("an event").expect("an event").data, "tick");
    }
    drop(events);
    server.wait_until_closed().await;
}
