//! The chunks of a streamed response, and everything about it that does not depend on its items.

use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::config::NO_TIMEOUT;
use super::context::CallContext;
use super::outcome::CallOutcome;
use super::pending::PendingCall;
use super::streaming_driver::Opened;
#[cfg(feature = "blocking")]
use crate::body::BlockingResponseBody;
use crate::body::ResponseBody;
use crate::endpoint::{check_status, undecoded};
#[cfg(feature = "blocking")]
use crate::error::ErrorKind;
use crate::error::{Error, TransportError, TransportErrorKind};
use crate::json::DecodeError;
use crate::operation::Operation;
use crate::response::{ResponseSnapshot, check_content_type};
use crate::transport::BoxFuture;

/// The maximum number of polls that wait for the end of a body whose items have ended.
const MAX_END_POLLS: u8 = 8;

/// The maximum time for which a blocking stream waits for the end of a body whose items have ended.
#[cfg(feature = "blocking")]
const END_GRACE_PERIOD: Duration = Duration::from_millis(10);

/// A call whose response is a stream, from the request to the last chunk.
pub(super) struct StreamSource {
    context: Arc<CallContext>,
    operation: &'static Operation,
    accept: &'static str,
    statuses: &'static [u16],
    state: State,
    /// The head of the response, when it has arrived.
    pub(super) outcome: Option<Box<CallOutcome>>,
    pub(super) read_timeout: Duration,
    /// The maximum length of the body in bytes.
    pub(super) max_len: u64,
    pub(super) received_len: u64,
    /// The timer of the next chunk, while one is awaited.
    timer: Option<BoxFuture<'static, ()>>,
    end_polls: u8,
}

enum State {
    /// Nothing was sent yet.
    Pending(Box<PendingCall>),
    Opening(BoxFuture<'static, Result<Opened<ResponseBody>, Error>>),
    Open(ResponseBody),
    #[cfg(feature = "blocking")]
    BlockingOpen(BlockingResponseBody),
    /// The body has ended, or the call has failed.
    Done,
}

/// The failure of a chunk.
pub(super) enum ChunkError {
    /// The call failed before the body.
    Call(Error),
    /// The body failed.
    Body(TransportError),
}

type Chunk = Option<Result<Bytes, ChunkError>>;

impl StreamSource {
    pub(super) fn new(pending: Box<PendingCall>, accept: &'static str, statuses: &'static [u16]) -> Self {
        let context = Arc::clone(&pending.context);
        Self {
            operation: pending.operation,
            accept,
            statuses,
            state: State::Pending(pending),
            outcome: None,
            read_timeout: context.config.read_timeout,
            context,
            max_len: u64::MAX,
            received_len: 0,
            timer: None,
            end_polls: 0,
        }
    }

    /// Sends the request, if that was not done yet, and waits for the head of the response.
    pub(super) fn poll_open(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        if let State::Pending(_) = self.state
            && let State::Pending(pending) = std::mem::replace(&mut self.state, State::Done)
        {
            self.state = State::Opening(Box::pin(pending.open(self.accept)));
        }
        let State::Opening(opening) = &mut self.state else { return Poll::Ready(Ok(())) };
        let opened = ready!(opening.as_mut().poll(cx));
        Poll::Ready(self.on_opened(opened, State::Open))
    }

    /// Returns the next chunk, or `None` at the end.
    pub(super) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Chunk> {
        if let Err(error) = ready!(self.poll_open(cx)) {
            return Poll::Ready(Some(Err(ChunkError::Call(error))));
        }
        let body = match &mut self.state {
            State::Open(body) => body,
            #[cfg(feature = "blocking")]
            State::BlockingOpen(_) => return Poll::Ready(Some(Err(ChunkError::Call(opened_otherwise())))),
            State::Pending(_) | State::Opening(_) | State::Done => return Poll::Ready(None),
        };
        match body.poll_chunk(cx) {
            Poll::Ready(chunk) => {
                self.timer = None;
                Poll::Ready(self.on_chunk(chunk))
            }
            Poll::Pending => self.poll_timer(cx).map(|()| self.on_chunk(Some(Err(late(self.read_timeout))))),
        }
    }

    /// Polls the timer of the next chunk, which starts now unless it runs.
    fn poll_timer(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let duration = self.read_timeout;
        if duration == NO_TIMEOUT {
            return Poll::Pending;
        }
        let context = &self.context;
        let timer = self.timer.get_or_insert_with(|| {
            let context = Arc::clone(context);
            Box::pin(async move {
                // The transport exists, because it has opened the response.
                if let Ok(transport) = context.transports.async_transport() {
                    transport.sleep(duration).await;
                }
            })
        });
        timer.as_mut().poll(cx)
    }

    /// Ends the stream at its last item. The connection can be used again if the body ends here too, which the connection
    /// reports after a few polls.
    pub(super) fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let State::Open(body) = &mut self.state
            && body.poll_chunk(cx).is_pending()
            && self.end_polls < MAX_END_POLLS
        {
            self.end_polls += 1;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.state = State::Done;
        Poll::Ready(())
    }

    /// Ends the stream at its last item, as [`StreamSource::poll_end`] does.
    #[cfg(feature = "blocking")]
    pub(super) fn end_blocking(&mut self) {
        if let State::BlockingOpen(body) = &mut self.state {
            _ = body.next_chunk(END_GRACE_PERIOD);
        }
        self.state = State::Done;
    }

