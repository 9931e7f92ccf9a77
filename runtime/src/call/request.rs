//! A request before it is sent.

use std::sync::Arc;
use std::time::Duration;

use super::config::{CallOverrides, NO_TIMEOUT};
use super::context::CallContext;
use super::future::Call;
use super::outcome::DecodeFn;
use super::pending::{CallFuture, PendingCall};
use super::with_metadata::CallWithMetadata;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::retry::RetryPolicy;

/// A request that is ready to be sent, with its parameters and options.
///
/// Await the request to send it; until then it can be changed. Generated request builders wrap this type, and
/// [`Client::request`](crate::Client::request) creates it directly.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<'c, E: Endpoint> {
    pub(crate) context: &'c Arc<CallContext>,
    /// The parameters of the operation.
    pub params: E,
    /// The options of this request.
    pub options: E::Options,
    /// `None` unless the caller overrides a setting, so that most requests stay small.
    pub(crate) overrides: Option<Box<CallOverrides>>,
}

impl<'c, E: Endpoint> Request<'c, E> {
    pub(crate) fn new(context: &'c Arc<CallContext>, params: E) -> Self {
        Self { context, params, options: E::Options::default(), overrides: None }
    }

    /// Replaces the options of this request.
    pub fn options(mut self, options: E::Options) -> Self {
        self.options = options;
        self
    }

    /// Overrides the retry policy of the client.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.overrides.get_or_insert_default().retry = Some(policy);
        self
    }

    /// Overrides the client's total timeout, including retry delays. `None` sets no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.overrides.get_or_insert_default().timeout = Some(timeout.into().unwrap_or(NO_TIMEOUT));
        self
    }

    /// Calls `set` if there is a value, and returns the request unchanged if there is none.
    pub fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }

    /// Sends the request. Awaiting the request directly does the same.
    ///
    /// Nothing is sent until the returned call is awaited.
    pub fn send(self) -> Call<E::Response> {
        Call::new(self.into_call_future(), E::from_response)
    }

    /// Sends the request and returns the response with its metadata: status, headers and body.
    ///
    /// Nothing is sent until the returned call is awaited.
    pub fn send_with_metadata(self) -> CallWithMetadata<E::Response> {
        CallWithMetadata::new(self.into_call_future(), E::from_response, E::OPERATION.errors)
    }

    /// Sends the request, and decodes the response with this function.
    pub(super) fn send_as<R>(self, decode: DecodeFn<R>) -> Call<R> {
        Call::new(self.into_call_future(), decode)
    }

    fn into_call_future(self) -> CallFuture {
        CallFuture::Pending(self.into_pending())
    }

    pub(super) fn into_pending(self) -> Box<PendingCall> {
        let operation = const { &E::OPERATION };
        let context = Arc::clone(self.context);
        let request = (self.params, self.options);
        let overrides = self.overrides;
        Box::new(PendingCall { context, operation, overrides, request })
    }
}

impl<E: Endpoint> IntoFuture for Request<'_, E> {
    type Output = Result<E::Response, Error>;
    type IntoFuture = Call<E::Response>;

    fn into_future(self) -> Call<E::Response> {
        self.send()
    }
}
