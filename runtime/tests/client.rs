//! The client over an in-memory transport.

use std::time::Duration;

use crate::common::{API, Memory, PetId, PetStatus, UpdateParams, update, updated};
use typefoundry_runtime::{
    Auth, AuthRequirement, Client, Endpoint, ErrorKind, Method, Operation, RequestWriter, RetryPolicy,
    Secret, TransportError, TransportErrorKind, UrlEndpoint, http,
};

#[tokio::test]
async fn call_sends_params_options_and_credentials() {
    let memory = Memory::responding(200, updated());
    let client = memory.client();
    let call = update(&client).name("Rex").session("hush-222").send();
    drop(client);
    let response = call.await.expect("a response");
    assert_eq!(response.pet.pet_id, PetId::new("pet-1"));
    assert_eq!(response.pet.status, PetStatus::Available);

    let sent = memory.sent.lock().expect("a lock");
    let request = &sent[0];
    assert_eq!(request.method(), Method::PUT);
    assert_eq!(request.uri(), "https://api.example.com/base/v1/shops/acme/pets/pet-1");
    assert_eq!(request.body().as_ref(), br#"{"name":"Rex"}"#);
    let headers = request.headers();
    assert_eq!(headers["authorization"], "Basic dXNlcjpodXNoLTExMQ==");
    assert_eq!(headers["x-acme-session"], "hush-222");
    assert!(headers["authorization"].is_sensitive() && headers["x-acme-session"].is_sensitive());
    assert_eq!(headers["user-agent"], API.user_agent);
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["accept"], "application/json");
}

#[tokio::test]
async fn nothing_is_sent_before_the_call_is_awaited() {
    let memory = Memory::responding(200, updated());
    let client = memory.client();
    let call = update(&client).send();
    assert!(memory.sent.lock().expect("a lock").is_empty());
    call.await.expect("a response");
    assert_eq!(memory.sent.lock().expect("a lock").len(), 1);
}

#[test]
fn call_is_send() {
    fn is_send<T: Send + 'static>(_: T) {}
    is_send(update(&Memory::default().client()).send());
}

#[tokio::test]
async fn rejected_request_is_not_sent() {
    let memory = Memory::responding(200, updated());
    let client = memory.client();
    for bad in ["", ".", ".."] {
        let params = UpdateParams::new("acme", PetId::new(bad));
        let error = client.request(params).send().await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.operation(), Some("shops.pets.update"));
        assert!(error.to_string().contains("`pet_id`"), "{error}");
    }
    assert!(memory.sent.lock().expect("a lock").is_empty());
}

#[tokio::test(start_paused = true)]
async fn timeout_uses_the_clock_of_the_transport() {
    let client = Client::builder(&API, "https://api.example.com", Auth::basic("user", "hush"))
        .transport(Memory::default())
        .timeout(Duration::from_secs(5))
        .build()
        .expect("a client");
    let start = tokio::time::Instant::now();
    let error = update(&client).send().await.expect_err("a timeout");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.to_string(), "shops.pets.update: no response arrived within 5s");
    assert_eq!(start.elapsed(), Duration::from_secs(5));
}

#[tokio::test]
async fn transport_error_keeps_its_source() {
    let memory = Memory::default();
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let failure = TransportError::new(TransportErrorKind::Connection, "the connection broke");
    memory.responses.lock().expect("a lock").push(Err(failure.with_source(broken)));
    let client = memory.client();
    let error = update(&client).retry(RetryPolicy::never()).send().await.expect_err("a failure");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.to_string(), "shops.pets.update: the connection broke: connection reset");
    let source = std::error::Error::source(&error).expect("a source");
    let source = source.downcast_ref::<TransportError>().expect("the transport's");
    assert_eq!(source.kind(), TransportErrorKind::Connection);
    assert!(error.status().is_none() && error.body().is_none());
}

