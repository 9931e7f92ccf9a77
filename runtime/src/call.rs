//! One call: a request that can still be changed, and the future of its response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use crate::attempts::{Exceptions, Exchange, NO_TIMEOUT};
use crate::{BoxFuture, Client, Decode, Endpoint, Error, ErrorKind, Operation, RawCall, RetryPolicy, Target};

pub(crate) type Finish<R> = fn(&Response<Bytes>) -> Result<R, Error>;

/// Params on their way to a client. It may be changed until it is sent.
///
/// Generated request builders wrap it; [`Client::request`] makes it directly.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<'c, E: Endpoint> {
    pub(crate) client: &'c Client,
    /// What the operation is given.
    pub params: E,
    /// What is set for this request alone.
    pub options: E::Options,
    pub(crate) exceptions: Exceptions,
}

impl<'c, E: Endpoint> Request<'c, E> {
    pub(crate) fn new(client: &'c Client, params: E) -> Self {
        Self { client, params, options: E::Options::default(), exceptions: Exceptions::default() }
    }

    /// Replaces the options.
    pub fn options(mut self, options: E::Options) -> Self {
        self.options = options;
        self
    }

    /// Repeats the request by another policy than the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.exceptions.retry = Some(policy);
        self
    }

    /// Overrides the client's limit for the time of a call, retry delays included. `None` sets no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.exceptions.timeout = Some(timeout.into().unwrap_or(NO_TIMEOUT));
        self
    }

    /// Calls a setter when there is a value, and leaves the request as it is when there is none.
    pub fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }

    /// Sends the request, as awaiting it does.
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
        let operation = const { &E::OPERATION };
        let client = self.client.clone();
        let draft = (self.params, self.options);
        let exceptions = self.exceptions;
        Exchanging::Prepared(Box::new(Prepared { client, operation, exceptions, draft }))
    }
}

impl<E: Endpoint> IntoFuture for Request<'_, E> {
    type Output = Result<E::Response, Error>;
    type IntoFuture = Call<E::Response>;

    fn into_future(self) -> Call<E::Response> {
        self.send()
    }
}

/// All that a call takes. What differs from operation to operation stands last, and behind the one pointer.
pub(crate) struct Prepared<D: ?Sized = dyn Draft + Send> {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) exceptions: Exceptions,
    pub(crate) draft: D,
}

/// Params and options that become a request when it is sent: some of its values may be asked for then.
pub(crate) trait Draft {
    fn request(&self, target: &Target) -> Result<http::Request<Bytes>, Error>;

    /// Whether any body of a success is accepted.
    fn accepts_any_body(&self) -> bool;
}

impl<E: Endpoint> Draft for (E, E::Options) {
    fn request(&self, target: &Target) -> Result<http::Request<Bytes>, Error> {
        let (params, options) = self;
        params.to_request(target, options)
    }

    fn accepts_any_body(&self) -> bool {
        E::Response::ACCEPTS_ANY_BODY
    }
}

/// The part of a call that is the same for all operations, so that it is compiled once.
pub(crate) enum Exchanging {
    /// Nothing was sent yet.
    Prepared(Box<Prepared>),
    UnderWay(BoxFuture<'static, Result<Exchange, Error>>),
    /// It came to its end.
    Done,
}

impl Exchanging {
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Exchange, Error>> {
        let mut exchange = match std::mem::replace(self, Self::Done) {
            Self::Prepared(prepared) => Box::pin(prepared.exchange()),
            Self::UnderWay(exchange) => exchange,
            Self::Done => return Poll::Ready(Err(used_up())),
        };
        let polled = exchange.as_mut().poll(cx);
        if polled.is_pending() {
            *self = Self::UnderWay(exchange);
        }
        polled
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn wait(self) -> Result<Exchange, Error> {
        match self {
            Self::Prepared(prepared) => prepared.wait(),
            Self::UnderWay(_) | Self::Done => Err(used_up()),
        }
    }
}

fn used_up() -> Error {
    Error::new(ErrorKind::AlreadyPolled, "the call was polled before: send the request again")
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

#[cfg(feature = "blocking")]
impl<R> Call<R> {
    pub(crate) fn into_parts(self) -> (Exchanging, Finish<R>) {
        (self.exchanging, self.finish)
    }
}

impl<R> Future for Call<R> {
    type Output = Result<R, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let exchange = ready!(self.exchanging.poll(cx))?;
        Poll::Ready(exchange.finish(self.finish))
    }
}

impl<R> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
