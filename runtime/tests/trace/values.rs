//! The names and values of span fields, which follow the OpenTelemetry conventions for HTTP clients, with a few
//! additions.

use std::time::Duration;

use expect_test::expect;
use typefoundry_runtime::{
    Auth, Client, Endpoint, ErrorSchema, Method, Operation, RequestWriter, RetryPolicy, SecretProvider,
    TransportErrorKind,
};

use crate::capture::{Capture, Kept};
use crate::script::{Ask, Name, Script, Step, Way, both_ways, status};

fn at_once() -> RetryPolicy {
    RetryPolicy::default().initial_backoff(Duration::ZERO)
}

/// Makes a call with these responses, and returns the span of the call and the spans of its attempts.
async fn trace(way: Way, steps: impl IntoIterator<Item = Step>) -> (Kept, Vec<Kept>) {
    let script = Script::new(steps);
    trace_of(way, &script.builder().retry(at_once()).build().expect("a client")).await
}

async fn trace_of(way: Way, client: &Client) -> (Kept, Vec<Kept>) {
    let capture = Capture::default();
    let guard = capture.listen();
    drop(way.call(client.request(Ask::<'G'>::default()).send()).await);
    drop(guard);
    let [call] = capture.spans("api.call").try_into().expect("one call");
    let attempts = capture.spans("http.request");
    assert!(attempts.iter().all(|attempt| attempt.parent == Some(0)), "{attempts:?}");
    (call, attempts)
}

