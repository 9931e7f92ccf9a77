//! The state of one call: a sans-I/O state machine. Drivers supply I/O and time.

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};

use super::build_request::AcceptedResponses;
use super::config::{CallConfig, CallOverrides, NO_TIMEOUT};
use super::outcome::CallOutcome;
use crate::body::RequestBody;
use crate::clock::MaybeInstant;
use crate::error::{Error, ErrorKind, TransportError, TransportErrorKind};
use crate::interceptor::Attempt;
use crate::operation::{ApiInfo, IdempotencyKey, Operation};
use crate::request::{RequestDraft, framing_header, is_framing};
use crate::response::{is_transient, retry_after};
use crate::retry::{Backoff, generate_key, is_idempotent};
use crate::trace::{AttemptSpan, CallSpan, record_retry};

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The state of one call, from its first attempt to its outcome.
pub(crate) struct CallState<'c> {
    api: &'static ApiInfo,
    config: &'c CallConfig,
    operation: &'static Operation,
    draft: RequestDraft,
    headers: ClientHeaders<'c>,
    is_idempotent: bool,
    accepted: AcceptedResponses,
    /// Whether an attempt may have taken effect on the server.
    maybe_done: bool,
    overrides: Option<Box<CallOverrides>>,
    /// `None` before the first retry, which few calls make.
    backoff: Option<Box<Backoff>>,
    count: u32,
    /// Whether a retry token is reserved but not yet used.
    retry_reserved: bool,
    /// The time at which the last attempt was sent, which only interceptors need.
    sent_at: MaybeInstant,
    span: AttemptSpan,
}

/// The headers that the client adds to each attempt.
pub(crate) struct ClientHeaders<'c> {
    pub(crate) user_agent: &'c HeaderValue,
    /// `None` if the parameters contain other credentials, or none are required.
    pub(crate) authorization: Option<HeaderValue>,
}

impl ClientHeaders<'_> {
    fn insert_into(&self, headers: &mut HeaderMap) {
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        headers.insert(USER_AGENT, self.user_agent.clone());
    }
}

/// The next step of a call.
pub(crate) enum NextStep {
    /// The call ends with this outcome.
    Finish(Result<CallOutcome, Error>),
    /// Another attempt follows after this delay. If the timeout of the call expires first, this is the outcome.
    Retry(Duration, Box<Result<CallOutcome, Error>>),
}

impl<'c> CallState<'c> {
    pub(crate) fn new(
        api: &'static ApiInfo,
        config: &'c CallConfig,
        operation: &'static Operation,
        mut draft: RequestDraft,
        headers: ClientHeaders<'c>,
        overrides: Option<Box<CallOverrides>>,
        accepted: AcceptedResponses,
    ) -> Result<Self, Error> {
        let retry = overrides.as_deref().and_then(|call| call.retry.as_ref()).unwrap_or(&config.retry);
        if retry.allows_retries() {
            set_idempotency_key(operation, &mut draft)?;
        }
        Ok(Self {
            api,
            config,
            operation,
            is_idempotent: is_idempotent(operation, |header| draft.contains_header(header)),
            accepted,
            maybe_done: false,
            overrides,
            backoff: None,
            count: 0,
            retry_reserved: false,
            sent_at: MaybeInstant::none(),
            span: AttemptSpan::none(),
            draft,
            headers,
        })
    }

    /// Returns the total timeout of the call.
    pub(crate) fn timeout(&self) -> Duration {
        self.overrides.as_deref().and_then(|call| call.timeout).unwrap_or(self.config.timeout)
    }

    /// Returns the timeout of each attempt, if there is one.
    pub(crate) fn attempt_timeout(&self) -> Option<Duration> {
        self.config.attempt_timeout
    }

    /// Returns the responses that are accepted as a success.
    pub(crate) fn accepted(&self) -> AcceptedResponses {
        self.accepted
    }

    /// Returns whether each attempt reads the body of its request from its source.
    pub(crate) fn streams_request(&self) -> bool {
        self.draft.streamed_body().is_some()
    }

    /// Starts the next attempt and returns its request, whose body can be a stream.
    pub(crate) fn next_streaming_request(&mut self) -> Result<Request<RequestBody>, Error> {
        let request = self.next_request()?;
        let streamed_body = self.draft.streamed_body().cloned();
        Ok(request.map(|body| streamed_body.unwrap_or_else(|| body.into())))
    }

