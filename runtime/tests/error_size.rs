//! Error messages are short, whatever a server sends, a caller passes or another library reports.

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use crate::common::{API, Memory, PetId, UpdateParams, update};
use proptest::prelude::*;
use typefoundry_runtime::{
    Attempt, Auth, BaseUrl, BoxFuture, Bytes, Client, DecodeError, Endpoint, Error, ErrorKind, Interceptor,
    ListStyle, Method, Object, Operation, RequestWriter, RetryPolicy, SecretProvider, Transport,
    TransportError, TransportErrorKind, Value, http, json, json_object,
};

const MOST: usize = 1000;

fn check(what: &str, error: &(dyn std::error::Error + 'static)) {
    let mut chain = Vec::new();
    for error in std::iter::successors(Some(error), |error| (*error).source()) {
        for text in [error.to_string(), format!("{error:#}"), format!("{error:?}"), format!("{error:#?}")] {
            let length = text.chars().count();
            assert!(length <= MOST, "{what}: {length} characters: {text}");
        }
        chain.push(error.to_string());
    }
    let length = chain.join(": ").chars().count();
    assert!(length <= MOST, "{what}: {length} characters in the chain: {chain:?}");
}

/// An error of another library, with a chain of sources.
#[derive(Clone)]
struct Foreign {
    text: String,
    debug: String,
    source: Option<Box<Self>>,
}

impl Foreign {
    fn new(text: &str, debug: &str, depth: usize) -> Self {
        let source = (depth > 0).then(|| Box::new(Self::new(text, debug, depth - 1)));
        Self { text: text.into(), debug: debug.into(), source }
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.debug)
    }
}

impl std::error::Error for Foreign {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Strings of any length, whose characters `Debug` prints as one or as several characters.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z \"]",
        Just("\u{301}".into()),
        Just("\u{1f600}".into()),
        "\\PC",
        Just("\u{0}\n".into())
    ];
    (piece, 0..3000_usize).prop_map(|(piece, count): (String, usize)| piece.repeat(count))
}

fn api_error(text: &str, status: u16) -> Error {
    let mut body = Object::new();
    for key in ["message", "request_id"] {
        body.insert(key, text);
    }
    body.insert("error", serde_json::json!({ "type": text, "message": [text, text, text] }));
    let mut response = http::Response::new(Bytes::from(Value::from(body).to_string()));
    *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
    for name in ["x-request-id", "content-type", "content-encoding"] {
        if let Ok(value) = http::HeaderValue::from_str(text) {
            response.headers_mut().insert(name, value);
        }
    }
    UpdateParams::from_response(&response).expect_err("an error")
}

#[derive(Debug)]
struct Deep {
    _inner: std::collections::BTreeMap<String, Deep>,
}
json_object!(Deep { _inner = "inner" });

