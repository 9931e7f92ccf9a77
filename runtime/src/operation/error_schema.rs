//! Locations of the standard fields in an API's error bodies.

/// The locations of the standard fields in an API's error bodies.
///
/// Each list contains dotted paths such as `error.code`, in order of precedence. The first path
/// that exists is used. Numbers and booleans are converted to text, and a list of texts is joined.
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
    /// The machine-readable error code.
    pub code: &'static [&'static str],
    /// The human-readable error message.
    pub message: &'static [&'static str],
    /// The URL of a page about the error.
    pub url: &'static [&'static str],
    /// Further details as free-form JSON.
    pub details: &'static [&'static str],
    /// The request ID of the server.
    pub request_id: &'static [&'static str],
}

impl ErrorSchema {
    /// A schema without any fields.
    pub const NONE: Self = Self { code: &[], message: &[], url: &[], details: &[], request_id: &[] };
}
