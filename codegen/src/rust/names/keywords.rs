//! The words that Rust keeps for itself, in every edition up to 2024.
//!
//! A generated package may be moved to another edition, so all editions count at once.
//! The weak keywords (`auto`, `default`, `macro_rules`, `raw`, `safe`, `union`, `'static`) are plain names and stand in no list.

/// Keywords that become names when written raw: `r#type`.
pub(super) const RAW: &[&str] = &[
    // Strict, all editions.
    "as", "break", "const", "continue", "else", "enum", "extern", "false", "fn", "for", "if", "impl", "in",
    "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "trait",
    "true", "type", "unsafe", "use", "where", "while", // Strict since 2018.
    "async", "await", "dyn", // Reserved, all editions.
    "abstract", "become", "box", "do", "final", "macro", "override", "priv", "typeof", "unsized", "virtual",
    "yield", // Reserved since 2018 and 2024.
    "try", "gen",
];

/// Keywords that stay keywords when written raw: they take a trailing underscore.
pub(super) const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Names that a module cannot have, though a value can.
///
/// The file of `mod` would be `mod.rs`, the file of its own folder. `lib.rs` and `main.rs` are crate roots. A module `std`
/// hides the standard library from its parent's imports. Devices of Windows come on top: it opens no such file.
pub(super) const NO_MODULE: &[&str] = &["mod", "lib", "main", "std"];

/// Whether code cannot name a crate so without `r#`, or not at all.
pub fn is_keyword(word: &str) -> bool {
    RAW.contains(&word) || NEVER_RAW.contains(&word)
}
