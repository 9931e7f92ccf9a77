//! The builder of a client.

use std::fmt;
use std::time::Duration;

use super::api_client::Client;
use super::servers::{ResolvedServers, Servers};
use crate::call::{CallConfig, CallContext, NO_TIMEOUT, TokenCache};
use crate::error::{Error, ErrorKind};
use crate::interceptor::Interceptor;
use crate::operation::{ApiInfo, AuthScheme};
use crate::request::{Auth, BaseUrl, RequestContext, SecretProvider, check_scheme, header_value};
use crate::retry::{RetryBudget, RetryPolicy};
#[cfg(feature = "blocking")]
use crate::transport::BlockingTransport;
use crate::transport::{Transport, Transports};

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_READ_TIMEOUT: Duration = Duration::from_secs(60);

/// A builder of a [`Client`].
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    api: &'static ApiInfo,
    servers: Servers,
    allow_plain_http: bool,
    credentials: Vec<(&'static str, SecretProvider)>,
    auth: Auth,
    /// The schemes that operations write, whose fixed credentials are checked.
    schemes: Vec<AuthScheme>,
    config: CallConfig,
    user_agent: Option<String>,
    transport: Option<Box<dyn Transport>>,
    #[cfg(feature = "blocking")]
    blocking_transport: Option<Box<dyn BlockingTransport>>,
}

impl Client {
    /// Returns a builder of a client of `api`. [`ClientBuilder::base_url`] can replace the base URL.
    pub fn builder(api: &'static ApiInfo, base_url: impl AsRef<str>, auth: Auth) -> ClientBuilder {
        ClientBuilder::new(api, base_url, auth)
    }
}

impl ClientBuilder {
    /// Creates a builder with the default timeout of 30 seconds, retry policy, retry budget and transport.
    pub fn new(api: &'static ApiInfo, base_url: impl AsRef<str>, auth: Auth) -> Self {
        let config = CallConfig {
            retry: RetryPolicy::default(),
            budget: RetryBudget::default(),
            timeout: DEFAULT_TIMEOUT,
            attempt_timeout: None,
            read_timeout: DEFAULT_READ_TIMEOUT,
            interceptors: Vec::new(),
        };
        Self {
            api,
            servers: Servers::new(base_url.as_ref()),
            allow_plain_http: false,
            credentials: Vec::new(),
            auth,
            schemes: Vec::new(),
            config,
            user_agent: None,
            transport: None,
            #[cfg(feature = "blocking")]
            blocking_transport: None,
        }
    }

    /// Replaces the base URLs of all servers. [`ClientBuilder::build`] validates it.
    ///
    /// Only [`ClientBuilder::server_base_url`] has priority.
    pub fn base_url(mut self, base_url: impl AsRef<str>) -> Self {
        self.servers.replace_all(base_url.as_ref());
        self
    }

    /// Replaces the default base URL, which can contain variables such as `{tenant}`. It has no effect beside
    /// [`ClientBuilder::base_url`].
    pub fn default_base_url(mut self, template: impl AsRef<str>) -> Self {
        self.servers.set_default(template.as_ref());
        self
    }

    /// Adds a server that some operations use in place of the default one. Its URL can contain variables.
    pub fn server(mut self, name: &'static str, template: impl AsRef<str>) -> Self {
        self.servers.add(name, template.as_ref());
        self
    }

    /// Replaces the base URL of one server that some operations use. It has priority over [`ClientBuilder::base_url`].
    pub fn server_base_url(mut self, name: &'static str, base_url: impl AsRef<str>) -> Self {
        self.servers.replace_one(name, base_url.as_ref());
        self
    }

