//! The outcome of a call: its final response.

use bytes::Bytes;
use http::Response;

use crate::error::Error;
use crate::trace::CallSpan;

/// Decodes a successful response, or converts any other response into an error.
pub(crate) type DecodeFn<R> = fn(&Response<Bytes>) -> Result<R, Error>;

/// The final response of a call, with facts about its attempts.
pub(crate) struct CallOutcome {
    pub(crate) response: Response<Bytes>,
    pub(crate) attempts: u32,
    /// Whether the status reports a transient failure.
    pub(crate) is_transient: bool,
    /// Whether this attempt or an earlier one may have taken effect on the server.
    pub(crate) maybe_done: bool,
    /// The span of the call. The span ends when the response is decoded.
    pub(crate) span: CallSpan,
}

impl CallOutcome {
    /// Decodes the response and ends the span. An error receives the facts about the attempts.
    pub(crate) fn decode<R>(&self, decode: DecodeFn<R>) -> Result<R, Error> {
        let decoded = decode(&self.response);
        let decoded = decoded.map_err(|error| {
            error.with_attempts(self.attempts, self.is_transient).with_maybe_done(self.maybe_done)
        });
        self.span.end(self.attempts, decoded.as_ref().err());
        decoded
    }
}
