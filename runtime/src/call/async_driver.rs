//! Drives a call over an async transport.

use std::future::{Future, pending, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::config::NO_TIMEOUT;
use super::outcome::CallOutcome;
use super::state::{CallState, NextStep, remaining, timed_out};
use crate::error::Error;
use crate::transport::{BoxFuture, Transport};

/// Sends the attempts of a call until the call ends or its timeout expires.
pub(crate) async fn drive(transport: &dyn Transport, mut state: CallState<'_>) -> Result<CallOutcome, Error> {
    let mut deadline = deadline(transport, state.timeout());
    // An upper bound: the durations of the attempts are not subtracted, because only the clock of the transport knows
    // them.
    let mut time_left = state.timeout();
    loop {
        let request = state.next_request()?;
        let result = {
            let attempt = send_attempt(transport, request, state.attempt_timeout());
            let attempt = pin!(state.span().instrument(attempt));
            with_deadline(&mut deadline, attempt).await
        };
        let Some(result) = result else {
            return state.on_timeout();
        };
        match state.on_attempt_done(result, time_left) {
            NextStep::Finish(result) => return result,
            NextStep::Retry(delay, result) => {
                if !completes_before(transport.sleep(delay), &mut deadline).await {
                    return result;
                }
                time_left = remaining(time_left, delay);
            }
        }
    }
}

/// Returns a future that completes when the timeout expires.
///
/// Without a limit it starts no timer, because a paused clock would jump to that timer. A timeout of zero has expired
/// already, because timers are coarser than a fast response.
fn deadline(transport: &dyn Transport, timeout: Duration) -> BoxFuture<'_, ()> {
    match timeout {
        NO_TIMEOUT => Box::pin(pending()),
        Duration::ZERO => Box::pin(ready(())),
        timeout => transport.sleep(timeout),
    }
}

/// Sends one request, limited by the timeout of an attempt.
async fn send_attempt(
    transport: &dyn Transport,
    request: Request<Bytes>,
    timeout: Option<Duration>,
) -> Result<Response<Bytes>, Error> {
    let response = transport.send(request);
    let result = match timeout {
        None => response.await,
        Some(timeout) => match with_deadline(&mut deadline(transport, timeout), pin!(response)).await {
            Some(result) => result,
            None => return Err(timed_out(timeout)),
        },
    };
    result.map_err(Error::from_transport)
}

/// Returns whether a wait completes before the deadline. If both are complete, the deadline counts, so that no other
/// attempt is sent.
async fn completes_before(mut sleep: BoxFuture<'_, ()>, deadline: &mut BoxFuture<'_, ()>) -> bool {
    poll_fn(|cx| match deadline.as_mut().poll(cx) {
        Poll::Ready(()) => Poll::Ready(false),
        Poll::Pending => sleep.as_mut().poll(cx).map(|()| true),
    })
    .await
}

/// Returns the output of a future, or `None` if the deadline comes first.
async fn with_deadline<T>(
    deadline: &mut BoxFuture<'_, ()>,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    poll_fn(|cx| {
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Some(output));
        }
        deadline.as_mut().poll(cx).map(|()| None)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;
    use crate::error::TransportError;

    /// A transport whose timers never fire.
    struct Stopped;

    impl Transport for Stopped {
        fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
            Box::pin(pending())
        }

        fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
            Box::pin(pending())
        }
    }

    #[test]
    fn timeout_of_zero_expires_immediately() {
        let is_over = |timeout| {
            let mut context = Context::from_waker(Waker::noop());
            deadline(&Stopped, timeout).as_mut().poll(&mut context).is_ready()
        };
        assert!(is_over(Duration::ZERO));
        assert!(!is_over(Duration::from_nanos(1)));
        assert!(!is_over(NO_TIMEOUT));
    }
}
