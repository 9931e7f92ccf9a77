//! Drives a call over an async transport whose request or response is a stream.

use std::future::poll_fn;
use std::pin::pin;

use bytes::Bytes;
use http::response::Parts;
use http::{Request, Response};

use super::async_driver::{Timer, completes_before, poll_attempt};
use super::build_request::AcceptedResponses;
use super::config::NO_TIMEOUT;
use super::outcome::CallOutcome;
use super::state::{CallState, NextStep, remaining};
use crate::body::{RequestBody, ResponseBody};
use crate::error::{Error, TransportError};
use crate::response::check_content_type;
use crate::transport::Transport;

/// The final response of a call, and its body if that is read as a stream. Any other body is part of the response.
pub(crate) struct Opened<B> {
    pub(crate) outcome: CallOutcome,
    pub(crate) body: Option<B>,
}

/// A response, and its body if that is read as a stream.
pub(crate) type Received<B> = (Response<Bytes>, Option<B>);

/// The responses that are read as a stream.
#[derive(Clone, Copy)]
pub(crate) struct Streaming {
    /// The media type of the stream, or `None` if every response is read as a whole.
    pub(crate) accept: Option<&'static str>,
    pub(crate) accepted: AcceptedResponses,
}

impl Streaming {
    /// Returns whether the body of this response is the stream. The body of an error response is read as a whole.
    pub(crate) fn contains(self, head: &Parts) -> bool {
        self.accept.is_some_and(|accept| {
            self.accepted.is_success(head.status) && check_content_type(&head.headers, accept).is_ok()
        })
    }
}

/// Sends the attempts of a call until the head of a streamed response has arrived, the call ends or its timeout expires.
pub(crate) async fn drive(
    transport: &dyn Transport,
    state: &mut CallState<'_>,
    accept: Option<&'static str>,
) -> Result<Opened<ResponseBody>, Error> {
    let streaming = Streaming { accept, accepted: state.accepted() };
    let mut deadline = Timer::new(state.timeout());
    let mut time_left = state.timeout();
    loop {
        let request = state.next_streaming_request()?;
        let received = {
            let mut received = pin!(state.span().instrument(send(transport, request, streaming)));
            let mut attempt = Timer::new(state.attempt_timeout().unwrap_or(NO_TIMEOUT));
            poll_fn(|cx| poll_attempt(received.as_mut(), &mut attempt, &mut deadline, transport, cx)).await
        };
        let (response, body) = split(received);
        let (delay, outcome) = match state.on_attempt_done(response, time_left) {
            NextStep::Finish(outcome) => return outcome.map(|outcome| Opened { outcome, body }),
            NextStep::Retry(delay, outcome) => (delay, outcome),
        };
        let mut sleep = transport.sleep(delay);
        if !poll_fn(|cx| completes_before(&mut sleep, &mut deadline, transport, cx)).await {
            return outcome.map(|outcome| Opened { outcome, body: None });
        }
        time_left = remaining(time_left, delay);
    }
}

/// Sends a request. The body of a streamed response is returned separately, and the response itself is then empty.
async fn send(
    transport: &dyn Transport,
    request: Request<RequestBody>,
    streaming: Streaming,
) -> Result<Received<ResponseBody>, TransportError> {
    let (head, body) = transport.send_streaming(request).await?.into_parts();
    if streaming.contains(&head) {
        return Ok((Response::from_parts(head, Bytes::new()), Some(body)));
    }
    Ok((ResponseBody::collect(Response::from_parts(head, body)).await?, None))
}

/// Separates the body of a streamed response.
pub(crate) fn split<B>(
    received: Option<Result<Received<B>, Error>>,
) -> (Option<Result<Response<Bytes>, Error>>, Option<B>) {
    match received {
        None => (None, None),
        Some(Ok((response, body))) => (Some(Ok(response)), body),
        Some(Err(error)) => (Some(Err(error)), None),
    }
}
