//! A list as a stream of its pages.

use std::collections::BTreeSet;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::config::CallOverrides;
use super::context::CallContext;
use super::future::Call;
use super::request::Request;
use crate::endpoint::{Endpoint, Paginated};
use crate::error::{Error, ErrorKind};
use crate::value::ToParam;

/// The pages of a list, one request each: a [`Stream`].
///
/// Nothing is sent before a page is asked for, and no page before the one in front of it was taken. An empty page ends
/// nothing, since more may follow. The stream ends with the last page or with the first error, such as
/// [`ErrorKind::Pagination`] when a page leads back to one that was there already.
///
/// It is `Send` and borrows nothing. Whoever stops half-way keeps [`Pages::cursor`] and goes on from there another day.
#[must_use = "no page is asked for before the next one is awaited"]
pub struct Pages<E: Paginated> {
    client: Arc<CallContext>,
    /// Those of the page that is under way, or comes next.
    params: E,
    options: E::Options,
    /// For each page.
    overrides: CallOverrides,
    step: Step<E::Response>,
    /// The text of every cursor until now.
    seen: BTreeSet<String>,
}

enum Step<R> {
    /// A page can be asked for.
    Next,
    /// It was.
    Waiting(Call<R>),
    /// The page before led back.
    Repeated,
    /// The page did not come.
    Failed,
    /// There are no more pages.
    Done,
}

impl<E: Paginated> Pages<E> {
    pub(crate) fn new(request: Request<'_, E>) -> Self {
        let Request { client, params, options, overrides } = request;
        let seen = params.cursor().and_then(text).into_iter().collect();
        Self { client: Arc::clone(client), params, options, overrides, step: Step::Next, seen }
    }

    /// The next page; `None` after the last one, and after an error.
    ///
    /// The future may be dropped: the page is then there for the next call.
    pub async fn next(&mut self) -> Option<Result<E::Response, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// All pages from here on.
    ///
    /// # Errors
    /// The first that occurs. The pages until then are lost; [`Pages::next`] keeps them.
    pub async fn try_collect(mut self) -> Result<Vec<E::Response>, Error> {
        let mut pages = Vec::new();
        while let Some(page) = self.next().await {
            pages.push(page?);
        }
        Ok(pages)
    }

    /// The cursor of the page that comes next, or that failed to come; none before the first page and after the last.
    pub fn cursor(&self) -> Option<&E::Cursor> {
        match self.step {
            Step::Next | Step::Waiting(_) | Step::Failed => self.params.cursor(),
            Step::Repeated | Step::Done => None,
        }
    }

    /// The next page, on a thread that waits for it. A page that was asked for already is asked for once more.
    #[cfg(feature = "blocking")]
    pub(crate) fn next_blocking(&mut self) -> Option<Result<E::Response, Error>> {
        let came = matches!(self.step, Step::Next | Step::Waiting(_)).then(|| self.send().wait());
        self.step_with(came)
    }

    /// What the walk gives, now that this page came, if one was asked for.
    fn step_with(&mut self, came: Option<Result<E::Response, Error>>) -> Option<Result<E::Response, Error>> {
        let (step, item) = match (came, &self.step) {
            (Some(Ok(page)), _) => (self.step_after(&page), Ok(page)),
            (Some(Err(error)), _) => (Step::Failed, Err(error)),
            (None, Step::Repeated) => (Step::Done, Err(repeated::<E>())),
            (None, _) => return None,
        };
        self.step = step;
        Some(item)
    }

    fn send(&self) -> Call<E::Response> {
        let (params, options) = (self.params.clone(), self.options.clone());
        Request { client: &self.client, params, options, overrides: self.overrides.clone() }.send()
    }

    /// What comes after this page.
    fn step_after(&mut self, page: &E::Response) -> Step<E::Response> {
        let Some(cursor) = E::next_cursor(page) else { return Step::Done };
        let Some(text) = text(cursor) else { return Step::Done };
        if !self.seen.insert(text) {
            return Step::Repeated;
        }
        self.params.set_cursor(cursor.clone());
        Step::Next
    }
}

/// The text of a cursor that names a page.
fn text(cursor: &impl ToParam) -> Option<String> {
    cursor.to_param().filter(|text| !text.is_empty()).map(Into::into)
}

/// A server that hands out a cursor twice would be asked for ever.
fn repeated<E: Endpoint>() -> Error {
    let why = "a page leads back to one that was there already";
    Error::new(ErrorKind::Pagination, why).of(E::OPERATION.name)
}

impl<E: Paginated> Request<'_, E> {
    /// Returns the pages of the list, starting with the page that these params request.
    pub fn pages(self) -> Pages<E> {
        Pages::new(self)
    }
}

// Nothing in it is pinned: a call is a future on the heap.
impl<E: Paginated> Unpin for Pages<E> {}

impl<E: Paginated> Stream for Pages<E> {
    type Item = Result<E::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Step::Next = self.step {
            self.step = Step::Waiting(self.send());
        }
        let came = match &mut self.step {
            Step::Waiting(call) => Some(ready!(Pin::new(call).poll(cx))),
            _ => None,
        };
        Poll::Ready(self.step_with(came))
    }
}

impl<E: Paginated> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &E::OPERATION.name).finish_non_exhaustive()
    }
}
