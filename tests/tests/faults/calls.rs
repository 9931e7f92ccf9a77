//! The calls that each row makes, over any stack.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use stytch_b2b::organizations::OrganizationId as Tenant;
use tokio::task::spawn_blocking;
use typefoundry_tests::bounded;
use workos_api::common::OrganizationId;
use workos_api::organizations::Organization;
use workos_api::runtime::{
    ApiResponse, Bytes, CallWithMetadata, Endpoint, Method, Operation, RequestWriter, RetryPolicy, http,
};
use workos_api::{Client, Error};

use crate::transports::SharedTransport;

/// Part of every secret, and of nothing else.
pub(crate) const HUSH: &str = "hush";

const API_KEY: &str = "sk_test_hush";
const SESSION: &str = "session.hush.jwt";
/// The base64 of `project-test-7:sk_test_hush`, as sent in basic authentication.
const BASIC: &str = "cHJvamVjdC10ZXN0LTc6c2tfdGVzdF9odXNo";

/// The configuration of a client.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(crate) retry: RetryPolicy,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
}

impl Setup {
    /// A generous timeout and no retries.
    pub(crate) fn without_retries() -> Self {
        Self { retry: RetryPolicy::never(), timeout: Duration::from_secs(15), attempt_timeout: None }
    }

    /// The default retry policy with a shorter backoff.
    pub(crate) fn with_retries() -> Self {
        Self {
            retry: RetryPolicy::default().initial_backoff(Duration::from_millis(5)),
            ..Self::without_retries()
        }
    }
}

/// A call to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallKind {
    /// Idempotent by its method.
    Get,
    /// Not idempotent.
    Post,
    /// Idempotent by its idempotency key.
    PostWithKey,
    /// Sends a password, and the API key in the body.
    SignIn,
    /// Sends a session token in a header, with basic authentication.
    AsMember,
}

impl CallKind {
    /// The calls that the tables are about. All of them return an organization.
    pub(crate) const ALL: [Self; 3] = [Self::Get, Self::Post, Self::PostWithKey];
    /// The calls that carry more secrets. Their responses are not checked.
    pub(crate) const WITH_SECRETS: [Self; 2] = [Self::SignIn, Self::AsMember];

    /// Whether the client can send the request more than once.
    pub(crate) fn is_idempotent(self) -> bool {
        matches!(self, Self::Get | Self::PostWithKey)
    }
}

/// Makes calls over one stack.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    client: Client,
    other_client: stytch_b2b::Client,
    /// Whether calls block the thread.
    blocks: bool,
}

impl Caller {
    pub(crate) fn new(url: &str, setup: &Setup, transport: SharedTransport) -> Self {
        let Setup { retry, timeout, attempt_timeout } = setup.clone();
        let mut client = Client::builder(API_KEY, "client_7").base_url(url);
        let mut other = stytch_b2b::Client::builder("project-test-7", API_KEY).base_url(url);
        if let Some(attempt_timeout) = attempt_timeout {
            client = client.attempt_timeout(attempt_timeout);
            other = other.attempt_timeout(attempt_timeout);
        }
        let blocks = matches!(transport, SharedTransport::Blocking(_));
        (client, other) = match transport {
            SharedTransport::Async(transport) => {
                (client.transport(transport.clone()), other.transport(transport))
            }
            SharedTransport::Blocking(transport) => {
                (client.blocking_transport(transport.clone()), other.blocking_transport(transport))
            }
        };
        let caller = Self {
            client: client.retry(retry.clone()).timeout(timeout).build().expect("a client"),
            other_client: other.retry(retry).timeout(timeout).build().expect("a client"),
            blocks,
        };
        assert_no_secret("the client", &format!("{caller:?} {caller:#?}"));
        caller
    }

    async fn send<R: Send + 'static>(&self, call: CallWithMetadata<R>) -> Result<ReceivedResponse, Error> {
        let sent = if self.blocks {
            bounded(spawn_blocking(|| call.wait())).await.expect("no panic")
        } else {
            bounded(call).await
        };
        sent.map(|response| ReceivedResponse::of(&response)).inspect_err(assert_error_hides_secrets)
    }

    pub(crate) async fn call(&self, kind: CallKind) -> Result<ReceivedResponse, Error> {
        match kind {
            CallKind::Get => self.get("org_hush").await,
            CallKind::Post => self.create("hush").await,
            CallKind::PostWithKey => self.create_with_key("hush").await,
            CallKind::SignIn => {
                let authentication = self.client.user_management().authentication();
                let sign_in = authentication.authenticate_with_password("hush@example.com", "hush");
                self.send(sign_in.send_with_metadata()).await
            }
            CallKind::AsMember => {
                let members = self.other_client.organizations().members();
                let create = members.create(Tenant::new("organization-hush"), "hush@example.com");
                self.send(create.session_jwt(SESSION).send_with_metadata()).await
            }
        }
    }

    /// Gets an organization.
    pub(crate) async fn get(&self, id: &str) -> Result<ReceivedResponse, Error> {
        self.send(self.client.organizations().get(OrganizationId::new(id)).send_with_metadata()).await
    }

    /// Creates an organization without an idempotency key.
    pub(crate) async fn create(&self, name: &str) -> Result<ReceivedResponse, Error> {
        self.send(self.client.request(CreateWithoutKey { name: name.to_owned() }).send_with_metadata()).await
    }

    /// Creates an organization with an idempotency key.
    pub(crate) async fn create_with_key(&self, name: &str) -> Result<ReceivedResponse, Error> {
        let create = self.client.organizations().create(name).metadata([("token", "hush")]);
        self.send(create.idempotency_key(format!("hush-{name}")).send_with_metadata()).await
    }
}

/// Creates an organization with an operation that does not support idempotency keys.
#[derive(Debug)]
struct CreateWithoutKey {
    name: String,
}

impl Endpoint for CreateWithoutKey {
    type Options = ();
    type Response = Organization;
    const OPERATION: Operation = {
        let mut operation = Operation::new("organizations.create", Method::POST, "/organizations");
        operation.errors = &workos_api::errors::ERROR_SCHEMA;
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.body("name", &self.name);
        request.body("metadata", &BTreeMap::from([("token".to_owned(), "hush")]));
    }
}

/// A successful response.
#[derive(Debug)]
pub(crate) struct ReceivedResponse {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
    /// The ID in the body.
    pub(crate) id: String,
}

impl ReceivedResponse {
    fn of<R>(response: &ApiResponse<R>) -> Self {
        let value: Value = serde_json::from_slice(response.body()).expect("JSON");
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.body().clone(),
            request_id: response.request_id().map(str::to_owned),
            attempts: response.attempts(),
            id: value["id"].as_str().unwrap_or_default().to_owned(),
        }
    }
}

/// Checks that an error and all of its sources contain no secret, in `Display` and `Debug`.
fn assert_error_hides_secrets(error: &Error) {
    if let Some(api) = error.api_error() {
        assert_no_secret("the API error", &format!("{api} {api:?} {api:#?}"));
    }
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(link) = next {
        let text = format!("{link} {link:?} {link:#?}");
        assert_no_secret("the error", &text);
        assert!(!link.to_string().contains(char::is_control), "{link}");
        next = link.source();
    }
}

fn assert_no_secret(source: &str, text: &str) {
    // Bytes can be printed as text or as a list of numbers.
    let numbers = HUSH.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for secret in [HUSH, BASIC, &numbers.join(", ")] {
        assert!(
            !flat.to_ascii_lowercase().contains(&secret.to_ascii_lowercase()),
            "{source} contains {secret}: {text}"
        );
    }
}
