//! Paths of values in a JSON document, and locations in the head of a response.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// The maximum length of a key in a path, in characters. Keys may come from a server.
const MAX_KEY: usize = 100;

/// The maximum length of a path in characters. The middle of a longer path is left out.
const MAX_PATH: usize = 150;

/// The path of a value in a document, innermost segment first. Segments are appended while an error
/// propagates outward.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path {
    root: Root,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Root {
    #[default]
    Document,
    Header(&'static str),
    Status,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Key(Cow<'static, str>),
    Index(usize),
}

impl Path {
    /// Returns the location of the status of a response.
    pub(super) fn status() -> Self {
        Self { root: Root::Status, segments: Vec::new() }
    }

    /// Returns the location of a header of a response.
    pub(super) fn header(name: &'static str) -> Self {
        Self { root: Root::Header(name), segments: Vec::new() }
    }

    /// Makes the path one in a header of a response.
    pub(super) fn set_header(&mut self, name: &'static str) {
        self.root = Root::Header(name);
    }

    /// Adds `key` as the outermost segment.
    pub(super) fn in_key(&mut self, mut key: Cow<'static, str>) {
        if let Some((end, _)) = key.char_indices().nth(MAX_KEY) {
            key.to_mut().truncate(end);
        }
        self.segments.push(Segment::Key(key));
    }

    /// Adds `index` as the outermost segment.
    pub(super) fn in_item(&mut self, index: usize) {
        self.segments.push(Segment::Index(index));
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut full = String::new();
        self.write_full(&mut full)?;
        let length = full.chars().count();
        if length <= MAX_PATH {
            return f.write_str(&full);
        }
        let half = (MAX_PATH - 1) / 2;
        let start = full.chars().take(half);
        let end = full.chars().skip(length - half);
        start.chain(['…']).chain(end).try_for_each(|c| f.write_char(c))
    }
}

impl Path {
    fn write_full(&self, text: &mut String) -> fmt::Result {
        match self.root {
            Root::Document => text.push('$'),
            Root::Header(name) => write!(text, "header {name}")?,
            Root::Status => text.push_str("status"),
        }
        for segment in self.segments.iter().rev() {
            match segment {
                Segment::Index(index) => write!(text, "[{index}]")?,
                Segment::Key(key) if is_plain(key) => write!(text, ".{key}")?,
                Segment::Key(key) => write!(text, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

/// Returns whether a key can follow a dot without quotes.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && !key.starts_with(|first: char| first.is_ascii_digit())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}
