//! Spans for calls and their attempts, in the words of OpenTelemetry's conventions for HTTP clients.
//!
//! They say what was called, never with what: the template of the path, no URL, no header but the server's name for the
//! request, no body. Without the feature `tracing` all of it is nothing.

#[cfg(feature = "tracing")]
pub(crate) use self::on::{AttemptSpan, CallSpan};

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{AttemptSpan, CallSpan};

#[cfg(feature = "tracing")]
mod on {
    use std::future::Future;
    use std::time::Duration;

    use bytes::Bytes;
    use http::{Request, Response};
    use tracing::field::{Empty, display};
    use tracing::{Instrument as _, Span, debug, info_span};

    use crate::attempts::Exchange;
    use crate::client::Api;
    use crate::error::Answer;
    use crate::{Error, ErrorKind, Operation};

    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn new(api: &Api, operation: &Operation) -> Self {
            Self(info_span!(
                "api.call",
                otel.name = operation.name,
                api = api.name,
                operation = operation.name,
                attempts = Empty,
                error.type = Empty,
                otel.status_code = Empty,
            ))
        }

        pub(crate) fn will_retry(&self, attempt: u32, wait: Duration) {
            debug!(parent: &self.0, attempt, ?wait, "the request will be sent again");
        }

        pub(crate) fn end(&self, ended: &Result<Exchange, Error>) {
            if self.0.is_disabled() {
                return;
            }
            let attempts = ended.as_ref().map_or_else(Error::attempts, |exchange| exchange.attempts);
            self.0.record("attempts", attempts);
            fail(&self.0, ended.as_ref().map(|exchange| &exchange.response));
        }
    }

    pub(crate) struct AttemptSpan(Span);

    impl AttemptSpan {
        pub(crate) fn none() -> Self {
            Self(Span::none())
        }

        pub(crate) fn new(
            call: &CallSpan,
            operation: &Operation,
            request: &Request<Bytes>,
            number: u32,
        ) -> Self {
            let uri = request.uri();
            let usual_port = if uri.scheme_str() == Some("http") { 80 } else { 443 };
            let span = info_span!(
                parent: &call.0,
                "http.request",
                otel.name = %format_args!("{} {}", operation.method, operation.path),
                otel.kind = "client",
                http.request.method = operation.method.as_str(),
                url.template = operation.path,
                server.address = uri.host(),
                server.port = uri.port_u16().unwrap_or(usual_port),
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                request_id = Empty,
                error.type = Empty,
                otel.status_code = Empty,
            );
            if number > 1 {
                span.record("http.request.resend_count", number - 1);
            }
            Self(span)
        }

        pub(crate) fn instrument<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
            work.instrument(self.0.clone())
        }

        #[cfg(feature = "blocking")]
        pub(crate) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
            self.0.in_scope(work)
        }

        pub(crate) fn end(&self, operation: &Operation, ended: Result<&Response<Bytes>, &Error>) {
            if self.0.is_disabled() {
                return;
            }
            if let Ok(response) = ended {
                self.0.record("http.response.status_code", response.status().as_u16());
                if let Some(request_id) = Answer::new(response).named(operation.errors).request_id {
                    self.0.record("request_id", request_id);
                }
            }
            fail(&self.0, ended);
        }
    }

    /// Says why a span is no success, if it is none.
    fn fail(span: &Span, ended: Result<&Response<Bytes>, &Error>) {
        match ended {
            Ok(response) if response.status().is_success() => return,
            Ok(response) => span.record("error.type", display(response.status().as_u16())),
            Err(error) => span.record("error.type", kind(error.kind())),
        };
        span.record("otel.status_code", "ERROR");
    }

    fn kind(kind: ErrorKind) -> &'static str {
        match kind {
            ErrorKind::Config => "config",
            ErrorKind::Refused => "refused",
            ErrorKind::Credentials => "credentials",
            ErrorKind::Transport => "transport",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Api => "api",
            ErrorKind::Decode => "decode",
            ErrorKind::Pages => "pages",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::future::Future;
    use std::time::Duration;

    use bytes::Bytes;
    use http::{Request, Response};

    use crate::attempts::Exchange;
    use crate::client::Api;
    use crate::{Error, Operation};

    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn new(_: &Api, _: &Operation) -> Self {
            Self
        }

        #[expect(clippy::unused_self, reason = "it does something with the feature")]
        pub(crate) fn will_retry(&self, _: u32, _: Duration) {}

        #[expect(clippy::unused_self, reason = "it does something with the feature")]
        pub(crate) fn end(&self, _: &Result<Exchange, Error>) {}
    }

    pub(crate) struct AttemptSpan;

    impl AttemptSpan {
        pub(crate) fn none() -> Self {
            Self
        }

        pub(crate) fn new(_: &CallSpan, _: &Operation, _: &Request<Bytes>, _: u32) -> Self {
            Self
        }

        #[expect(clippy::unused_self, reason = "it does something with the feature")]
        pub(crate) fn instrument<F: Future>(&self, work: F) -> F {
            work
        }

        #[cfg(feature = "blocking")]
        #[expect(clippy::unused_self, reason = "it does something with the feature")]
        pub(crate) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
            work()
        }

        #[expect(clippy::unused_self, reason = "it does something with the feature")]
        pub(crate) fn end(&self, _: &Operation, _: Result<&Response<Bytes>, &Error>) {}
    }
}
