//! One call: a request that can still be changed, and the future of its response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::Response;

use crate::{BoxFuture, Client, Endpoint, Error, Operation};

/// Params on their way to a client. It may be changed until it is sent.
///
/// Generated request builders wrap it; [`Client::request`] makes it directly.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request<'c, E: Endpoint> {
    client: &'c Client,
    /// What the operation is given.
    pub params: E,
    /// What is set for this request alone.
    pub options: E::Options,
}

impl<'c, E: Endpoint> Request<'c, E> {
    pub(crate) fn new(client: &'c Client, params: E) -> Self {
        Self { client, params, options: E::Options::default() }
    }

    /// Replaces the options.
    pub fn options(mut self, options: E::Options) -> Self {
        self.options = options;
        self
    }

    /// Sends the request.
    ///
    /// Nothing is sent before the call is awaited.
    pub fn send(self) -> Call<E::Response> {
        let request = self.params.to_request(self.client.target(), &self.options);
        Call { response: exchange(self.client, &E::OPERATION, request), finish: E::from_response }
    }
}

/// The part of sending that is the same for all operations, so that it is compiled once.
fn exchange(
    client: &Client,
    operation: &Operation,
    request: Result<http::Request<Bytes>, Error>,
) -> BoxFuture<'static, Result<Response<Bytes>, Error>> {
    match request {
        Ok(request) => client.exchange(operation, request),
        Err(error) => Box::pin(std::future::ready(Err(error))),
    }
}

/// A call under way: the future of the response.
///
/// It is `Send` and borrows nothing. Dropping it gives the call up; the server
/// may have received the request by then.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<R> {
    response: BoxFuture<'static, Result<Response<Bytes>, Error>>,
    finish: fn(&Response<Bytes>) -> Result<R, Error>,
}

impl<R> Future for Call<R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(cx))?;
        Poll::Ready((self.finish)(&response))
    }
}

impl<R> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
