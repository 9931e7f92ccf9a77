//! The trait of blocking transports.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::body::{BlockingResponseBody, RequestBody};
use crate::clock::MaybeInstant;
use crate::error::TransportError;

/// A blocking HTTP transport, which sends the requests of a client.
///
/// The rules for a [`Transport`](crate::Transport) apply here too: it must not follow redirects and must not retry
/// requests. A blocking call cannot be canceled, so the transport must enforce the timeout.
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::{BlockingTransport, Bytes, TransportError, http};
///
/// /// Responds to every request with the same body.
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
    note = "implement `send` to use any blocking HTTP client as a transport"
)]
pub trait BlockingTransport: Send + Sync {
    /// Sends a request and returns the whole response, whatever its status.
    ///
    /// # Errors
    /// Returns an error of kind [`TransportErrorKind::Timeout`](crate::TransportErrorKind::Timeout) if no response
    /// arrives within `timeout`, which is [`Duration::MAX`] for a call without a limit.
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError>;

    /// Sends a request whose body may be a stream, and returns the response as soon as its head has arrived.
    ///
    /// The rules for [`Transport::send_streaming`](crate::Transport::send_streaming) apply here too. By default, both
    /// bodies are read into memory, and the request is sent with [`BlockingTransport::send`] in the time that is left.
    ///
    /// # Errors
    /// Returns an error of kind [`TransportErrorKind::Timeout`](crate::TransportErrorKind::Timeout) if no head of a
    /// response arrives within `timeout`, which is [`Duration::MAX`] for a call without a limit.
    fn send_streaming(
        &self,
        request: Request<RequestBody>,
        timeout: Duration,
    ) -> Result<Response<BlockingResponseBody>, TransportError> {
        let (head, body) = request.into_parts();
        let start = MaybeInstant::now();
        let body = match body.as_bytes() {
            Some(bytes) => bytes.clone(),
            None => body.into_reader().into_bytes(timeout)?,
        };
        let request = Request::from_parts(head, body);
        Ok(self.send(request, start.time_left(timeout))?.map(BlockingResponseBody::from))
    }

    /// Blocks the current thread for `duration`, as a retry delay.
    ///
    /// The default is [`std::thread::sleep`]; a test can use a clock of its own.
    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

#[diagnostic::do_not_recommend]
impl<T: BlockingTransport + ?Sized> BlockingTransport for Arc<T> {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        (**self).send(request, timeout)
    }

    fn send_streaming(
        &self,
        request: Request<RequestBody>,
        timeout: Duration,
    ) -> Result<Response<BlockingResponseBody>, TransportError> {
        (**self).send_streaming(request, timeout)
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

    fn send_streaming(
        &self,
        request: Request<RequestBody>,
        timeout: Duration,
    ) -> Result<Response<BlockingResponseBody>, TransportError> {
        (**self).send_streaming(request, timeout)
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }
}
