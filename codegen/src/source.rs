//! Spec text and places in it.

use std::ops::Range;

/// One file of the spec: its path below `spec/` and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// With forward slashes: `acme/users.yaml`.
    pub path: String,
    pub text: String,
}

impl Source {
    /// A file with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
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
