//! Drives a call over a blocking transport.

use std::time::Duration;

use super::config::NO_TIMEOUT;
use super::outcome::CallOutcome;
use super::state::{CallState, NextStep, remaining, timed_out};
use crate::clock::MaybeInstant;
use crate::error::{Error, ErrorKind, TransportError};
use crate::transport::BlockingTransport;

/// Drives a call over a blocking transport.
pub(crate) fn drive(
    transport: &dyn BlockingTransport,
    state: &mut CallState<'_>,
) -> Result<CallOutcome, Error> {
    let mut time_left = state.timeout();
    loop {
        let request = state.next_request()?;
        let limit = state.attempt_timeout().map_or(time_left, |timeout| timeout.min(time_left));
        let start = MaybeInstant::now();
        let result = state.span().in_scope(|| transport.send(request, limit));
        let result = match result.map_err(Error::from_transport) {
            // The error states the configured timeout, not the time that was left.
            Err(error) if is_limit(&error, limit) && limit == time_left => return state.on_timeout(),
            Err(error) if is_limit(&error, limit) => Err(timed_out(limit)),
            result => result,
        };
        time_left = remaining(time_left, start.elapsed());
        match state.on_attempt_done(Some(result), time_left) {
            NextStep::Finish(result) => return result,
            NextStep::Retry(delay, _) => {
                transport.sleep(delay);
                time_left = remaining(time_left, delay);
            }
        }
    }
}

/// Returns whether the limit that was passed to the transport expired, and not a timeout of the transport itself.
pub(super) fn is_limit(error: &Error, limit: Duration) -> bool {
    let is_timeout = error.kind() == ErrorKind::Timeout && limit != NO_TIMEOUT;
    is_timeout && !error.transport_error().is_some_and(TransportError::is_before_timeout)
}
