//! The access token of a client, which is fetched by one call at a time and shared by all.

use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use http::HeaderValue;

use crate::clock::MaybeInstant;
use crate::error::{Error, ErrorKind};
use crate::request::{AccessToken, BaseUrl, ClientCredentials, read_token};
#[cfg(feature = "blocking")]
use crate::transport::BlockingTransport;
use crate::transport::Transport;

/// The maximum time before its expiration at which a token is replaced.
const MARGIN: Duration = Duration::from_secs(30);

/// The credentials of a client, and its current token.
pub(crate) struct TokenCache {
    credentials: ClientCredentials,
    url: BaseUrl,
    state: Mutex<State>,
    /// Notified at the end of a fetch, for threads that wait.
    #[cfg(feature = "blocking")]
    fetched: std::sync::Condvar,
}

#[derive(Default)]
struct State {
    token: Option<CachedToken>,
    is_fetching: bool,
    /// The number of fetches.
    round: u64,
    /// The last fetch that failed, with the kind and the message of its error.
    failure: Option<(u64, ErrorKind, String)>,
    waiting: Vec<Waker>,
}

struct CachedToken {
    header: HeaderValue,
    fetched_at: MaybeInstant,
    lifetime: Option<Duration>,
}

impl CachedToken {
    /// Returns whether the token remains valid for a while. Without a clock, only the server knows.
    fn is_current(&self) -> bool {
        self.lifetime.is_none_or(|lifetime| {
            let margin = MARGIN.min(lifetime / 10);
            self.fetched_at.elapsed() < lifetime.saturating_sub(margin)
        })
    }
}

/// The next step of a call that needs the token.
enum Turn<'t> {
    Ready(HeaderValue),
    Fetch(Fetching<'t>),
    Failed(Error),
    /// Another call fetches the token, in this round.
    Wait(u64),
}

/// A fetch in progress. If it is dropped, another call fetches the token.
struct Fetching<'t> {
    cache: &'t TokenCache,
    is_done: bool,
}

impl TokenCache {
    pub(crate) fn new(credentials: ClientCredentials, url: BaseUrl) -> Self {
        Self {
            credentials,
            url,
            state: Mutex::default(),
            #[cfg(feature = "blocking")]
            fetched: std::sync::Condvar::new(),
        }
    }

    /// Returns the header with the current token. A `rejected` token is replaced by another one.
    pub(super) async fn get(
        &self,
        transport: &dyn Transport,
        user_agent: &HeaderValue,
        rejected: Option<&HeaderValue>,
    ) -> Result<HeaderValue, Error> {
        let mut waited = None;
        let turn = poll_fn(|cx| match self.turn(rejected, waited, Some(cx.waker())) {
            Turn::Wait(round) => {
                waited = Some(round);
                Poll::Pending
            }
            turn => Poll::Ready(turn),
        });
        let fetching = match turn.await {
            Turn::Ready(header) => return Ok(header),
            Turn::Fetch(fetching) => fetching,
            Turn::Failed(error) => return Err(error),
            Turn::Wait(_) => return Err(Error::new(ErrorKind::Credentials, FAILED)),
        };
        let result = match self.credentials.request(&self.url, user_agent) {
            Ok(request) => transport.send(request).await.map_err(transport_error),
            Err(error) => Err(error),
        };
        fetching.finish(result.and_then(|response| read_token(&response)))
    }

    /// Returns the header as [`TokenCache::get`] does, within a time.
    #[cfg(feature = "blocking")]
    pub(super) fn get_blocking(
        &self,
        transport: &dyn BlockingTransport,
        user_agent: &HeaderValue,
        rejected: Option<&HeaderValue>,
        limit: Duration,
    ) -> Result<HeaderValue, Error> {
        /// Bounds one wait, because some systems do not support long ones.
        const LONGEST_WAIT: Duration = Duration::from_secs(60);
        let start = MaybeInstant::now();
        let mut waited = None;
        let fetching = loop {
            match self.turn(rejected, waited, None) {
                Turn::Ready(header) => return Ok(header),
                Turn::Fetch(fetching) => break fetching,
                Turn::Failed(error) => return Err(error),
                Turn::Wait(round) => waited = Some(round),
            }
            let left = super::state::remaining(limit, start.elapsed());
            if left.is_zero() {
                return Err(super::state::timed_out(limit));
            }
            let state = self.lock();
            if state.is_fetching {
                drop(self.fetched.wait_timeout(state, left.min(LONGEST_WAIT)));
            }
        };
        let left = super::state::remaining(limit, start.elapsed());
        let result = match self.credentials.request(&self.url, user_agent) {
            Ok(request) => transport.send(request, left).map_err(transport_error),
            Err(error) => Err(error),
        };
        fetching.finish(result.and_then(|response| read_token(&response)))
    }

    /// Returns the next step of a call. `waited` is the round whose end the call has waited for.
    fn turn(&self, rejected: Option<&HeaderValue>, waited: Option<u64>, waker: Option<&Waker>) -> Turn<'_> {
        let mut state = self.lock();
        let current =
            state.token.as_ref().filter(|token| token.is_current() && Some(&token.header) != rejected);
        if let Some(token) = current {
            return Turn::Ready(token.header.clone());
        }
        if state.is_fetching {
            if let Some(waker) = waker
                && !state.waiting.iter().any(|other| other.will_wake(waker))
            {
                state.waiting.push(waker.clone());
            }
            return Turn::Wait(state.round);
        }
        // The calls that waited for a fetch share its failure, and do not repeat it one after the other.
        match &state.failure {
            Some((round, kind, message)) if Some(*round) == waited => {
                return Turn::Failed(Error::new(*kind, message.clone()));
            }
            _ => {}
        }
        state.is_fetching = true;
        state.round += 1;
        Turn::Fetch(Fetching { cache: self, is_done: false })
    }

    /// Ends a fetch, and wakes all calls that wait for it.
    fn end(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        state.is_fetching = false;
        change(&mut state);
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
        #[cfg(feature = "blocking")]
        self.fetched.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fetching<'_> {
    fn finish(mut self, result: Result<AccessToken, Error>) -> Result<HeaderValue, Error> {
        let cache = self.cache;
        self.is_done = true;
        match result {
            Ok(AccessToken { header, lifetime }) => {
                let fetched_at = MaybeInstant::now();
                let token = CachedToken { header: header.clone(), fetched_at, lifetime };
                cache.end(|state| state.token = Some(token));
                Ok(header)
            }
            Err(error) => {
                cache.end(|state| state.failure = Some((state.round, error.kind(), error.to_string())));
                Err(error)
            }
        }
    }
}

impl Drop for Fetching<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            self.cache.end(|_| {});
        }
    }
}

const FAILED: &str = "failed to fetch an access token";

/// Keeps the kind of a failed request, so that a timeout remains one.
fn transport_error(error: crate::error::TransportError) -> Error {
    let error = Error::from_transport(error);
    Error::new(error.kind(), format!("{FAILED}: {error}")).with_source(error)
}
