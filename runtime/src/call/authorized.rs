//! Calls of clients that fetch their access tokens.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use http::{HeaderValue, StatusCode};

use super::access_token::{FAILED, TokenCache};
use super::async_driver::{self, Timer};
use super::context::CallContext;
use super::state::{CallState, timed_out};
use super::streaming_driver::{self, Opened};
use super::token_fetch::TokenFuture;
use crate::body::ResponseBody;
use crate::error::{Error, ErrorKind};
use crate::transport::Transport;
#[cfg(feature = "blocking")]
use {
    super::{blocking_driver, blocking_streaming_driver, state::remaining},
    crate::{body::BlockingResponseBody, clock::MaybeInstant, transport::BlockingTransport},
};

/// Sends a call with a token, and once more with another token if the server rejects the first one.
///
/// `start` starts the call with a token. The timeout of the call includes the requests for tokens.
pub(super) async fn execute<'c>(
    context: &'c Arc<CallContext>,
    tokens: &TokenCache,
    timeout: Duration,
    accept: Option<&'static str>,
    start: impl FnOnce(HeaderValue) -> Result<CallState<'c>, Error>,
) -> Result<Opened<ResponseBody>, Error> {
    let transport = context.transports.async_transport()?;
    let sent = async {
        let token = tokens.get(|| fetch(context)).await?;
        let mut state = start(token.clone())?;
        let can_resend = !state.streams_request();
        let result = drive(transport, &mut state, accept).await;
        if !is_rejected(&result) {
            return result;
        }
        // Also if the call cannot be repeated: the next call needs another token.
        tokens.discard(&token);
        if !can_resend {
            return result;
        }
        let other = tokens.get(|| fetch(context)).await?;
        if other == token {
            return result;
        }
        state.replace_authorization(other);
        drive(transport, &mut state, accept).await
    };
    let mut sent = pin!(sent);
    let mut deadline = Timer::new(timeout);
    poll_fn(|cx| match sent.as_mut().poll(cx) {
        Poll::Pending => deadline.poll(transport, cx).map(|()| Err(timed_out(timeout))),
        ready => ready,
    })
    .await
}

/// Returns the future of a fetch, which lives as long as any call waits for it.
fn fetch(context: &Arc<CallContext>) -> TokenFuture {
    let context = Arc::clone(context);
    Box::pin(async move {
        let transport = context.transports.async_transport()?;
        let tokens = context.tokens.as_deref();
        let tokens = tokens.ok_or_else(|| Error::new(ErrorKind::Credentials, FAILED))?;
        tokens.fetch(transport, &context.user_agent).await
    })
}

async fn drive(
    transport: &dyn Transport,
    state: &mut CallState<'_>,
    accept: Option<&'static str>,
) -> Result<Opened<ResponseBody>, Error> {
    if accept.is_some() || state.streams_request() {
        return streaming_driver::drive(transport, state, accept).await;
    }
    async_driver::drive(transport, state).await.map(|outcome| Opened { outcome, body: None })
}

/// Returns whether the server rejected the token.
fn is_rejected<B>(result: &Result<Opened<B>, Error>) -> bool {
    let status = match result {
        Ok(opened) => Some(opened.outcome.response.status()),
        Err(error) => error.status(),
    };
    status == Some(StatusCode::UNAUTHORIZED)
}

/// Sends a call over the blocking transport, as [`execute`] does.
#[cfg(feature = "blocking")]
pub(super) fn execute_blocking<'c>(
    context: &'c CallContext,
    tokens: &TokenCache,
    timeout: Duration,
    accept: Option<&'static str>,
    start: impl FnOnce(HeaderValue) -> Result<CallState<'c>, Error>,
) -> Result<Opened<BlockingResponseBody>, Error> {
    let transport = context.transports.blocking_transport()?;
    let started_at = MaybeInstant::now();
    let left = || remaining(timeout, started_at.elapsed());
    let token = tokens.get_blocking(transport, &context.user_agent, timeout)?;
    let mut state = start(token.clone())?;
    state.set_timeout(left());
    let can_resend = !state.streams_request();
    let result = drive_blocking(transport, &mut state, accept);
    if !is_rejected(&result) {
        return result;
    }
    tokens.discard(&token);
    if !can_resend {
        return result;
    }
    let other = tokens.get_blocking(transport, &context.user_agent, left())?;
    if other == token {
        return result;
    }
    state.replace_authorization(other);
    state.set_timeout(left());
    drive_blocking(transport, &mut state, accept)
}

#[cfg(feature = "blocking")]
fn drive_blocking(
    transport: &dyn BlockingTransport,
    state: &mut CallState<'_>,
    accept: Option<&'static str>,
) -> Result<Opened<BlockingResponseBody>, Error> {
    if accept.is_some() || state.streams_request() {
        return blocking_streaming_driver::drive(transport, state, accept);
    }
    blocking_driver::drive(transport, state).map(|outcome| Opened { outcome, body: None })
}
