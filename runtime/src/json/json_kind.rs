//! The kinds of JSON values.

use std::fmt;

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// Any number.
    Number,
    /// A string.
    String,
    /// A list.
    List,
    /// An object.
    Object,
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The kinds of values by their first byte. A table, because every value that is read is looked up.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would reject an invalid index")]
const KINDS: [Option<JsonKind>; 256] = {
    let mut kinds = [None; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'n' => Some(JsonKind::Null),
            b't' | b'f' => Some(JsonKind::Bool),
            b'0'..=b'9' | b'-' => Some(JsonKind::Number),
            b'"' => Some(JsonKind::String),
            b'[' => Some(JsonKind::List),
            b'{' => Some(JsonKind::Object),
            _ => None,
        };
        byte += 1;
    }
    kinds
};

impl JsonKind {
    /// Returns the kind of the values that begin with a byte.
    #[inline]
    pub(super) fn of(first: u8) -> Option<Self> {
        KINDS.get(usize::from(first)).copied().flatten()
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::List => "a list",
            Self::Object => "an object",
        }
    }
}
