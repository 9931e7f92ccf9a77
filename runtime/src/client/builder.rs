//! The builder of a client.

use std::fmt;
use std::time::Duration;

use super::api_client::Client;
use crate::call::{CallConfig, CallContext, NO_TIMEOUT};
use crate::error::{Error, ErrorKind};
use crate::interceptor::Interceptor;
use crate::operation::ApiInfo;
use crate::request::{Auth, RequestContext, SecretProvider, header_value};
use crate::retry::{RetryBudget, RetryPolicy};
#[cfg(feature = "blocking")]
use crate::transport::BlockingTransport;
use crate::transport::{Transport, Transports};

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// Sets up a [`Client`].
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    api: &'static ApiInfo,
    base_url: String,
    allow_plain_http: bool,
    credentials: Vec<(&'static str, SecretProvider)>,
    auth: Auth,
    config: CallConfig,
    user_agent: Option<String>,
    transport: Option<Box<dyn Transport>>,
    #[cfg(feature = "blocking")]
    blocking_transport: Option<Box<dyn BlockingTransport>>,
}

impl Client {
    /// Starts a client of `api`, whose server is at `base_url` unless the builder is told otherwise.
    pub fn builder(api: &'static ApiInfo, base_url: impl AsRef<str>, auth: Auth) -> ClientBuilder {
        ClientBuilder::new(api, base_url, auth)
    }
}

impl ClientBuilder {
    /// Starts with the default timeout of 30 seconds, the default policy and budget of retries and the default transport.
    pub fn new(api: &'static ApiInfo, base_url: impl AsRef<str>, auth: Auth) -> Self {
        let config = CallConfig {
            retry: RetryPolicy::default(),
            budget: RetryBudget::default(),
            timeout: DEFAULT_TIMEOUT,
            attempt_timeout: None,
            interceptors: Vec::new(),
        };
        Self {
            api,
            base_url: base_url.as_ref().to_owned(),
            allow_plain_http: false,
            credentials: Vec::new(),
            auth,
            config,
            user_agent: None,
            transport: None,
            #[cfg(feature = "blocking")]
            blocking_transport: None,
        }
    }

    /// Sends requests elsewhere. The URL is checked by [`ClientBuilder::build`].
    pub fn base_url(mut self, base_url: impl AsRef<str>) -> Self {
        base_url.as_ref().clone_into(&mut self.base_url);
        self
    }

    /// Allows a base URL with `http://` to a host that is not a loopback address (`127.0.0.0/8`, `::1`, `localhost` and
    /// names below `localhost`).
    ///
    /// Everyone on the way can then read and change the requests, credentials included. Set it for a network that is
    /// trusted or encrypted by other means, such as the sidecar of a service mesh.
    ///
    /// A proxy in `HTTP_PROXY` or `ALL_PROXY` receives requests to loopback addresses as well, and reads them, unless
    /// `NO_PROXY` exempts those.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Adds a value that some requests ask for, such as a client id, in place of any other of this name.
    pub fn credential(mut self, name: &'static str, value: impl Into<SecretProvider>) -> Self {
        self.credentials.push((name, value.into()));
        self
    }

    /// Limits the time of a call, from sending to the last byte of the last response, retry delays included.
    ///
    /// The default is 30 seconds. `None` (or [`Duration::MAX`]) sets no limit, and no timer is started then. A paused
    /// clock of tokio jumps to the next timer while a call waits for the network, which ends the call at once: a test
    /// with such a clock and a real server needs `None` here, and for
    /// [`HyperTransportBuilder::connect_timeout`](crate::HyperTransportBuilder::connect_timeout).
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config.timeout = timeout.into().unwrap_or(NO_TIMEOUT);
        self
    }

    /// Limits the time of one attempt, so that there is time for another. The default is `None`: an attempt may take as
    /// long as the call.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config.attempt_timeout = timeout.into();
        self
    }

    /// Which calls are repeated that fail for a reason that may pass, and when.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.config.retry = policy;
        self
    }

    /// How many calls may be repeated in all while the server fails.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.config.budget = budget;
        self
    }

    /// Adds an interceptor, which sees every attempt after those that were added before.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.config.interceptors.push(Box::new(interceptor));
        self
    }

    /// What the client calls itself, in place of the package's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends requests by another transport than the default one.
    ///
    /// Calls that block then want one as well; they do not go past it over the default one.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Sends the requests of calls that block by another transport than the default one.
    ///
    /// Calls that are awaited then want one as well; they do not go past it over the default one.
    #[cfg(feature = "blocking")]
    pub fn blocking_transport(mut self, transport: impl BlockingTransport + 'static) -> Self {
        self.blocking_transport = Some(Box::new(transport));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when the base URL, the credentials or the user agent cannot
    /// be used, when the base URL is plain `http` to another host (see [`ClientBuilder::allow_plain_http`]), or when there
    /// is no transport. Credentials that are asked for each time are not looked at here.
    pub fn build(self) -> Result<Client, Error> {
        let config = |why: &str| Error::new(ErrorKind::Config, why);
        let user_agent = self.user_agent.as_deref().unwrap_or(self.api.user_agent);
        let target = target(&self.base_url, self.credentials)?;
        if !self.allow_plain_http && target.base_url().exposes_requests() {
            return Err(config(PLAIN_HTTP));
        }
        Ok(Client::new(CallContext {
            api: self.api,
            target,
            authorization: self.auth.cached()?,
            user_agent: header_value(user_agent)
                .ok_or_else(|| config("the user agent may hold visible ASCII text only"))?,
            config: self.config,
            transports: Transports::new(
                self.transport,
                #[cfg(feature = "blocking")]
                self.blocking_transport,
            )?,
        }))
    }
}

const PLAIN_HTTP: &str = "the base URL sends credentials unencrypted: use `https://`, or call `allow_plain_http(true)` where \
                          the network is trusted";

fn target(base_url: &str, credentials: Vec<(&'static str, SecretProvider)>) -> Result<RequestContext, Error> {
    let mut target: RequestContext = base_url.parse()?;
    for (name, source) in credentials {
        let source = SecretProvider::named(name, source);
        if source.as_static().is_some() {
            source.resolve().map_err(|error| error.into_kind(ErrorKind::Config))?;
        }
        target = target.with(name, source);
    }
    Ok(target)
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not checked yet and may hold a password.
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("timeout", &self.config.timeout)
            .finish_non_exhaustive()
    }
}
