//! The transports of a client: custom transports, or the defaults of the enabled features.

use std::sync::OnceLock;

use super::async_transport::Transport;
#[cfg(feature = "blocking")]
use super::blocking_transport::BlockingTransport;
use crate::error::{Error, ErrorKind};

/// A transport that is passed in, or created when it is first used.
pub(crate) struct Lazy<T: ?Sized> {
    made: OnceLock<Box<T>>,
    make: Option<fn() -> Box<T>>,
}

impl<T: ?Sized> Lazy<T> {
    fn new(given: Option<Box<T>>, make: Option<fn() -> Box<T>>) -> Self {
        Self { made: given.map_or_else(OnceLock::new, OnceLock::from), make }
    }

    /// Returns whether a transport exists or can be created.
    fn is_some(&self) -> bool {
        self.made.get().is_some() || self.make.is_some()
    }

    fn get(&self) -> Option<&T> {
        match self.make {
            Some(make) => Some(self.made.get_or_init(make)),
            None => self.made.get().map(Box::as_ref),
        }
    }
}

pub(crate) struct Transports {
    awaited: Lazy<dyn Transport>,
    #[cfg(feature = "blocking")]
    blocking: Lazy<dyn BlockingTransport>,
}

impl Transports {
    #[cfg(feature = "blocking")]
    pub(crate) fn new(
        awaited: Option<Box<dyn Transport>>,
        blocking: Option<Box<dyn BlockingTransport>>,
    ) -> Result<Self, Error> {
        // A custom transport has a purpose, such as a proxy or a test. No request must bypass it.
        let is_free = awaited.is_none() && blocking.is_none();
        let transports = Self {
            awaited: Lazy::new(awaited, default_transport().filter(|_| is_free)),
            blocking: Lazy::new(blocking, default_blocking_transport().filter(|_| is_free)),
        };
        let is_usable = transports.awaited.is_some() || transports.blocking.is_some();
        if is_usable { Ok(transports) } else { Err(none_at_all()) }
    }

    #[cfg(not(feature = "blocking"))]
    pub(crate) fn new(awaited: Option<Box<dyn Transport>>) -> Result<Self, Error> {
        let transports = Self { awaited: Lazy::new(awaited, default_transport()) };
        if transports.awaited.is_some() { Ok(transports) } else { Err(none_at_all()) }
    }

    /// Returns the transport of async calls.
    pub(crate) fn awaited(&self) -> Result<&dyn Transport, Error> {
        self.awaited.get().ok_or_else(|| none("`transport`"))
    }

    /// Returns the transport of blocking calls.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking(&self) -> Result<&dyn BlockingTransport, Error> {
        self.blocking.get().ok_or_else(|| none("`blocking_transport`"))
    }
}

/// Returns the error for a client without any transport. The `hyper` feature provides a default transport.
fn none_at_all() -> Error {
    let what = "enable the `hyper` feature or call `transport`";
    Error::new(ErrorKind::Config, format!("no transport is available: {what}"))
}

/// Returns the error for a call whose client has no transport for it, only for calls of the other kind. The `hyper`
/// feature would not help.
fn none(method: &str) -> Error {
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
