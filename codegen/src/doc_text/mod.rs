//! Doc text: parsed once as Markdown, and written for rustdoc or for GitHub.
//!
//! Both outputs come from the same parse, so they agree about code, references, URLs and headings. The writers escape text
//! that would be markup by accident: a bracket without a target, `list<string>`, a lone backtick. They turn bare URLs into
//! links. They also give every code block a language, because rustdoc runs code without one.
//!
//! `parse` yields events with their offsets, and `inline` turns the events of a paragraph into words. `wrap` breaks the
//! words into lines, and `write` lays out the blocks. `check` finds problems, and `summary` finds the first sentence.

mod code;
mod link;
mod parse;
mod check;
mod summary;
mod introduce;
mod wrap;
mod inline;
mod write;
mod output;

#[cfg(test)]
mod tests;

pub use check::check;
pub use code::{code, code_block};
pub use introduce::{introduce, join};
pub use link::{Link, Resolve};
pub use output::{github, github_cell, github_line, plain, rustdoc};
pub use summary::summary;
