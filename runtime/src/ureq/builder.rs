//! What can be set about the transport.

use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;

use super::connect::Connector;
use super::proxy::Proxies;
use super::resolve::Resolver;
use super::{LONGEST, UreqTransport};
use crate::Error;
use crate::settings::{Proxy, Settings};
use crate::tls::{Tls, platform_tls};

/// As many threads may be done at once and find their connections again.
const MAX_IDLE_CONNECTIONS: usize = 64;

/// Sets up a [`UreqTransport`].
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until it is built"]
pub struct UreqTransportBuilder {
    settings: Settings,
}

impl UreqTransportBuilder {
    /// How long it may take to look a server up, and then to connect, with TLS and any proxy; 10 seconds each unless
    /// set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// How many bytes the body of a response may have; 64 MiB unless set.
    pub fn max_response_len(mut self, bytes: usize) -> Self {
        self.settings.max_response_len = bytes;
        self
    }

    /// Sends every request through one proxy, whatever the environment says.
    ///
    /// The URL may hold a user name and a password. The proxy itself must speak `http` and open tunnels.
    pub fn proxy(mut self, url: impl AsRef<str>) -> Self {
        self.settings.proxy = Proxy::All(url.as_ref().into());
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.settings.proxy = Proxy::None;
        self
    }

    /// Makes the transport.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) when the URL of the proxy cannot be used.
    pub fn build(self) -> Result<UreqTransport, Error> {
        let proxies = self.settings.proxy.choose(Proxies::from_env, Proxies::none, Proxies::all)?;
        Ok(self.assemble(proxies))
    }

    pub(super) fn assemble(self, proxies: Proxies) -> UreqTransport {
        self.assemble_with(proxies, platform_tls())
    }

    /// The parts that come from the machine are given, so that tests can give their own.
    pub(super) fn assemble_with(self, proxies: Proxies, tls: Tls) -> UreqTransport {
        let proxies = Arc::new(proxies);
        let connector = Connector::new(Arc::clone(&proxies), tls.clone());
        let agent = Agent::with_parts(self.config(), connector, Resolver::new(proxies));
        UreqTransport { agent, tls, max_response_len: self.settings.max_response_len }
    }

    /// Nothing is added to a request, and nothing is done about a response.
    fn config(&self) -> Config {
        let connect_timeout = Some(self.settings.connect_timeout.min(LONGEST));
        Config::builder()
            .timeout_resolve(connect_timeout)
            .timeout_connect(connect_timeout)
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .user_agent("")
            .accept("")
            .accept_encoding("")
            .max_idle_connections(MAX_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(MAX_IDLE_CONNECTIONS)
            .build()
    }
}
