//! A transport without a network.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use workos_api::runtime::{BoxFuture, Bytes, Transport, TransportError, http};

/// A transport that returns the same bytes at once. The box of its future is its only allocation.
pub struct Canned(pub Bytes);

impl Transport for Canned {
    fn send(
        &self,
        _request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::ready(Ok(http::Response::new(self.0.clone()))))
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

/// Polls a future that never has to wait, and returns its result.
///
/// # Panics
/// Panics if the future is pending or returns an error.
pub fn completed<T, E: std::fmt::Debug>(future: impl Future<Output = Result<T, E>>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(result) => result.expect("a response"),
        Poll::Pending => panic!("the call is pending"),
    }
}
