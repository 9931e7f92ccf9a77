//! Spec text and places in it.

use std::ops::Range;

/// One file of the spec: its path below `spec/` and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// With forward slashes: `acme/users.yaml`.
    pub path: String,
    pub text: String,
    /// Why `text` is not the text of the file, where it is not.
    pub fault: Option<Fault>,
}

/// The reason that a file has no text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is not UTF-8 from the byte at `at` on. The text has U+FFFD in place of such bytes.
    NotUtf8 { at: usize, byte: u8 },
    /// The file, or a folder, could not be read for this reason. The text is empty.
    Unreadable(String),
}

impl Source {
    /// A file with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), fault: None }
    }

    /// A file with this path and content, which need not be UTF-8.
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

    /// A file or folder that could not be read, and the reason.
    pub fn unreadable(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { fault: Some(Fault::Unreadable(reason.into())), ..Self::new(path, "") }
    }
}

/// A run of bytes in one of the sources of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index into the sources, sorted by path.
    pub file: usize,
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The bytes from `start` to `end` of file number `file`.
    pub fn new(file: usize, range: Range<usize>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The part of this span from `offset` on, `len` bytes long, kept inside of it.
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
        assert_eq!(source.text, "doc: caf\u{fffd}\n", "the offset is the same in the text");
        assert_eq!(Source::from_bytes("x.yaml", "é".into()), Source::new("x.yaml", "é"));
    }
}
