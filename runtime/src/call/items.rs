//! A list as a stream of its items.

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

/// A [`Stream`] of the items of a list, across all of its [`Pages`].
///
/// The stream requests the next page when the items of the current page are used up.
#[must_use = "streams are lazy: no page is requested before the next item is awaited"]
pub struct Items<E: Paginated> {
    pages: Pages<E>,
    /// The remaining items of the current page.
    page: vec::IntoIter<E::Item>,
}

impl<E: Paginated> Items<E> {
    pub(crate) fn new(pages: Pages<E>) -> Self {
        Self { pages, page: Vec::new().into_iter() }
    }

    /// Starts at the page of this cursor, such as the [`Items::cursor`] of an earlier stream.
    pub fn start_at(self, cursor: E::Cursor) -> Self {
        Self::new(self.pages.start_at(cursor))
    }

    /// Returns the cursor of the next page, as [`Pages::cursor`] does. The remaining items of the current page are not
    /// on the next page.
    pub fn cursor(&self) -> Option<&E::Cursor> {
        self.pages.cursor()
    }

    /// Returns the next item, and blocks the current thread while a page is requested.
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

    /// Returns the next item, or `None` after the last item and after an error.
    ///
    /// This method is cancel safe: if its future is dropped, the next call returns the item.
    pub async fn next(&mut self) -> Option<Result<E::Item, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Collects all remaining items.
    ///
    /// # Errors
    /// Returns the first error that occurs. The items before it are lost; use [`Items::next`] to keep them.
    pub async fn try_collect(mut self) -> Result<Vec<E::Item>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }
}

impl<E: Paginated> Request<'_, E> {
    /// Returns a stream of the items of the list, which requests pages as needed.
    pub fn items(self) -> Items<E> {
        Items::new(self.pages())
    }
}

// No field is pinned, neither the pages nor the items.
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