    /// Replaces the total timeout of the call.
    #[cfg(feature = "blocking")]
    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.overrides.get_or_insert_default().timeout = Some(timeout);
    }

    /// Replaces the `authorization` header of further attempts, if the client adds it.
    pub(crate) fn replace_authorization(&mut self, header: HeaderValue) {
        if let Some(authorization) = &mut self.headers.authorization {
            *authorization = header;
        }
    }

    /// Returns the span of the attempt in progress.
    pub(crate) fn span(&self) -> &AttemptSpan {
        &self.span
    }

    /// Starts the next attempt and returns its request, after the interceptors have changed it.
    pub(crate) fn next_request(&mut self) -> Result<Request<Bytes>, Error> {
        self.count = self.count.saturating_add(1);
        let mut request = self.draft.to_request(&self.operation.method);
        self.headers.insert_into(request.headers_mut());
        self.span = AttemptSpan::new(self.operation, request.uri(), self.count);
        if !self.config.interceptors.is_empty() {
            self.intercept(&mut request).map_err(|error| self.reject_attempt(error))?;
        }
        self.retry_reserved = false;
        Ok(request)
    }

    /// Lets the interceptors change the request of an attempt.
    fn intercept(&mut self, request: &mut Request<Bytes>) -> Result<(), Error> {
        self.sent_at = MaybeInstant::now();
        let attempt = self.attempt(Duration::ZERO);
        let mut interceptors = self.config.interceptors.iter();
        // Inside the span, so that an interceptor can propagate the span to the server.
        let accepted = self.span.in_scope(|| {
            interceptors.try_for_each(|interceptor| interceptor.before_attempt(&attempt, request))
        });
        accepted.map_err(interceptor_rejection)?;
        framing_header(request.headers()).map_or(Ok(()), |header| Err(framing_header_rejection(header)))
    }

    /// Returns the next step after an attempt, which has no response if the timeout of the call expires. `time_left` is
    /// the remaining time of the call.
    pub(crate) fn on_attempt_done(
        &mut self,
        response: Option<Result<Response<Bytes>, Error>>,
        time_left: Duration,
    ) -> NextStep {
        let Some(response) = response else { return NextStep::Finish(self.on_timeout()) };
        let result = self.finish_attempt(response);
        let Some(delay) = self.next_delay(&result, time_left) else {
            return NextStep::Finish(self.finish_call(result));
        };
        let attempt = self.attempt(self.sent_at.elapsed());
        self.config.interceptors.iter().for_each(|interceptor| interceptor.before_retry(&attempt, delay));
        record_retry(self.count, delay);
        NextStep::Retry(delay, Box::new(result))
    }

    /// Returns the outcome of a call whose timeout expires during an attempt.
    pub(crate) fn on_timeout(&mut self) -> Result<CallOutcome, Error> {
        let result = self.finish_attempt(Err(timed_out(self.timeout())));
        self.finish_call(result)
    }

    /// Returns the outcome of the call. A response that reports no transient failure deposits into the retry budget.
    fn finish_call(&self, result: Result<CallOutcome, Error>) -> Result<CallOutcome, Error> {
        if result.as_ref().is_ok_and(|outcome| !outcome.is_transient) {
            self.config.budget.deposit();
        }
        result
    }

    /// Ends the span of an attempt that is not sent.
    fn reject_attempt(&mut self, error: Error) -> Error {
        // Only the attempts before this one were sent.
        let error = error.with_operation(self.operation.name);
        let error = error.with_attempts(self.count.saturating_sub(1), false).with_maybe_done(self.maybe_done);
        self.span.take().end(self.operation, Err(&error));
        error
    }

    /// Reports the result of an attempt to the interceptors and the span, and returns the outcome.
    fn finish_attempt(&mut self, response: Result<Response<Bytes>, Error>) -> Result<CallOutcome, Error> {
        let attempt = self.attempt(self.sent_at.elapsed());
        let response = response.or_else(|error| self.ignore_body(error));
        self.maybe_done |= self.may_have_been_performed(&response);
        let result = response.map_err(|error| {
            // The error may contain the head of a response, whose status counts even if its body is too long.
            let is_transient =
                error.is_retryable() || error.status().is_some_and(|status| self.is_transient_status(status));
            error
                .with_operation(self.operation.name)
                .with_attempts(self.count, is_transient)
                .with_maybe_done(self.maybe_done)
        });
        // Taken out, so that the span ends here and not after the retry delay.
        let span = self.span.take();
        span.in_scope(|| {
            self.config
                .interceptors
                .iter()
                .for_each(|interceptor| interceptor.after_attempt(&attempt, result.as_ref()))
        });
        span.end(self.operation, result.as_ref());
        let response = result?;
        let is_transient = self.is_transient_status(response.status());
        let (attempts, maybe_done) = (self.count, self.maybe_done);
        Ok(CallOutcome { response, attempts, is_transient, maybe_done, span: CallSpan::none() })
    }

    /// Returns the head of a successful response whose body is not needed, if that body is too long or cannot be
    /// decoded.
    ///
    /// A truncated body remains an error: servers that send the head first abort the connection to report a failure.
    fn ignore_body(&self, error: Error) -> Result<Response<Bytes>, Error> {
        use TransportErrorKind::{BodyTooLarge, Protocol};
        let is_whole = |error: &&TransportError| matches!(error.kind(), BodyTooLarge | Protocol);
        let head = error.transport_error().filter(is_whole).and_then(TransportError::response);
        match head.filter(|head| self.accepted.any_body && self.accepted.is_success(head.status())) {
            Some(head) => Ok(head.clone()),
            None => Err(error),
        }
    }

    /// Returns whether a status reports a transient failure.
    fn is_transient_status(&self, status: StatusCode) -> bool {
        is_transient(status) || self.api.retry_statuses.contains(&status.as_u16())
    }

    fn attempt(&self, elapsed: Duration) -> Attempt<'static> {
        Attempt { operation: self.operation, number: self.count, elapsed }
    }

    /// Returns the delay before the next attempt. Returns `None` if the request must not be sent again or if no time is
    /// left for an attempt.
    fn next_delay(&mut self, result: &Result<CallOutcome, Error>, time_left: Duration) -> Option<Duration> {
        if !self.can_retry(result) || !self.is_body_available() {
            return None;
        }
        let retry_after = match result {
            Ok(outcome) => retry_after(outcome.response.headers()),
            Err(error) => error.retry_after(),
        };
        let delay = self.backoff().next(retry_after)?;
        // A delay that exceeds the remaining time is useless, and must not use a retry token.
        self.retry_reserved = delay < time_left && self.config.budget.try_acquire();
        self.retry_reserved.then_some(delay)
    }

    fn backoff(&mut self) -> &mut Backoff {
        let retry = self.overrides.as_deref().and_then(|call| call.retry.as_ref());
        self.backoff.get_or_insert_with(|| Box::new(retry.unwrap_or(&self.config.retry).backoff()))
    }

    /// Returns whether the body of the request can still be sent.
    fn is_body_available(&self) -> bool {
        self.draft.streamed_body().is_none_or(RequestBody::is_available)
    }

    /// Returns whether the request can be sent again: the failure is transient, and a repeated request does no harm.
    fn can_retry(&self, result: &Result<CallOutcome, Error>) -> bool {
        match result {
            Ok(outcome) => outcome.is_transient && self.is_idempotent,
            Err(error) => error.is_retryable() && (self.is_idempotent || was_not_sent(error)),
        }
    }

    /// Returns whether this attempt may have taken effect on the server, although it failed or is retried.
    ///
    /// A request with a safe method, such as GET, has no effect. A request that the server did not receive or rejected
    /// has no effect either.
    fn may_have_been_performed(&self, response: &Result<Response<Bytes>, Error>) -> bool {
        let status = match response {
            Ok(response) => Some(response.status()),
            Err(error) => error.status(),
        };
        let is_rejected = status.is_some_and(|status| {
            !status.is_success() && !status.is_server_error() && !self.accepted.is_success(status)
        });
        let was_sent = response.as_ref().err().is_none_or(|error| !was_not_sent(error));
        !self.operation.method.is_safe() && was_sent && !is_rejected
    }
}

