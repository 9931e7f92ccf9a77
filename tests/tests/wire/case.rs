//! A test case: a call of the real client, and everything that the server receives.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use stytch_b2b::runtime::{Call, HyperTransport, RetryPolicy};
use stytch_b2b::{Client, ClientBuilder, Error};
use typefoundry_tests::{CannedResponse, Extent, Received, Server, bounded, matches_route, sorted};

use crate::facts::Operation;

pub(crate) const PROJECT_ID: &str = "project-test-4c0ffee1";
pub(crate) const SECRET: &str = "secret-test-Zq7~hush/+=";
/// The base64 of the project ID and the secret, joined by a colon.
pub(crate) const AUTHORIZATION: &str = "Basic cHJvamVjdC10ZXN0LTRjMGZmZWUxOnNlY3JldC10ZXN0LVpxN35odXNoLys9";
pub(crate) const SESSION_TOKEN: &str = "mZAYn5aLEqKUlZ_Ad9U_fWr38GaAQ1oFAhT8ds245v7Q";
pub(crate) const SESSION_JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZW1iZXIifQ.c2lnbmF0dXJl";
pub(crate) const REQUEST_ID: &str = "request-id-test-b05c992f";

/// Returns a builder of a client for a local server. The client ignores proxy settings of the environment and does
/// not retry.
pub(crate) fn builder_of(base_url: &str) -> ClientBuilder {
    let transport = HyperTransport::builder().no_proxy().gzip(false).build().expect("a transport");
    Client::builder(PROJECT_ID, SECRET)
        .base_url(base_url)
        .transport(transport)
        .retry(RetryPolicy::never())
        .timeout(Duration::from_secs(15))
}

pub(crate) fn client_of(base_url: &str) -> Client {
    builder_of(base_url).build().expect("a client")
}

/// Makes a call to a server with this response. Returns the result and the received requests.
pub(crate) async fn call<R>(
    canned: CannedResponse,
    send: impl FnOnce(&Client) -> Call<R>,
) -> (Result<R, Error>, Vec<Received>) {
    let server = Server::start(canned).await;
    let client = client_of(&server.url());
    let response = bounded(send(&client)).await;
    (response, server.received())
}

/// The request that a call must send, and the response to it.
#[derive(Debug)]
#[must_use]
pub(crate) struct Case {
    operation: &'static Operation,
    extent: Extent,
    line: &'static str,
    body: Option<Value>,
    raw_body: Option<&'static str>,
    status: u16,
    response: Value,
}

impl Case {
    pub(crate) fn new(operation: &str, extent: Extent) -> Self {
        let operation = Operation::named(operation);
        Self { operation, extent, line: "", body: None, raw_body: None, status: 200, response: json!({}) }
    }

    /// Sets the expected request line without the version: the exact path and query.
    pub(crate) fn line(self, line: &'static str) -> Self {
        Self { line, ..self }
    }

    /// Sets the expected body as JSON. Without this, the request must have no body.
    pub(crate) fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    /// Sets the expected body, byte by byte.
    pub(crate) fn raw_body(self, body: &'static str) -> Self {
        let json = serde_json::from_str(body).expect("JSON");
        Self { raw_body: Some(body), ..self.body(json) }
    }

    /// Sets the body of the response.
    pub(crate) fn response(self, response: Value) -> Self {
        Self { response, ..self }
    }

    /// Sets the status of the response, if it is not 200.
    pub(crate) fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Makes the call, compares the request with the expected one, and returns the response.
    pub(crate) async fn call<R: Serialize>(self, send: impl FnOnce(&Client) -> Call<R>) -> R {
        let server = Server::start(CannedResponse::json(self.status, &self.response)).await;
        let client = client_of(&server.url());
        let response = bounded(send(&client)).await.expect(self.operation.name);
        self.check_sent(&server);
        self.check_nothing_lost(&response);
        response
    }

    /// Compares the request with the expected one. Without type parameters, so that this is compiled once and not per
    /// operation.
    fn check_sent(&self, server: &Server) {
        self.check_request(&server.only_request(), &server.host());
        self.check_params();
    }

    fn check_request(&self, received: &Received, host: &str) {
        assert_eq!(received.line(), self.line);
        let body = self.body.as_ref().map(|_| received.text());
        assert_eq!(received.headers, self.headers(host, body));
        assert_eq!(body.is_some(), !received.body.is_empty());
        let json = body.map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
        assert_eq!(json, self.body);
        if let Some(raw_body) = self.raw_body {
            assert_eq!(received.text(), raw_body);
        }
    }

    /// Returns all expected headers by name: a missing or an additional header fails the case.
    fn headers(&self, host: &str, body: Option<&str>) -> Vec<(String, String)> {
        let length = body.map(|body| body.len().to_string());
        let body_type = body.map(|_| "application/json");
        let has_session = self.extent == Extent::Everything && self.operation.has_session;
        let headers = [
            ("accept", Some("application/json")),
            ("authorization", Some(AUTHORIZATION)),
            ("content-length", length.as_deref()),
            ("content-type", body_type),
            ("host", Some(host)),
            ("user-agent", Some("stytch-b2b/0.1.0")),
            ("x-stytch-member-session", has_session.then_some(SESSION_TOKEN)),
            ("x-stytch-member-sessionjwt", has_session.then_some(SESSION_JWT)),
        ];
        let given = headers.into_iter().filter_map(|(name, value)| Some((name.into(), value?.into())));
        given.collect()
    }

    /// Compares the literals of the case with the vendor's documentation: the route, the presence of a body, and the
    /// location of every parameter.
    fn check_params(&self) {
        let (place, query) = self.line.split_once('?').unwrap_or((self.line, ""));
        assert!(matches_route(self.operation.route, place), "{place}");
        let in_query = query.split('&').filter(|pair| !pair.is_empty());
        let in_query = in_query.map(|pair| pair.split('=').next().unwrap_or(pair));
        let body = self.body.iter().filter_map(Value::as_object);
        let in_body = body.flat_map(|body| body.keys().map(String::as_str));
        let params = self.operation.params(self.extent);
        let none = Vec::<&str>::new();
        let (in_query, in_body) = (sorted(in_query), sorted(in_body));
        if self.operation.has_body() {
            assert_eq!((in_query, in_body), (none, params));
        } else {
            assert_eq!((in_query, in_body), (params, none));
        }
        assert_eq!(self.body.is_some(), self.operation.has_body());
    }

    /// A complete response must not change when it is decoded and encoded again.
    fn check_nothing_lost(&self, response: &impl Serialize) {
        if self.extent == Extent::Everything {
            let written = serde_json::to_value(response).expect("JSON");
            assert_eq!(written, self.response);
        }
    }
}
