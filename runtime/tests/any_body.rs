//! Operations without a response accept the body of any success.

use std::time::Duration;

use crate::common::{self, API, ERROR_SCHEMA};
use typefoundry_runtime::{
    Auth, BoxFuture, Bytes, Client, Endpoint, ErrorKind, Method, Operation, RequestWriter, RetryPolicy,
    Transport, TransportError, TransportErrorKind, http, json_object,
};

#[derive(Clone, Debug)]
struct Delete;

impl Endpoint for Delete {
    type Options = ();
    type Response = ();
    const OPERATION: Operation = DELETE;

    fn write(&self, _request: &mut RequestWriter) {}
}

const DELETE: Operation = {
    let mut operation = Operation::new("pets.delete", Method::DELETE, "/pets/1");
    operation.errors = &ERROR_SCHEMA;
    operation
};

/// An operation whose response is only the envelope.
#[derive(Clone, Debug)]
struct Revoke;

#[derive(Clone, Debug, PartialEq)]
struct Revoked {
    request_id: Option<String>,
    status_code: Option<i32>,
    tags: Vec<String>,
}
json_object!(Revoked or empty { request_id, status_code, tags });

impl Endpoint for Revoke {
    type Options = ();
    type Response = Revoked;
    const OPERATION: Operation = DELETE;

    fn write(&self, _request: &mut RequestWriter) {}
}

const NOTHING: Revoked = Revoked { request_id: None, status_code: None, tags: Vec::new() };

/// Bodies that are not the JSON of a response.
fn odd_bodies() -> Vec<Bytes> {
    let gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0];
    let deep = format!("{{\"a\":{}", "[".repeat(100_000));
    let texts =
        ["", " \r\n", "OK", "Accepted", "<html>Welcome</html>", "{", "{\"request_id\":", "[]", "null", "7"];
    let texts = texts.into_iter().map(Bytes::from);
    texts.chain([Bytes::from(gzip.to_vec()), Bytes::from(vec![0xff; 64]), Bytes::from(deep)]).collect()
}

fn response(
    status: u16,
    headers: &[(&'static str, &'static str)],
    body: impl Into<Bytes>,
) -> http::Response<Bytes> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.into()).expect("a response")
}

#[test]
fn any_body_of_any_success_is_accepted() {
    for status in [200, 201, 202, 203, 204, 205, 206, 299] {
        for body in odd_bodies() {
            let headers = [("content-type", "text/plain"), ("content-encoding", "gzip")];
            let response = response(status, &headers, body.clone());
            assert_eq!(Delete::from_response(&response).ok(), Some(()), "{status} {body:?}");
            assert_eq!(Revoke::from_response(&response).ok(), Some(NOTHING), "{status} {body:?}");
        }
    }
}

#[test]
fn envelope_is_decoded_when_present() {
    let body = r#"{"request_id":"r-1","status_code":202,"tags":["a"]}"#;
    let read = Revoke::from_response(&response(202, &[], body)).expect("an envelope");
    assert_eq!(
        read,
        Revoked { request_id: Some("r-1".into()), status_code: Some(202), tags: vec!["a".into()] }
    );
    let read = Revoke::from_response(&response(202, &[], r#"{"request_id":"r-1"}"#)).expect("half of one");
    assert_eq!(read.request_id.as_deref(), Some("r-1"));
}

#[test]
fn error_status_is_an_error() {
    for status in [199, 301, 304, 400, 404, 500] {
        let error = Delete::from_response(&response(status, &[], "OK")).expect_err("not a success");
        assert_eq!(error.kind(), ErrorKind::Api, "{status}");
    }
}

/// Ends every body early, with the given error.
struct Failing(TransportErrorKind, http::Response<Bytes>);

impl Transport for Failing {
    fn send(
        &self,
        _request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let error = TransportError::new(self.0, "the body ended").with_response(self.1.clone());
        Box::pin(std::future::ready(Err(error)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn client(transport: impl Transport + 'static) -> Client {
    let builder = Client::builder(&API, "https://api.example.com", Auth::none()).retry(RetryPolicy::never());
    builder.transport(transport).build().expect("a client")
}

#[tokio::test]
async fn oversized_or_undecodable_body_is_ignored() {
    for kind in [TransportErrorKind::BodyTooLarge, TransportErrorKind::Protocol] {
        let client = client(Failing(kind, response(202, &[("x-request-id", "r-7")], "")));
        client.request(Delete).send().await.expect("a success");
        assert_eq!(client.request(Revoke).send().await.expect("a success"), NOTHING);
        let raw = client.request(Delete).send_with_metadata().await.expect("a success");
        assert_eq!((raw.status().as_u16(), raw.request_id()), (202, Some("r-7")));
    }
}

#[tokio::test]
async fn oversized_or_undecodable_body_is_an_error_when_required() {
    use TransportErrorKind::{BodyTooLarge, Protocol};
    for (kind, status, is_read) in
        [(BodyTooLarge, 200, true), (BodyTooLarge, 500, false), (Protocol, 200, true), (Protocol, 500, false)]
    {
        let client = client(Failing(kind, response(status, &[], "")));
        let error = if is_read {
            client.request(common::UpdateParams::new("acme", common::PetId::new("1"))).send().await.map(drop)
        } else {
            client.request(Delete).send().await
        };
        assert_eq!(error.expect_err("an error").kind(), ErrorKind::Transport);
    }
}

/// A server that has already sent the head aborts the connection when the operation fails.
#[tokio::test]
async fn truncated_body_is_an_error_with_a_status() {
    for kind in [TransportErrorKind::Connection, TransportErrorKind::Timeout] {
        let client = client(Failing(kind, response(202, &[], "Acc")));
        let error = client.request(Delete).send().await.expect_err("a body that broke off");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(202));
        assert_eq!(error.body().map(Bytes::as_ref), Some(b"Acc".as_slice()));
    }
}
