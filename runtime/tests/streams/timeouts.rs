//! The timeout of a call with a stream, and that of its chunks.

use std::time::{Duration, Instant};

use typefoundry_runtime::{ErrorKind, ResponseStream, StreamDecoder};

use super::api::{Download, SHORT, last_error, read};
use crate::transports::server::Then;

const BEGUN: &str = "HTTP/1.1 200 OK\r\n\r\nhello";

/// Returns the kind of the last error, its message, and the received bytes.
fn failure<D: StreamDecoder>(
    canned: (&'static str, Then),
    stream: impl Fn(&typefoundry_runtime::Client) -> ResponseStream<D>,
) -> Vec<(ErrorKind, String, u64)>
where
    D::Item: std::fmt::Debug,
{
    let results = read(&[&[canned]], stream).into_iter();
    results
        .map(|(items, stream)| {
            let (_, error) = last_error(items);
            assert!(error.is_retryable(), "{error}");
            (error.kind(), error.to_string(), stream.received_len())
        })
        .collect()
}

#[test]
fn stalled_stream_ends_at_the_read_timeout() {
    let start = Instant::now();
    let failures =
        failure((BEGUN, Then::Stall), |client| client.request(Download).stream().read_timeout(SHORT));
    for (kind, message, received) in failures {
        assert_eq!((kind, received), (ErrorKind::Timeout, 5));
        assert!(message.contains("no data arrived within 150ms (200 OK) after 5 bytes"), "{message}");
    }
    assert!(start.elapsed() >= SHORT * 2 && start.elapsed() < Duration::from_secs(8));
}

/// The server sends a byte every ten milliseconds, for ten seconds.
#[test]
fn timeout_of_the_call_ends_with_the_head() {
    let limited =
        |client: &typefoundry_runtime::Client| client.request(Download).timeout(SHORT).stream().max_len(60);
    for (kind, message, received) in too_long((BEGUN, Then::Drip), limited) {
        assert_eq!((kind, received), (ErrorKind::Transport, 61));
        assert!(message.contains("longer than 60 bytes"), "{message}");
    }
}

fn too_long<D: StreamDecoder>(
    canned: (&'static str, Then),
    stream: impl Fn(&typefoundry_runtime::Client) -> ResponseStream<D>,
) -> Vec<(ErrorKind, String, u64)>
where
    D::Item: std::fmt::Debug,
{
    let results = read(&[&[canned]], stream).into_iter();
    let results = results.map(|(items, stream)| (last_error(items).1, stream.received_len()));
    results.map(|(error, received)| (error.kind(), error.to_string(), received)).collect()
}

#[test]
fn missing_head_ends_at_the_timeout_of_the_call() {
    for canned in [("", Then::Stall), ("HTTP/1.1 500 Oops\r\ncontent-length: 9\r\n\r\nx", Then::Drip)] {
        let failures = failure(canned, |client| {
            client.request(Download).timeout(SHORT).retry(typefoundry_runtime::RetryPolicy::never()).stream()
        });
        for (kind, message, received) in failures {
            if canned.0.is_empty() {
                assert_eq!((kind, received), (ErrorKind::Timeout, 0));
                assert!(message.contains("no response arrived within 150ms"), "{message}");
            }
        }
    }
}
