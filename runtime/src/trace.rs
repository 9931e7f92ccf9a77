//! Spans for calls and their attempts, in the words of OpenTelemetry's conventions for HTTP clients.
//!
//! They say what was called, never with what: the template of the path, no URL (the conventions want `url.full`, which may
//! hold a token), no header but the server's name for the request, no body. A call is a span of its own, and each of its
//! attempts is an HTTP request below it: hooks and the transport run inside the latter. Without the feature `tracing` all of it is nothing.

#[cfg(not(feature = "tracing"))]
use self::off as how;
#[cfg(feature = "tracing")]
use self::on as how;

#[cfg(all(feature = "blocking", any(feature = "hyper", feature = "reqwest")))]
pub(crate) use self::how::carried_on;
pub(crate) use self::how::{AttemptSpan, CallSpan, will_retry};

#[cfg(feature = "tracing")]
mod on {
    use std::future::Future;
    use std::time::Duration;

    use bytes::Bytes;
    use http::{Request, Response, StatusCode};
    use tracing::field::{Empty, Value, display};
    use tracing::{Instrument as _, Span, debug, info_span};

    use crate::answer::Answer;
    use crate::client::Api;
    use crate::shown::Shown;
    use crate::{Error, ErrorKind, Operation, TransportErrorKind};

    /// What filters go by, wherever in this crate it is said.
    const TARGET: &str = "typefoundry_runtime";

    pub(crate) struct CallSpan(Span);

    impl CallSpan {
        pub(crate) fn none() -> Self {
            Self(Span::none())
        }

        pub(crate) fn new(api: &Api, operation: &Operation) -> Self {
            Self(info_span!(
                target: TARGET,
                "api.call",
                otel.name = operation.name,
                api = api.name,
                operation = operation.name,
                attempts = Empty,
                error.type = Empty,
                otel.status_code = Empty,
            ))
        }

        pub(crate) fn instrument<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
            work.instrument(self.0.clone())
        }