#[tokio::test]
async fn undecodable_body_is_kept() {
    let body = r#"{"request_id":"request-9","pet":{"pet_id":"a","status":"sold","tags":[{"name":7}]}}"#;
    let error = update(&Memory::responding(200, body).client()).send().await.expect_err("a decode error");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status(), Some(http::StatusCode::OK));
    assert_eq!(error.request_id(), Some("request-9"));
    assert_eq!(error.body().map(|body| body.as_ref()), Some(body.as_bytes()));
    let text = error.to_string();
    assert!(text.starts_with("shops.pets.update: failed to decode the response (200 OK): $.pet.tags[0].name: expected a string, found a number"), "{text}");
}

#[test]
fn invalid_configuration_fails_when_the_client_is_built() {
    let builder = || Client::builder(&API, "https://a.example", Auth::basic("user", "hush"));
    for builder in [
        builder().base_url("a.example"),
        builder().base_url("https://user:hush@a.example"),
        builder().user_agent("line\nbreak"),
    ] {
        let error = builder.transport(Memory::default()).build().expect_err("a bad setup");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
}

#[test]
fn plain_http_to_another_host_requires_the_opt_in() {
    let builder = |base_url: &str| {
        Client::builder(&API, base_url, Auth::basic("user", "hush")).transport(Memory::default())
    };
    for exposed in ["http://api.example.com", "HTTP://10.0.0.1:8080/v1", "http://[2001:db8::7]"] {
        let error = builder(exposed).build().expect_err("exposed");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("`allow_plain_http(true)`"), "{error}");
        builder(exposed).allow_plain_http(true).build().expect("an opt-in");
        builder(exposed).allow_plain_http(true).allow_plain_http(false).build().expect_err("taken back");
    }
    for safe in ["https://api.example.com", "http://127.0.0.1:8080", "http://[::1]", "http://app.localhost:1"]
    {
        builder(safe).build().expect(safe);
    }
}

/// An operation for each kind of authentication.
struct Whoami<const CLIENTS_OWN: bool> {
    token: Option<Secret>,
}

impl<const CLIENTS_OWN: bool> Endpoint for Whoami<CLIENTS_OWN> {
    type Options = ();
    type Response = ();
    const OPERATION: Operation = {
        let mut operation = Operation::new("whoami", Method::POST, "/whoami");
        operation.auth = if CLIENTS_OWN { AuthRequirement::Client } else { AuthRequirement::None };
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.bearer(&self.token);
        let client_id = request.credential("client_id");
        request.body("client_id", &client_id);
    }
}