fn decode_error(key: &str, depth: usize) -> DecodeError {
    let key = Value::from(key).to_string();
    let (open, close) = (format!("{{\"inner\":{{{key}:").repeat(depth), "}}".repeat(depth));
    json::from_slice::<Deep>(format!("{open}7{close}").as_bytes()).expect_err("a number")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn server_message_is_truncated(text in texts()) {
        for status in [200, 299, 302, 400, 404, 503] {
            let error = api_error(&text, status);
            check("a response", &error);
            if let Some(api) = error.api_error() {
                check("the API error", api);
            }
        }
    }

    #[test]
    fn deep_path_is_abbreviated(key in texts(), depth in 0..70_usize) {
        check("a path", &decode_error(&key, depth));
        let body = format!(r#"{{"request_id":"r","pet":{}}}"#, r#"{"parent":"#.repeat(depth) + "7");
        let error = UpdateParams::from_response(&http::Response::new(body.into())).expect_err("a decode error");
        check("a body", &error);
    }

    #[test]
    fn foreign_error_is_truncated(text in texts(), debug in texts(), depth in 0..20_usize) {
        let foreign = || Foreign::new(&text, &debug, depth);
        check("a transport", &TransportError::new(TransportErrorKind::Connection, text.clone()).with_source(foreign()));
        let inner = TransportError::new(TransportErrorKind::Tls, text.clone()).with_source(foreign());
        check("two transports", &TransportError::new(TransportErrorKind::Connection, text.clone()).with_source(inner));
        let source = { let foreign = foreign(); SecretProvider::try_from_fn(move || Err::<String, _>(foreign.clone())) };
        check("a source of secrets", &source.resolve().expect_err("no secret"));
        let source = SecretProvider::named("api_key", source);
        check("a source of secrets", &source.resolve().expect_err("no secret"));
        for error in calls_that_fail(&text, foreign()) {
            check("a call", &error);
        }
    }

    #[test]
    fn caller_value_is_truncated(text in texts()) {
        for error in [
            text.parse::<BaseUrl>().err(),
            format!("https://{text}.example/{text}").parse::<BaseUrl>().err(),
            typefoundry_runtime::env_var(&format!("TYPEFOUNDRY_{}", text.replace(['\0', '='], ""))).err(),
            Client::builder(&API, "https://a.example", Auth::basic(text.clone(), text.clone())).user_agent(text.clone())
                .credential("client_id", text.clone()).build().err(),
            refused(|request| request.path("id", &text)),
            refused(|request| request.header("x-text", &text)),
            refused(|request| request.bearer(&text)),
            refused(|request| request.query_list("text", ListStyle::Comma, &vec![text.clone(), format!("{text},")])),
            refused(|request| request.query("text", &text.repeat(30))),
            refused(|request| {
                request.body(&text, &1);
                request.body_flattened(&Object::from_iter([(text.clone(), Value::from(1))]));
            }),
            refused(|request| {
                request.query(&text, &"1");
                request.query_flattened(&Object::from_iter([(text.clone(), Value::from(vec![1]))]));
            }),
        ].into_iter().flatten() {
            check("a refusal", &error);
        }
    }
}

fn refused(write: impl FnOnce(&mut RequestWriter)) -> Option<Error> {
    let context = "https://api.example.com".parse().expect("a valid URL");
    let mut writer = RequestWriter::new(&Operation::new("pets.call", Method::POST, "/p/{id}"), &context);
    write(&mut writer);
    writer.into_request().err()
}

/// Rejects every request with this reason.
struct Refuse(Foreign);

impl Interceptor for Refuse {
    fn before_attempt(
        &self,
        _attempt: &Attempt<'_>,
        _request: &mut http::Request<Bytes>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Err(self.0.clone().into())
    }
}

/// Fails every request with this reason.
struct Failing(String, Foreign);

impl Transport for Failing {
    fn send(
        &self,
        _request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let error =
            TransportError::new(TransportErrorKind::Connection, self.0.clone()).with_source(self.1.clone());
        let mut head = http::Response::new(Bytes::from(self.0.clone()));
        if let Ok(value) = http::HeaderValue::from_str(&self.0) {
            head.headers_mut().insert("x-request-id", value);
        }
        Box::pin(std::future::ready(Err(error.with_response(head))))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn calls_that_fail(text: &str, foreign: Foreign) -> [Error; 2] {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let builder = || {
        Client::builder(&API, "https://api.example.com", Auth::none())
            .retry(RetryPolicy::never())
            .transport(Failing(text.to_owned(), foreign.clone()))
    };
    let clients = [builder(), builder().interceptor(Refuse(foreign.clone()))];
    clients.map(|builder| {
        let client = builder.build().expect("a client");
        let params = UpdateParams::new("acme", PetId::new("pet-1"));
        runtime.block_on(client.request(params).send()).expect_err("a failure")
    })
}

/// Deep paths with long keys once produced a message of 12,894 characters.
#[test]
fn longest_path_is_abbreviated_in_the_middle() {
    let error = decode_error(&"k".repeat(100), 60);
    let path = error.path();
    assert!(path.starts_with("$.inner.kkk") && path.ends_with("kkk") && path.contains('…'), "{path}");
    assert!(error.to_string().contains("expected an object, found a number at line 1 column "), "{error}");
}

#[test]
fn unencodable_number_is_abbreviated() {
    let deep =
        (0..100).fold(Value::from(f64::NAN), |value, _| Object::from([("k".repeat(100), value)]).into());
    check("a number without a spelling", &json::to_vec(&deep).expect_err("not finite"));
}

#[test]
fn short_source_is_kept_unchanged() {
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let error = TransportError::new(TransportErrorKind::Connection, "it broke").with_source(broken);
    assert!(error.source().is_some_and(|source| source.is::<std::io::Error>()));
    let error = TransportError::new(TransportErrorKind::Connection, "it broke").with_source(Foreign::new(
        "x",
        &"y".repeat(5000),
        0,
    ));
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("x"));
}

#[tokio::test]
async fn request_id_follows_a_long_message() {
    let body = serde_json::json!({ "error": { "message": "m".repeat(5000), "type": "t".repeat(5000) }, "request_id": "r-1" });
    let error = update(&Memory::responding(404, body.to_string()).client()).send().await.expect_err("404");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.to_string().ends_with("(request r-1)"), "{error}");
}
