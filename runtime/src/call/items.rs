//! A list as a stream of what stands on its pages.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::pages::Pages;
use super::request::Request;
use crate::endpoint::Paginated;
use crate::error::Error;

/// What stands on the pages of a list, across all of them: a [`Stream`] over [`Pages`].
///
/// A page is asked for when the one before it is used up.
#[must_use = "nothing is asked for before the next item is awaited"]
pub struct Items<E: Paginated> {
    pages: Pages<E>,
    /// What is left of the page that came last.
    page: vec::IntoIter<E::Item>,
}

impl<E: Paginated> Items<E> {
    pub(crate) fn new(pages: Pages<E>) -> Self {
        Self { pages, page: Vec::new().into_iter() }
    }

    /// The cursor of the page that comes next, as [`Pages::cursor`] says. What is left of the page that came last is not
    /// on it.
    pub fn cursor(&self) -> Option<&E::Cursor> {
        self.pages.cursor()
    }

    /// The next item, on a thread that waits for it.
    #[cfg(feature = "blocking")]
    pub(crate) fn next_blocking(&mut self) -> Option<Result<E::Item, Error>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next_blocking()? {
                Ok(page) => self.page = E::into_items(page).into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// The next item; `None` after the last one, and after an error.
    ///
    /// The future may be dropped: the item is then there for the next call.
    pub async fn next(&mut self) -> Option<Result<E::Item, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// All items from here on.
    ///
    /// # Errors
    /// The first that occurs. The items until then are lost; [`Items::next`] keeps them.
    pub async fn try_collect(mut self) -> Result<Vec<E::Item>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }
}

impl<E: Paginated> Request<'_, E> {
    /// Returns the items of the list, page by page.
    pub fn items(self) -> Items<E> {
        Items::new(self.pages())
    }
}

// Nothing in it is pinned, and the items of a page never are.
impl<E: Paginated> Unpin for Items<E> {}

impl<E: Paginated> Stream for Items<E> {
    type Item = Result<E::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => self.page = E::into_items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<E: Paginated> fmt::Debug for Items<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
