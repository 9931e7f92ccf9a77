//! The calls that are made, over whichever stack.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use stytch_b2b::organizations::OrganizationId as Tenant;
use tokio::task::spawn_blocking;
use typefoundry_tests::bounded;
use workos_api::common::OrganizationId;
use workos_api::organizations::Organization;
use workos_api::runtime::{Bytes, Method, Operation, RawCall, RawResponse, RequestWriter, RetryPolicy, http};
use workos_api::{Client, Endpoint, Error};

use crate::carrier::Carrier;

/// Stands in everything that is secret, and in nothing else.
pub(crate) const HUSH: &str = "hush";

const API_KEY: &str = "sk_test_hush";
const SESSION: &str = "session.hush.jwt";
/// `project-test-7:sk_test_hush`, as basic auth sends it.
const BASIC: &str = "cHJvamVjdC10ZXN0LTc6c2tfdGVzdF9odXNo";

/// What a case sets of its client.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(crate) retry: RetryPolicy,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
}

impl Setup {
    /// With far more time than is needed, and each call made once.
    pub(crate) fn once() -> Self {
        Self { retry: RetryPolicy::none(), timeout: Duration::from_secs(15), attempt_timeout: None }
    }

    /// By the default policy, but that it waits less.
    pub(crate) fn repeating() -> Self {
        Self { retry: RetryPolicy::default().base(Duration::from_millis(5)), ..Self::once() }
    }
}

/// A call to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// May be repeated.
    Get,
    /// Must not be.
    Post,
    /// May be, for it says which call it is.
    PostWithKey,
    /// Sends a password, and the API key in the body.
    SignIn,
    /// Sends the session of a person in a header, and basic auth.
    ActFor,
}

impl Ask {
    /// Those that the tables are about. All of them are answered with an Organization.
    pub(crate) const ALL: [Self; 3] = [Self::Get, Self::Post, Self::PostWithKey];
    /// Those that hold more secrets. What they are answered is of no use to them.
    pub(crate) const SECRET: [Self; 2] = [Self::SignIn, Self::ActFor];

    /// Whether the server may see it twice.
    pub(crate) fn is_repeatable(self) -> bool {
        matches!(self, Self::Get | Self::PostWithKey)
    }
}

/// Makes calls over one stack.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    client: Client,
    other_client: stytch_b2b::Client,
    /// Whether calls block a thread, and are not awaited.
    blocks: bool,
}

impl Caller {
    pub(crate) fn new(url: &str, setup: &Setup, carrier: Carrier) -> Self {
        let Setup { retry, timeout, attempt_timeout } = setup.clone();
        let mut client = Client::builder(API_KEY, "client_7").base_url(url);
        let mut other = stytch_b2b::Client::builder("project-test-7", API_KEY).base_url(url);
        if let Some(attempt_timeout) = attempt_timeout {
            client = client.attempt_timeout(attempt_timeout);
            other = other.attempt_timeout(attempt_timeout);
        }
        let blocks = matches!(carrier, Carrier::Blocking(_));
        (client, other) = match carrier {
            Carrier::Awaited(transport) => (client.transport(transport.clone()), other.transport(transport)),
            Carrier::Blocking(transport) => {
                (client.blocking_transport(transport.clone()), other.blocking_transport(transport))
            }
        };
        let caller = Self {
            client: client.retry(retry.clone()).timeout(timeout).build().expect("a client"),
            other_client: other.retry(retry).timeout(timeout).build().expect("a client"),
            blocks,
        };
        assert_hushed("the client", &format!("{caller:?} {caller:#?}"));
        caller
    }

    async fn send<R: Send + 'static>(&self, call: RawCall<R>) -> Result<Got, Error> {
        let sent = if self.blocks {
            bounded(spawn_blocking(|| call.wait())).await.expect("no panic")
        } else {
            bounded(call).await
        };
        sent.map(|raw| Got::of(&raw)).inspect_err(assert_shows_no_secret)
    }

    pub(crate) async fn call(&self, ask: Ask) -> Result<Got, Error> {
        match ask {
            Ask::Get => self.get("org_hush").await,
            Ask::Post => self.create("hush").await,
            Ask::PostWithKey => self.create_with_key("hush").await,
            Ask::SignIn => {
                let authentication = self.client.user_management().authentication();
                let sign_in = authentication.authenticate_with_password("hush@example.com", "hush");
                self.send(sign_in.send_raw()).await
            }
            Ask::ActFor => {
                let members = self.other_client.organizations().members();
                let create = members.create(Tenant::new("organization-hush"), "hush@example.com");
                self.send(create.session_jwt(SESSION).send_raw()).await
            }
        }
    }

    /// Reads an Organization.
    pub(crate) async fn get(&self, id: &str) -> Result<Got, Error> {
        self.send(self.client.organizations().get(OrganizationId::new(id)).send_raw()).await
    }

    /// Creates an Organization, and tells nobody that it is the same call when it does so again.
    pub(crate) async fn create(&self, name: &str) -> Result<Got, Error> {
        self.send(self.client.request(CreateWithoutKey { name: name.to_owned() }).send_raw()).await
    }

    /// Creates an Organization under a key.
    pub(crate) async fn create_with_key(&self, name: &str) -> Result<Got, Error> {
        let create = self.client.organizations().create(name).metadata([("token", "hush")]);
        self.send(create.idempotency_key(format!("hush-{name}")).send_raw()).await
    }
}

/// Creates an Organization as an operation would that takes no key.
#[derive(Debug)]
struct CreateWithoutKey {
    name: String,
}

impl Endpoint for CreateWithoutKey {
    type Options = ();
    type Response = Organization;
    const OPERATION: Operation = {
        let mut operation = Operation::new("organizations.create", Method::POST, "/organizations");
        operation.errors = &workos_api::ERRORS;
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.body("name", &self.name);
        request.body("metadata", &BTreeMap::from([("token".to_owned(), "hush")]));
    }
}

/// A success.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
    /// The id of what came.
    pub(crate) id: String,
}

impl Got {
    fn of<R>(raw: &RawResponse<R>) -> Self {
        let value: Value = serde_json::from_slice(raw.body()).expect("JSON");
        Self {
            status: raw.status().as_u16(),
            headers: raw.headers().clone(),
            body: raw.body().clone(),
            request_id: raw.request_id().map(str::to_owned),
            attempts: raw.attempts(),
            id: value["id"].as_str().unwrap_or_default().to_owned(),
        }
    }
}

/// Looks for the secrets in all that an error says of itself, down to the last of its sources.
fn assert_shows_no_secret(error: &Error) {
    if let Some(api) = error.api() {
        assert_hushed("the answer", &format!("{api} {api:?} {api:#?}"));
    }
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(link) = next {
        let said = format!("{link} {link:?} {link:#?}");
        assert_hushed("the error", &said);
        assert!(!link.to_string().contains(char::is_control), "{link}");
        next = link.source();
    }
}

fn assert_hushed(who: &str, said: &str) {
    // Bytes may be shown as text or as a list of numbers.
    let numbers = HUSH.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>();
    let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for secret in [HUSH, BASIC, &numbers.join(", ")] {
        assert!(
            !flat.to_ascii_lowercase().contains(&secret.to_ascii_lowercase()),
            "{who} shows {secret}: {said}"
        );
    }
}
