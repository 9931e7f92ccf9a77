//! Many calls at once over one client, to a server that fails now and then. Every one of them is accounted for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::task::JoinSet;
use typefoundry_tests::Act::{self, Close, Reset, Write};
use typefoundry_tests::FaultyServer;
use workos_api::runtime::{TransportError, TransportErrorKind};
use workos_api::{Error, ErrorKind};

use crate::carrier::Stack;
use crate::stack::{Ask, Caller, Got, Setup};
use crate::table::{ORGANIZATION, answer, write};

const SEED: u64 = 0x7970_6566_6f75_6e64;

/// How many calls are made over a stack, and by how many tasks.
fn size(stack: Stack) -> (usize, usize) {
    match stack {
        Stack::Hyper => (20_000, 64),
        Stack::Reqwest | Stack::Tower | Stack::Blocking => (2_000, 16),
    }
}

/// What the server does when it sees a call for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Draw {
    Good,
    Down,
    Limited,
    Reset,
    Truncated,
    /// It answers, and closes the connection without having said so.
    ClosesAfter,
}

/// The lot of a call: what it asks, and how that is met. The same in every run.
fn lot(call: usize) -> (Ask, Draw) {
    // SplitMix64.
    let mut mixed = SEED.wrapping_add((call as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    let ask = [Ask::Get, Ask::Get, Ask::Post, Ask::PostWithKey][(mixed % 4) as usize];
    let draw = match (mixed >> 8) % 100 {
        0 => Draw::Down,
        1 => Draw::Limited,
        2 => Draw::Reset,
        3 => Draw::Truncated,
        4 => Draw::ClosesAfter,
        _ => Draw::Good,
    };
    (ask, draw)
}

fn acts(call: usize, draw: Draw) -> Vec<Act> {
    let good = answer("200 OK", "", ORGANIZATION.replace("org_7", &format!("org_{call}")));
    match draw {
        Draw::Good => vec![Write(good)],
        Draw::Down => vec![Write(answer("503 Down", "", "{}"))],
        Draw::Limited => vec![Write(answer("429 Too Many", "retry-after: 0\r\n", "{}"))],
        Draw::Reset => vec![Reset],
        Draw::Truncated => vec![write(&good[..good.len() - 40]), Close],
        Draw::ClosesAfter => vec![Write(good), Close],
    }
}

/// The number of a call, which stands in its path or its body.
fn number(request: &str) -> usize {
    let (_, rest) = request.split_once("org_").expect("a number");
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().expect("a number")
}

async fn make(caller: &Caller, call: usize) -> Result<Got, Error> {
    let id = format!("org_{call}");
    match lot(call).0 {
        Ask::Get => caller.get(&id).await,
        Ask::PostWithKey => caller.create_with_key(&id).await,
        _ => caller.create(&id).await,
    }
}

/// Makes all calls, side by side, and gives what came of each in the order in which they ended.
async fn make_all(caller: &Caller, (calls, tasks): (usize, usize)) -> Vec<(usize, Result<Got, Error>)> {
    let mut making = JoinSet::new();
    for task in 0..tasks {
        let caller = caller.clone();
        making.spawn(async move {
            let mut ended = Vec::new();
            for call in (task..calls).step_by(tasks) {
                ended.push((call, make(&caller, call).await));
            }
            ended
        });
    }
    making.join_all().await.into_iter().flatten().collect()
}

/// How a call must end that the server saw, as one word for the account, and how often it must have seen it.
fn expected(ask: Ask, draw: Draw) -> (&'static str, usize) {
    match draw {
        Draw::Good | Draw::ClosesAfter => ("success", 1),
        _ if ask.is_repeatable() => ("success", 2),
        Draw::Down => ("503", 1),
        Draw::Limited => ("429", 1),
        Draw::Reset | Draw::Truncated => ("broken", 1),
    }
}

/// How a call ended, as the same word, and after how many attempts.
fn ended_as(call: usize, sent: &Result<Got, Error>) -> (&'static str, usize) {
    let error = match sent {
        Ok(got) => {
            assert_eq!(got.id, format!("org_{call}"), "the answer of another call");
            return ("success", got.attempts as usize);
        }
        Err(error) => error,
    };
    let source = std::error::Error::source(error).and_then(|source| source.downcast_ref());
    let word = match (error.kind(), error.status().map(|status| status.as_u16())) {
        (ErrorKind::Api, Some(503)) => "503",
        (ErrorKind::Api, Some(429)) => "429",
        (ErrorKind::Transport, None | Some(200))
            if source.map(TransportError::kind) == Some(TransportErrorKind::Io) =>
        {
            "broken"
        }
        _ => panic!("call {call}: {error:?}"),
    };
    (word, error.attempts() as usize)
}

/// What came of all calls.
#[derive(Debug, Default)]
struct Account {
    totals: BTreeMap<&'static str, usize>,
    attempts: usize,
    /// Attempts that the server saw nothing of.
    lost: usize,
}

impl Account {
    /// Enters a call that the server saw so often.
    fn enter(&mut self, call: usize, sent: &Result<Got, Error>, seen: usize) {
        let (ask, draw) = lot(call);
        let (word, attempts) = ended_as(call, sent);
        match seen {
            0 => assert_eq!((ask, word, attempts), (Ask::Post, "broken", 1), "call {call}: {draw:?}"),
            _ => assert_eq!((word, seen), expected(ask, draw), "call {call}: {ask:?}, {draw:?}"),
        }
        self.attempts += attempts;
        self.lost += attempts.checked_sub(seen).expect("no request that the client knows nothing of");
        *self.totals.entry(word).or_default() += 1;
    }
}

/// The server and the client keep the same books, but for one entry.
///
/// A server that closes a connection without having said so may do that at the very moment when the next request is
/// sent over it. That request is an attempt of the client, and the server never sees it. So the client may count more
/// attempts than the server counts requests, but no more than there were such ends; and a POST without a key that
/// is lost like this fails, for nobody can tell that it was lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_is_accounted_for() {
    for stack in Stack::ALL {
        let (calls, tasks) = size(stack);
        let seen: Arc<Vec<AtomicUsize>> = Arc::new((0..calls).map(|_| AtomicUsize::new(0)).collect());
        let counts = Arc::clone(&seen);
        let server = FaultyServer::start_with(move |request| {
            let call = number(request);
            let is_first = counts[call].fetch_add(1, Ordering::SeqCst) == 0;
            acts(call, if is_first { lot(call).1 } else { Draw::Good })
        })
        .await;
        let mut account = Account::default();
        let caller = stack.caller(&server.url(), &Setup::repeating());
        for (call, sent) in make_all(&caller, (calls, tasks)).await {
            account.enter(call, &sent, seen[call].load(Ordering::SeqCst));
        }
        let ends = (0..calls).filter(|call| lot(*call).1 == Draw::ClosesAfter).count();
        println!(
            "{stack:?}: {account:?}, {} requests over {} connections, {ends} of them closed",
            server.requests(),
            server.connections()
        );
        assert_eq!(account.totals.values().sum::<usize>(), calls);
        assert_eq!(account.attempts - account.lost, server.requests());
        assert!(account.lost <= ends, "{} of {ends}", account.lost);
    }
}
