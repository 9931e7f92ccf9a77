//! What a server says when it refuses a call.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::Value;
use crate::answer::Answer;

/// The longest text of a server that an error message repeats.
const MAX_SHOWN: usize = 500;

/// Where the error bodies of an API keep what.
///
/// Each list holds dotted paths such as `error.code`; the first that leads to a
/// value counts. Numbers and booleans count as text, and the items of a list of texts as one.
///
/// ```
/// use typefoundry_runtime::ErrorShape;
///
/// static SHAPE: ErrorShape = ErrorShape {
///     code: &["error.code", "error"],
///     message: &["error.message", "message"],
///     ..ErrorShape::NONE
/// };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorShape {
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

impl ErrorShape {
    /// Error bodies of which nothing is known.
    pub const NONE: Self = Self { code: &[], message: &[], url: &[], details: &[], request_id: &[] };
}

/// What a server answered with a status that is no success.
///
/// The body need not be what the API promises: a proxy may answer with a page
/// of HTML. Then code and message are `None`, and the body is kept as it came.
#[derive(Clone)]
pub struct ApiError {
    answer: Answer,
    code: Option<String>,
    message: Option<String>,
    url: Option<String>,
    details: Option<Value>,
}

impl ApiError {
    pub(crate) fn new(mut answer: Answer, shape: &ErrorShape) -> Self {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        answer.read_request_id(&body, shape);
        let details = find(&body, shape.details).filter(|details| !details.is_null());
        Self {
            code: find_text(&body, shape.code),
            message: find_text(&body, shape.message),
            url: find_text(&body, shape.url),
            details: details.cloned(),
            answer,
        }
    }

    /// The status of the response. One that the body claims is not looked at.
    pub fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// What went wrong, as a word for programs, such as `pet_not_found`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What went wrong, as a sentence for people.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// A page that says more.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// What else the server says, as free JSON.
    pub fn details(&self) -> Option<&Value> {
        self.details.as_ref()
    }

    /// The server's name for this request, to be quoted to its support: from
    /// the body, else from the header `x-request-id` or `request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id.as_deref()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The body as it came, whatever it is.
    pub fn body(&self) -> &Bytes {
        &self.answer.body
    }

    pub(crate) fn answer(&self) -> &Answer {
        &self.answer
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server answered {}", self.status())?;
        for text in [self.code(), self.message()].into_iter().flatten() {
            f.write_str(": ")?;
            one_line(f, text)?;
        }
        if let Some(request_id) = self.request_id() {
            f.write_str(" (request ")?;
            one_line(f, request_id)?;
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status())
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.answer.request_id)
            .field("body_len", &self.answer.body.len())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}

/// Writes a server's text so that it can neither break a line of a log nor flood it.
fn one_line(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    use fmt::Write as _;
    for c in text.chars().take(MAX_SHOWN) {
        f.write_char(if is_unruly(c) { ' ' } else { c })?;
    }
    Ok(())
}

/// Whether a character may end a line, or turn the order of what follows.
fn is_unruly(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The value at the first path that leads to one.
fn find<'v>(body: &'v Value, paths: &[&str]) -> Option<&'v Value> {
    paths.iter().find_map(|path| path.split('.').try_fold(body, |value, key| value.get(key)))
}

/// The text at the first path that leads to some.
pub(crate) fn find_text(body: &Value, paths: &[&str]) -> Option<String> {
    paths.iter().find_map(|path| match find(body, &[path])? {
        // Some servers say several things at once.
        Value::Array(items) if !items.is_empty() => {
            let texts: Option<Vec<_>> = items.iter().map(text).collect();
            Some(texts?.join("; "))
        }
        value => text(value),
    })
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
