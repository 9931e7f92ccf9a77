//! Drives a call over an async transport.

use std::future::{Future, pending, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::config::NO_TIMEOUT;
use super::outcome::CallOutcome;
use super::state::{CallState, Next, remaining, timed_out};
use crate::error::Error;
use crate::transport::{BoxFuture, Transport};

/// Sends the attempts of a call until the call ends or its timeout expires.
pub(crate) async fn drive(
    transport: &dyn Transport,
    mut attempts: CallState<'_>,
) -> Result<CallOutcome, Error> {
    let mut deadline = deadline(transport, attempts.timeout());
    // An upper bound: the durations of the attempts are not subtracted, because only the clock of the transport knows
    // them.
    let mut left = attempts.timeout();
    loop {
        let request = attempts.request()?;
        let sent = {
            let attempt = attempt(transport, request, attempts.attempt_timeout());
            let attempt = pin!(attempts.span().instrument(attempt));
            before(&mut deadline, attempt).await
        };
        let Some(sent) = sent else {
            return attempts.give_up();
        };
        match attempts.on_attempt_done(sent, left) {
            Next::End(ended) => return ended,
            Next::Wait(wait, ended) => {
                if !passes(transport.sleep(wait), &mut deadline).await {
                    return ended;
                }
                left = remaining(left, wait);
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
async fn attempt(
    transport: &dyn Transport,
    request: Request<Bytes>,
    timeout: Option<Duration>,
) -> Result<Response<Bytes>, Error> {
    let response = transport.send(request);
    let sent = match timeout {
        None => response.await,
        Some(timeout) => match before(&mut deadline(transport, timeout), pin!(response)).await {
            Some(sent) => sent,
            None => return Err(timed_out(timeout)),
        },
    };
    sent.map_err(Error::from_transport)
}

/// Returns whether a wait completes before the deadline. If both are complete, the deadline counts, so that no other
/// attempt is sent.
async fn passes(mut wait: BoxFuture<'_, ()>, deadline: &mut BoxFuture<'_, ()>) -> bool {
    poll_fn(|cx| match deadline.as_mut().poll(cx) {
        Poll::Ready(()) => Poll::Ready(false),
        Poll::Pending => wait.as_mut().poll(cx).map(|()| true),
    })
    .await
}

/// Returns the output of a future, or `None` if the deadline comes first.
async fn before<T>(
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
