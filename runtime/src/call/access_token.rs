//! The access token of a client, which all calls share, and which they fetch together.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use http::HeaderValue;

use super::token_fetch::{FetchOutcome, TokenFetch, TokenFuture, lock};
use crate::clock::MaybeInstant;
use crate::error::{Error, ErrorKind};
use crate::request::{AccessToken, BaseUrl, ClientCredentials, read_token};
#[cfg(feature = "blocking")]
use crate::transport::BlockingTransport;
use crate::transport::Transport;

/// The maximum time before its expiration at which a token is replaced.
const MARGIN: Duration = Duration::from_secs(30);

/// The age of a fetch from which on calls start another one, because the server seems not to respond.
const LONGEST_FETCH: Duration = Duration::from_secs(30);

/// The time for which a thread waits for a fetch of async calls, because the calls are possibly never polled again.
#[cfg(feature = "blocking")]
const PATIENCE: Duration = Duration::from_secs(1);

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
    /// The last fetch, which exists only while calls wait for it.
    fetch: Weak<TokenFetch>,
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
enum Turn {
    Ready(HeaderValue),
    /// The call started this fetch.
    Start(Arc<TokenFetch>),
    /// Another call started this fetch.
    Join(Arc<TokenFetch>),
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

    /// Removes a token that the server rejected, unless another one has replaced it.
    pub(super) fn discard(&self, rejected: &HeaderValue) {
        self.lock().token.take_if(|token| token.header == *rejected);
    }

    /// Returns the header with the current token. `start` returns the future of [`TokenCache::fetch`].
    pub(super) async fn get(&self, start: impl Fn() -> TokenFuture) -> Result<HeaderValue, Error> {
        loop {
            let fetch = match self.turn(Some(&start), None) {
                Turn::Ready(header) => return Ok(header),
                Turn::Start(fetch) | Turn::Join(fetch) => fetch,
            };
            match poll_fn(|cx| self.poll_fetch(&fetch, cx)).await? {
                FetchOutcome::Token(header) => return Ok(header),
                FetchOutcome::Failed(kind, message) => return Err(Error::new(kind, message)),
                FetchOutcome::Abandoned => {}
            }
        }
    }

    /// Fetches a token.
    pub(super) async fn fetch(
        &self,
        transport: &dyn Transport,
        user_agent: &HeaderValue,
    ) -> Result<AccessToken, Error> {
        let request = self.credentials.request(&self.url, user_agent)?;
        read_token(&transport.send(request).await.map_err(transport_error)?)
    }

    fn poll_fetch(&self, fetch: &TokenFetch, cx: &Context<'_>) -> Poll<Result<FetchOutcome, Error>> {
        fetch.poll(cx).map(|result| match result {
            Ok(None) => Ok(fetch.outcome().cloned().unwrap_or(FetchOutcome::Abandoned)),
            Ok(Some(token)) => self.finish(fetch, Ok(token)).map(FetchOutcome::Token),
            Err(error) => self.finish(fetch, Err(error)).map(FetchOutcome::Token),
        })
    }

    /// Returns the header as [`TokenCache::get`] does, within a time.
    #[cfg(feature = "blocking")]
    pub(super) fn get_blocking(
        &self,
        transport: &dyn BlockingTransport,
        user_agent: &HeaderValue,
        limit: Duration,
    ) -> Result<HeaderValue, Error> {
        let start = MaybeInstant::now();
        let left = || super::state::remaining(limit, start.elapsed());
        let mut given_up = None;
        loop {
            let fetch = match self.turn(None::<&fn() -> TokenFuture>, given_up.as_ref()) {
                Turn::Ready(header) => return Ok(header),
                Turn::Start(fetch) => {
                    let fetch = ThreadFetch { cache: self, fetch };
                    let request = self.credentials.request(&self.url, user_agent);
                    let response =
                        request.and_then(|request| transport.send(request, left()).map_err(transport_error));
                    return self.finish(&fetch.fetch, response.and_then(|response| read_token(&response)));
                }
                Turn::Join(fetch) => fetch,
            };
            match self.wait(&fetch, left()) {
                Some(FetchOutcome::Token(header)) => return Ok(header),
                Some(FetchOutcome::Failed(kind, message)) => return Err(Error::new(kind, message)),
                Some(FetchOutcome::Abandoned) => {}
                None => given_up = Some(fetch).filter(|fetch| fetch.is_async),
            }
            if left().is_zero() {
                return Err(super::state::timed_out(limit));
            }
        }
    }

