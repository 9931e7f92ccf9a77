//! What lists have that come page by page.

use super::http_endpoint::Endpoint;
use crate::value::ToParam;

/// Params of an operation that answers with one page of many.
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
    /// What stands on the pages.
    type Item: Send + 'static;

    /// What names a page. Where it has no text, or an empty one, it names none.
    type Cursor: ToParam + Clone;

    /// The page that these params ask for; none is the first one.
    fn cursor(&self) -> Option<&Self::Cursor>;

    /// Asks for another page instead.
    fn set_cursor(&mut self, cursor: Self::Cursor);

    /// The page after this one, unless it is the last.
    fn next_cursor(page: &Self::Response) -> Option<&Self::Cursor>;

    /// What stands on the page.
    fn into_items(page: Self::Response) -> Vec<Self::Item>;
}
