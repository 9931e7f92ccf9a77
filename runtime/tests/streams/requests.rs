//! Requests whose bodies are streams.

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use typefoundry_runtime::{Endpoint, Error, ErrorKind, RequestBody, TransportErrorKind};

use super::api::{Upload, builder, with_both};
use crate::transports::server::{CannedResponse, Then};

const DONE: CannedResponse = ("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n\"done\"", Then::Keep);
const UNAVAILABLE: CannedResponse = ("HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n", Then::Keep);

fn upload(
    scripts: &[&[CannedResponse]],
    body: impl Fn() -> RequestBody,
) -> [(Result<String, Error>, Vec<String>); 2] {
    let requests = |server: &crate::transports::server::Server, count: usize| {
        (0..count).map(|_| server.request()).collect::<Vec<_>>()
    };
    let attempts = |result: &Result<String, Error>| {
        result
            .as_ref()
            .map_or_else(Error::attempts, |_| scripts.iter().map(|script| script.len() as u32).sum())
    };
    with_both(
        scripts,
        async |client, server| {
            let result = client.request(Upload(body())).await;
            let count = attempts(&result) as usize;
            (result, requests(server, count))
        },
        |client, server| {
            let result = client.request(Upload(body())).send().wait();
            let count = attempts(&result) as usize;
            (result, requests(server, count))
        },
    )
}

#[test]
fn reader_is_sent_with_its_length_and_content_type() {
    for (result, requests) in upload(&[&[DONE]], || RequestBody::reader(Cursor::new("image")).with_length(5))
    {
        assert_eq!(result.expect("a response"), "done");
        let request = requests[0].to_ascii_lowercase();
        assert!(request.starts_with("put /upload http/1.1\r\n"), "{request}");
        assert!(request.ends_with("\r\n\r\nimage"), "{request}");
        for header in ["content-type: image/png", "content-length: 5", "accept: application/json"] {
            assert!(request.contains(&format!("\r\n{header}\r\n")), "{request}");
        }
    }
}

#[test]
fn source_that_opens_again_is_retried() {
    let opened = Arc::<AtomicUsize>::default();
    let body = || {
        let opened = Arc::clone(&opened);
        RequestBody::reader_from(move || {
            opened.fetch_add(1, Ordering::SeqCst);
            Ok(Cursor::new("image"))
        })
    };
    for (result, requests) in upload(&[&[UNAVAILABLE, DONE]], body) {
        assert_eq!(result.expect("a response"), "done");
        assert!(
            requests.iter().all(|request| request.ends_with("\r\n\r\n5\r\nimage\r\n0\r\n\r\n")),
            "{requests:?}"
        );
    }
    assert_eq!(opened.load(Ordering::SeqCst), 4);
}

#[test]
fn source_that_was_read_is_not_retried() {
    for (result, _) in upload(&[&[UNAVAILABLE, DONE]], || RequestBody::reader(Cursor::new("image"))) {
        let error = result.expect_err("unavailable");
        assert_eq!((error.status().expect("a status").as_u16(), error.attempts()), (503, 1));
        assert!(error.is_retryable());
    }
}

/// The source is not read before a connection is open.
#[test]
fn source_that_was_not_read_is_retried() {
    let port = crate::transports::server::closed_port();
    let client = builder(&format!("http://127.0.0.1:{port}")).build().expect("a client");
    let body = RequestBody::reader(Cursor::new("image"));
    let error = client.request(Upload(body.clone())).send().wait().expect_err("refused");
    assert_eq!(error.transport_error().expect("an error").kind(), TransportErrorKind::Connect);
    assert!(error.attempts() > 1 && body.is_available());
}

#[test]
fn failed_source_is_not_retried() {
    let body =
        || RequestBody::reader_from(|| Err::<Cursor<&str>, _>(std::io::Error::other("the disk is gone")));
    let results = with_both(
        &[&[DONE], &[DONE]],
        async |client, _| client.request(Upload(body())).await,
        |client, _| client.request(Upload(body())).send().wait(),
    );
    for result in results {
        let error = result.expect_err("no disk");
        let kind = error.transport_error().expect("an error").kind();
        assert_eq!((error.kind(), kind), (ErrorKind::Transport, TransportErrorKind::RequestBody));
        assert_eq!((error.attempts(), error.is_retryable()), (1, false));
        assert!(error.to_string().contains("the disk is gone"), "{error}");
    }
}

/// Bytes need no stream, so a request exists without a client.
#[test]
fn only_bytes_become_a_request_without_a_client() {
    let context = "https://api.example.com".parse().expect("a URL");
    let request = Upload(RequestBody::from("image")).to_request(&context, &()).expect("a request");
    assert_eq!(
        (request.body().as_ref(), &request.headers()["content-type"]),
        (&b"image"[..], &"image/png".parse().expect("text"))
    );
    let error =
        Upload(RequestBody::reader(Cursor::new("image"))).to_request(&context, &()).expect_err("a stream");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
}
