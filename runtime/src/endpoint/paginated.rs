//! The trait of paginated operations.

use super::http_endpoint::Endpoint;
use super::page_progress::PageProgress;
use crate::request::PageUrl;
use crate::value::ToParam;

/// The parameters of an operation that returns one page of a list.
///
/// ```
/// use typefoundry_runtime::{Endpoint, Method, Operation, Paginated, RequestWriter, json, json_object};
///
/// #[derive(Clone)]
/// struct ListPets {
///     after: Option<String>,
/// }
///
/// struct PetPage {
///     names: Vec<String>,
///     next: Option<String>,
/// }
/// json_object!(PetPage { names, next });
///
/// impl Endpoint for ListPets {
///     type Options = ();
///     type Response = PetPage;
///     const OPERATION: Operation = Operation::new("pets.list", Method::GET, "/pets");
///
///     fn write(&self, request: &mut RequestWriter) {
///         request.query("after", &self.after);
///     }
/// }
///
/// impl Paginated for ListPets {
///     type Item = String;
///     type Cursor = String;
///
///     fn cursor(&self) -> Option<&String> {
///         self.after.as_ref()
///     }
///
///     fn set_cursor(&mut self, cursor: String) {
///         self.after = Some(cursor);
///     }
///
///     fn next_cursor(page: &PetPage) -> Option<&String> {
///         page.next.as_ref()
///     }
///
///     fn into_items(page: PetPage) -> Vec<String> {
///         page.names
///     }
/// }
///
/// let page: PetPage = json::from_slice(br#"{ "names": ["Rex"], "next": "p2" }"#)?;
/// assert_eq!(ListPets::next_cursor(&page).map(String::as_str), Some("p2"));
/// # Ok::<(), typefoundry_runtime::DecodeError>(())
/// ```
pub trait Paginated: Endpoint + Clone {
    /// The type of the items of a page.
    type Item: Send + 'static;

    /// The position of a page: a cursor, a number, an offset, the last item of the page before, or a
    /// [`PageUrl`]. A position without text, or with an empty text, refers to no page.
    type Cursor: ToParam + Clone;

    /// Whether the position is a number or an offset, which grows even if the server sends the same page again.
    /// Defaults to `false`.
    const IS_NUMBERED: bool = false;

    /// Whether the position is in the `link` header of a response. Defaults to `false`.
    const IS_IN_LINK: bool = false;

    /// Returns the position of the requested page, or `None` for the first page.
    fn cursor(&self) -> Option<&Self::Cursor>;

    /// Sets the position of the requested page.
    fn set_cursor(&mut self, cursor: Self::Cursor);

    /// Returns the cursor of the next page, or `None` if `page` is the last one. Defaults to `None`, for lists
    /// whose responses contain no cursor.
    fn next_cursor(page: &Self::Response) -> Option<&Self::Cursor> {
        let _ = page;
        None
    }

    /// Returns the position of the page after `page`, or `None` if `page` is the last one. Defaults to the cursor in
    /// `page`.
    fn advance(&self, page: &Self::Response, progress: &mut PageProgress) -> Option<Self::Cursor> {
        let _ = progress;
        Self::next_cursor(page).cloned()
    }

    /// Returns the URL that is requested for a position. Defaults to `None`: the position is one of the parameters.
    fn page_url(cursor: &Self::Cursor) -> Option<&PageUrl> {
        let _ = cursor;
        None
    }

    /// Returns the items of a page.
    fn into_items(page: Self::Response) -> Vec<Self::Item>;
}
