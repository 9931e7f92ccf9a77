//! A transport that blocks the thread: ureq, rustls for https.
//!
//! ureq writes requests, reads responses and keeps connections. Making them is ours, so that it is known which part
//! failed, TLS and proxies are those of the default transport, and all of it happens in good time.

mod answer;
mod builder;
mod connect;
mod connection;
mod no_proxy;
mod proxy;
mod resolve;
mod secure;
mod tunnel;

#[cfg(test)]
mod tests;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, Version};
use ureq::{Agent, AsSendBody};

use self::proxy::Proxies;
use crate::exchange::announce_empty_body;
use crate::tls::Tls;
use crate::{BlockingTransport, TransportError, TransportErrorKind};

pub use self::builder::UreqTransportBuilder;

/// Nobody waits for longer, and no clock runs over.
const LONGEST: Duration = Duration::from_secs(60 * 60 * 24 * 365);

/// A transport that blocks the thread, with a pool of connections; no runtime is needed.
///
/// It speaks `https` when the feature `ring` or `aws-lc` is on (`aws-lc` where both are) and trusts the certificates
/// that the operating system trusts. It goes through the proxies that `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and
/// `NO_PROXY` name, always through a tunnel, follows no redirect, and is cheap to clone. Threads may share it.
///
/// It writes a request before it reads: a server that answers a long one early, and then reads no more of it, is a timeout.
/// With the crate `log`, ureq logs paths and queries at the level `trace`.
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::UreqTransport;
///
/// let transport = UreqTransport::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .max_response_len(1024 * 1024)
///     .build()?;
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    tls: Tls,
    max_response_len: usize,
}

impl UreqTransport {
    /// A transport with the defaults that [`UreqTransportBuilder`] names.
    ///
    /// It reads the system's certificates once, here. Where there are none, it
    /// still speaks `http`, and every `https` request fails with an error that says so.
    pub fn new() -> Self {
        UreqTransportBuilder::default().assemble(Proxies::from_env())
    }

    /// Sets up a transport.
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder::default()
    }

    /// Without TLS there is no use in looking a server up.
    fn check(&self, request: &Request<Bytes>) -> Result<(), TransportError> {
        match &self.tls {
            Err(why) if request.uri().scheme_str() == Some("https") => {
                Err(TransportError::new(TransportErrorKind::Tls, *why))
            }
            _ => Ok(()),
        }
    }

    fn exchange(
        &self,
        request: Request<impl AsSendBody>,
        timeout: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        let request =
            self.agent.configure_request(request).timeout_global(Some(timeout.min(LONGEST))).build();
        let response = self.agent.run(request).map_err(answer::failed)?;
        answer::read(response, self.max_response_len)
    }
}

impl Default for UreqTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport")
            .field("max_response_len", &self.max_response_len)
            .finish_non_exhaustive()
    }
}

impl BlockingTransport for UreqTransport {
    fn send(
        &self,
        mut request: Request<Bytes>,
        timeout: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        self.check(&request)?;
        *request.version_mut() = Version::HTTP_11;
        announce_empty_body(&mut request);
        let (parts, body) = request.into_parts();
        if body.is_empty() {
            // An empty slice would be a body, and its length announced whatever the method.
            self.exchange(Request::from_parts(parts, ()), timeout)
        } else {
            self.exchange(Request::from_parts(parts, body.as_ref()), timeout)
        }
    }
}
