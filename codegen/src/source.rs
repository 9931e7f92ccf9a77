//! The text of the spec, and spans of it.

use std::borrow::Cow;
use std::ops::Range;

/// A file of the spec: its path below the folder of the spec, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The folder of the spec, as diagnostics and generated files show it: `spec`.
    pub folder: Cow<'static, str>,
    /// The path in that folder, with forward slashes: `acme/users.yaml`.
    pub path: String,
    pub text: String,
    /// The reason why `text` is not the content of the file, if it is not.
    pub fault: Option<Fault>,
}

/// The reason why the content of a file is not available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is not valid UTF-8; the first invalid byte is at `at`. In the text, U+FFFD replaces invalid bytes.
    NotUtf8 { at: usize, byte: u8 },
    /// The file or folder could not be read for this reason. The text is empty.
    Unreadable(String),
}

impl Source {
    /// Creates a source with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { folder: Cow::Borrowed("spec"), path: path.into(), text: text.into(), fault: None }
    }

    /// Returns the source with another folder of the spec.
    pub fn within(self, folder: impl Into<Cow<'static, str>>) -> Self {
        Self { folder: folder.into(), ..self }
    }

    /// Returns the path as diagnostics and generated files show it: `spec/acme/users.yaml`.
    pub fn shown_path(&self) -> String {
        self.shown(&self.path)
    }

    /// Returns another path in the same folder of the spec, as diagnostics show it.
    pub fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.folder)
    }

    /// Creates a source from bytes, which can be invalid UTF-8.
    pub fn from_bytes(path: impl Into<String>, content: Vec<u8>) -> Self {
        match String::from_utf8(content) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let content = error.into_bytes();
                let byte = content.get(at).copied().unwrap_or_default();
                let text = String::from_utf8_lossy(&content);
                Self { fault: Some(Fault::NotUtf8 { at, byte }), ..Self::new(path, text) }
            }
        }
    }

    /// Creates a source for a file or folder that could not be read.
    pub fn unreadable(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { fault: Some(Fault::Unreadable(reason.into())), ..Self::new(path, "") }
    }
}

/// A range of bytes in one of the sources of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The index into the sources, which are sorted by path.
    pub file: usize,
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// Creates the span of the bytes in `range` of the file with the index `file`.
    pub fn new(file: usize, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// Returns the part of this span that starts at `offset` and has `len` bytes. The result stays within this span.
    pub fn part(self, offset: usize, len: usize) -> Self {
        let start = (self.start + offset).min(self.end);
        Self { file: self.file, start, end: (start + len).min(self.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Source};

    #[test]
    fn first_byte_that_is_not_utf8_is_found() {
        let source = Source::from_bytes("acme/users.yaml", b"doc: caf\xe9\n".to_vec());
        assert_eq!(source.fault, Some(Fault::NotUtf8 { at: 8, byte: 0xe9 }));
        assert_eq!(source.text, "doc: caf\u{fffd}\n", "the offset is unchanged in the text");
        assert_eq!(Source::from_bytes("x.yaml", "é".into()), Source::new("x.yaml", "é"));
    }
}
