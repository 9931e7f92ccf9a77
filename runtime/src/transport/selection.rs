//! The transports of a client: the ones it was given, or those that come with the features.

use std::sync::OnceLock;

use super::async_transport::Transport;
#[cfg(feature = "blocking")]
use super::blocking_transport::BlockingTransport;
use crate::error::{Error, ErrorKind};

/// A transport that is there from the start, or made when it is first used.
pub(crate) struct Lazy<T: ?Sized> {
    made: OnceLock<Box<T>>,
    make: Option<fn() -> Box<T>>,
}

impl<T: ?Sized> Lazy<T> {
    fn new(given: Option<Box<T>>, make: Option<fn() -> Box<T>>) -> Self {
        Self { made: given.map_or_else(OnceLock::new, OnceLock::from), make }
    }

    /// Whether there is one, or would be.
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
        // Whoever gives one has a reason, such as a proxy or a test: nothing may go past it.
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

    /// The one for calls that are awaited.
    pub(crate) fn awaited(&self) -> Result<&dyn Transport, Error> {
        self.awaited.get().ok_or_else(|| none("`transport`"))
    }

    /// The one for calls that block.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking(&self) -> Result<&dyn BlockingTransport, Error> {
        self.blocking.get().ok_or_else(|| none("`blocking_transport`"))
    }
}

/// With the feature there would be the default one.
fn none_at_all() -> Error {
    let what = "enable the feature `hyper` or call `transport`";
    Error::new(ErrorKind::Config, format!("there is no transport: {what}"))
}

/// There is another one, or no client: the feature would change nothing.
fn none(method: &str) -> Error {
    Error::new(ErrorKind::Config, format!("there is no transport for this call: call {method} as well"))
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
