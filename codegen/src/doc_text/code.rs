//! Code in Markdown, delimited so that its own backticks do not end it.

use crate::characters::escape_bidi;

/// Returns the text as a code span, delimited by as many backticks as it needs.
pub fn code(text: &str) -> String {
    let text = escape_bidi(text);
    let ticks = "`".repeat(longest_ticks(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// Returns a code block whose fence is longer than any in the text.
pub fn code_block(language: &str, text: &str) -> String {
    let fence = "`".repeat(3.max(longest_ticks(text) + 1));
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}

/// Returns the length of the longest run of backticks.
pub fn longest_ticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}
