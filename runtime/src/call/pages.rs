//! A list as a stream of its pages.

use std::collections::BTreeSet;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::config::CallOverrides;
use super::context::CallContext;
use super::future::Call;
use super::request::Request;
use crate::endpoint::{Endpoint, PageProgress, Paginated};
use crate::error::{Error, ErrorKind};
use crate::request::PageUrl;
use crate::response::next_link;
use crate::value::ToParam;

/// A [`Stream`] of the pages of a list, with one request per page.
///
/// The stream is lazy: it requests a page only when the page is polled. An empty page does not end a stream of cursors,
/// because more pages can follow. The stream ends after the last page or after the first error. A page whose next cursor
/// points to an earlier page causes [`ErrorKind::Pagination`], and so does a numbered page that equals the page before.
///
/// The stream is `Send` and borrows nothing. To resume the list later, store [`Pages::cursor`] and pass it to
/// [`Pages::start_at`].
#[must_use = "streams are lazy: no page is requested before it is awaited"]
pub struct Pages<E: Paginated> {
    context: Arc<CallContext>,
    /// The parameters of the page in progress, or of the next page.
    params: E,
    options: E::Options,
    /// The overrides for the request of each page.
    overrides: Option<Box<CallOverrides>>,
    step: Step<LoadedPage<E::Response>>,
    /// The texts of all cursors so far.
    seen_cursors: BTreeSet<String>,
    progress: PageProgress,
    /// The position of the page in progress, or of the next page, if it is not one of the parameters.
    position: Option<E::Cursor>,
    /// The body of the last page of a numbered list.
    last_body: Bytes,
}

/// A page, and the parts of its response that the next position depends on.
struct LoadedPage<R> {
    page: R,
    link: Option<PageUrl>,
    /// Empty unless the list is numbered.
    body: Bytes,
}

impl<R> LoadedPage<R> {
    fn from_response<E: Paginated<Response = R>>(response: &http::Response<Bytes>) -> Result<Self, Error> {
        let page = E::from_response(response)?;
        let link = if E::IS_IN_LINK { next_link(response.headers()).map(PageUrl::new) } else { None };
        let body = if E::IS_NUMBERED { response.body().clone() } else { Bytes::new() };
        Ok(Self { page, link, body })
    }
}

enum Step<R> {
    /// The next page can be requested.
    Ready,
    /// A page is requested.
    Waiting(Call<R>),
    /// The next cursor points to an earlier page.
    Repeated,
    /// The next page cannot be requested, for this reason.
    Unreachable(&'static str),
    /// The request of a page failed.
    Failed,
    /// There are no more pages.
    Done,
}

impl<E: Paginated> Pages<E> {
    pub(crate) fn new(request: Request<'_, E>) -> Self {
        let Request { context, params, options, overrides } = request;
        let seen_cursors = params.cursor().and_then(cursor_text).into_iter().collect();
        Self {
            context: Arc::clone(context),
            params,
            options,
            overrides,
            step: Step::Ready,
            seen_cursors,
            progress: PageProgress::default(),
            position: None,
            last_body: Bytes::new(),
        }
    }

    /// Starts at the page of this cursor, such as the [`Pages::cursor`] of an earlier stream.
    pub fn start_at(mut self, cursor: E::Cursor) -> Self {
        self.seen_cursors = cursor_text(&cursor).into_iter().collect();
        // A page in progress belongs to the old position, and so do the facts about the pages before it.
        self.step = Step::Ready;
        self.progress = PageProgress::default();
        self.last_body = Bytes::new();
        self.position = None;
        self.move_to(cursor);
        self
    }

    fn move_to(&mut self, cursor: E::Cursor) {
        match E::page_url(&cursor) {
            Some(_) => self.position = Some(cursor),
            None => self.params.set_cursor(cursor),
        }
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
            Step::Ready | Step::Waiting(_) | Step::Failed => {
                self.position.as_ref().or_else(|| self.params.cursor())
            }
            Step::Repeated | Step::Unreachable(_) | Step::Done => None,
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
    fn advance(
        &mut self,
        result: Option<Result<LoadedPage<E::Response>, Error>>,
    ) -> Option<Result<E::Response, Error>> {
        let (step, item) = match (result, &self.step) {
            (Some(Ok(loaded)), _) => match self.next_step(&loaded) {
                Step::Repeated if E::IS_NUMBERED => (Step::Done, Err(invalid_page::<E>(REPEATED_PAGE))),
                step => (step, Ok(loaded.page)),
            },
            (Some(Err(error)), _) => (Step::Failed, Err(error)),
            (None, Step::Repeated) => (Step::Done, Err(repeated_cursor::<E>())),
            (None, Step::Unreachable(problem)) => (Step::Done, Err(invalid_page::<E>(problem))),
            (None, _) => return None,
        };
        self.step = step;
        Some(item)
    }

    fn send(&self) -> Call<LoadedPage<E::Response>> {
        let (params, options) = (self.params.clone(), self.options.clone());
        let mut overrides = self.overrides.clone();
        if let Some(url) = self.position.as_ref().and_then(E::page_url) {
            overrides.get_or_insert_default().page_url = Some(url.clone());
        }
        let request = Request { context: &self.context, params, options, overrides };
        request.send_as(LoadedPage::from_response::<E>)
    }

    /// Returns the step after this page.
    fn next_step(&mut self, loaded: &LoadedPage<E::Response>) -> Step<LoadedPage<E::Response>> {
        self.progress.link.clone_from(&loaded.link);
        let Some(cursor) = self.params.advance(&loaded.page, &mut self.progress) else {
            return self.progress.problem.map_or(Step::Done, Step::Unreachable);
        };
        let Some(text) = cursor_text(&cursor) else { return Step::Done };
        let is_same_page = E::IS_NUMBERED && !self.progress.knows_end() && self.last_body == loaded.body;
        if is_same_page || !self.seen_cursors.insert(text) {
            return Step::Repeated;
        }
        self.last_body.clone_from(&loaded.body);
        self.move_to(cursor);
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

/// A server that ignores the number of the page would otherwise be asked forever.
const REPEATED_PAGE: &str = "invalid page: it equals the page before";

fn invalid_page<E: Endpoint>(message: &'static str) -> Error {
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
