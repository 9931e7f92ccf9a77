//! What can be set about the default transport.

use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::HyperTransport;
use super::connect::Connector;
use super::proxy::Proxies;
use super::tls::{Tls, platform_tls};
use crate::exchange::DEFAULT_MAX_RESPONSE_LEN;
use crate::{Error, ErrorKind};

const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sets up a [`HyperTransport`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct HyperTransportBuilder {
    connect_timeout: Duration,
    max_response_len: usize,
    proxy: Proxy,
}

#[derive(Clone, Debug)]
enum Proxy {
    FromEnv,
    None,
    All(crate::Secret),
}

impl Default for HyperTransportBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            max_response_len: DEFAULT_MAX_RESPONSE_LEN,
            proxy: Proxy::FromEnv,
        }
    }
}

impl HyperTransportBuilder {
    /// How long it may take to connect, with TLS and any proxy; 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How many bytes the body of a response may have; 64 MiB unless set.
    pub fn max_response_len(mut self, bytes: usize) -> Self {
        self.max_response_len = bytes;
        self
    }

    /// Sends every request through one proxy, whatever the environment says.
    ///
    /// The URL may hold a user name and a password. The proxy itself must speak `http`.
    pub fn proxy(mut self, url: impl AsRef<str>) -> Self {
        self.proxy = Proxy::All(url.as_ref().into());
        self
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Makes the transport.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when the URL of the proxy cannot be used.
    pub fn build(self) -> Result<HyperTransport, Error> {
        let proxies = match &self.proxy {
            Proxy::FromEnv => Proxies::from_env(),
            Proxy::None => Proxies::none(),
            Proxy::All(url) => Proxies::all(url.expose())
                .ok_or_else(|| Error::new(ErrorKind::Config, "the proxy has no usable URL"))?,
        };
        Ok(self.assemble(proxies))
    }

    pub(super) fn assemble(self, proxies: Proxies) -> HyperTransport {
        self.assemble_with(proxies, platform_tls())
    }

    /// The parts that come from the machine are given, so that tests can give their own.
    pub(super) fn assemble_with(self, proxies: Proxies, tls: Tls) -> HyperTransport {
        let proxies = Arc::new(proxies);
        let connector = Connector::new(Arc::clone(&proxies), tls, self.connect_timeout);
        let client = Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector);
        HyperTransport { client, proxies, max_response_len: self.max_response_len }
    }
}
