//! The client: where requests go, with what credentials, over what transport.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use http::header::{AUTHORIZATION, USER_AGENT};

use crate::attempts::Sender;
use crate::call::Exchanging;
use crate::request::header_value;
use crate::{
    Auth, Authentication, BaseUrl, Endpoint, Error, ErrorKind, Operation, Request, RetryPolicy, Secret,
    Target, Transport, UrlEndpoint, UrlRequest,
};

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// What is fixed for an API: a static of each generated package.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The name of the package.
    pub name: &'static str,
    /// What its clients call themselves in the `user-agent` header.
    pub user_agent: &'static str,
    /// Statuses besides the usual ones after which the same call may well succeed.
    pub retry_statuses: &'static [u16],
    /// The header whose value the server takes for the name of a call, so that it does nothing twice.
    pub idempotency_header: Option<&'static str>,
}

/// Sends the requests of one API. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    api: &'static Api,
    target: Target,
    /// None where the API asks for no credentials.
    authorization: Option<HeaderValue>,
    user_agent: HeaderValue,
    sender: Sender,
}

impl Client {
    /// Starts a client of `api`, whose server is at `base_url` unless the builder is told otherwise.
    pub fn builder(api: &'static Api, base_url: impl AsRef<str>, auth: Auth) -> ClientBuilder {
        ClientBuilder::new(api, base_url, auth)
    }

    /// Makes a request of params. They can be sent without their generated builder.
    pub fn request<E: Endpoint>(&self, params: E) -> Request<'_, E> {
        Request::new(self, params)
    }

    /// Makes a URL of params. It can be built without the generated builder.
    pub fn url_request<P: UrlEndpoint>(&self, params: P) -> UrlRequest<'_, P> {
        UrlRequest::new(self, params)
    }

    /// Where requests go.
    pub fn base_url(&self) -> &BaseUrl {
        self.inner.target.base_url()
    }

    /// Where requests go, and the values that the client gives to those that ask for them.
    pub fn target(&self) -> &Target {
        &self.inner.target
    }

    /// Sends a request, with the client's credentials where the operation takes them, repeats it as the policy says,
    /// and waits for any response.
    pub(crate) fn exchange(
        &self,
        operation: &Operation,
        mut request: http::Request<Bytes>,
        retry: Option<RetryPolicy>,
    ) -> Exchanging {
        let inner = Arc::clone(&self.inner);
        let name = operation.name;
        let headers = request.headers_mut();
        if let (Authentication::Client, Some(authorization)) = (operation.auth, &inner.authorization) {
            // A request may bring credentials of its own.
            headers.entry(AUTHORIZATION).or_insert_with(|| authorization.clone());
        }
        headers.insert(USER_AGENT, inner.user_agent.clone());
        Box::pin(
            async move { inner.sender.send(inner.api, request, retry).await.map_err(|error| error.of(name)) },
        )
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.inner.api.name)
            .field("target", &self.inner.target)
            .field("timeout", &self.inner.sender.timeout)
            .finish_non_exhaustive()
    }
}

/// Sets up a [`Client`].
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    api: &'static Api,
    base_url: String,
    credentials: Vec<(&'static str, Secret)>,
    auth: Auth,
    retry: RetryPolicy,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    user_agent: Option<String>,
    transport: Option<Box<dyn Transport>>,
}

impl ClientBuilder {
    /// Starts with the default timeout of 30 seconds, the default policy of retries and the default transport.
    pub fn new(api: &'static Api, base_url: impl AsRef<str>, auth: Auth) -> Self {
        Self {
            api,
            base_url: base_url.as_ref().to_owned(),
            credentials: Vec::new(),
            auth,
            retry: RetryPolicy::default(),
            timeout: DEFAULT_TIMEOUT,
            attempt_timeout: None,
            user_agent: None,
            transport: None,
        }
    }

    /// Sends requests elsewhere. The URL is checked by [`ClientBuilder::build`].
    pub fn base_url(mut self, base_url: impl AsRef<str>) -> Self {
        base_url.as_ref().clone_into(&mut self.base_url);
        self
    }

    /// Adds a value that some requests ask for, such as a client id, in place of any other of this name.
    pub fn credential(mut self, name: &'static str, value: impl Into<Secret>) -> Self {
        self.credentials.push((name, value.into()));
        self
    }

    /// How long a call may take in all, from sending to the last byte of the last response, waits counted.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long one attempt of a call may take, so that there is time for another; as long as the call unless set.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Which calls are repeated that fail for a reason that may pass, and when.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// What the client calls itself, in place of the package's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends requests by another transport than the default one.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when the base URL, the credentials or the user agent cannot
    /// be used, or when there is no transport.
    pub fn build(self) -> Result<Client, Error> {
        let user_agent = self.user_agent.as_deref().unwrap_or(self.api.user_agent);
        let target: Target = self.base_url.parse()?;
        if let Some((name, _)) = self.credentials.iter().find(|(_, value)| value.expose().is_empty()) {
            return Err(Error::new(ErrorKind::Config, format!("the credential `{name}` is empty")));
        }
        let inner = Inner {
            api: self.api,
            target: self
                .credentials
                .into_iter()
                .fold(target, |target, (name, value)| target.with(name, value)),
            authorization: self.auth.header()?,
            user_agent: header_value(user_agent).ok_or_else(|| {
                Error::new(ErrorKind::Config, "the user agent may hold visible ASCII text only")
            })?,
            sender: Sender {
                transport: self.transport.map_or_else(default_transport, Ok)?,
                retry: self.retry,
                timeout: self.timeout,
                attempt_timeout: self.attempt_timeout,
            },
        };
        Ok(Client { inner: Arc::new(inner) })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not checked yet and may hold a password.
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "hyper")]
#[expect(clippy::unnecessary_wraps, reason = "it fails without the feature")]
fn default_transport() -> Result<Box<dyn Transport>, Error> {
    Ok(Box::new(crate::HyperTransport::new()))
}

#[cfg(not(feature = "hyper"))]
fn default_transport() -> Result<Box<dyn Transport>, Error> {
    let why = "there is no transport: enable the feature `hyper` or call `transport`";
    Err(Error::new(ErrorKind::Config, why))
}

/// The value of an environment variable.
///
/// # Errors
/// [`ErrorKind::Config`], naming the variable, when it is not set, empty or no Unicode.
pub fn env_var(name: &str) -> Result<String, Error> {
    let problem = match std::env::var(name) {
        Ok(value) if value.is_empty() => "is empty",
        Ok(value) => return Ok(value),
        Err(std::env::VarError::NotPresent) => "is not set",
        Err(std::env::VarError::NotUnicode(_)) => "is no Unicode",
    };
    Err(Error::new(ErrorKind::Config, format!("the environment variable `{name}` {problem}")))
}
