//! A span that records nothing without the feature `tracing`. No other code depends on that feature.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use http::Uri;

use crate::operation::{ApiInfo, Operation};

/// The target of everything that this crate traces, for filters.
#[cfg(feature = "tracing")]
const TARGET: &str = "typefoundry_runtime";

/// A span of `tracing`, or nothing.
pub(super) struct Span(#[cfg(feature = "tracing")] tracing::Span);

impl Span {
    /// Creates a span that is never recorded.
    pub(super) fn none() -> Self {
        Self(
            #[cfg(feature = "tracing")]
            tracing::Span::none(),
        )
    }

    /// Opens the span of a call.
    #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nothing is recorded"))]
    pub(super) fn of_call(api: &ApiInfo, operation: &Operation) -> Self {
        Self(
            #[cfg(feature = "tracing")]
            tracing::info_span!(
                target: TARGET,
                "api.call",
                otel.name = operation.name,
                api = api.name,
                operation = operation.name,
                attempts = tracing::field::Empty,
                error.type = tracing::field::Empty,
                otel.status_code = tracing::field::Empty,
            ),
        )
    }

    /// Opens the span of one HTTP request.
    #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nothing is recorded"))]
    pub(super) fn of_request(operation: &Operation, uri: &Uri) -> Self {
        Self(
            #[cfg(feature = "tracing")]
            tracing::info_span!(
                target: TARGET,
                "http.request",
                otel.name = %format_args!("{} {}", operation.method, operation.path),
                otel.kind = "client",
                http.request.method = operation.method.as_str(),
                url.template = operation.path,
                server.address = host(uri),
                server.port = port(uri),
                http.request.resend_count = tracing::field::Empty,
                http.response.status_code = tracing::field::Empty,
                request_id = tracing::field::Empty,
                error.type = tracing::field::Empty,
                otel.status_code = tracing::field::Empty,
            ),
        )
    }

    /// Returns whether no subscriber receives the records of this span.
    pub(super) fn is_disabled(&self) -> bool {
        #[cfg(feature = "tracing")]
        return self.0.is_disabled();
        #[cfg(not(feature = "tracing"))]
        true
    }

    /// Records a number.
    #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nothing is recorded"))]
    pub(super) fn record_number(&self, field: &'static str, number: u32) {
        #[cfg(feature = "tracing")]
        self.0.record(field, number);
    }

    /// Records a text.
    #[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nothing is recorded"))]
    pub(super) fn record_text(&self, field: &'static str, text: &dyn Display) {
        #[cfg(feature = "tracing")]
        self.0.record(field, tracing::field::display(text));
    }

    /// Runs a future inside the span.
    pub(super) fn instrument<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        #[cfg(feature = "tracing")]
        return tracing::Instrument::instrument(future, self.0.clone());
        #[cfg(not(feature = "tracing"))]
        future
    }

    /// Runs a function inside the span.
    pub(super) fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        #[cfg(feature = "tracing")]
        return self.0.in_scope(run);
        #[cfg(not(feature = "tracing"))]
        run()
    }
}

/// Returns the host without the brackets of an IPv6 address, which belong to the URL.
#[cfg(feature = "tracing")]
fn host(uri: &Uri) -> Option<&str> {
    uri.host().map(|host| host.trim_start_matches('[').trim_end_matches(']'))
}

#[cfg(feature = "tracing")]
fn port(uri: &Uri) -> u16 {
    uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 })
}

/// Records that a request will be sent again. The caller is inside the span of the call.
#[cfg_attr(not(feature = "tracing"), expect(unused_variables, reason = "nothing is recorded"))]
pub(crate) fn record_retry(attempt: u32, delay: Duration) {
    #[cfg(feature = "tracing")]
    tracing::debug!(target: TARGET, attempt, ?delay, "the request will be sent again");
}

/// Keeps a future in the current span, and with the current subscriber, when another thread runs it.
#[cfg(any(feature = "hyper", all(feature = "blocking", feature = "tokio")))]
pub(crate) fn in_current_context<F: Future>(future: F) -> impl Future<Output = F::Output> + use<F> {
    #[cfg(feature = "tracing")]
    return {
        use tracing::instrument::WithSubscriber as _;
        tracing::Instrument::in_current_span(future).with_current_subscriber()
    };
    #[cfg(not(feature = "tracing"))]
    future
}
