//! Sends one request as often as it takes, and as its policy and the time allow.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::answer_headers::retry_after;
use crate::call::Finish;
use crate::client::Api;
use crate::retry::{is_repeatable, is_transient};
use crate::{BoxFuture, Error, ErrorKind, RetryPolicy, Transport, TransportErrorKind};

/// A response, and what it took.
pub(crate) struct Exchange {
    pub(crate) response: Response<Bytes>,
    pub(crate) attempts: u32,
    /// Whether its status tells of something that may pass.
    pub(crate) is_transient: bool,
}

/// What holds for all requests of a client.
pub(crate) struct Sender {
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) retry: RetryPolicy,
    /// For a call in all.
    pub(crate) timeout: Duration,
    /// For each attempt; none but that of the call unless set.
    pub(crate) attempt_timeout: Option<Duration>,
}

impl Sender {
    /// Sends a request until there is an answer for good, and at most for the time that a call has.
    pub(crate) async fn send(
        &self,
        api: &Api,
        request: Request<Bytes>,
        policy: Option<RetryPolicy>,
    ) -> Result<Exchange, Error> {
        let is_repeatable = is_repeatable(&request, api.idempotency_header);
        let mut waits = policy.as_ref().unwrap_or(&self.retry).waits();
        let mut deadline = self.transport.sleep(self.timeout);
        let mut waited = Duration::ZERO;
        let mut attempts: u32 = 0;
        loop {
            attempts = attempts.saturating_add(1);
            let attempt = Box::pin(self.attempt(request.clone()));
            let Some(sent) = before(&mut deadline, attempt).await else {
                return Err(timed_out(self.timeout).after(attempts, true));
            };
            let ended = match sent {
                Ok(response) => Ok(Exchange::new(response, attempts, api)),
                Err(error) => {
                    let is_transient = error.is_retryable();
                    Err(error.after(attempts, is_transient))
                }
            };
            let Some(wait) = wait_for(&ended, is_repeatable).and_then(|least| Some(waits.next()?.max(least)))
            else {
                return ended;
            };
            waited = waited.saturating_add(wait);
            // There is no use in a wait that outlasts the call.
            if waited >= self.timeout || before(&mut deadline, self.transport.sleep(wait)).await.is_none() {
                return ended;
            }
        }
    }

    /// Sends a request once, and at most for the time that an attempt has.
    async fn attempt(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let response = self.transport.send(request);
        let sent = match self.attempt_timeout {
            None => response.await,
            Some(timeout) => match before(&mut self.transport.sleep(timeout), response).await {
                Some(sent) => sent,
                None => return Err(timed_out(timeout)),
            },
        };
        sent.map_err(Error::of_transport)
    }
}

impl Exchange {
    fn new(response: Response<Bytes>, attempts: u32, api: &Api) -> Self {
        let status = response.status();
        let is_transient = is_transient(status) || api.retry_statuses.contains(&status.as_u16());
        Self { response, attempts, is_transient }
    }

    /// Reads the response; an error learns what it took to get it.
    pub(crate) fn finish<R>(&self, finish: Finish<R>) -> Result<R, Error> {
        finish(&self.response).map_err(|error| error.after(self.attempts, self.is_transient))
    }
}

/// The shortest time to wait before the request is sent again; `None` where it must not be.
fn wait_for(ended: &Result<Exchange, Error>, is_repeatable: bool) -> Option<Duration> {
    match ended {
        Ok(exchange) => (exchange.is_transient && is_repeatable)
            .then(|| retry_after(exchange.response.headers()).unwrap_or_default()),
        Err(error) => {
            (error.is_retryable() && (is_repeatable || was_not_sent(error))).then_some(Duration::ZERO)
        }
    }
}

fn was_not_sent(error: &Error) -> bool {
    error.transport().is_some_and(|error| error.kind() == TransportErrorKind::Connect)
}

fn timed_out(timeout: Duration) -> Error {
    Error::new(ErrorKind::Timeout, format!("no response came within {timeout:?}"))
}

/// What a future gives, unless the deadline comes first.
async fn before<T>(deadline: &mut BoxFuture<'_, ()>, mut future: BoxFuture<'_, T>) -> Option<T> {
    poll_fn(|cx| {
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Some(output));
        }
        deadline.as_mut().poll(cx).map(|()| None)
    })
    .await
}
