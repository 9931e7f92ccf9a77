//! What carries a request to the server and its response back, on the thread of whoever waits for it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::TransportError;

/// Sends requests, and blocks the thread until there is a response.
///
/// What holds for a [`Transport`](crate::Transport) holds here too: it must not follow redirects, and must not retry.
/// Nobody can drop a call that blocks, so it must give up by itself when the time is up.
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::{BlockingTransport, Bytes, TransportError, http};
///
/// /// Answers every request with the same body.
/// struct Canned(&'static str);
///
/// impl BlockingTransport for Canned {
///     fn send(
///         &self,
///         _request: http::Request<Bytes>,
///         _timeout: Duration,
///     ) -> Result<http::Response<Bytes>, TransportError> {
///         Ok(http::Response::new(self.0.into()))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a blocking transport",
    label = "does not implement `BlockingTransport`",
    note = "one method makes any blocking HTTP client a transport: `send`"
)]
pub trait BlockingTransport: Send + Sync {
    /// Sends a request and waits for the whole response, whatever its status.
    ///
    /// # Errors
    /// [`TransportErrorKind::Timeout`](crate::TransportErrorKind::Timeout) when no response came within `timeout`, which is
    /// [`Duration::MAX`] for a call without a limit.
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError>;

    /// Backoff. A test may have a clock of its own.
    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

#[diagnostic::do_not_recommend]
impl<T: BlockingTransport + ?Sized> BlockingTransport for Arc<T> {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request, timeout)
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }
}

#[diagnostic::do_not_recommend]
impl<T: BlockingTransport + ?Sized> BlockingTransport for Box<T> {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request, timeout)
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }
}
