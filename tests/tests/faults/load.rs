//! Many concurrent calls of one client to a server that fails at random. The test accounts for every call.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::task::JoinSet;
use typefoundry_tests::Action::{self, Close, Reset, Write};
use typefoundry_tests::FaultyServer;
use workos_api::runtime::{TransportError, TransportErrorKind};
use workos_api::{Error, ErrorKind};

use crate::calls::{CallKind, Caller, ReceivedResponse, Setup};
use crate::table::{ORGANIZATION, response, write};
use crate::transports::Stack;

const SEED: u64 = 0x7970_6566_6f75_6e64;

/// Returns the number of calls over a stack, and the number of tasks that make them.
fn size(stack: Stack) -> (usize, usize) {
    match stack {
        Stack::Hyper => (20_000, 64),
        Stack::Reqwest | Stack::Tower | Stack::Blocking => (2_000, 16),
    }
}

/// The server's response to the first request of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Behavior {
    Good,
    Down,
    Limited,
    Reset,
    Truncated,
    /// Sends a response, and closes the connection without `connection: close`.
    ClosesAfter,
}

/// Returns the kind of a call and the server's behavior. The plan is the same in every run.
fn plan(call: usize) -> (CallKind, Behavior) {
    // SplitMix64.
    let mut mixed = SEED.wrapping_add((call as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    let kind = [CallKind::Get, CallKind::Get, CallKind::Post, CallKind::PostWithKey][(mixed % 4) as usize];
    let behavior = match (mixed >> 8) % 100 {
        0 => Behavior::Down,
        1 => Behavior::Limited,
        2 => Behavior::Reset,
        3 => Behavior::Truncated,
        4 => Behavior::ClosesAfter,
        _ => Behavior::Good,
    };
    (kind, behavior)
}

fn acts(call: usize, behavior: Behavior) -> Vec<Action> {
    let good = response("200 OK", "", ORGANIZATION.replace("org_7", &format!("org_{call}")));
    match behavior {
        Behavior::Good => vec![Write(good)],
        Behavior::Down => vec![Write(response("503 Down", "", "{}"))],
        Behavior::Limited => vec![Write(response("429 Too Many", "retry-after: 0\r\n", "{}"))],
        Behavior::Reset => vec![Reset],
        Behavior::Truncated => vec![write(&good[..good.len() - 40]), Close],
        Behavior::ClosesAfter => vec![Write(good), Close],
    }
}

/// Returns the number of a call, which is part of the path or the body.
fn number(request: &str) -> usize {
    let (_, rest) = request.split_once("org_").expect("a number");
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().expect("a number")
}

async fn send(caller: &Caller, call: usize) -> Result<ReceivedResponse, Error> {
    let id = format!("org_{call}");
    match plan(call).0 {
        CallKind::Get => caller.get(&id).await,
        CallKind::PostWithKey => caller.create_with_key(&id).await,
        _ => caller.create(&id).await,
    }
}

/// Makes all calls concurrently, and returns their results in order of completion.
async fn send_all(
    caller: &Caller,
    (calls, tasks): (usize, usize),
) -> Vec<(usize, Result<ReceivedResponse, Error>)> {
    let mut making = JoinSet::new();
    for task in 0..tasks {
        let caller = caller.clone();
        making.spawn(async move {
            let mut ended = Vec::new();
            for call in (task..calls).step_by(tasks) {
                ended.push((call, send(&caller, call).await));
            }
            ended
        });
    }
    making.join_all().await.into_iter().flatten().collect()
}

/// Returns the required outcome of a call that reached the server, and the required number of requests.
fn expected(kind: CallKind, behavior: Behavior) -> (&'static str, usize) {
    match behavior {
        Behavior::Good | Behavior::ClosesAfter => ("success", 1),
        _ if kind.is_idempotent() => ("success", 2),
        Behavior::Down => ("503", 1),
        Behavior::Limited => ("429", 1),
        Behavior::Reset | Behavior::Truncated => ("broken", 1),
    }
}

/// Returns the outcome of a call and the number of attempts.
fn outcome_of(call: usize, sent: &Result<ReceivedResponse, Error>) -> (&'static str, usize) {
    let error = match sent {
        Ok(got) => {
            assert_eq!(got.id, format!("org_{call}"), "the response of another call");
            return ("success", got.attempts as usize);
        }
        Err(error) => error,
    };
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref());
    let outcome = match (error.kind(), error.status().map(|status| status.as_u16())) {
        (ErrorKind::Api, Some(503)) => "503",
        (ErrorKind::Api, Some(429)) => "429",
        (ErrorKind::Transport, None | Some(200))
            if source.map(TransportError::kind) == Some(TransportErrorKind::Connection) =>
        {
            "broken"
        }
        _ => panic!("call {call}: {error:?}"),
    };
    (outcome, error.attempts() as usize)
}

/// The outcomes of all calls.
#[derive(Debug, Default)]
struct Tally {
    totals: BTreeMap<&'static str, usize>,
    attempts: usize,
    /// Attempts that did not reach the server.
    lost: usize,
}

impl Tally {
    /// Records a call for which the server received `seen` requests.
    fn record(&mut self, call: usize, sent: &Result<ReceivedResponse, Error>, seen: usize) {
        let (kind, behavior) = plan(call);
        let (outcome, attempts) = outcome_of(call, sent);
        match seen {
            0 => assert_eq!(
                (kind, outcome, attempts),
                (CallKind::Post, "broken", 1),
                "call {call}: {behavior:?}"
            ),
            _ => assert_eq!((outcome, seen), expected(kind, behavior), "call {call}: {kind:?}, {behavior:?}"),
        }
        self.attempts += attempts;
        self.lost +=
            attempts.checked_sub(seen).expect("the server receives no more requests than the client sends");
        *self.totals.entry(outcome).or_default() += 1;
    }
}

/// The counts of the server and of the client agree, with one exception.
///
/// A server that closes a connection without notice can do so while the next request is sent over it. The client
/// counts that attempt, but the server never receives the request. So the client can count more attempts than the
/// server counts requests, by at most the number of closed connections. A POST without a key that is lost in this way
/// fails, because the client cannot know that the server did not receive it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_calls_all_get_their_own_result() {
    for stack in Stack::ALL {
        let (calls, tasks) = size(stack);
        let seen: Arc<Vec<AtomicUsize>> = Arc::new((0..calls).map(|_| AtomicUsize::new(0)).collect());
        let counts = Arc::clone(&seen);
        let server = FaultyServer::start_with(move |request| {
            let call = number(request);
            let is_first = counts[call].fetch_add(1, Ordering::SeqCst) == 0;
            acts(call, if is_first { plan(call).1 } else { Behavior::Good })
        })
        .await;
        let mut tally = Tally::default();
        let caller = stack.caller(&server.url(), &Setup::with_retries());
        for (call, sent) in send_all(&caller, (calls, tasks)).await {
            tally.record(call, &sent, seen[call].load(Ordering::SeqCst));
        }
        let closed = (0..calls).filter(|call| plan(*call).1 == Behavior::ClosesAfter).count();
        println!(
            "{stack:?}: {tally:?}, {} requests over {} connections, {closed} of them closed",
            server.requests(),
            server.connections()
        );
        assert_eq!(tally.totals.values().sum::<usize>(), calls);
        assert_eq!(tally.attempts - tally.lost, server.requests());
        assert!(tally.lost <= closed, "{} of {closed}", tally.lost);
    }
}