impl Drop for CallState<'_> {
    /// Releases a retry token that was reserved but not used: the call timed out or was dropped, or an interceptor
    /// rejected the retry.
    fn drop(&mut self) {
        if self.retry_reserved {
            self.config.budget.release();
        }
    }
}

/// Sets a generated idempotency key, the same for all attempts, unless the caller has set one.
fn set_idempotency_key(operation: &Operation, draft: &mut RequestDraft) -> Result<(), Error> {
    let IdempotencyKey::Generated(header) = operation.idempotency_key else { return Ok(()) };
    let Ok(name) = HeaderName::from_bytes(header.as_bytes()) else { return Ok(()) };
    if is_framing(&name) {
        return Err(framing_header_rejection(&name));
    }
    if !draft.contains_header(header)
        && let Some(key) = generate_key()?
    {
        draft.push_header(name, key);
    }
    Ok(())
}

fn interceptor_rejection(cause: Source) -> Error {
    Error::new(ErrorKind::InvalidRequest, format!("an interceptor rejected the request: {cause}"))
        .with_source(cause)
}

/// Parameters cannot set such a header, but an interceptor can.
fn framing_header_rejection(header: &HeaderName) -> Error {
    Error::new(ErrorKind::InvalidRequest, format!("invalid header `{header}`: only the transport sets it"))
}

/// Returns whether the server did not receive the request of this attempt.
fn was_not_sent(error: &Error) -> bool {
    use TransportErrorKind::{Config, Connect, Proxy, Tls};
    error.transport_error().is_some_and(|error| matches!(error.kind(), Config | Connect | Proxy | Tls))
}

/// Returns the time that remains after `elapsed`. A call without a limit remains without a limit.
pub(crate) fn remaining(time_left: Duration, elapsed: Duration) -> Duration {
    if time_left == NO_TIMEOUT { NO_TIMEOUT } else { time_left.saturating_sub(elapsed) }
}

pub(crate) fn timed_out(timeout: Duration) -> Error {
    Error::new(ErrorKind::Timeout, format!("no response arrived within {timeout:?}"))
}
