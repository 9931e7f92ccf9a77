//! The outcome of a call: its final response.

use bytes::Bytes;
use http::Response;

use crate::error::Error;
use crate::trace::CallSpan;

/// Decodes a successful response, or turns any other one into an error.
pub(crate) type DecodeFn<R> = fn(&Response<Bytes>) -> Result<R, Error>;

/// A response, and what it took.
pub(crate) struct CallOutcome {
    pub(crate) response: Response<Bytes>,
    pub(crate) attempts: u32,
    /// Whether its status tells of something that may pass.
    pub(crate) is_transient: bool,
    /// Whether this attempt or an earlier one may have done what was asked.
    pub(crate) maybe_done: bool,
    /// Of the call, which ends with what is made of the response.
    pub(crate) span: CallSpan,
}

impl CallOutcome {
    /// Reads the response; an error learns what it took to get it.
    pub(crate) fn finish<R>(&self, finish: DecodeFn<R>) -> Result<R, Error> {
        let finished = finish(&self.response);
        let finished = finished
            .map_err(|error| error.after(self.attempts, self.is_transient).maybe_done(self.maybe_done));
        self.span.end(self.attempts, finished.as_ref().err());
        finished
    }
}
