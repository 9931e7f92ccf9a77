//! Responses whose status and headers count, and operations that list their success statuses.

use std::time::Duration;

use crate::common::{API, ERROR_SCHEMA};
use typefoundry_runtime::{
    Auth, BoxFuture, Bytes, Client, DecodeError, Endpoint, ErrorKind, FromResponse, Method, Operation,
    RequestWriter, Transport, TransportError, http,
};

/// A redirect, or the name of a pet.
#[derive(Debug, PartialEq)]
enum Lookup {
    Named(String),
    Found(String),
}

impl FromResponse for Lookup {
    fn from_response(response: &http::Response<Bytes>) -> Result<Self, DecodeError> {
        match response.status().as_u16() {
            200 => String::from_response(response).map(Self::Named),
            302 => {
                let location = response.headers().get("location").and_then(|value| value.to_str().ok());
                let missing = || DecodeError::in_header("location", "text", "nothing");
                location.map(|location| Self::Found(location.to_owned())).ok_or_else(missing)
            }
            _ => Err(DecodeError::unexpected_status(response.status(), &[200, 302])),
        }
    }
}

#[derive(Clone, Debug)]
struct GetPet;

impl Endpoint for GetPet {
    type Options = ();
    type Response = Lookup;
    const OPERATION: Operation = {
        let mut operation = Operation::new("pets.find", Method::POST, "/pets/find");
        operation.errors = &ERROR_SCHEMA;
        operation
    };
    const SUCCESS_STATUSES: &'static [u16] = &[200, 302];

    fn write(&self, _request: &mut RequestWriter) {}
}

fn response(status: u16, location: Option<&str>, body: &'static str) -> http::Response<Bytes> {
    let response = http::Response::builder().status(status);
    let response = location.into_iter().fold(response, |response, value| response.header("location", value));
    response.body(Bytes::from(body)).expect("a response")
}

#[test]
fn listed_status_is_a_success() {
    let named = GetPet::from_response(&response(200, None, "\"Rex\""));
    assert_eq!(named.ok(), Some(Lookup::Named("Rex".into())));
    let found = GetPet::from_response(&response(302, Some("/pets/7"), "<a>moved</a>"));
    assert_eq!(found.ok(), Some(Lookup::Found("/pets/7".into())));
}

#[test]
fn unlisted_success_status_is_a_decode_error() {
    let error = GetPet::from_response(&response(204, None, "")).expect_err("an unlisted status");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status(), Some(http::StatusCode::NO_CONTENT));
    assert_eq!(
        error.to_string(),
        "pets.find: failed to decode the response (204 No Content): status: expected 200 or 302, found 204"
    );
    assert!(!error.is_retryable());
}

#[test]
fn other_unlisted_status_is_an_error_response() {
    for status in [301, 304, 307, 404, 500] {
        let error = GetPet::from_response(&response(status, Some("/pets/7"), "")).expect_err("an error");
        assert_eq!(error.kind(), ErrorKind::Api, "{status}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

#[test]
fn invalid_header_is_an_error_that_names_the_header() {
    let error = GetPet::from_response(&response(302, None, "{}")).expect_err("no location");
    assert_eq!(
        error.to_string(),
        "pets.find: failed to decode the response (302 Found): header location: expected text, found nothing"
    );
    let source = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<DecodeError>());
    let source = source.expect("a decode error");
    assert_eq!((source.path().as_str(), source.line(), source.column()), ("header location", 0, 0));
}

/// A transport that sends the same response to every request.
struct Canned(u16);

impl Transport for Canned {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let response = response(self.0, Some("https://elsewhere.test/"), "");
        Box::pin(async { Ok(response) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

async fn call(status: u16) -> Result<Lookup, typefoundry_runtime::Error> {
    let client = Client::builder(&API, "https://api.example.com", Auth::none()).transport(Canned(status));
    client.build().expect("a client").request(GetPet).await
}

#[tokio::test]
async fn call_returns_a_listed_redirect() {
    assert_eq!(call(302).await.ok(), Some(Lookup::Found("https://elsewhere.test/".into())));
}

/// An unlisted 2xx status means that the server performed the operation; an unlisted redirect means the opposite.
#[tokio::test]
async fn status_determines_whether_the_operation_may_have_been_performed() {
    for (status, maybe_done) in [(202, true), (200, true), (303, false), (404, false), (501, true)] {
        let error = call(status).await.expect_err("an error");
        assert_eq!(error.maybe_already_done(), maybe_done, "{status}");
    }
}