    /// Waits for the outcome of a fetch.
    #[cfg(feature = "blocking")]
    fn wait(&self, fetch: &TokenFetch, left: Duration) -> Option<FetchOutcome> {
        /// Bounds one wait, because some systems do not support long ones.
        const LONGEST_WAIT: Duration = Duration::from_secs(60);
        let time = left.min(if fetch.is_async { PATIENCE } else { LONGEST_WAIT });
        let waited = self.fetched.wait_timeout_while(self.lock(), time, |_| fetch.outcome().is_none());
        drop(waited);
        fetch.outcome().cloned()
    }

    /// Returns the next step of a call. Without `start`, the thread of the call drives a fetch that it starts.
    fn turn(&self, start: Option<&impl Fn() -> TokenFuture>, given_up: Option<&Arc<TokenFetch>>) -> Turn {
        let mut state = self.lock();
        if let Some(token) = state.token.as_ref().filter(|token| token.is_current()) {
            return Turn::Ready(token.header.clone());
        }
        let is_useful = |fetch: &Arc<TokenFetch>| {
            fetch.outcome().is_none()
                && fetch.started_at.elapsed() < LONGEST_FETCH
                && given_up.is_none_or(|other| !Arc::ptr_eq(fetch, other))
        };
        if let Some(fetch) = state.fetch.upgrade().filter(is_useful) {
            return Turn::Join(fetch);
        }
        let fetch = Arc::new(TokenFetch::new(start.map(|start| start())));
        state.fetch = Arc::downgrade(&fetch);
        Turn::Start(fetch)
    }

    /// Keeps the token of a fetch, and wakes all calls that wait for it.
    fn finish(&self, fetch: &TokenFetch, result: Result<AccessToken, Error>) -> Result<HeaderValue, Error> {
        let mut state = self.lock();
        let (outcome, result) = match result {
            Ok(AccessToken { header, lifetime }) => {
                let fetched_at = MaybeInstant::now();
                state.token = Some(CachedToken { header: header.clone(), fetched_at, lifetime });
                (FetchOutcome::Token(header.clone()), Ok(header))
            }
            // A thread limits its fetch by the timeout of its call, which may be shorter than those of others.
            Err(error) if !fetch.is_async && error.kind() == ErrorKind::Timeout => {
                (FetchOutcome::Abandoned, Err(error))
            }
            Err(error) => (FetchOutcome::Failed(error.kind(), error.to_string()), Err(error)),
        };
        self.end(state, fetch, outcome);
        result
    }

    /// Sets the outcome of a fetch while the state is locked, so that no thread misses the notification.
    fn end(&self, state: MutexGuard<'_, State>, fetch: &TokenFetch, outcome: FetchOutcome) {
        fetch.set_outcome(outcome);
        drop(state);
        fetch.wake();
        #[cfg(feature = "blocking")]
        self.fetched.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// A fetch that this thread drives. If the thread panics, other calls fetch the token.
#[cfg(feature = "blocking")]
struct ThreadFetch<'t> {
    cache: &'t TokenCache,
    fetch: Arc<TokenFetch>,
}

#[cfg(feature = "blocking")]
impl Drop for ThreadFetch<'_> {
    fn drop(&mut self) {
        if self.fetch.outcome().is_none() {
            self.cache.end(self.cache.lock(), &self.fetch, FetchOutcome::Abandoned);
        }
    }
}

/// The start of the message of all errors about tokens.
pub(super) const FAILED: &str = "failed to fetch an access token";

/// Keeps the kind of a failed request, so that a timeout remains one.
fn transport_error(error: crate::error::TransportError) -> Error {
    let error = Error::from_transport(error);
    Error::new(error.kind(), format!("{FAILED}: {error}")).with_source(error)
}
