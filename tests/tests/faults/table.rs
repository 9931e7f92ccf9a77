//! A fault, how a call must end that meets it, and the check of both.

use std::sync::Arc;

use tokio::task::JoinSet;
use typefoundry_tests::{Act, FaultyServer};
use workos_api::runtime::TransportErrorKind::Io;
use workos_api::runtime::{Bytes, TransportError, TransportErrorKind};
use workos_api::{Error, ErrorKind};

use crate::carrier::{Carrier, Stack};
use crate::stack::{Ask, Got, Setup};

/// What a good server answers, its secrets included.
pub(crate) const ORGANIZATION: &str = r#"{"object":"organization","id":"org_7","name":"Ada","domains":[],"metadata":{"token":"hush"},"external_id":null,"created_at":"2031-02-03T04:05:06Z","updated_at":"2032-03-04T05:06:07Z"}"#;
pub(crate) const REQUEST_ID: &str = "req-7";

/// An answer as it should be, but for what is given.
pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Bytes {
    let len = body.as_ref().len();
    let head =
        format!("HTTP/1.1 {status}\r\nx-request-id: {REQUEST_ID}\r\n{headers}content-length: {len}\r\n\r\n");
    [head.as_bytes(), body.as_ref()].concat().into()
}

pub(crate) fn good() -> Bytes {
    answer("200 OK", "content-type: application/json\r\n", ORGANIZATION)
}

pub(crate) fn write(bytes: impl AsRef<[u8]>) -> Act {
    Act::Write(Bytes::copy_from_slice(bytes.as_ref()))
}

