//! A text in each output.

use super::check::check;
use super::link::{Form, Resolve};
use super::write;

/// Returns the lines of a doc comment, without the `///`.
pub fn rustdoc(text: &str, resolver: &dyn Resolve) -> Vec<String> {
    write::lines(text, resolver, Form::Rustdoc)
}

/// Returns the text as blocks of a GitHub page.
pub fn github(text: &str, resolver: &dyn Resolve) -> String {
    write::lines(text, resolver, Form::Page).join("\n")
}

/// Returns the text as one line of a GitHub page. The text should be one paragraph, such as a summary.
pub fn github_line(text: &str, resolver: &dyn Resolve) -> String {
    write::lines(text, resolver, Form::Cell).join(" ")
}

/// Returns finished GitHub Markdown as the content of a table cell.
///
/// Pipes are escaped, even inside code: GitHub splits a row into cells before it reads code spans.
pub fn github_cell(markdown: &str) -> String {
    let lines = write::lines(markdown, &|_: &str| None, Form::Cell);
    lines.join("<br>").replace("<br><br><br>", "<br><br>").replace('|', "\\|")
}

/// Returns the text for a compiler message, which shows no links: a `[reference]` becomes code.
pub fn plain(text: &str) -> String {
    let text = text.trim();
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for (range, name) in check(text).labels {
        plain.push_str(text.get(at..range.start).unwrap_or_default());
        plain.extend(["`", name.as_str(), "`"]);
        at = range.end;
    }
    plain + text.get(at..).unwrap_or_default()
}
