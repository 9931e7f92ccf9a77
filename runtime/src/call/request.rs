//! A request that can still be changed.

use std::sync::Arc;
use std::time::Duration;

use super::config::{CallOverrides, NO_TIMEOUT};
use super::context::CallContext;
use super::future::Call;
use super::pending::{CallFuture, PendingCall};
use super::with_metadata::CallWithMetadata;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::retry::RetryPolicy;

/// Params on their way to a client. It may be changed until it is sent.
///
/// Generated request builders wrap it; [`Client::request`] makes it directly.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<'c, E: Endpoint> {
    pub(crate) client: &'c Arc<CallContext>,
    /// What the operation is given.
    pub params: E,
    /// What is set for this request alone.
    pub options: E::Options,
    pub(crate) overrides: CallOverrides,
}

impl<'c, E: Endpoint> Request<'c, E> {
    pub(crate) fn new(client: &'c Arc<CallContext>, params: E) -> Self {
        Self { client, params, options: E::Options::default(), overrides: CallOverrides::default() }
    }

    /// Replaces the options.
    pub fn options(mut self, options: E::Options) -> Self {
        self.options = options;
        self
    }

    /// Repeats the request by another policy than the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.overrides.retry = Some(policy);
        self
    }

    /// Overrides the client's limit for the time of a call, retry delays included. `None` sets no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.overrides.timeout = Some(timeout.into().unwrap_or(NO_TIMEOUT));
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
        Call::new(self.exchange(), E::from_response)
    }

    /// Sends the request, for more than what the response holds: its status, its headers, its body.
    ///
    /// Nothing is sent before the call is awaited.
    pub fn send_with_metadata(self) -> CallWithMetadata<E::Response> {
        CallWithMetadata::new(self.exchange(), E::from_response, E::OPERATION.errors)
    }

    fn exchange(self) -> CallFuture {
        let operation = const { &E::OPERATION };
        let context = Arc::clone(self.client);
        let request = (self.params, self.options);
        let overrides = self.overrides;
        CallFuture::PendingCall(Box::new(PendingCall { context, operation, overrides, request }))
    }
}

impl<E: Endpoint> IntoFuture for Request<'_, E> {
    type Output = Result<E::Response, Error>;
    type IntoFuture = Call<E::Response>;

    fn into_future(self) -> Call<E::Response> {
        self.send()
    }
}