        #[cfg(feature = "blocking")]
        pub(crate) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
            self.0.in_scope(work)
        }

        /// What it took, and why it failed if it did.
        pub(crate) fn end(&self, attempts: u32, error: Option<&Error>) {
            self.0.record("attempts", attempts);
            let Some(error) = error else { return };
            match error.api() {
                Some(api) => fail(&self.0, display(api.status().as_u16())),
                None => fail(&self.0, word(error)),
            }
        }
    }

    /// The same work on another thread, in the span and for the subscriber of this one.
    #[cfg(all(feature = "blocking", any(feature = "hyper", feature = "reqwest")))]
    pub(crate) fn carried_on<F: Future>(work: F) -> impl Future<Output = F::Output> + use<F> {
        use tracing::instrument::WithSubscriber as _;
        work.in_current_span().with_current_subscriber()
    }

    /// Said inside of the call.
    pub(crate) fn will_retry(attempt: u32, wait: Duration) {
        debug!(target: TARGET, attempt, ?wait, "the request will be sent again");
    }

    /// Opened inside of the call.
    pub(crate) struct AttemptSpan(Span);

    impl AttemptSpan {
        pub(crate) fn none() -> Self {
            Self(Span::none())
        }

        pub(crate) fn new(operation: &Operation, request: &Request<Bytes>, number: u32) -> Self {
            let uri = request.uri();
            // The brackets of an IPv6 address belong to the URL.
            let host = uri.host().map(|host| host.trim_start_matches('[').trim_end_matches(']'));
            let usual_port = if uri.scheme_str() == Some("http") { 80 } else { 443 };
            let span = info_span!(
                target: TARGET,
                "http.request",
                otel.name = %format_args!("{} {}", operation.method, operation.path),
                otel.kind = "client",
                http.request.method = operation.method.as_str(),
                url.template = operation.path,
                server.address = host,
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

        pub(crate) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
            self.0.in_scope(work)
        }

        /// The span itself, so that nothing else keeps it open.
        pub(crate) fn take(&mut self) -> Self {
            std::mem::replace(self, Self::none())
        }

        pub(crate) fn end(&self, operation: &Operation, ended: Result<&Response<Bytes>, &Error>) {
            if self.0.is_disabled() {
                return;
            }
            match ended {
                Ok(response) => self.answered(operation, response),
                Err(error) => {
                    self.came(error.status(), error.request_id());
                    fail(&self.0, word(error));
                }
            }
        }

        fn answered(&self, operation: &Operation, response: &Response<Bytes>) {
            let status = response.status();
            self.came(Some(status), Answer::new(response).named(operation.errors).request_id.as_deref());
            // The conventions call nothing below it an error. The call may well fail for it.
            if status.as_u16() >= 400 {
                fail(&self.0, display(status.as_u16()));
            }
        }

        /// What is told of a response, be it one that broke off.
        fn came(&self, status: Option<StatusCode>, request_id: Option<&str>) {
            if let Some(status) = status {
                self.0.record("http.response.status_code", status.as_u16());
            }
            if let Some(request_id) = request_id {
                self.0.record("request_id", display(Shown::name(request_id)));
            }
        }
    }

    /// Says why a span is no success.
    fn fail(span: &Span, why: impl Value) {
        span.record("error.type", why);
        span.record("otel.status_code", "ERROR");
    }

    fn word(error: &Error) -> &'static str {
        match error.kind() {
            ErrorKind::Config => error.transport().map_or("config", |error| part(error.kind())),
            ErrorKind::Refused => "refused",
            ErrorKind::Credentials => "credentials",
            ErrorKind::Transport => error.transport().map_or("transport", |error| part(error.kind())),
            ErrorKind::Timeout => "timeout",
            ErrorKind::Api => "api",
            ErrorKind::Decode => "decode",
            ErrorKind::AlreadyPolled => "already_polled",
            ErrorKind::Pages => "pages",
        }
    }

    fn part(kind: TransportErrorKind) -> &'static str {
        match kind {
            TransportErrorKind::Connect => "connect",
            TransportErrorKind::Tls => "tls",
            TransportErrorKind::Io => "io",
            TransportErrorKind::Protocol => "protocol",
            TransportErrorKind::Config => "config",
            TransportErrorKind::Proxy => "proxy",
            TransportErrorKind::Timeout => "timeout",
            TransportErrorKind::BodyTooLarge => "body_too_large",
            TransportErrorKind::Other => "transport",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::future::Future;
    use std::time::Duration;

    use bytes::Bytes;
    use http::{Request, Response};

    use crate::client::Api;
    use crate::{Error, Operation};

    pub(crate) struct CallSpan;

    impl CallSpan {
        pub(crate) fn none() -> Self {
            Self
        }

        pub(crate) fn new(_: &Api, _: &Operation) -> Self {
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
        pub(crate) fn end(&self, _: u32, _: Option<&Error>) {}
    }

    #[cfg(all(feature = "blocking", any(feature = "hyper", feature = "reqwest")))]
    pub(crate) fn carried_on<F: Future>(work: F) -> F {
        work
    }

    pub(crate) fn will_retry(_: u32, _: Duration) {}

    pub(crate) struct AttemptSpan;

    impl AttemptSpan {
        pub(crate) fn none() -> Self {
            Self
        }

        pub(crate) fn new(_: &Operation, _: &Request<Bytes>, _: u32) -> Self {
            Self
        }

        #[expect(clippy::unused_self, reason = "it does something with the feature")]
        pub(crate) fn instrument<F: Future>(&self, work: F) -> F {
            work
        }

        #[expect(clippy::unused_self, reason = "it does something with the feature")]
        pub(crate) fn in_scope<T>(&self, work: impl FnOnce() -> T) -> T {
            work()
        }

        #[expect(
            clippy::needless_pass_by_ref_mut,
            clippy::unused_self,
            reason = "it does something with the feature"
        )]
        pub(crate) fn take(&mut self) -> Self {
            Self
        }

        #[expect(clippy::unused_self, reason = "it does something with the feature")]
        pub(crate) fn end(&self, _: &Operation, _: Result<&Response<Bytes>, &Error>) {}
    }
}
