//! A call before and while it is sent, independent of its operation.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::HeaderValue;

use super::async_driver;
use super::authorized;
use super::build_request::BuildRequest;
use super::config::CallOverrides;
use super::context::CallContext;
use super::outcome::CallOutcome;
use super::state::CallState;
use super::streaming_driver::{self, Opened};
#[cfg(feature = "blocking")]
use super::{blocking_driver, blocking_streaming_driver};
#[cfg(feature = "blocking")]
use crate::body::BlockingResponseBody;
use crate::body::ResponseBody;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::trace::CallSpan;
use crate::transport::BoxFuture;

/// All data of a call. The part that depends on the operation is the last field, so that one pointer erases its type.
pub(crate) struct PendingCall<D: ?Sized = dyn BuildRequest + Send> {
    pub(crate) context: Arc<CallContext>,
    pub(crate) operation: &'static Operation,
    pub(crate) overrides: Option<Box<CallOverrides>>,
    pub(crate) request: D,
}

impl PendingCall {
    /// Returns the total timeout of the call.
    fn timeout(&self) -> Duration {
        self.overrides.as_deref().and_then(|call| call.timeout).unwrap_or(self.context.config.timeout)
    }

    /// Starts the call with a token.
    fn start<'c>(&mut self, context: &'c CallContext, token: HeaderValue) -> Result<CallState<'c>, Error> {
        context.start_with(self.operation, &self.request, self.overrides.take(), Some(token))
    }

    /// Sends the request, retries it as the policy says, and returns the last response.
    async fn execute(mut self: Box<Self>) -> Result<CallOutcome, Error> {
        let (context, operation) = (Arc::clone(&self.context), self.operation);
        let span = CallSpan::new(context.api, operation);
        let call = async {
            if let Some(tokens) = context.tokens_for(operation) {
                let timeout = self.timeout();
                let start = |token| started(self.start(&context, token), self);
                return Box::pin(authorized::execute(&context, tokens, timeout, None, start))
                    .await
                    .map(whole);
            }
            let mut state = context.start(operation, &self.request, self.overrides.take())?;
            // Parameters and options may contain secrets, so they are dropped before the request is sent.
            drop(self);
            let transport = context.transports.async_transport()?;
            if state.streams_request() {
                // Boxed, because few calls need the memory of this future.
                return Box::pin(streaming_driver::drive(transport, &mut state, None)).await.map(whole);
            }
            async_driver::drive(transport, &mut state).await
        };
        let result = span.instrument(call).await;
        end_span(span, operation, result)
    }

    /// Sends the request, and returns when the head of a response has arrived whose body is a stream of this media type.
    pub(super) async fn open(
        mut self: Box<Self>,
        accept: &'static str,
    ) -> Result<Opened<ResponseBody>, Error> {
        let (context, operation) = (Arc::clone(&self.context), self.operation);
        let span = CallSpan::new(context.api, operation);
        let call = async {
            if let Some(tokens) = context.tokens_for(operation) {
                let timeout = self.timeout();
                let start = |token| started(self.start(&context, token), self);
                return Box::pin(authorized::execute(&context, tokens, timeout, Some(accept), start)).await;
            }
            let mut state = context.start(operation, &self.request, self.overrides.take())?;
            drop(self);
            streaming_driver::drive(context.transports.async_transport()?, &mut state, Some(accept)).await
        };
        let result = span.instrument(call).await;
        end_span_of_stream(span, operation, result)
    }

    /// Sends the request over the blocking transport, on the current thread.
    #[cfg(feature = "blocking")]
    fn execute_blocking(mut self: Box<Self>) -> Result<CallOutcome, Error> {
        let (context, operation) = (Arc::clone(&self.context), self.operation);
        let span = CallSpan::new(context.api, operation);
        let result = span.in_scope(|| {
            if let Some(tokens) = context.tokens_for(operation) {
                let timeout = self.timeout();
                let start = |token| started(self.start(&context, token), self);
                return authorized::execute_blocking(&context, tokens, timeout, None, start).map(whole);
            }
            let mut state = context.start(operation, &self.request, self.overrides.take())?;
            drop(self);
            let transport = context.transports.blocking_transport()?;
            if state.streams_request() {
                return blocking_streaming_driver::drive(transport, &mut state, None).map(whole);
            }
            blocking_driver::drive(transport, &mut state)
        });
        end_span(span, operation, result)
    }

    /// Sends the request over the blocking transport, as [`PendingCall::open`] does.
    #[cfg(feature = "blocking")]
    pub(super) fn open_blocking(
        mut self: Box<Self>,
        accept: &'static str,
    ) -> Result<Opened<BlockingResponseBody>, Error> {
        let (context, operation) = (Arc::clone(&self.context), self.operation);
        let span = CallSpan::new(context.api, operation);
        let result = span.in_scope(|| {
            if let Some(tokens) = context.tokens_for(operation) {
                let timeout = self.timeout();
                let start = |token| started(self.start(&context, token), self);
                return authorized::execute_blocking(&context, tokens, timeout, Some(accept), start);
            }
            let mut state = context.start(operation, &self.request, self.overrides.take())?;
            drop(self);
            blocking_streaming_driver::drive(
                context.transports.blocking_transport()?,
                &mut state,
                Some(accept),
            )
        });
        end_span_of_stream(span, operation, result)
    }
}

/// Drops the parameters and options of a call that is started, because they may contain secrets.
fn started<S>(state: S, call: Box<PendingCall>) -> S {
    drop(call);
    state
}

/// Moves the span of a call into its response, or ends the span with the error.
fn end_span(
    span: CallSpan,
    operation: &Operation,
    result: Result<CallOutcome, Error>,
) -> Result<CallOutcome, Error> {
    match result {
        Ok(outcome) => Ok(CallOutcome { span, ..outcome }),
        Err(error) => {
            span.end(error.attempts(), Some(&error));
            Err(error.with_operation(operation.name))
        }
    }
}

/// Moves the span of a call into its response, as [`end_span`] does.
fn end_span_of_stream<B>(
    span: CallSpan,
    operation: &Operation,
    result: Result<Opened<B>, Error>,
) -> Result<Opened<B>, Error> {
    let (outcome, body) = match result {
        Ok(Opened { outcome, body }) => (Ok(outcome), body),
        Err(error) => (Err(error), None),
    };
    end_span(span, operation, outcome).map(|outcome| Opened { outcome, body })
}

/// Returns the outcome of a call whose response was read as a whole.
fn whole<B>(opened: Opened<B>) -> CallOutcome {
    opened.outcome
}

/// The future of the last response of a call. It is compiled once for all operations.
pub(crate) enum CallFuture {
    /// Nothing was sent yet.
    Pending(Box<PendingCall>),
    /// An attempt is in progress, or a delay before one.
    Running(BoxFuture<'static, Result<CallOutcome, Error>>),
    /// The future has completed.
    Done,
}

impl CallFuture {
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<CallOutcome, Error>> {
        let mut future = match std::mem::replace(self, Self::Done) {
            Self::Pending(pending) => Box::pin(pending.execute()),
            Self::Running(future) => future,
            Self::Done => return Poll::Ready(Err(already_polled())),
        };
        let polled = future.as_mut().poll(cx);
        if polled.is_pending() {
            *self = Self::Running(future);
        }
        polled
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn wait(self) -> Result<CallOutcome, Error> {
        match self {
            Self::Pending(pending) => pending.execute_blocking(),
            Self::Running(_) | Self::Done => Err(already_polled()),
        }
    }
}

fn already_polled() -> Error {
    Error::new(ErrorKind::AlreadyPolled, "the call was polled before: send the request again")
}
