//! The error of encoding JSON.

use std::borrow::Cow;
use std::fmt;

use super::nesting::TOO_DEEP;
use super::path::Path;

/// An error of encoding a value as JSON.
///
/// ```
/// use typefoundry_runtime::json;
///
/// let error = json::to_vec(&vec![1.0, f64::NAN]).unwrap_err();
/// assert_eq!(error.path(), "$[1]");
/// assert_eq!(error.to_string(), "$[1]: a JSON number must be finite");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    path: Path,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    NotFinite,
    TooDeep,
}

impl EncodeError {
    /// Creates the error for NaN and the infinities.
    pub(super) fn not_finite() -> Self {
        Self::new(Problem::NotFinite)
    }

    /// Creates the error for a value that exceeds the nesting limit.
    pub(super) fn too_deep() -> Self {
        Self::new(Problem::TooDeep)
    }

    fn new(problem: Problem) -> Self {
        Self(Box::new(Inner { path: Path::default(), problem }))
    }

    pub(super) fn in_key(&mut self, key: &str) {
        self.0.path.in_key(Cow::Owned(key.to_owned()));
    }

    pub(super) fn in_item(&mut self, index: usize) {
        self.0.path.in_item(index);
    }

    /// Returns the path of the value in the document, such as `$.members[3].height`.
    pub fn path(&self) -> String {
        self.0.path.to_string()
    }
}

impl fmt::Debug for EncodeError {
    /// Writes the path as text, which is shortened, so that long keys do not flood logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, problem } = &*self.0;
        f.debug_struct("EncodeError").field("path", &path.to_string()).field("problem", problem).finish()
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, problem } = &*self.0;
        match problem {
            Problem::NotFinite => write!(f, "{path}: a JSON number must be finite"),
            Problem::TooDeep => write!(f, "{path}: expected {TOO_DEEP}"),
        }
    }
}

impl std::error::Error for EncodeError {}
