//! The span of a call.

use std::future::Future;

use super::error_type::{error_type, record_failure};
use super::span::Span;
use crate::error::Error;
use crate::operation::{ApiInfo, Operation};

/// The span of a call, around those of its attempts.
pub(crate) struct CallSpan(Span);

impl CallSpan {
    /// Creates a span that is never recorded.
    pub(crate) fn none() -> Self {
        Self(Span::none())
    }

    /// Opens the span of a call.
    pub(crate) fn new(api: &ApiInfo, operation: &Operation) -> Self {
        Self(Span::of_call(api, operation))
    }

    /// Runs a future inside the span.
    pub(crate) fn instrument<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        self.0.instrument(future)
    }

    /// Runs a function inside the span.
    #[cfg(feature = "blocking")]
    pub(crate) fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        self.0.in_scope(run)
    }

    /// Records the number of attempts and, if the call failed, the reason.
    pub(crate) fn end(&self, attempts: u32, error: Option<&Error>) {
        self.0.record_number("attempts", attempts);
        let Some(error) = error else { return };
        match error.api_error() {
            Some(api) => record_failure(&self.0, &api.status().as_u16()),
            None => record_failure(&self.0, &error_type(error)),
        }
    }
}
