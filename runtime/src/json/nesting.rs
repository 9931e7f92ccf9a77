//! The limit on nested lists and objects.

/// The maximum depth of nested lists and objects, whether they are read, skipped or written.
pub(super) const MAX_DEPTH: u8 = 128;

/// The limit as the `expected` text of errors.
pub(super) const TOO_DEEP: &str = "at most 128 levels of nesting";
