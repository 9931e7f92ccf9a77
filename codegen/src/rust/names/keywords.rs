//! The keywords of Rust in all editions up to 2024.
//!
//! A generated package can be moved to another edition, so the keywords of all editions count. The weak keywords (`auto`,
//! `default`, `macro_rules`, `raw`, `safe`, `union`, `'static`) are valid names and are not listed.

/// Keywords that are valid as raw identifiers: `r#type`.
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

/// Keywords that cannot be raw identifiers. They get a trailing underscore.
pub(super) const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Names that are invalid for a module but valid for a value.
///
/// The file of `mod` would be `mod.rs`, which is the file of its own folder. `lib.rs` and `main.rs` are crate roots. A
/// module `std` shadows the standard library in the imports of its parent. Device names of Windows are invalid as well,
/// since Windows opens no such file.
pub(super) const NO_MODULE: &[&str] = &["mod", "lib", "main", "std"];

/// Whether a name requires `r#` in code, or is never valid.
pub fn is_keyword(word: &str) -> bool {
    RAW.contains(&word) || NEVER_RAW.contains(&word)
}
