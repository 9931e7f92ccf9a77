//! One call: a request that can still be changed, and the future of its response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::Response;

use crate::attempts::Exchange;
use crate::{BoxFuture, Client, Endpoint, Error, Operation, RawCall, RetryPolicy};

pub(crate) type Exchanging = BoxFuture<'static, Result<Exchange, Error>>;
pub(crate) type Finish<R> = fn(&Response<Bytes>) -> Result<R, Error>;

/// Params on their way to a client. It may be changed until it is sent.
///
/// Generated request builders wrap it; [`Client::request`] makes it directly.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request<'c, E: Endpoint> {
    pub(crate) client: &'c Client,
    /// What the operation is given.
    pub params: E,
    /// What is set for this request alone.
    pub options: E::Options,
    pub(crate) retry: Option<RetryPolicy>,
}

impl<'c, E: Endpoint> Request<'c, E> {
    pub(crate) fn new(client: &'c Client, params: E) -> Self {
        Self { client, params, options: E::Options::default(), retry: None }
    }

    /// Replaces the options.
    pub fn options(mut self, options: E::Options) -> Self {
        self.options = options;
        self
    }

    /// Repeats the request by another policy than the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sends the request.
    ///
    /// Nothing is sent before the call is awaited.
    pub fn send(self) -> Call<E::Response> {
        Call { exchanging: self.exchange(), finish: E::from_response }
    }

    /// Sends the request, for more than what the response holds: its status, its headers, its body.
    ///
    /// Nothing is sent before the call is awaited.
    pub fn send_raw(self) -> RawCall<E::Response> {
        RawCall::new(self.exchange(), E::from_response, E::OPERATION.errors)
    }

    fn exchange(self) -> Exchanging {
        let request = self.params.to_request(self.client.target(), &self.options);
        exchange(self.client, &E::OPERATION, request, self.retry)
    }
}

/// The part of sending that is the same for all operations, so that it is compiled once.
fn exchange(
    client: &Client,
    operation: &Operation,
    request: Result<http::Request<Bytes>, Error>,
    retry: Option<RetryPolicy>,
) -> Exchanging {
    match request {
        Ok(request) => client.exchange(operation, request, retry),
        Err(error) => Box::pin(std::future::ready(Err(error))),
    }
}

/// A call under way: the future of the response.
///
/// It is `Send` and borrows nothing. Dropping it gives the call up; the server
/// may have received the request by then.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<R> {
    exchanging: Exchanging,
    finish: Finish<R>,
}

impl<R> Future for Call<R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let exchange = ready!(self.exchanging.as_mut().poll(cx))?;
        Poll::Ready(exchange.finish(self.finish))
    }
}

impl<R> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
