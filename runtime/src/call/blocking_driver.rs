//! Drives a call over a blocking transport.

use std::time::Duration;

use super::config::NO_TIMEOUT;
use super::outcome::CallOutcome;
use super::state::{CallState, Next, remaining, timed_out};
use crate::clock::MaybeInstant;
use crate::error::{Error, ErrorKind, TransportError};
use crate::transport::BlockingTransport;

/// Drives a call over a blocking transport.
pub(crate) fn drive(
    transport: &dyn BlockingTransport,
    mut attempts: CallState<'_>,
) -> Result<CallOutcome, Error> {
    let mut left = attempts.timeout();
    loop {
        let request = attempts.request()?;
        let limit = attempts.attempt_timeout().map_or(left, |timeout| timeout.min(left));
        let start = MaybeInstant::now();
        let sent = attempts.span().in_scope(|| transport.send(request, limit));
        let sent = match sent.map_err(Error::from_transport) {
            // The error states the configured timeout, not the time that was left.
            Err(error) if is_limit(&error, limit) && limit == left => return attempts.give_up(),
            Err(error) if is_limit(&error, limit) => Err(timed_out(limit)),
            sent => sent,
        };
        left = remaining(left, start.elapsed());
        match attempts.on_attempt_done(sent, left) {
            Next::End(ended) => return ended,
            Next::Wait(wait, _) => {
                transport.sleep(wait);
                left = remaining(left, wait);
            }
        }
    }
}

/// Returns whether the limit that was passed to the transport expired, and not a timeout of the transport itself.
fn is_limit(error: &Error, limit: Duration) -> bool {
    let is_timeout = error.kind() == ErrorKind::Timeout && limit != NO_TIMEOUT;
    is_timeout && !error.transport_error().is_some_and(TransportError::is_early)
}