#[tokio::test]
async fn operation_selects_its_credentials() {
    async fn sent<const CLIENTS_OWN: bool>(token: Option<&str>) -> Option<String> {
        let memory = Memory::responding(204, "");
        let client = Client::builder(&API, "https://a.example", Auth::basic("user", "hush-111"))
            .credential("client_id", "client-0")
            .credential("client_id", "client-1")
            .transport(memory.clone())
            .build()
            .expect("a client");
        let params = Whoami::<CLIENTS_OWN> { token: token.map(Secret::from) };
        client.request(params).send().await.expect("a response");
        let sent = memory.sent.lock().expect("a lock");
        assert_eq!(sent[0].body().as_ref(), br#"{"client_id":"client-1"}"#);
        let header = sent[0].headers().get("authorization");
        header.map(|value| value.to_str().expect("text").to_owned())
    }
    assert_eq!(sent::<true>(None).await.as_deref(), Some("Basic dXNlcjpodXNoLTExMQ=="));
    assert_eq!(sent::<true>(Some("t-1")).await.as_deref(), Some("Bearer t-1"));
    assert_eq!(sent::<false>(None).await, None);
    assert_eq!(sent::<false>(Some("t-1")).await.as_deref(), Some("Bearer t-1"));
}

#[tokio::test]
async fn missing_credential_is_named_before_a_request_is_sent() {
    let memory = Memory::responding(204, "");
    let error = memory.client().request(Whoami::<true> { token: None }).send().await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let why = "whoami: missing credential `client_id`: the operation requires it, but the client has none";
    assert_eq!(error.to_string(), why);
    assert!(memory.sent.lock().expect("a lock").is_empty());
}

#[derive(Clone, Debug)]
struct SignInUrl {
    state: Option<String>,
    tenant: String,
}

impl UrlEndpoint for SignInUrl {
    const OPERATION: Operation = Operation::new("sign_in_url", Method::GET, "/{tenant}/authorize");

    fn write(&self, request: &mut RequestWriter) {
        request.path("tenant", &self.tenant);
        let client_id = request.credential("client_id");
        request.query("client_id", &client_id);
        request.query("state", &self.state);
    }
}

#[test]
fn url_is_built_without_a_request() {
    let memory = Memory::default();
    let client = Client::builder(&API, "https://a.example/base/", Auth::none())
        .credential("client_id", "client&1")
        .transport(memory.clone())
        .build()
        .expect("a client");
    let params = SignInUrl { state: None, tenant: "a/b".into() };
    let mut request = client.url_request(params);
    request.params.state = Some("x y".into());
    let url = request.url().expect("a URL");
    assert_eq!(url, "https://a.example/base/a%2Fb/authorize?client_id=client%261&state=x+y");
    let refused =
        client.url_request(SignInUrl { state: None, tenant: "..".into() }).url().expect_err("refused");
    assert_eq!(refused.kind(), ErrorKind::InvalidRequest);
    assert_eq!(refused.to_string(), "sign_in_url: invalid path parameter `tenant`: must not be `.` or `..`");
    let lacking = memory.client();
    let error =
        lacking.url_request(SignInUrl { state: None, tenant: "a".into() }).url().expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("missing credential `client_id`: "), "{error}");
    assert!(memory.sent.lock().expect("a lock").is_empty());
}

#[test]
fn debug_names_credentials_without_their_values() {
    let builder =
        Client::builder(&API, "https://a.example", Auth::none()).credential("client_secret", "hush-333");
    let builder = builder.transport(Memory::default());
    let text = format!("{builder:?}");
    assert!(!text.contains("hush"), "{text}");
    let client = builder.build().expect("a client");
    let known = client
        .request_context()
        .credential("client_secret")
        .expect("it was added")
        .resolve()
        .expect("a secret");
    assert_eq!(known.expose(), "hush-333");
    let request = client.url_request(SignInUrl { state: None, tenant: "a".into() });
    let text = format!("{client:?} {:?} {request:?}", client.request_context());
    assert!(text.contains("client_secret") && !text.contains("hush"), "{text}");
}

#[cfg(not(feature = "hyper"))]
#[test]
fn missing_transport_is_an_error_that_names_the_feature() {
    let error = Client::builder(&API, "https://a.example", Auth::basic("user", "hush"))
        .build()
        .expect_err("no transport");
    assert_eq!(error.kind(), ErrorKind::Config);
    let text = "no transport is available: enable the `hyper` feature or call `transport`";
    assert_eq!(error.to_string(), text);
}

#[test]
fn debug_shows_no_credentials() {
    let memory = Memory::default();
    let client = memory.client();
    let request = update(&client).session("hush-222");
    let text = format!("{client:?} {request:?}");
    assert!(text.contains("https://api.example.com/base"));
    assert!(!text.contains("hush"), "{text}");
}

#[test]
fn missing_variable_is_named() {
    let error = typefoundry_runtime::env_var("TYPEFOUNDRY_NOT_SET").expect_err("not set");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(error.to_string(), "the environment variable `TYPEFOUNDRY_NOT_SET` is not set");
}

#[test]
fn operation_states_its_permissions() {
    let operation = UpdateParams::OPERATION;
    let [call, param] = operation.permissions else { panic!("two permissions") };
    assert_eq!((call.of_param(), call.action()), (None, "update"));
    assert_eq!(param.of_param(), Some("name"));
    assert_eq!(param.self_resource(), Some("acme.self"));
}
