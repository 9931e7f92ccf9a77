//! Locations of the standard fields in an API's error bodies.

/// Where the error bodies of an API keep what.
///
/// Each list holds dotted paths such as `error.code`; the first that leads to a
/// value counts. Numbers and booleans count as text, and the items of a list of texts as one.
///
/// ```
/// use typefoundry_runtime::ErrorSchema;
///
/// static SHAPE: ErrorSchema = ErrorSchema {
///     code: &["error.code", "error"],
///     message: &["error.message", "message"],
///     ..ErrorSchema::NONE
/// };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorSchema {
    /// What went wrong, as a word for programs.
    pub code: &'static [&'static str],
    /// What went wrong, as a sentence for people.
    pub message: &'static [&'static str],
    /// A page that says more.
    pub url: &'static [&'static str],
    /// Free JSON that says more.
    pub details: &'static [&'static str],
    /// The server's name for this request.
    pub request_id: &'static [&'static str],
}

impl ErrorSchema {
    /// Error bodies of which nothing is known.
    pub const NONE: Self = Self { code: &[], message: &[], url: &[], details: &[], request_id: &[] };
}
