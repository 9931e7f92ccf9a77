//! A row of the fault table: a server fault, the required result of a call, and the check on both sides.

use std::sync::Arc;

use tokio::task::JoinSet;
use typefoundry_tests::{Action, FaultyServer};
use workos_api::runtime::TransportErrorKind::Connection;
use workos_api::runtime::{Bytes, TransportError, TransportErrorKind};
use workos_api::{Error, ErrorKind};

use crate::calls::{CallKind, ReceivedResponse, Setup};
use crate::transports::{SharedTransport, Stack};

/// The body of a successful response, with a secret in its metadata.
pub(crate) const ORGANIZATION: &str = r#"{"object":"organization","id":"org_7","name":"Ada","domains":[],"metadata":{"token":"hush"},"external_id":null,"created_at":"2031-02-03T04:05:06Z","updated_at":"2032-03-04T05:06:07Z"}"#;
pub(crate) const REQUEST_ID: &str = "req-7";

/// Builds a complete response with the given status, headers and body.
pub(crate) fn response(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Bytes {
    let len = body.as_ref().len();
    let head =
        format!("HTTP/1.1 {status}\r\nx-request-id: {REQUEST_ID}\r\n{headers}content-length: {len}\r\n\r\n");
    [head.as_bytes(), body.as_ref()].concat().into()
}

pub(crate) fn good() -> Bytes {
    response("200 OK", "content-type: application/json\r\n", ORGANIZATION)
}

pub(crate) fn write(bytes: impl AsRef<[u8]>) -> Action {
    Action::Write(Bytes::copy_from_slice(bytes.as_ref()))
}

/// The result of a call.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// The call succeeds with this status.
    Success(u16),
    /// The server returns an error with this status.
    Api(u16),
    /// The status is a success, but the body cannot be decoded. The error message contains this text.
    Decode(u16, &'static str),
    /// No response was received. The error message contains this text.
    Transport(TransportErrorKind, &'static str),
    /// A response with this status ends early. The error message contains this text, and the error keeps the part of
    /// the body that was received.
    Truncated(u16, TransportErrorKind, &'static str, Bytes),
    /// No response was received in time.
    Timeout,
}

/// A response that ends in or before its body.
pub(crate) fn truncated(received: impl AsRef<[u8]>) -> Outcome {
    Outcome::Truncated(
        200,
        Connection,
        "failed to read the response",
        Bytes::copy_from_slice(received.as_ref()),
    )
}

/// The calls that the default policy retries after a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retried {
    /// No call: a retry would fail in the same way.
    Never,
    /// No call, although the fault is transient: the call would exceed its timeout.
    NoTimeLeft,
    /// Idempotent calls only.
    Idempotent,
    /// All calls, because no part of the request was sent.
    Always,
}

/// A server fault and the result that a call must have.
#[derive(Clone, Debug)]
#[must_use]
pub(crate) struct Fault {
    pub(crate) name: String,
    turns: Vec<Vec<Action>>,
    setup: Setup,
    outcome: Outcome,
    retried: Retried,
    /// The number of attempts of a retried call, and its result. Without this, all attempts fail alike.
    after_retries: Option<(u32, Outcome)>,
    body: Option<Bytes>,
    headers: Vec<(&'static str, Vec<String>)>,
}

impl Fault {
    /// Creates a fault of a server that takes this turn for every request. By default, the call must succeed.
    pub(crate) fn new(name: impl Into<String>, turn: impl Into<Vec<Action>>) -> Self {
        Self {
            name: name.into(),
            turns: vec![turn.into()],
            setup: Setup::without_retries(),
            outcome: Outcome::Success(200),
            retried: Retried::Never,
            after_retries: None,
            body: None,
            headers: Vec::new(),
        }
    }

    /// Creates a fault of a server that sends this response to every request. The error must keep the body unchanged.
    pub(crate) fn response(
        name: impl Into<String>,
        status: &str,
        headers: &str,
        body: impl AsRef<[u8]>,
    ) -> Self {
        let kept = Bytes::copy_from_slice(body.as_ref());
        Self::new(name, [Action::Read, Action::Write(response(status, headers, body))]).expects_body(kept)
    }

    /// Sets the turns of the server, which repeats the last one. Without any turn, the server refuses connections.
    pub(crate) fn turns(self, turns: impl Into<Vec<Vec<Action>>>) -> Self {
        Self { turns: turns.into(), ..self }
    }

    /// Requires this outcome of a call without retries.
    pub(crate) fn expects(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }

    /// Requires that these calls are retried, and fail after three attempts.
    pub(crate) fn retried(self, retried: Retried) -> Self {
        Self { retried, ..self }
    }

    /// Requires that idempotent calls are retried, and end with this outcome after this many attempts.
    pub(crate) fn retried_until(self, attempts: u32, outcome: Outcome) -> Self {
        Self { retried: Retried::Idempotent, after_retries: Some((attempts, outcome)), ..self }
    }

    /// Requires that the error contains this body.
    pub(crate) fn expects_body(self, body: impl Into<Bytes>) -> Self {
        Self { body: Some(body.into()), ..self }
    }

    /// Requires that the result contains all values of a header, in order.
    pub(crate) fn expects_header(mut self, name: &'static str, values: &[&str]) -> Self {
        self.headers.push((name, values.iter().map(|value| (*value).to_owned()).collect()));
        self
    }

    /// Changes the configuration of the client.
    pub(crate) fn with_setup(mut self, change: impl FnOnce(&mut Setup)) -> Self {
        change(&mut self.setup);
        self
    }

    /// Returns the required number of attempts and the required outcome.
    fn expected(&self, kind: CallKind, retries: bool) -> (u32, &Outcome) {
        let is_retried = match self.retried {
            Retried::Never | Retried::NoTimeLeft => false,
            Retried::Idempotent => kind.is_idempotent(),
            Retried::Always => true,
        };
        match &self.after_retries {
            Some((attempts, outcome)) if is_retried && retries => (*attempts, outcome),
            None if is_retried && retries => (3, &self.outcome),
            _ => (1, &self.outcome),
        }
    }

    /// Makes one call to a new server, and checks the result on both sides.
    async fn check(&self, stack: Stack, transport: &SharedTransport, kind: CallKind, retries: bool) {
        let case = format!(
            "{} ({kind:?} over {stack:?}, {})",
            self.name,
            if retries { "with retries" } else { "without retries" }
        );
        let server = FaultyServer::start(self.turns.clone()).await;
        let retry = if retries { Setup::with_retries().retry } else { Setup::without_retries().retry };
        let caller = transport.caller(&server.url(), &Setup { retry, ..self.setup.clone() });
        let sent = caller.call(kind).await;
        let (attempts, outcome) = self.expected(kind, retries);
        self.check_server(&case, &server, attempts);
        match (sent, outcome) {
            (Ok(got), Outcome::Success(status)) => self.check_success(&case, &got, *status, attempts),
            (Ok(got), outcome) => panic!("{case}: expected {outcome:?}, got {got:?}"),
            (Err(error), Outcome::Success(_)) => panic!("{case}: {error:?}"),
            (Err(error), outcome) => self.check_error(&case, &error, outcome, attempts),
        }
    }

    fn check_server(&self, case: &str, server: &FaultyServer, attempts: u32) {
        let attempts = usize::try_from(attempts).expect("the number of attempts fits in usize");
        let reads = self.turns.iter().flatten().any(|act| *act == Action::Read);
        assert_eq!(server.requests(), if reads { attempts } else { 0 }, "{case}: whole requests");
        let is_kept = !self.turns.iter().flatten().any(|act| matches!(act, Action::Close | Action::Reset));
        let connections = if self.turns.is_empty() { 0 } else { attempts };
        match is_kept {
            true => assert!(server.connections() <= connections, "{case}: {}", server.connections()),
            false => assert_eq!(server.connections(), connections, "{case}: connections"),
        }
    }

    fn check_success(&self, case: &str, got: &ReceivedResponse, status: u16, attempts: u32) {
        assert_eq!((got.status, got.attempts), (status, attempts), "{case}");
        assert_eq!(got.id, "org_7", "{case}");
        assert_eq!(got.request_id.as_deref(), Some(REQUEST_ID), "{case}");
        assert_eq!(got.body, ORGANIZATION, "{case}");
        self.check_headers(case, &got.headers);
    }

    fn check_error(&self, case: &str, error: &Error, outcome: &Outcome, attempts: u32) {
        let kind = match outcome {
            Outcome::Success(_) | Outcome::Api(_) => ErrorKind::Api,
            Outcome::Decode(..) => ErrorKind::Decode,
            Outcome::Transport(..) | Outcome::Truncated(..) => ErrorKind::Transport,
            Outcome::Timeout => ErrorKind::Timeout,
        };
        assert_eq!((error.kind(), error.attempts()), (kind, attempts), "{case}: {error:?}");
        if attempts == 1 || self.after_retries.is_none() {
            assert_eq!(error.is_retryable(), self.retried != Retried::Never, "{case}: {error}");
        }
        match outcome {
            Outcome::Success(status) | Outcome::Api(status) | Outcome::Decode(status, _) => {
                self.check_response(case, error, *status);
                let body = self.body.as_deref().unwrap_or_default();
                assert_eq!(error.body().expect("a body"), body, "{case}: the body");
            }
            Outcome::Truncated(status, .., received) => {
                self.check_response(case, error, *status);
                let body = error.body().expect("a body");
                // A reset discards the bytes that the client has not read yet.
                let is_reset = self.turns.iter().flatten().any(|act| *act == Action::Reset);
                assert!(
                    body == received || is_reset && received.starts_with(body),
                    "{case}: {body:?} of {received:?}"
                );
            }
            Outcome::Transport(..) | Outcome::Timeout => {
                assert!(error.status().is_none() && error.headers().is_none(), "{case}: {error:?}");
                assert!(error.body().is_none() && error.request_id().is_none(), "{case}: {error:?}");
            }
        }
        if let Outcome::Decode(_, message)
        | Outcome::Transport(_, message)
        | Outcome::Truncated(_, _, message, _) = outcome
        {
            assert!(error.to_string().contains(message), "{case}: {error}");
        }
        if let Outcome::Transport(kind, _) | Outcome::Truncated(_, kind, ..) = outcome {
            let source = std::error::Error::source(error).and_then(|source| source.downcast_ref());
            assert_eq!(source.map(TransportError::kind), Some(*kind), "{case}: {error:?}");
        }
    }

    fn check_response(&self, case: &str, error: &Error, status: u16) {
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status), "{case}");
        assert_eq!(error.request_id(), Some(REQUEST_ID), "{case}");
        self.check_headers(case, error.headers().expect("headers"));
    }

    fn check_headers(&self, case: &str, headers: &workos_api::runtime::http::HeaderMap) {
        for (name, values) in &self.headers {
            let found = headers.get_all(*name).into_iter().map(|value| value.as_bytes());
            let expected = values.iter().map(String::as_bytes);
            assert!(found.eq(expected), "{case}: {name} in {headers:?}");
        }
    }

    /// Makes a call that carries more secrets. The caller checks that the error contains none of them.
    async fn check_secrets(&self, transport: &SharedTransport, kind: CallKind) {
        let server = FaultyServer::start(self.turns.clone()).await;
        let _sent = transport.caller(&server.url(), &self.setup).call(kind).await;
    }
}

/// Checks all rows of a table on every stack, concurrently.
pub(crate) async fn check(faults: Vec<Fault>) {
    let mut cases = JoinSet::new();
    for stack in Stack::ALL {
        let transport = Arc::new(stack.transport());
        for fault in &faults {
            for (kind, retries) in CallKind::ALL.into_iter().flat_map(|kind| [(kind, false), (kind, true)]) {
                let (fault, transport) = (fault.clone(), Arc::clone(&transport));
                cases.spawn(async move { fault.check(stack, &transport, kind, retries).await });
            }
            for kind in CallKind::WITH_SECRETS {
                let (fault, transport) = (fault.clone(), Arc::clone(&transport));
                cases.spawn(async move { fault.check_secrets(&transport, kind).await });
            }
        }
    }
    let mut failed = 0;
    while let Some(ended) = cases.join_next().await {
        failed += usize::from(ended.is_err());
    }
    assert_eq!(failed, 0, "cases failed; their messages are printed above");
}
