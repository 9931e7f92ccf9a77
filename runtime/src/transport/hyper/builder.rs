//! Settings of the default transport.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::certificates::{Certificates, UnparsedCertificates, UnparsedRoots};
use super::connect::Connector;
use super::http1_pool::IdleLimits;
use super::hyper_transport::HyperTransport;
use super::pools::{PoolSettings, Pools};
use super::proxies::Proxies;
use super::proxy::Tcp;
use super::tls::Tls;
use crate::body::DEFAULT_MAX_RESPONSE_LEN;
use crate::error::{Error, ErrorKind};
use crate::value::Secret;

const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The number of bytes that all streams of an HTTP/2 connection can receive before they are read: the maximum. Each stream
/// has a window of its own, so streams that are not read do not stop the others.
#[cfg(feature = "http2")]
const HTTP2_CONNECTION_WINDOW: u32 = (1 << 31) - 1;
const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// A builder of a [`HyperTransport`].
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::HyperTransport;
///
/// let transport = HyperTransport::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .max_idle_connections_per_host(8)
///     .idle_timeout(Duration::from_secs(30))
///     .tcp_keep_alive(Duration::from_secs(60))
///     .max_response_len(1024 * 1024)
///     .build()?;
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until it is built"]
pub struct HyperTransportBuilder {
    connect_timeout: Option<Duration>,
    idle_timeout: Option<Duration>,
    max_idle_connections_per_host: usize,
    max_response_len: usize,
    proxy: Proxy,
    tcp: Tcp,
    certificates: UnparsedCertificates,
    #[cfg(feature = "http2")]
    http2: bool,
    #[cfg(feature = "gzip")]
    gzip: bool,
}

#[derive(Clone)]
enum Proxy {
    FromEnv,
    None,
    All(Secret),
}

impl Default for HyperTransportBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Some(DEFAULT_CONNECT_TIMEOUT),
            idle_timeout: Some(DEFAULT_IDLE_TIMEOUT),
            max_idle_connections_per_host: usize::MAX,
            max_response_len: DEFAULT_MAX_RESPONSE_LEN,
            proxy: Proxy::FromEnv,
            tcp: Tcp { keep_alive: None, no_delay: true },
            certificates: UnparsedCertificates::default(),
            #[cfg(feature = "http2")]
            http2: true,
            #[cfg(feature = "gzip")]
            gzip: true,
        }
    }
}

impl HyperTransport {
    /// Creates a transport with the default settings of [`HyperTransportBuilder`].
    ///
    /// The proxies are read from the environment. The first `https` connection reads the certificates of the system on
    /// a separate thread. It fails with [`TransportErrorKind::Config`](crate::TransportErrorKind::Config) if there are
    /// none.
    pub fn new() -> Self {
        HyperTransportBuilder::default().assemble(Proxies::from_env())
    }

    /// Returns a builder of a transport.
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::default()
    }
}

