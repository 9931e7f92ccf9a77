//! Drives a call over an async transport.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use super::config::NO_TIMEOUT;
use super::outcome::CallOutcome;
use super::state::{CallState, NextStep, remaining, timed_out};
use crate::error::{Error, TransportError};
use crate::transport::{BoxFuture, Transport};

/// Sends the attempts of a call until the call ends or its timeout expires.
#[expect(clippy::manual_async_fn, reason = "the future of an `async fn` has two copies of its arguments")]
pub(crate) fn drive<'c>(
    transport: &'c dyn Transport,
    state: &'c mut CallState<'_>,
) -> impl Future<Output = Result<CallOutcome, Error>> {
    async move {
        let mut deadline = Timer::new(state.timeout());
        // An upper bound: the durations of the attempts are not subtracted, because only the clock of the transport
        // knows them.
        let mut time_left = state.timeout();
        loop {
            let request = state.next_request()?;
            let response = {
                let response = state.span().in_scope(|| transport.send(request));
                let mut response = pin!(state.span().instrument(response));
                let mut attempt = Timer::new(state.attempt_timeout().unwrap_or(NO_TIMEOUT));
                poll_fn(|cx| poll_attempt(response.as_mut(), &mut attempt, &mut deadline, transport, cx))
                    .await
            };
            let (delay, outcome) = match state.on_attempt_done(response, time_left) {
                NextStep::Finish(outcome) => return outcome,
                NextStep::Retry(delay, outcome) => (delay, outcome),
            };
            let mut sleep = transport.sleep(delay);
            if !poll_fn(|cx| completes_before(&mut sleep, &mut deadline, transport, cx)).await {
                return *outcome;
            }
            time_left = remaining(time_left, delay);
        }
    }
}

/// Polls the response of an attempt, its timeout and the timeout of the call, whose end returns no response.
#[inline]
pub(super) fn poll_attempt<'t, T>(
    response: Pin<&mut impl Future<Output = Result<T, TransportError>>>,
    attempt: &mut Timer<'t>,
    deadline: &mut Timer<'t>,
    transport: &'t dyn Transport,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<T, Error>>> {
    if let Poll::Ready(response) = response.poll(cx) {
        return Poll::Ready(Some(response.map_err(Error::from_transport)));
    }
    if attempt.poll(transport, cx).is_ready() {
        return Poll::Ready(Some(Err(timed_out(attempt.duration))));
    }
    deadline.poll(transport, cx).map(|()| None)
}

/// A timer that starts when it is first polled. A call whose first poll returns the response therefore starts none.
///
/// The time that a transport spends within its first poll is not counted. A poll must not block its thread.
pub(super) struct Timer<'t> {
    duration: Duration,
    sleep: Option<BoxFuture<'t, ()>>,
}

impl<'t> Timer<'t> {
    pub(super) const fn new(duration: Duration) -> Self {
        Self { duration, sleep: None }
    }

    /// Returns whether the time is over.
    ///
    /// Without a limit it starts no timer, because a paused clock would jump to that timer. A timeout of zero has
    /// expired already, because timers are coarser than a fast response.
    pub(super) fn poll(&mut self, transport: &'t dyn Transport, cx: &mut Context<'_>) -> Poll<()> {
        match self.duration {
            NO_TIMEOUT => Poll::Pending,
            Duration::ZERO => Poll::Ready(()),
            duration => self.sleep.get_or_insert_with(|| transport.sleep(duration)).as_mut().poll(cx),
        }
    }
}

/// Returns whether a wait completes before the deadline. If both are complete, the deadline counts, so that no other
/// attempt is sent.
pub(super) fn completes_before<'t>(
    sleep: &mut BoxFuture<'_, ()>,
    deadline: &mut Timer<'t>,
    transport: &'t dyn Transport,
    cx: &mut Context<'_>,
) -> Poll<bool> {
    match deadline.poll(transport, cx) {
        Poll::Ready(()) => Poll::Ready(false),
        Poll::Pending => sleep.as_mut().poll(cx).map(|()| true),
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::task::Waker;

    use bytes::Bytes;
    use http::{Request, Response};

    use super::*;

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
            Timer::new(timeout).poll(&Stopped, &mut context).is_ready()
        };
        assert!(is_over(Duration::ZERO));
        assert!(!is_over(Duration::from_nanos(1)));
        assert!(!is_over(NO_TIMEOUT));
    }
}