fn fields(span: &Kept) -> Vec<(&str, &str)> {
    span.fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

async fn successful_call_has_its_fields(way: Way) {
    let (call, attempts) = trace(way, [status(200)]).await;
    let expected =
        [("otel.name", "pets.ask"), ("api", "petstore"), ("operation", "pets.ask"), ("attempts", "1")];
    assert_eq!(fields(&call), expected);
    let expected = [
        ("otel.name", "GET /ask/{id}"),
        ("otel.kind", "client"),
        ("http.request.method", "GET"),
        ("url.template", "/ask/{id}"),
        ("server.address", "api.example.com"),
        ("server.port", "443"),
        ("http.response.status_code", "200"),
        ("request_id", "r-1"),
    ];
    let [attempt] = attempts.try_into().expect("one attempt");
    assert_eq!(fields(&attempt), expected);
}

async fn failed_attempt_has_its_error_type(way: Way) {
    let named = |code| Step::Respond(code, vec![("x-request-id", "r-7")]);
    let cases = [
        (named(404), Some("404"), "404"),
        (named(500), Some("500"), "500"),
        (Step::Truncated(503, vec![("x-request-id", "r-7")]), Some("503"), "connection"),
        (Step::Fault(TransportErrorKind::Connection), None, "connection"),
        (Step::Fault(TransportErrorKind::Connect), None, "connect"),
        (Step::Fault(TransportErrorKind::Tls), None, "tls"),
        (Step::Fault(TransportErrorKind::Config), None, "config"),
        (Step::Fault(TransportErrorKind::Proxy), None, "proxy"),
        (Step::Fault(TransportErrorKind::Protocol), None, "protocol"),
        (Step::Fault(TransportErrorKind::BodyTooLarge), None, "body_too_large"),
        (Step::Fault(TransportErrorKind::Timeout), None, "timeout"),
        (Step::Fault(TransportErrorKind::Other), None, "transport"),
        (Step::Silence, None, "timeout"),
    ];
    for (step, code, why) in cases {
        let (call, attempts) = trace(way, [step]).await;
        for attempt in &attempts {
            assert_eq!(attempt.field("http.response.status_code"), code);
            assert_eq!(attempt.field("request_id"), code.map(|_| "r-7"));
        }
        for span in [&call].into_iter().chain(&attempts) {
            assert_eq!(
                (span.field("error.type"), span.field("otel.status_code")),
                (Some(why), Some("ERROR"))
            );
        }
        assert_eq!(call.field("attempts"), Some(attempts.len().to_string().as_str()));
    }
}

/// A status that is not an error for an HTTP client can be an error for the call.
async fn redirect_fails_only_the_call(way: Way) {
    let (call, attempts) = trace(way, [status(302)]).await;
    assert_eq!((call.field("error.type"), call.field("otel.status_code")), (Some("302"), Some("ERROR")));
    assert_eq!(attempts[0].field("http.response.status_code"), Some("302"));
    assert_eq!((attempts[0].field("error.type"), attempts[0].field("otel.status_code")), (None, None));
}

async fn retries_are_counted_from_the_second_attempt(way: Way) {
    let (call, attempts) = trace(way, [status(503), status(409), status(200)]).await;
    let counts: Vec<_> = attempts.iter().map(|attempt| attempt.field("http.request.resend_count")).collect();
    assert_eq!(counts, [None, Some("1"), Some("2")]);
    let codes: Vec<_> = attempts.iter().map(|attempt| attempt.field("error.type")).collect();
    assert_eq!(codes, [Some("503"), Some("409"), None]);
    assert_eq!((call.field("attempts"), call.field("error.type")), (Some("3"), None));
    assert_eq!(call.field("otel.status_code"), None);
}

/// The host without the brackets of a URL.
async fn server_address_and_port_are_recorded(way: Way) {
    let cases = [
        ("https://api.example.com/v1", "api.example.com", "443"),
        ("http://api.example.com", "api.example.com", "80"),
        ("https://api.example.com:8443", "api.example.com", "8443"),
        ("http://127.0.0.1:8080", "127.0.0.1", "8080"),
        ("https://[2001:db8::7]", "2001:db8::7", "443"),
        ("http://[::1]:8080/v1", "::1", "8080"),
    ];
    for (base_url, address, port) in cases {
        let builder = Script::new([status(200)]).builder().base_url(base_url).allow_plain_http(true);
        let (_, attempts) = trace_of(way, &builder.build().expect("a client")).await;
        assert_eq!(attempts[0].field("server.address"), Some(address), "{base_url}");
        assert_eq!(attempts[0].field("server.port"), Some(port), "{base_url}");
    }
}

/// Receives an unexpected body, which contains the request ID.
struct Odd;

impl Endpoint for Odd {
    type Options = ();
    type Response = Vec<Name>;
    const OPERATION: Operation = {
        let mut operation = Operation::new("pets.odd", Method::GET, "/odd");
        operation.errors = &ErrorSchema { request_id: &["request_id"], ..ErrorSchema::NONE };
        operation
    };

    fn write(&self, _request: &mut RequestWriter) {}
}

/// The server succeeded; the call failed.
async fn undecodable_body_fails_only_the_call(way: Way) {
    let client = Script::new([status(200)]).client();
    for with_metadata in [false, true] {
        let capture = Capture::default();
        let guard = capture.listen();
        let request = client.request(Odd);
        if with_metadata {
            way.call_with_metadata(request.send_with_metadata()).await.expect_err("a decode error");
        } else {
            way.call(request.send()).await.expect_err("a decode error");
        }
        drop(guard);
        let [call, attempt] = capture.all_spans().try_into().expect("two spans");
        assert_eq!((call.field("error.type"), call.field("attempts")), (Some("decode"), Some("1")));
        assert_eq!(call.field("otel.status_code"), Some("ERROR"));
        assert_eq!((attempt.field("error.type"), attempt.field("request_id")), (None, Some("r-1")));
    }
}

async fn call_without_a_request_has_an_error_type(way: Way) {
    let script = Script::new([status(200)]);
    let sealed = SecretProvider::try_from_fn(|| Err::<String, _>("sealed"));
    let capture = Capture::default();
    let guard = capture.listen();
    let client = script.builder_with(Auth::bearer(sealed)).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("sealed");
    let refused = Ask::<'G'> { id: Some("..".into()) };
    way.call(script.client().request(refused).send()).await.expect_err("refused");
    drop(guard);
    let [sealed, refused] = capture.all_spans().try_into().expect("two calls and no attempt");
    assert_eq!((sealed.field("error.type"), sealed.field("attempts")), (Some("credentials"), Some("0")));
    assert_eq!(
        (refused.field("error.type"), refused.field("attempts")),
        (Some("invalid_request"), Some("0"))
    );
    assert_eq!((sealed.field("otel.status_code"), refused.is_closed), (Some("ERROR"), true));
}

both_ways!(
    successful_call_has_its_fields,
    failed_attempt_has_its_error_type,
    redirect_fails_only_the_call,
    retries_are_counted_from_the_second_attempt,
    server_address_and_port_are_recorded,
    undecodable_body_fails_only_the_call,
    call_without_a_request_has_an_error_type,
);

/// Without a transport, the trace contains the error too.
#[cfg(feature = "blocking")]
#[tokio::test(start_paused = true)]
async fn call_without_a_transport_has_an_error_type() {
    let capture = Capture::default();
    let guard = capture.listen();
    let builder = Client::builder(&crate::script::API, "https://a.example", Auth::none());
    let client = builder.transport(Script::new([status(200)])).build().expect("a client");
    client.request(Ask::<'G'>::default()).send().wait().expect_err("no transport");
    drop(guard);
    let [call] = capture.all_spans().try_into().expect("one call and no attempt");
    assert_eq!((call.field("error.type"), call.field("otel.status_code")), (Some("config"), Some("ERROR")));
}

/// The complete trace of a call.
#[tokio::test(start_paused = true)]
async fn complete_trace_of_a_call() {
    let capture = Capture::default();
    let guard = capture.listen();
    let steps = [status(503), Step::Respond(400, vec![("x-request-id", "r-7"), ("set-cookie", "hush")])];
    let client = Script::new(steps).builder().retry(at_once()).build().expect("a client");
    client.request(Ask::<'G'>::default()).send().await.expect_err("400");
    drop(guard);
    expect![[r#"
        INFO typefoundry_runtime api.call: otel.name="pets.ask" api="petstore" operation="pets.ask"
        INFO typefoundry_runtime http.request: otel.name="GET /ask/{id}" otel.kind="client" http.request.method="GET" url.template="/ask/{id}" server.address="api.example.com" server.port="443"
        INFO typefoundry_runtime http.request: http.response.status_code="503"
        INFO typefoundry_runtime http.request: error.type="503"
        INFO typefoundry_runtime http.request: otel.status_code="ERROR"
        DEBUG typefoundry_runtime event: message="the request will be sent again" attempt="1" delay="0ns"
        INFO typefoundry_runtime http.request: otel.name="GET /ask/{id}" otel.kind="client" http.request.method="GET" url.template="/ask/{id}" server.address="api.example.com" server.port="443"
        INFO typefoundry_runtime http.request: http.request.resend_count="1"
        INFO typefoundry_runtime http.request: http.response.status_code="400"
        INFO typefoundry_runtime http.request: request_id="r-7"
        INFO typefoundry_runtime http.request: error.type="400"
        INFO typefoundry_runtime http.request: otel.status_code="ERROR"
        INFO typefoundry_runtime api.call: attempts="2"
        INFO typefoundry_runtime api.call: error.type="400"
        INFO typefoundry_runtime api.call: otel.status_code="ERROR"
    "#]].assert_eq(&capture.recorded());
}
