//! The transports of a client: custom transports, or the defaults of the enabled features.

use std::sync::OnceLock;

use super::async_transport::Transport;
#[cfg(feature = "blocking")]
use super::blocking_transport::BlockingTransport;
use crate::error::{Error, ErrorKind};

/// A transport that is passed in, or created when it is first used.
pub(crate) struct Lazy<T: ?Sized> {
    cell: OnceLock<Box<T>>,
    init: Option<fn() -> Box<T>>,
}

impl<T: ?Sized> Lazy<T> {
    fn new(transport: Option<Box<T>>, init: Option<fn() -> Box<T>>) -> Self {
        Self { cell: transport.map_or_else(OnceLock::new, OnceLock::from), init }
    }

    /// Returns whether a transport exists or can be created.
    fn is_some(&self) -> bool {
        self.cell.get().is_some() || self.init.is_some()
    }

    fn get(&self) -> Option<&T> {
        match self.init {
            Some(init) => Some(self.cell.get_or_init(init)),
            None => self.cell.get().map(Box::as_ref),
        }
    }
}

pub(crate) struct Transports {
    async_transport: Lazy<dyn Transport>,
    #[cfg(feature = "blocking")]
    blocking_transport: Lazy<dyn BlockingTransport>,
}

impl Transports {
    #[cfg(feature = "blocking")]
    pub(crate) fn new(
        async_transport: Option<Box<dyn Transport>>,
        blocking_transport: Option<Box<dyn BlockingTransport>>,
    ) -> Result<Self, Error> {
        // A custom transport has a purpose, such as a proxy or a test. No request must bypass it.
        let none_given = async_transport.is_none() && blocking_transport.is_none();
        let transports = Self {
            async_transport: Lazy::new(async_transport, default_transport().filter(|_| none_given)),
            blocking_transport: Lazy::new(
                blocking_transport,
                default_blocking_transport().filter(|_| none_given),
            ),
        };
        let is_usable = transports.async_transport.is_some() || transports.blocking_transport.is_some();
        if is_usable { Ok(transports) } else { Err(no_transport()) }
    }

    #[cfg(not(feature = "blocking"))]
    pub(crate) fn new(async_transport: Option<Box<dyn Transport>>) -> Result<Self, Error> {
        let transports = Self { async_transport: Lazy::new(async_transport, default_transport()) };
        if transports.async_transport.is_some() { Ok(transports) } else { Err(no_transport()) }
    }

    /// Returns the transport of async calls.
    pub(crate) fn async_transport(&self) -> Result<&dyn Transport, Error> {
        self.async_transport.get().ok_or_else(|| missing_transport("`transport`"))
    }

    /// Returns the transport of blocking calls.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking_transport(&self) -> Result<&dyn BlockingTransport, Error> {
        self.blocking_transport.get().ok_or_else(|| missing_transport("`blocking_transport`"))
    }
}

/// Returns the error for a client without any transport. The `hyper` feature provides a default transport.
fn no_transport() -> Error {
    let what = "enable the `hyper` feature or call `transport`";
    Error::new(ErrorKind::Config, format!("no transport is available: {what}"))
}

/// Returns the error for a call whose client has no transport for it, only for calls of the other kind. The `hyper`
/// feature would not help.
fn missing_transport(method: &str) -> Error {
    Error::new(ErrorKind::Config, format!("no transport is available for this call: call {method} as well"))
}

#[cfg_attr(
    feature = "hyper",
    expect(clippy::unnecessary_wraps, reason = "there is none without the feature")
)]
fn default_transport() -> Option<fn() -> Box<dyn Transport>> {
    #[cfg(feature = "hyper")]
    return Some(|| Box::new(crate::HyperTransport::new()));
    #[cfg(not(feature = "hyper"))]
    None
}

#[cfg(feature = "blocking")]
#[cfg_attr(
    feature = "hyper",
    expect(clippy::unnecessary_wraps, reason = "there is none without the feature")
)]
fn default_blocking_transport() -> Option<fn() -> Box<dyn BlockingTransport>> {
    #[cfg(feature = "hyper")]
    return Some(|| Box::new(crate::BlockingAdapter::new(crate::HyperTransport::new())));
    #[cfg(not(feature = "hyper"))]
    None
}
