//! Calls that block the thread: the same requests, without an executor.

use std::fmt;
use std::time::Duration;

use crate::attempts::{Attempts, Exchange, NO_TIMEOUT, Next, remaining, timed_out};
use crate::clock::Moment;
use crate::{
    BlockingTransport, Call, Error, ErrorKind, Items, Pages, Paginated, RawCall, RawResponse, TransportError,
};

impl<R> Call<R> {
    /// Sends the request and blocks the thread until there is a response, over the client's blocking transport.
    ///
    /// It must not be called where a thread runs many tasks, as in an `async fn`: there, await the call.
    ///
    /// # Errors
    /// Those of awaiting it, [`ErrorKind::Config`] when the client has no blocking transport, and [`ErrorKind::AlreadyPolled`]
    /// when the call was polled before.
    pub fn wait(self) -> Result<R, Error> {
        let (exchanging, finish) = self.into_parts();
        exchanging.wait()?.finish(finish)
    }
}

impl<R> RawCall<R> {
    /// Sends the request and blocks the thread until there is a response, as [`Call::wait`] does.
    ///
    /// # Errors
    /// As [`Call::wait`].
    pub fn wait(self) -> Result<RawResponse<R>, Error> {
        let (exchanging, finish, shape) = self.into_parts();
        let exchange = exchanging.wait()?;
        let value = exchange.finish(finish)?;
        Ok(RawResponse::new(value, &exchange, shape))
    }
}

/// Drives a call over a blocking transport.
pub(crate) fn drive(
    transport: &dyn BlockingTransport,
    mut attempts: Attempts<'_>,
) -> Result<Exchange, Error> {
    let mut left = attempts.timeout();
    loop {
        let request = attempts.request()?;
        let limit = attempts.attempt_timeout().map_or(left, |timeout| timeout.min(left));
        let start = Moment::now();
        let sent = attempts.span().in_scope(|| transport.send(request, limit));
        let sent = match sent.map_err(Error::of_transport) {
            // It names the limit that was set, not what was left of it.
            Err(error) if is_limit(&error, limit) && limit == left => return attempts.give_up(),
            Err(error) if is_limit(&error, limit) => Err(timed_out(limit)),
            sent => sent,
        };
        left = remaining(left, start.elapsed());
        match attempts.judge(sent, left) {
            Next::End(ended) => return ended,
            Next::Wait(wait, _) => {
                transport.sleep(wait);
                left = remaining(left, wait);
            }
        }
    }
}

/// Whether the time was up that the transport was given, and not one of its own.
fn is_limit(error: &Error, limit: Duration) -> bool {
    let is_timeout = error.kind() == ErrorKind::Timeout && limit != NO_TIMEOUT;
    is_timeout && !error.transport().is_some_and(TransportError::is_early)
}

impl<E: Paginated> Pages<E> {
    /// The pages one after the other, each of which blocks the thread until it is there.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}

impl<E: Paginated> Items<E> {
    /// The items one after the other. The thread blocks where a page has to be fetched.
    pub fn blocking(self) -> Blocking<Self> {
        Blocking(self)
    }
}

/// A list that is walked on a thread of its own: an iterator over [`Pages`] or [`Items`].
#[must_use = "nothing is asked for before the next one is"]
pub struct Blocking<S>(S);

impl<S> Blocking<S> {
    /// The list, to go on otherwise, or to see where it is.
    pub fn into_inner(self) -> S {
        self.0
    }

    /// The list as it stands.
    pub fn get_ref(&self) -> &S {
        &self.0
    }
}

impl<E: Paginated> Iterator for Blocking<Pages<E>> {
    type Item = Result<E::Response, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_blocking()
    }
}

impl<E: Paginated> Iterator for Blocking<Items<E>> {
    type Item = Result<E::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_blocking()
    }
}

impl<S: fmt::Debug> fmt::Debug for Blocking<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Blocking").field(&self.0).finish()
    }
}
