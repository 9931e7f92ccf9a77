//! What carries the calls: a client over each transport, and the calls that are made.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use stytch_b2b::organizations::OrganizationId as Tenant;
use typefoundry_tests::bounded;
use workos_api::common::OrganizationId;
use workos_api::organizations::Organization;
use workos_api::runtime::{
    Bytes, HyperTransport, Method, Operation, RawResponse, RequestWriter, RetryPolicy, http,
};
use workos_api::{Client, Endpoint, Error};

/// Stands in everything that is secret, and in nothing else.
pub(crate) const HUSH: &str = "hush";
/// How long a body may be.
pub(crate) const MAX_RESPONSE_LEN: usize = 1024 * 1024;

const API_KEY: &str = "sk_test_hush";
const SESSION: &str = "session.hush.jwt";
/// `project-test-7:sk_test_hush`, as basic auth sends it.
const BASIC: &str = "cHJvamVjdC10ZXN0LTc6c2tfdGVzdF9odXNo";

/// A transport, and the kind of client that is built on it. All of them run the same tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stack {
    /// The asynchronous client over the default transport.
    Hyper,
}

impl Stack {
    pub(crate) const ALL: [Self; 1] = [Self::Hyper];

    /// The transport, for all callers of one test: it costs more than a call. It uses no proxy.
    pub(crate) fn carrier(self) -> Carrier {
        match self {
            Self::Hyper => {
                let transport = HyperTransport::builder().no_proxy().max_response_len(MAX_RESPONSE_LEN);
                Carrier(transport.build().expect("a transport"))
            }
        }
    }

    /// A client of the server at `url` that shares its transport with nobody.
    pub(crate) fn caller(self, url: &str, setup: &Setup) -> Caller {
        self.carrier().caller(url, setup)
    }
}

/// The transport of a stack. It belongs to the test that made it, for its connections live in that one's runtime.
#[derive(Clone, Debug)]
pub(crate) struct Carrier(HyperTransport);

impl Carrier {
    /// A client of the server at `url`.
    pub(crate) fn caller(&self, url: &str, setup: &Setup) -> Caller {
        Caller::new(url, setup, self.0.clone())
    }
}

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
}

impl Caller {
    fn new(url: &str, setup: &Setup, transport: HyperTransport) -> Self {
        let Setup { retry, timeout, attempt_timeout } = setup.clone();
        let mut client = Client::builder(API_KEY, "client_7").base_url(url).transport(transport.clone());
        let mut other =
            stytch_b2b::Client::builder("project-test-7", API_KEY).base_url(url).transport(transport);
        if let Some(attempt_timeout) = attempt_timeout {
            client = client.attempt_timeout(attempt_timeout);
            other = other.attempt_timeout(attempt_timeout);
        }
        let caller = Self {
            client: client.retry(retry.clone()).timeout(timeout).build().expect("a client"),
            other_client: other.retry(retry).timeout(timeout).build().expect("a client"),
        };
        assert_hushed("the client", &format!("{caller:?} {caller:#?}"));
        caller
    }

    pub(crate) async fn call(&self, ask: Ask) -> Result<Got, Error> {
        let sent = match ask {
            Ask::Get => return self.get("org_hush").await,
            Ask::Post => return self.create("hush").await,
            Ask::PostWithKey => return self.create_with_key("hush").await,
            Ask::SignIn => {
                let authentication = self.client.user_management().authentication();
                let sign_in = authentication.authenticate_with_password("hush@example.com", "hush");
                Got::of(bounded(sign_in.send_raw()).await)
            }
            Ask::ActFor => {
                let members = self.other_client.organizations().members();
                let create = members.create(Tenant::new("organization-hush"), "hush@example.com");
                Got::of(bounded(create.session_jwt(SESSION).send_raw()).await)
            }
        };
        checked(sent)
    }

    /// Reads an Organization.
    pub(crate) async fn get(&self, id: &str) -> Result<Got, Error> {
        let get = self.client.organizations().get(OrganizationId::new(id));
        checked(Got::of(bounded(get.send_raw()).await))
    }

    /// Creates an Organization, and tells nobody that it is the same call when it does so again.
    pub(crate) async fn create(&self, name: &str) -> Result<Got, Error> {
        let create = self.client.request(CreateWithoutKey { name: name.to_owned() });
        checked(Got::of(bounded(create.send_raw()).await))
    }

    /// Creates an Organization under a key.
    pub(crate) async fn create_with_key(&self, name: &str) -> Result<Got, Error> {
        let create = self.client.organizations().create(name).metadata([("token", "hush")]);
        checked(Got::of(bounded(create.idempotency_key(format!("hush-{name}")).send_raw()).await))
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
    fn of<R>(sent: Result<RawResponse<R>, Error>) -> Result<Self, Error> {
        let raw = sent?;
        let value: Value = serde_json::from_slice(raw.body()).expect("JSON");
        Ok(Self {
            status: raw.status().as_u16(),
            headers: raw.headers().clone(),
            body: raw.body().clone(),
            request_id: raw.request_id().map(str::to_owned),
            attempts: raw.attempts(),
            id: value["id"].as_str().unwrap_or_default().to_owned(),
        })
    }
}

fn checked(sent: Result<Got, Error>) -> Result<Got, Error> {
    sent.inspect_err(assert_shows_no_secret)
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
