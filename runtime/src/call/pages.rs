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

/// A [`Stream`] of the pages of a list, with one request per page.
///
/// The stream is lazy: it requests a page only when the page is polled. An empty page does not end the stream, because
/// more pages can follow. The stream ends after the last page or after the first error. A page whose next cursor points
/// to an earlier page causes [`ErrorKind::Pagination`].
///
/// The stream is `Send` and borrows nothing. To resume the list later, store [`Pages::cursor`].
#[must_use = "streams are lazy: no page is requested before it is awaited"]
pub struct Pages<E: Paginated> {
    context: Arc<CallContext>,
    /// The parameters of the page in progress, or of the next page.
    params: E,
    options: E::Options,
    /// The overrides for the request of each page.
    overrides: Option<Box<CallOverrides>>,
    step: Step<E::Response>,
    /// The texts of all cursors so far.
    seen_cursors: BTreeSet<String>,
}

enum Step<R> {
    /// The next page can be requested.
    Ready,
    /// A page is requested.
    Waiting(Call<R>),
    /// The next cursor points to an earlier page.
    Repeated,
    /// The request of a page failed.
    Failed,
    /// There are no more pages.
    Done,
}

impl<E: Paginated> Pages<E> {
    pub(crate) fn new(request: Request<'_, E>) -> Self {
        let Request { context, params, options, overrides } = request;
        let seen_cursors = params.cursor().and_then(cursor_text).into_iter().collect();
        Self { context: Arc::clone(context), params, options, overrides, step: Step::Ready, seen_cursors }
    }

    /// Returns the next page, or `None` after the last page and after an error.
    ///
    /// This method is cancel safe: if its future is dropped, the next call returns the page.
    pub async fn next(&mut self) -> Option<Result<E::Response, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Collects all remaining pages.
    ///
    /// # Errors
    /// Returns the first error that occurs. The pages before it are lost; use [`Pages::next`] to keep them.
    pub async fn try_collect(mut self) -> Result<Vec<E::Response>, Error> {
        let mut pages = Vec::new();
        while let Some(page) = self.next().await {
            pages.push(page?);
        }
        Ok(pages)
    }

    /// Returns the cursor of the next page, or of the page whose request failed.
    ///
    /// Returns `None` before the first page, unless the parameters contain a cursor, and after the last page.
    pub fn cursor(&self) -> Option<&E::Cursor> {
        match self.step {
            Step::Ready | Step::Waiting(_) | Step::Failed => self.params.cursor(),
            Step::Repeated | Step::Done => None,
        }
    }

    /// Returns the next page, and blocks the current thread until the page arrives. A page that is in progress is
    /// requested again.
    #[cfg(feature = "blocking")]
    pub(crate) fn next_blocking(&mut self) -> Option<Result<E::Response, Error>> {
        let result = matches!(self.step, Step::Ready | Step::Waiting(_)).then(|| self.send().wait());
        self.advance(result)
    }

    /// Advances the stream by the result of a request, if there was one, and returns the next item.
    fn advance(&mut self, result: Option<Result<E::Response, Error>>) -> Option<Result<E::Response, Error>> {
        let (step, item) = match (result, &self.step) {
            (Some(Ok(page)), _) => (self.next_step(&page), Ok(page)),
            (Some(Err(error)), _) => (Step::Failed, Err(error)),
            (None, Step::Repeated) => (Step::Done, Err(repeated_cursor::<E>())),
            (None, _) => return None,
        };
        self.step = step;
        Some(item)
    }

    fn send(&self) -> Call<E::Response> {
        let (params, options) = (self.params.clone(), self.options.clone());
        Request { context: &self.context, params, options, overrides: self.overrides.clone() }.send()
    }

    /// Returns the step after this page.
    fn next_step(&mut self, page: &E::Response) -> Step<E::Response> {
        let Some(cursor) = E::next_cursor(page) else { return Step::Done };
        let Some(text) = cursor_text(cursor) else { return Step::Done };
        if !self.seen_cursors.insert(text) {
            return Step::Repeated;
        }
        self.params.set_cursor(cursor.clone());
        Step::Ready
    }
}

/// Returns the text of a cursor, or `None` if the cursor names no page.
fn cursor_text(cursor: &impl ToParam) -> Option<String> {
    cursor.to_param().filter(|text| !text.is_empty()).map(Into::into)
}

/// Without this error, the client would request the pages of such a server forever.
fn repeated_cursor<E: Endpoint>() -> Error {
    let message = "invalid next cursor: it points to an earlier page";
    Error::new(ErrorKind::Pagination, message).with_operation(E::OPERATION.name)
}

impl<E: Paginated> Request<'_, E> {
    /// Returns a stream of the pages of the list, starting with the page that these parameters request.
    pub fn pages(self) -> Pages<E> {
        Pages::new(self)
    }
}

// No field is pinned: a call is a boxed future.
impl<E: Paginated> Unpin for Pages<E> {}

impl<E: Paginated> Stream for Pages<E> {
    type Item = Result<E::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Step::Ready = self.step {
            self.step = Step::Waiting(self.send());
        }
        let result = match &mut self.step {
            Step::Waiting(call) => Some(ready!(Pin::new(call).poll(cx))),
            _ => None,
        };
        Poll::Ready(self.advance(result))
    }
}

impl<E: Paginated> fmt::Debug for Pages<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &E::OPERATION.name).finish_non_exhaustive()
    }
}
