//! A test case: a call of the real client, and everything that the server receives.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use typefoundry_tests::{CannedResponse, Extent, Memory, Received, Server, bounded, matches_route};
use workos_api::runtime::{Call, HyperTransport, RetryPolicy, http};
use workos_api::{Client, ClientBuilder, Error};

use crate::facts::{Credentials, Operation};

pub(crate) const API_KEY: &str = "sk_test_Zq7~hush/+=";
pub(crate) const CLIENT_ID: &str = "client_4c0ffee";
/// The access token of a user, for operations that require one.
pub(crate) const ACCESS_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJwcm9mIn0.c2lnbmF0dXJl";
/// The idempotency key of every full case whose operation accepts one.
pub(crate) const IDEMPOTENCY_KEY: &str = "key-9ab4";
/// The base URL of URLs that are built and not called.
pub(crate) const BASE_URL: &str = "https://h.example";

/// Returns a builder of a client for a local server. The client ignores proxy settings of the environment and does
/// not retry.
pub(crate) fn builder_of(base_url: &str) -> ClientBuilder {
    let transport = HyperTransport::builder().no_proxy().gzip(false).build().expect("a transport");
    Client::builder(API_KEY, CLIENT_ID)
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
    response: Option<Value>,
}

impl Case {
    pub(crate) fn new(operation: &str, extent: Extent) -> Self {
        let operation = Operation::named(operation);
        let status = operation.status;
        Self { operation, extent, line: "", body: None, raw_body: None, status, response: None }
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

    /// Sets the body of the response. Without this, the response has a status only.
    pub(crate) fn response(self, response: Value) -> Self {
        Self { response: Some(response), ..self }
    }

    /// Sets the status of the response, if it is not the first one that the vendor documents.
    pub(crate) fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Makes the call, compares the request with the expected one, and returns the response.
    pub(crate) async fn call<R: Serialize>(self, send: impl FnOnce(&Client) -> Call<R>) -> R {
        let server = Server::start(self.canned_response()).await;
        let client = client_of(&server.url());
        let response = bounded(send(&client)).await.expect(self.operation.name);
        self.check_sent(&server);
        self.check_nothing_lost(&response);
        response
    }

    /// Compares the request with the expected one. Without type parameters, so that this is compiled once and not per
    /// operation.
    fn check_sent(&self, server: &Server) {
        assert!(!self.operation.is_url);
        self.check_request(&server.only_request(), &server.host());
        self.check_params();
    }

    /// Builds the URL, compares it with the expected one, and checks that no request was sent.
    pub(crate) fn url(self, build: impl FnOnce(&Client) -> Result<http::Uri, Error>) {
        let memory = Memory::responding("{}");
        let builder = Client::builder(API_KEY, CLIENT_ID).base_url(BASE_URL);
        let client = builder.transport(memory.clone()).build().expect("a client");
        let url = build(&client).expect(self.operation.name);
        assert!(self.operation.is_url);
        let (method, target) = self.line.split_once(' ').expect("a method and a target");
        assert_eq!((method, url.to_string()), ("GET", format!("{BASE_URL}{target}")));
        self.check_params();
        assert!(memory.sent().is_empty());
    }

    fn canned_response(&self) -> CannedResponse {
        match &self.response {
            Some(body) => CannedResponse::json(self.status, body),
            None => CannedResponse::empty(self.status),
        }
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
        // HTTP announces an empty body for methods that normally have one (RFC 9110, section 8.6).
        let may_have_body = !self.line.starts_with("GET ") && !self.line.starts_with("DELETE ");
        let length = body.map(str::len).or(may_have_body.then_some(0)).map(|length| length.to_string());
        let authorization = match self.operation.credentials {
            Credentials::ApiKey => Some(format!("Bearer {API_KEY}")),
            Credentials::Token => Some(format!("Bearer {ACCESS_TOKEN}")),
            Credentials::None => None,
        };
        let has_key = self.extent == Extent::Everything && self.operation.is_idempotent;
        let headers = [
            ("accept", Some("application/json")),
            ("authorization", authorization.as_deref()),
            ("content-length", length.as_deref()),
            ("content-type", body.map(|_| "application/json")),
            ("host", Some(host)),
            ("idempotency-key", has_key.then_some(IDEMPOTENCY_KEY)),
            ("user-agent", Some("workos-api/0.1.0")),
        ];
        let given = headers.into_iter().filter_map(|(name, value)| Some((name.into(), value?.into())));
        given.collect()
    }

    /// Compares the literals of the case with the vendor's documentation: the route, the presence of a body, and the
    /// location of every parameter.
    fn check_params(&self) {
        let (place, query) = self.line.split_once('?').unwrap_or((self.line, ""));
        assert!(matches_route(self.operation.route, place), "{place}");
        self.operation.query.check(self.extent, &pairs_of_query(query));
        assert_eq!(self.body.is_some(), self.operation.body.is_some());
        if let (Some(params), Some(body)) = (&self.operation.body, &self.body) {
            params.check(self.extent, &pairs_of_body(body));
        }
    }

    /// A complete response must not change when it is decoded and encoded again.
    fn check_nothing_lost(&self, response: &impl Serialize) {
        if self.extent == Extent::Everything {
            let written = serde_json::to_value(response).expect("JSON");
            assert_eq!(written, self.response.clone().unwrap_or_default());
        }
    }
}

/// Returns the query parameters by name. The entries of a map, such as `a[b]`, count as one parameter: `a`.
fn pairs_of_query(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let named = pairs.map(|pair| pair.split_once('=').expect("a value"));
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (name, value) in named {
        let name = name.split("%5B").next().unwrap_or(name);
        if pairs.last().is_none_or(|(last, _)| last != name) {
            pairs.push((name.to_owned(), value.to_owned()));
        }
    }
    pairs
}

fn pairs_of_body(body: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let object = body.as_object().expect("an object");
    object.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}
