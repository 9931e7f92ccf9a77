//! Connections, through a proxy and with TLS where the URL asks for it, in good time.

use std::sync::Arc;

use ureq::unversioned::transport::time::{Duration, Instant};
use ureq::unversioned::transport::{
    ConnectionDetails, Connector as UreqConnector, Either, NextTimeout, TcpConnector, Transport,
};
use ureq::{Error, Timeout};

use super::answer::too_slow;
use super::connection::Connection;
use super::proxy::{Proxies, Proxy};
use super::secure::secure;
use super::tunnel::open_tunnel;
use crate::tls::Tls;
use crate::{TransportError, TransportErrorKind};

type Stream = Box<dyn Transport>;

/// Opens connections for the pool.
#[derive(Debug)]
pub(super) struct Connector {
    proxies: Arc<Proxies>,
    tls: Tls,
}

impl Connector {
    pub(super) fn new(proxies: Arc<Proxies>, tls: Tls) -> Self {
        Self { proxies, tls }
    }

    fn open(&self, details: &ConnectionDetails<'_>) -> Result<Stream, TransportError> {
        let proxy = self.proxies.of(details.uri)?;
        let mut stream = dial(details, proxy)?;
        if let Some(proxy) = proxy {
            stream = open_tunnel(stream, proxy, details)?;
        }
        if !details.needs_tls() {
            return Ok(stream);
        }
        match &self.tls {
            Ok(tls) => secure(stream, tls, details),
            Err(why) => Err(TransportError::new(TransportErrorKind::Tls, *why)),
        }
    }
}

impl UreqConnector for Connector {
    type Out = Connection;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Connection>, Error> {
        let opened = self.open(details).map_err(|error| Error::Other(Box::new(error)))?;
        Ok(Some(Connection::new(opened)))
    }
}

/// The addresses are those of the proxy where there is one: the resolver sees to it.
fn dial(details: &ConnectionDetails<'_>, proxy: Option<&Proxy>) -> Result<Stream, TransportError> {
    // With nothing left ureq would still wait for a second.
    if details.timeout.after.is_zero() {
        return Err(late(details.timeout));
    }
    let whom = if proxy.is_some() { "cannot reach the proxy" } else { "cannot reach the server" };
    match TcpConnector::default().connect(details, None::<()>) {
        Ok(Some(Either::B(tcp))) => Ok(Box::new(tcp)),
        Ok(_) => Err(TransportError::new(TransportErrorKind::Connect, whom)),
        Err(error) => Err(step_failed(error, details.timeout, TransportErrorKind::Connect, whom)),
    }
}

/// What is left of the time for connecting.
pub(super) fn remaining(details: &ConnectionDetails<'_>) -> NextTimeout {
    let mut left = details.timeout;
    if let (Duration::Exact(after), Instant::Exact(start)) = (left.after, details.now) {
        left.after = Duration::Exact(after.saturating_sub(start.elapsed()));
    }
    left
}

/// Says that a step on the way to a connection failed, before any request was sent.
pub(super) fn step_failed(
    error: Error,
    timeout: NextTimeout,
    kind: TransportErrorKind,
    what: &str,
) -> TransportError {
    match error {
        Error::Timeout(_) => late(timeout),
        Error::Io(error) => TransportError::new(kind, what).with_source(error),
        Error::Other(error) => TransportError::new(kind, what).with_source(error),
        _ => TransportError::new(kind, what),
    }
}

/// Either the time for connecting was up, or that for the whole call.
pub(super) fn late(timeout: NextTimeout) -> TransportError {
    match timeout.reason {
        Timeout::Connect | Timeout::Resolve => {
            TransportError::new(TransportErrorKind::Connect, "no connection was made in time")
        }
        _ => too_slow(),
    }
}
