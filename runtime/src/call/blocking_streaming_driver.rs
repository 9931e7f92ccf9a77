//! Drives a call over a blocking transport whose request or response is a stream.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::blocking_driver::is_limit;
use super::state::{CallState, NextStep, remaining, timed_out};
use super::streaming_driver::{Opened, Received, Streaming, split};
use crate::body::{BlockingResponseBody, RequestBody};
use crate::clock::MaybeInstant;
use crate::error::{Error, TransportError};
use crate::transport::BlockingTransport;

/// Sends the attempts of a call until the head of a streamed response has arrived, the call ends or its timeout expires.
pub(crate) fn drive(
    transport: &dyn BlockingTransport,
    state: &mut CallState<'_>,
    accept: Option<&'static str>,
) -> Result<Opened<BlockingResponseBody>, Error> {
    let streaming = Streaming { accept, accepted: state.accepted() };
    let mut time_left = state.timeout();
    loop {
        let request = state.next_streaming_request()?;
        let limit = state.attempt_timeout().map_or(time_left, |timeout| timeout.min(time_left));
        let start = MaybeInstant::now();
        let received = state.span().in_scope(|| send(transport, request, limit, streaming));
        let received = match received.map_err(Error::from_transport) {
            // The error states the configured timeout, not the time that was left.
            Err(error) if is_limit(&error, limit) && limit == time_left => {
                return state.on_timeout().map(|outcome| Opened { outcome, body: None });
            }
            Err(error) if is_limit(&error, limit) => Err(timed_out(limit)),
            received => received,
        };
        time_left = remaining(time_left, start.elapsed());
        let (response, body) = split(Some(received));
        match state.on_attempt_done(response, time_left) {
            NextStep::Finish(outcome) => return outcome.map(|outcome| Opened { outcome, body }),
            NextStep::Retry(delay, _) => {
                transport.sleep(delay);
                time_left = remaining(time_left, delay);
            }
        }
    }
}

/// Sends a request. The body of a streamed response is returned separately, and the response itself is then empty.
fn send(
    transport: &dyn BlockingTransport,
    request: Request<RequestBody>,
    limit: Duration,
    streaming: Streaming,
) -> Result<Received<BlockingResponseBody>, TransportError> {
    let start = MaybeInstant::now();
    let (head, body) = transport.send_streaming(request, limit)?.into_parts();
    if streaming.contains(&head) {
        return Ok((Response::from_parts(head, Bytes::new()), Some(body)));
    }
    let response = Response::from_parts(head, body);
    Ok((BlockingResponseBody::collect(response, remaining(limit, start.elapsed()))?, None))
}