    /// Sets a variable in the URLs of the servers. It replaces an earlier value.
    ///
    /// [`ClientBuilder::build`] fails if the value is not one of `allowed`. If `allowed` is empty, the value must not change
    /// another part of the URL: it has no dot in a host name, and no slash in a path.
    pub fn server_variable(
        mut self,
        name: &'static str,
        allowed: &'static [&'static str],
        value: impl Into<String>,
    ) -> Self {
        self.servers.set_variable(name, allowed, value.into());
        self
    }

    /// Allows a base URL with `http://` to a host that is not a loopback address. The default is `false`.
    ///
    /// Loopback addresses, which need no permission, are `127.0.0.0/8`, `::1`, `localhost` and the subdomains of
    /// `localhost`.
    ///
    /// Anybody between the client and the server can then read and change the requests, including credentials. Use this
    /// setting in a network that is trusted or encrypted by other means, such as the sidecar of a service mesh.
    ///
    /// A proxy in `HTTP_PROXY` or `ALL_PROXY` also receives requests to loopback addresses, and can read them, unless
    /// `NO_PROXY` exempts these addresses.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Sets a credential that some operations use as a parameter, such as a client ID. It replaces an earlier
    /// credential of the same name.
    pub fn credential(mut self, name: &'static str, value: impl Into<SecretProvider>) -> Self {
        self.credentials.push((name, value.into()));
        self
    }

    /// Replaces the credentials of the client, for example by a token of the caller.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Replaces the token URL of a client that fetches its tokens ([`Auth::client_credentials`]).
    pub fn token_url(mut self, token_url: impl AsRef<str>) -> Self {
        self.auth.set_token_url(token_url.as_ref());
        self
    }

    /// Adds authentication schemes that operations write into their requests.
    ///
    /// [`ClientBuilder::build`] fails if no request can contain a credential of a scheme. Otherwise, calls would fail.
    pub fn check_schemes(mut self, schemes: &[AuthScheme]) -> Self {
        self.schemes.extend_from_slice(schemes);
        self
    }

    /// Sets the total timeout of a call, from sending the request to receiving the last byte, including retry delays. For
    /// a response that is read as a stream, it ends with the head of the response.
    ///
    /// The default is 30 seconds. `None` or [`Duration::MAX`] sets no limit and starts no timer.
    ///
    /// In a test with a paused clock of tokio and a real server, set `None` here and for
    /// [`HyperTransportBuilder::connect_timeout`](crate::HyperTransportBuilder::connect_timeout). Such a clock jumps to
    /// the next timer while a call waits for the network, which would end the call immediately.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config.timeout = timeout.into().unwrap_or(NO_TIMEOUT);
        self
    }

    /// Sets the timeout of each attempt, so that time is left for a retry.
    ///
    /// The default is `None`: only the total timeout limits an attempt.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config.attempt_timeout = timeout.into();
        self
    }

    /// Sets the maximum time between two chunks of a response that is read as a stream.
    ///
    /// The default is 60 seconds. `None` or [`Duration::MAX`] sets no limit. The time until the head of the response
    /// belongs to the total timeout of the call, which ends there. The time between two polls of the stream does not count.
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config.read_timeout = timeout.into().unwrap_or(NO_TIMEOUT);
        self
    }

    /// Sets the retry policy, which decides which failed calls are retried and when.
    ///
    /// The default is [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.config.retry = policy;
        self
    }

    /// Sets the retry budget, which limits the retries of all calls while the server fails.
    ///
    /// The default is [`RetryBudget::default`].
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.config.budget = budget;
        self
    }

    /// Adds an interceptor, which is called around every attempt. Interceptors are called in the order in which they
    /// are added.
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.config.interceptors.push(Box::new(interceptor));
        self
    }

    /// Replaces the `user-agent` header, which contains the name and version of the package by default.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Replaces the transport of async calls.
    ///
    /// Blocking calls then require a transport from `blocking_transport`: they never use the default transport beside a
    /// custom one.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Replaces the transport of blocking calls.
    ///
    /// Async calls then require a transport from [`ClientBuilder::transport`]: they never use the default transport
    /// beside a custom one.
    #[cfg(feature = "blocking")]
    pub fn blocking_transport(mut self, transport: impl BlockingTransport + 'static) -> Self {
        self.blocking_transport = Some(Box::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::Config`] in these cases:
    ///
    /// - The base URL, a credential or the user agent is invalid.
    /// - The base URL is plain `http` to another host (see [`ClientBuilder::allow_plain_http`]).
    /// - No transport is available.
    ///
    /// A credential that a function provides is not checked here, because the function is called when a request is
    /// sent.
    pub fn build(self) -> Result<Client, Error> {
        let config_error = |message: &str| Error::new(ErrorKind::Config, message);
        let user_agent = self.user_agent.as_deref().unwrap_or(self.api.user_agent);
        let servers = self.servers.resolve()?;
        if !self.allow_plain_http && servers.base_urls().any(BaseUrl::exposes_requests) {
            return Err(config_error(PLAIN_HTTP));
        }
        let request_context = request_context(servers, self.credentials)?;
        let tokens = token_cache(&self.auth, request_context.base_url(), self.allow_plain_http)?;
        for scheme in &self.schemes {
            check_scheme(scheme, &request_context).map_err(|error| error.with_kind(ErrorKind::Config))?;
        }
        Ok(Client::new(CallContext {
            api: self.api,
            request_context,
            auth: self.auth.cached()?,
            tokens,
            user_agent: header_value(user_agent).ok_or_else(|| {
                config_error("invalid user agent: it must contain visible ASCII characters only")
            })?,
            config: self.config,
            transports: Transports::new(
                self.transport,
                #[cfg(feature = "blocking")]
                self.blocking_transport,
            )?,
        }))
    }
}

/// Returns the cache for the tokens of a client that fetches them.
fn token_cache(
    auth: &Auth,
    base_url: &BaseUrl,
    allow_plain_http: bool,
) -> Result<Option<Box<TokenCache>>, Error> {
    let Some(credentials) = auth.as_client_credentials() else { return Ok(None) };
    let url = credentials.resolve_url(base_url)?;
    if !allow_plain_http && url.exposes_requests() {
        return Err(Error::new(ErrorKind::Config, PLAIN_HTTP));
    }
    Ok(Some(Box::new(TokenCache::new(credentials.clone(), url))))
}

const PLAIN_HTTP: &str = "invalid base URL: plain `http` sends credentials unencrypted; use `https://`, or call \
                          `allow_plain_http(true)` if the network is trusted";

fn request_context(
    servers: ResolvedServers,
    credentials: Vec<(&'static str, SecretProvider)>,
) -> Result<RequestContext, Error> {
    let mut context = RequestContext::from(servers.default);
    for (name, base_url) in servers.named {
        context = context.with_server(name, base_url);
    }
    for (name, provider) in credentials {
        let provider = SecretProvider::named(name, provider);
        if provider.as_static().is_some() {
            provider.resolve().map_err(|error| error.with_kind(ErrorKind::Config))?;
        }
        context = context.with(name, provider);
    }
    Ok(context)
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not validated yet and may contain a password.
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("timeout", &self.config.timeout)
            .finish_non_exhaustive()
    }
}
