//! The pagination of lists.

/// The pagination of an operation. The paths lead through response fields.
#[derive(Debug)]
pub struct Pagination {
    pub style: String,
    pub position: Position,
    pub limit: Option<String>,
    /// The path to the list of items. Empty if the response is the list itself.
    pub items: Vec<String>,
    pub total: Option<Vec<String>>,
    pub total_pages: Option<Vec<String>>,
    pub has_more: Option<Vec<String>>,
    /// Whether a page with fewer items than requested is the last one.
    pub short_page_is_last: bool,
}

/// The position of a page, by which it is requested.
#[derive(Debug)]
pub enum Position {
    /// A cursor in the response.
    Cursor {
        param: String,
        next: Vec<String>,
        /// The parameter for the cursor of the previous page, if the API can page backward.
        previous_param: Option<String>,
        /// The path to the cursor of the previous page.
        previous: Option<Vec<String>>,
    },
    /// The number of the page, and that of the first one.
    Number { param: String, first: i64 },
    /// The number of the items before the page, and that of the first page.
    Offset { param: String, first: i64 },
    /// A value in the last item of the page before.
    LastItem { param: String, path: Vec<String> },
    /// A URL in the response.
    Url { path: Vec<String> },
    /// A URL in the `Link` header.
    Link,
}

impl Pagination {
    /// Returns the parameters for positions.
    pub fn position_params(&self) -> impl Iterator<Item = &String> {
        let (param, previous) = match &self.position {
            Position::Cursor { param, previous_param, .. } => (Some(param), previous_param.as_ref()),
            Position::Number { param, .. }
            | Position::Offset { param, .. }
            | Position::LastItem { param, .. } => (Some(param), None),
            Position::Url { .. } | Position::Link => (None, None),
        };
        param.into_iter().chain(previous)
    }
}
