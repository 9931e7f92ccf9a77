//! A file in a multipart form.

use std::fmt;

use crate::body::RequestBody;

/// A file in a multipart form: its content, and optionally its name and media type.
///
/// Everything that converts to a [`RequestBody`] converts to a file, such as bytes and text. `Debug` does not show the
/// content.
///
/// ```
/// use typefoundry_runtime::FilePart;
///
/// let file = FilePart::new("a,b\n1,2\n").with_name("rows.csv").with_content_type("text/csv");
/// assert_eq!(file.name(), Some("rows.csv"));
/// ```
#[derive(Clone, PartialEq)]
pub struct FilePart {
    content: RequestBody,
    name: Option<String>,
    content_type: Option<String>,
}

impl FilePart {
    /// Creates a file without a name. It is sent under the name of its parameter, as `application/octet-stream`.
    pub fn new(content: impl Into<RequestBody>) -> Self {
        Self { content: content.into(), name: None, content_type: None }
    }

    /// Sets the file name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Returns the content.
    pub fn content(&self) -> &RequestBody {
        &self.content
    }

    /// Returns the file name, if there is one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns the media type, if there is one.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}

impl<C: Into<RequestBody>> From<C> for FilePart {
    fn from(content: C) -> Self {
        Self::new(content)
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("content", &self.content)
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .finish()
    }
}
