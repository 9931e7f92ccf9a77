//! One case: a call made through the real client, and all that the server may see of it.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use typefoundry_tests::{CannedResponse, Extent, Memory, Received, Server, bounded, matches_route};
use workos_api::runtime::{HyperTransport, RetryPolicy, http};
use workos_api::{Call, Client, ClientBuilder, Error};

use crate::facts::{Credentials, Operation};

pub(crate) const API_KEY: &str = "sk_test_Zq7~hush/+=";
pub(crate) const CLIENT_ID: &str = "client_4c0ffee";
/// What a person proves with who they are, where that is what an operation asks for.
pub(crate) const ACCESS_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJwcm9mIn0.c2lnbmF0dXJl";
/// What every case that sets everything tells its request from others with, where that may be told.
pub(crate) const IDEMPOTENCY_KEY: &str = "key-9ab4";
/// Where the URLs lead that are built and not called.
pub(crate) const BASE_URL: &str = "https://h.example";

/// Sets up a client of a server of this machine, whatever proxy the environment names. It makes every call once.
pub(crate) fn builder_of(base_url: &str) -> ClientBuilder {
    let transport = HyperTransport::builder().no_proxy().gzip(false).build().expect("a transport");
    Client::builder(API_KEY, CLIENT_ID)
        .base_url(base_url)
        .transport(transport)
        .retry(RetryPolicy::none())
        .timeout(Duration::from_secs(15))
}

pub(crate) fn client_of(base_url: &str) -> Client {
    builder_of(base_url).build().expect("a client")
}

/// Makes a call that a server gives this answer to, and says what it received.
pub(crate) async fn call<R>(
    canned: CannedResponse,
    send: impl FnOnce(&Client) -> Call<R>,
) -> (Result<R, Error>, Vec<Received>) {
    let server = Server::start(canned).await;
    let client = client_of(&server.url());
    let response = bounded(send(&client)).await;
    (response, server.received())
}

/// What one call must put on the wire, and what it is answered.
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

    /// The request line without the version: all of the path and the query, byte by byte.
    pub(crate) fn line(self, line: &'static str) -> Self {
        Self { line, ..self }
    }

    /// The body as JSON. Without this there must be no body.
    pub(crate) fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    /// The body, byte by byte.
    pub(crate) fn raw_body(self, body: &'static str) -> Self {
        let json = serde_json::from_str(body).expect("JSON");
        Self { raw_body: Some(body), ..self.body(json) }
    }

    /// What the server answers. Without this it answers with a status and nothing else.
    pub(crate) fn response(self, response: Value) -> Self {
        Self { response: Some(response), ..self }
    }

    /// With what success the server answers, when it is not the one that the vendor names first.
    pub(crate) fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// Makes the call, compares what the server got, and gives what the caller got.
    pub(crate) async fn call<R: Serialize>(self, send: impl FnOnce(&Client) -> Call<R>) -> R {
        let server = Server::start(self.canned_response()).await;
        let client = client_of(&server.url());
        let response = bounded(send(&client)).await.expect(self.operation.name);
        assert!(!self.operation.is_url);
        self.check_request(&server.only_request(), &server.host());
        self.check_params();
        self.check_nothing_lost(&response);
        response
    }

    /// Builds the URL, compares it, and makes sure that nothing was sent.
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

    /// All headers there are, by name: one too many fails as one too few does.
    fn headers(&self, host: &str, body: Option<&str>) -> Vec<(String, String)> {
        // HTTP tells of a body that is none where the method makes one look for it (RFC 9110, 8.6).
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

    /// Holds the literals of the case against the vendor's documents: the right place,
    /// a body or none, and every param that there is, in its place.
    fn check_params(&self) {
        let (place, query) = self.line.split_once('?').unwrap_or((self.line, ""));
        assert!(matches_route(self.operation.route, place), "{place}");
        self.operation.query.check(self.extent, &pairs_of_query(query));
        assert_eq!(self.body.is_some(), self.operation.body.is_some());
        if let (Some(params), Some(body)) = (&self.operation.body, &self.body) {
            params.check(self.extent, &pairs_of_body(body));
        }
    }

    /// A full answer must come back whole when it is written again: nothing is dropped,
    /// renamed, or changed.
    fn check_nothing_lost(&self, response: &impl Serialize) {
        if self.extent == Extent::Everything {
            let written = serde_json::to_value(response).expect("JSON");
            assert_eq!(written, self.response.clone().unwrap_or_default());
        }
    }
}

/// The params of a query by name. Those of a map, such as `a[b]`, are one: `a`.
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
