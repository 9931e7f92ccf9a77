//! A call before and while it is sent, independent of its operation.

use std::sync::Arc;
use std::task::{Context, Poll};

use super::async_driver;
#[cfg(feature = "blocking")]
use super::blocking_driver;
use super::build_request::BuildRequest;
use super::config::CallOverrides;
use super::context::CallContext;
use super::outcome::CallOutcome;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::trace::CallSpan;
use crate::transport::BoxFuture;

/// All data of a call. The part that depends on the operation is the last field, so that one pointer erases its type.
pub(crate) struct PendingCall<D: ?Sized = dyn BuildRequest + Send> {
    pub(crate) context: Arc<CallContext>,
    pub(crate) operation: &'static Operation,
    pub(crate) overrides: CallOverrides,
    pub(crate) request: D,
}

impl PendingCall {
    /// Sends the request, retries it as the policy says, and returns the last response.
    async fn exchange(self: Box<Self>) -> Result<CallOutcome, Error> {
        let (context, operation) = (Arc::clone(&self.context), self.operation);
        let span = CallSpan::new(context.api, operation);
        let exchange = async {
            let attempts = context.start(operation, &self.request, &self.overrides)?;
            // Params and options may contain secrets, so they are dropped before the request is sent.
            drop(self);
            async_driver::drive(context.transports.awaited()?, attempts).await
        };
        let ended = span.instrument(exchange).await;
        ended_in(span, operation, ended)
    }

    /// Sends the request over the blocking transport, on the current thread.
    #[cfg(feature = "blocking")]
    fn wait(self: Box<Self>) -> Result<CallOutcome, Error> {
        let (context, operation) = (Arc::clone(&self.context), self.operation);
        let span = CallSpan::new(context.api, operation);
        let ended = span.in_scope(|| {
            let attempts = context.start(operation, &self.request, &self.overrides)?;
            drop(self);
            blocking_driver::drive(context.transports.blocking()?, attempts)
        });
        ended_in(span, operation, ended)
    }
}

/// Moves the span of a call into its response, or ends the span with the error.
fn ended_in(
    span: CallSpan,
    operation: &Operation,
    ended: Result<CallOutcome, Error>,
) -> Result<CallOutcome, Error> {
    match ended {
        Ok(exchange) => Ok(CallOutcome { span, ..exchange }),
        Err(error) => {
            span.end(error.attempts(), Some(&error));
            Err(error.of(operation.name))
        }
    }
}

/// The future of the last response of a call. It is compiled once for all operations.
pub(crate) enum CallFuture {
    /// Nothing was sent yet.
    PendingCall(Box<PendingCall>),
    /// An attempt is in progress, or a delay before one.
    UnderWay(BoxFuture<'static, Result<CallOutcome, Error>>),
    /// The future has completed.
    Done,
}

impl CallFuture {
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<CallOutcome, Error>> {
        let mut exchange = match std::mem::replace(self, Self::Done) {
            Self::PendingCall(prepared) => Box::pin(prepared.exchange()),
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
    pub(crate) fn wait(self) -> Result<CallOutcome, Error> {
        match self {
            Self::PendingCall(prepared) => prepared.wait(),
            Self::UnderWay(_) | Self::Done => Err(used_up()),
        }
    }
}

fn used_up() -> Error {
    Error::new(ErrorKind::AlreadyPolled, "the call was polled before: send the request again")
}