impl Default for HyperTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl HyperTransportBuilder {
    /// Sets the timeout of connecting, including TLS and any proxy. The default is 10 seconds; `None` sets no limit.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// Sets the time after which an idle connection is closed. The default is 90 seconds; `None` keeps idle connections
    /// until the server closes them.
    ///
    /// Choose a time below the idle timeout of the server or load balancer. Otherwise, a request can use a connection
    /// that is about to close.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.idle_timeout = timeout.into();
        self
    }

    /// Sets the maximum number of idle connections per host and runtime. By default the number is unlimited; 0 disables
    /// the reuse of connections.
    pub fn max_idle_connections_per_host(mut self, connections: usize) -> Self {
        self.max_idle_connections_per_host = connections;
        self
    }

    /// Sets the idle time after which TCP keep-alive probes are sent. The default is `None`, which sends no probes.
    pub fn tcp_keep_alive(mut self, idle: impl Into<Option<Duration>>) -> Self {
        self.tcp.keep_alive = idle.into();
        self
    }

    /// Sets `TCP_NODELAY`, which sends small packets without delay. The default is `true`.
    pub fn tcp_nodelay(mut self, no_delay: bool) -> Self {
        self.tcp.no_delay = no_delay;
        self
    }

    /// Sets the maximum length of a response body in bytes. The default is 10 MiB.
    ///
    /// The limit applies to the decompressed body. 0 accepts only empty bodies; `usize::MAX` sets no limit.
    pub fn max_response_len(mut self, bytes: usize) -> Self {
        self.max_response_len = bytes;
        self
    }

    /// Sends every request through this proxy, regardless of the environment.
    ///
    /// The URL may contain a user name and a password. Its scheme must be `http`.
    pub fn proxy(mut self, url: impl AsRef<str>) -> Self {
        self.proxy = Proxy::All(url.as_ref().into());
        self
    }

    /// Uses no proxy, regardless of the environment.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Trusts the root certificates in this PEM text, in addition to those of the operating system.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.certificates.roots.push(UnparsedRoots::Pem(pem.into()));
        self
    }

    /// Trusts this root certificate in DER encoding, in addition to those of the operating system.
    pub fn root_certificate_der(mut self, der: impl Into<Vec<u8>>) -> Self {
        self.certificates.roots.push(UnparsedRoots::Der(der.into()));
        self
    }

    /// Presents a client certificate to servers that request one.
    ///
    /// `chain` is PEM text with the client's certificate first; `key` is its private key in PEM (PKCS#8, PKCS#1 or
    /// SEC1).
    pub fn client_certificate_pem(mut self, chain: impl Into<Vec<u8>>, key: impl Into<Secret>) -> Self {
        self.certificates.identity = Some((chain.into(), key.into()));
        self
    }

    /// Offers HTTP/2 to `https` servers. The default is `true`; with `false`, the transport uses HTTP/1.1 only.
    #[cfg(feature = "http2")]
    pub fn http2(mut self, offered: bool) -> Self {
        self.http2 = offered;
        self
    }

    /// Requests responses compressed with gzip. The default is `true`.
    #[cfg(feature = "gzip")]
    pub fn gzip(mut self, requested: bool) -> Self {
        self.gzip = requested;
        self
    }

    /// Builds the transport. The proxies are read from the environment, unless the builder sets or disables them. The
    /// first `https` connection reads the certificates of the system.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::Config`] if the proxy URL, a certificate or a private key is invalid. An
    /// invalid environment variable causes no error here; it fails the requests that it applies to.
    pub fn build(self) -> Result<HyperTransport, Error> {
        let config_error = |message: String| Error::new(ErrorKind::Config, message);
        let proxies = match &self.proxy {
            Proxy::FromEnv => Proxies::from_env(),
            Proxy::None => Proxies::none(),
            Proxy::All(url) => Proxies::all(url.expose())
                .map_err(|reason| config_error(format!("invalid proxy URL: {reason}")))?,
        };
        let certificates = self.certificates.parse().map_err(config_error)?;
        let tls = Tls::new(certificates, self.offers_http2());
        Ok(self.assemble_with(proxies, tls))
    }

    pub(super) fn assemble(self, proxies: Proxies) -> HyperTransport {
        let tls = Tls::new(Certificates::default(), self.offers_http2());
        self.assemble_with(proxies, tls)
    }

    /// Builds the transport from proxies and a TLS configuration, which tests can replace.
    pub(super) fn assemble_with(self, proxies: Proxies, tls: Tls) -> HyperTransport {
        let proxies = Arc::new(proxies);
        let offers_http2 = self.offers_http2();
        let connector = Connector::new(Arc::clone(&proxies), tls, self.tcp, self.connect_timeout);
        let limits = IdleLimits {
            timeout: if_representable(self.idle_timeout),
            max_per_host: self.max_idle_connections_per_host,
        };
        let settings = PoolSettings {
            connector,
            limits,
            #[cfg(feature = "http2")]
            http2: offers_http2.then(|| http2_client(limits)),
        };
        HyperTransport {
            pools: Arc::new(Pools::new(settings, std::process::id)),
            proxies,
            max_response_len: self.max_response_len,
            offers_http2,
            #[cfg(feature = "gzip")]
            gzip: self.gzip,
        }
    }

    #[cfg(feature = "http2")]
    fn offers_http2(&self) -> bool {
        self.http2
    }

    #[cfg(not(feature = "http2"))]
    #[expect(clippy::unused_self, reason = "the setting exists with the feature")]
    fn offers_http2(&self) -> bool {
        false
    }
}

/// Returns a builder of the client for connections that can use HTTP/2.
#[cfg(feature = "http2")]
fn http2_client(limits: IdleLimits) -> hyper_util::client::legacy::Builder {
    use hyper_util::rt::{TokioExecutor, TokioTimer};
    let mut builder = hyper_util::client::legacy::Client::builder(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(limits.timeout)
        .pool_max_idle_per_host(limits.max_per_host)
        .http2_initial_connection_window_size(HTTP2_CONNECTION_WINDOW);
    builder
}

/// Returns the timeout, or `None` if the clock cannot represent its end.
pub(super) fn if_representable(timeout: Option<Duration>) -> Option<Duration> {
    timeout.filter(|timeout| Instant::now().checked_add(*timeout).is_some())
}

impl fmt::Debug for HyperTransportBuilder {
    /// Omits the certificates, which are long, and the proxy, which may contain credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransportBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_idle_connections_per_host", &self.max_idle_connections_per_host)
            .field("max_response_len", &self.max_response_len)
            .field("tcp", &self.tcp)
            .finish_non_exhaustive()
    }
}