/// How a call ends.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// With what was asked for, and this status.
    Success(u16),
    /// The server refuses with this status.
    Api(u16),
    /// A success with this status cannot be read, and the error says so in these words.
    Decode(u16, &'static str),
    /// There is no answer, and the error says so in these words.
    Transport(TransportErrorKind, &'static str),
    /// An answer with this status ends too early, and the error says so in these words, and keeps what came of its body.
    Part(u16, TransportErrorKind, &'static str, Bytes),
    /// There is no answer in time.
    Timeout,
}

/// An answer breaks off in or before its body.
pub(crate) fn broken_off(came: impl AsRef<[u8]>) -> Outcome {
    Outcome::Part(200, Io, "the response broke off", Bytes::copy_from_slice(came.as_ref()))
}

/// Which calls are made again by the default policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// None: it would end the same way.
    Never,
    /// It may pass, but the server asks to wait for longer than the call may take.
    NotInTime,
    /// Those that the server may see twice.
    Repeatable,
    /// All, since nothing was sent.
    All,
}

/// What a server does, and what must come of it.
#[derive(Clone, Debug)]
#[must_use]
pub(crate) struct Fault {
    pub(crate) name: String,
    turns: Vec<Vec<Act>>,
    setup: Setup,
    outcome: Outcome,
    again: Again,
    /// How often a call is made that is made again, and how that ends.
    in_the_end: Option<(u32, Outcome)>,
    body: Option<Bytes>,
    headers: Vec<(&'static str, Vec<String>)>,
}

impl Fault {
    /// The server does this over and over. Unless more is said, all is well.
    pub(crate) fn new(name: impl Into<String>, turn: impl Into<Vec<Act>>) -> Self {
        Self {
            name: name.into(),
            turns: vec![turn.into()],
            setup: Setup::once(),
            outcome: Outcome::Success(200),
            again: Again::Never,
            in_the_end: None,
            body: None,
            headers: Vec::new(),
        }
    }

    /// The server answers all requests like this, and the body is kept as it came.
    pub(crate) fn answering(
        name: impl Into<String>,
        status: &str,
        headers: &str,
        body: impl AsRef<[u8]>,
    ) -> Self {
        let kept = Bytes::copy_from_slice(body.as_ref());
        Self::new(name, [Act::Read, Act::Write(answer(status, headers, body))]).keeps_body(kept)
    }

    /// The server does one after the other, and the last from then on. No turn at all refuses connections.
    pub(crate) fn turns(self, turns: impl Into<Vec<Vec<Act>>>) -> Self {
        Self { turns: turns.into(), ..self }
    }

    pub(crate) fn gives(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }

    /// Makes it again, three times in all, and to no avail.
    pub(crate) fn again(self, again: Again) -> Self {
        Self { again, ..self }
    }

    /// Makes it again as often as it takes.
    pub(crate) fn until(self, attempts: u32, outcome: Outcome) -> Self {
        Self { again: Again::Repeatable, in_the_end: Some((attempts, outcome)), ..self }
    }

    pub(crate) fn keeps_body(self, body: impl Into<Bytes>) -> Self {
        Self { body: Some(body.into()), ..self }
    }

    /// All values of a header, in their order.
    pub(crate) fn keeps(mut self, name: &'static str, values: &[&str]) -> Self {
        self.headers.push((name, values.iter().map(|value| (*value).to_owned()).collect()));
        self
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Setup)) -> Self {
        change(&mut self.setup);
        self
    }

    /// How often a call is made, and how it ends.
    fn expected(&self, ask: Ask, repeats: bool) -> (u32, &Outcome) {
        let is_repeated = match self.again {
            Again::Never | Again::NotInTime => false,
            Again::Repeatable => ask.is_repeatable(),
            Again::All => true,
        };
        match &self.in_the_end {
            Some((attempts, outcome)) if is_repeated && repeats => (*attempts, outcome),
            None if is_repeated && repeats => (3, &self.outcome),
            _ => (1, &self.outcome),
        }
    }

    /// Makes one call to a server of its own, and checks how it ends on both sides.
    async fn check(&self, stack: Stack, carrier: &Carrier, ask: Ask, repeats: bool) {
        let case =
            format!("{} ({ask:?} over {stack:?}, {})", self.name, if repeats { "again" } else { "once" });
        let server = FaultyServer::start(self.turns.clone()).await;
        let retry = if repeats { Setup::repeating().retry } else { Setup::once().retry };
        let caller = carrier.caller(&server.url(), &Setup { retry, ..self.setup.clone() });
        let sent = caller.call(ask).await;
        let (attempts, outcome) = self.expected(ask, repeats);
        self.check_server(&case, &server, attempts);
        match (sent, outcome) {
            (Ok(got), Outcome::Success(status)) => self.check_success(&case, &got, *status, attempts),
            (Ok(got), outcome) => panic!("{case}: {got:?} and not {outcome:?}"),
            (Err(error), Outcome::Success(_)) => panic!("{case}: {error:?}"),
            (Err(error), outcome) => self.check_error(&case, &error, outcome, attempts),
        }
    }

    fn check_server(&self, case: &str, server: &FaultyServer, attempts: u32) {
        let attempts = usize::try_from(attempts).expect("a few");
        let reads = self.turns.iter().flatten().any(|act| *act == Act::Read);
        assert_eq!(server.requests(), if reads { attempts } else { 0 }, "{case}: whole requests");
        let is_kept = !self.turns.iter().flatten().any(|act| matches!(act, Act::Close | Act::Reset));
        let connections = if self.turns.is_empty() { 0 } else { attempts };
        match is_kept {
            true => assert!(server.connections() <= connections, "{case}: {}", server.connections()),
            false => assert_eq!(server.connections(), connections, "{case}: connections"),
        }
    }

    fn check_success(&self, case: &str, got: &Got, status: u16, attempts: u32) {
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
            Outcome::Transport(..) | Outcome::Part(..) => ErrorKind::Transport,
            Outcome::Timeout => ErrorKind::Timeout,
        };
        assert_eq!((error.kind(), error.attempts()), (kind, attempts), "{case}: {error:?}");
        if attempts == 1 || self.in_the_end.is_none() {
            assert_eq!(error.is_retryable(), self.again != Again::Never, "{case}: {error}");
        }
        match outcome {
            Outcome::Success(status) | Outcome::Api(status) | Outcome::Decode(status, _) => {
                self.check_answer(case, error, *status);
                let body = self.body.as_deref().unwrap_or_default();
                assert_eq!(error.body().expect("a body"), body, "{case}: the body");
            }
            Outcome::Part(status, .., came) => {
                self.check_answer(case, error, *status);
                let body = error.body().expect("a body");
                // A reset takes along what nobody has read.
                let is_reset = self.turns.iter().flatten().any(|act| *act == Act::Reset);
                assert!(body == came || is_reset && came.starts_with(body), "{case}: {body:?} of {came:?}");
            }
            Outcome::Transport(..) | Outcome::Timeout => {
                assert!(error.status().is_none() && error.headers().is_none(), "{case}: {error:?}");
                assert!(error.body().is_none() && error.request_id().is_none(), "{case}: {error:?}");
            }
        }
        if let Outcome::Decode(_, said) | Outcome::Transport(_, said) | Outcome::Part(_, _, said, _) = outcome
        {
            assert!(error.to_string().contains(said), "{case}: {error}");
        }
        if let Outcome::Transport(kind, _) | Outcome::Part(_, kind, ..) = outcome {
            let source = std::error::Error::source(error).and_then(|source| source.downcast_ref());
            assert_eq!(source.map(TransportError::kind), Some(*kind), "{case}: {error:?}");
        }
    }

    fn check_answer(&self, case: &str, error: &Error, status: u16) {
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

    /// Calls that hold more secrets meet the same fault; their caller looks for them.
    async fn check_secrets(&self, carrier: &Carrier, ask: Ask) {
        let server = FaultyServer::start(self.turns.clone()).await;
        let _sent = carrier.caller(&server.url(), &self.setup).call(ask).await;
    }
}

/// Holds every stack to a table, all cases side by side.
pub(crate) async fn check(faults: Vec<Fault>) {
    let mut cases = JoinSet::new();
    for stack in Stack::ALL {
        let carrier = Arc::new(stack.carrier());
        for fault in &faults {
            for (ask, repeats) in Ask::ALL.into_iter().flat_map(|ask| [(ask, false), (ask, true)]) {
                let (fault, carrier) = (fault.clone(), Arc::clone(&carrier));
                cases.spawn(async move { fault.check(stack, &carrier, ask, repeats).await });
            }
            for ask in Ask::SECRET {
                let (fault, carrier) = (fault.clone(), Arc::clone(&carrier));
                cases.spawn(async move { fault.check_secrets(&carrier, ask).await });
            }
        }
    }
    let mut failed = 0;
    while let Some(ended) = cases.join_next().await {
        failed += usize::from(ended.is_err());
    }
    assert_eq!(failed, 0, "so many cases failed; each says why above");
}