    /// Sends the request with the blocking transport, if that was not done yet, and waits for the head of the response.
    #[cfg(feature = "blocking")]
    pub(super) fn open_blocking(&mut self) -> Result<(), Error> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Pending(pending) => {
                let opened = pending.open_blocking(self.accept);
                self.on_opened(opened, State::BlockingOpen)
            }
            State::Opening(_) | State::Open(_) => Err(opened_otherwise()),
            state => {
                self.state = state;
                Ok(())
            }
        }
    }

    /// Returns the next chunk, or `None` at the end. Blocks the current thread until the chunk arrives.
    #[cfg(feature = "blocking")]
    pub(super) fn next_chunk(&mut self) -> Chunk {
        if let Err(error) = self.open_blocking() {
            return Some(Err(ChunkError::Call(error)));
        }
        let State::BlockingOpen(body) = &mut self.state else { return None };
        let chunk = body.next_chunk(self.read_timeout).map(|chunk| {
            chunk.map_err(|error| match error.kind() {
                TransportErrorKind::Timeout if !error.is_before_timeout() => late(self.read_timeout),
                _ => error,
            })
        });
        self.on_chunk(chunk)
    }

    /// Keeps the head of the response. Without a body to stream, the response is an error.
    fn on_opened<B>(&mut self, opened: Result<Opened<B>, Error>, open: fn(B) -> State) -> Result<(), Error> {
        self.state = State::Done;
        let Opened { outcome, body } = opened?;
        if let Some(body) = body {
            outcome.span.end(outcome.attempts, None);
            self.outcome = Some(Box::new(outcome));
            self.state = open(body);
            return Ok(());
        }
        let (statuses, operation, accept) = (self.statuses, self.operation, self.accept);
        let result = check_status(&outcome.response, statuses, operation).and_then(|()| {
            let checked = check_content_type(outcome.response.headers(), accept);
            checked.map_err(|error| undecoded(&outcome.response, operation, error))
        });
        let result = result.map_err(|error| {
            error.with_attempts(outcome.attempts, outcome.is_transient).with_maybe_done(outcome.maybe_done)
        });
        outcome.span.end(outcome.attempts, result.as_ref().err());
        result
    }

    /// Counts a chunk.
    fn on_chunk(&mut self, chunk: Option<Result<Bytes, TransportError>>) -> Chunk {
        let chunk = chunk.map(|chunk| {
            let chunk = chunk?;
            let len = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            self.received_len = self.received_len.saturating_add(len);
            if self.received_len > self.max_len {
                return Err(too_large(format!(
                    "the body of the response is longer than {} bytes",
                    self.max_len
                )));
            }
            Ok(chunk)
        });
        if !matches!(chunk, Some(Ok(_))) {
            self.state = State::Done;
        }
        chunk.map(|chunk| chunk.map_err(ChunkError::Body))
    }

    /// Returns the error of a body that failed. `pending` is the received part of the item in progress.
    pub(super) fn body_error(&mut self, error: TransportError, pending: Bytes) -> Error {
        self.state = State::Done;
        let Some(outcome) = &self.outcome else { return Error::from_transport(error) };
        let error = Error::from_transport(error.with_response(with_body(&outcome.response, pending)));
        let is_transient = error.is_retryable();
        let error = error.with_received_len(self.received_len).with_operation(self.operation.name);
        let error = error.with_attempts(outcome.attempts, is_transient).with_maybe_done(outcome.maybe_done);
        outcome.span.end(outcome.attempts, Some(&error));
        error
    }

    /// Returns the error of an item that is longer than its limit.
    pub(super) fn item_too_long(&mut self, max_len: usize, pending: Bytes) -> Error {
        let message = format!("an item of the response is longer than {max_len} bytes");
        self.body_error(too_large(message), pending)
    }

    /// Returns the error of an item that cannot be decoded. The stream continues with the next one.
    pub(super) fn item_error(&self, error: DecodeError, item: Bytes) -> Error {
        let response = self
            .outcome
            .as_ref()
            .map_or_else(Response::default, |outcome| with_body(&outcome.response, item));
        let snapshot = ResponseSnapshot::new(&response);
        let error = Error::from_decode(snapshot, self.operation.errors, error.in_part());
        let error = error.with_operation(self.operation.name);
        match &self.outcome {
            Some(outcome) => error.with_attempts(outcome.attempts, false).with_maybe_done(outcome.maybe_done),
            None => error,
        }
    }

    /// Returns the request ID of the server.
    pub(super) fn request_id(&self) -> Option<String> {
        let outcome = self.outcome.as_ref()?;
        ResponseSnapshot::new(&outcome.response).with_request_id(self.operation.errors).request_id
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }
}

/// Returns a response with this head and body.
fn with_body(head: &Response<Bytes>, body: Bytes) -> Response<Bytes> {
    let mut response = head.clone();
    *response.body_mut() = body;
    response
}

fn late(timeout: Duration) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, format!("no data arrived within {timeout:?}"))
}

fn too_large(message: String) -> TransportError {
    TransportError::new(TransportErrorKind::BodyTooLarge, message)
}

/// Returns the error of a stream that is read with async and with blocking methods.
#[cfg(feature = "blocking")]
fn opened_otherwise() -> Error {
    let message = "the stream was opened before: read it either with async or with blocking methods";
    Error::new(ErrorKind::AlreadyPolled, message)
}
