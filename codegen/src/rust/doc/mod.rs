//! The one home of doc text: what the spec says in Markdown becomes text that rustdoc shows as it was meant.
//!
//! Spec texts are written for several readers. rustdoc reads them differently in a few places: it runs code that names no
//! language, it takes `list<string>` for HTML and `[word]` for a link, and it leaves bare URLs dead. All of that is
//! settled here, by one pass over the blocks of a text (`blocks`), one over the words of a paragraph (`inline`), and a
//! wrap of long lines (`wrap`). A text that needs none of it comes out as it went in.

mod blocks;
mod inline;
#[cfg(test)]
mod tests;
mod wrap;

use crate::characters::is_bidi_control;
use proc_macro2::TokenStream;
use quote::quote;

/// What a `[reference]` in a doc leads to, as rustdoc writes it: `crate::acme::User`.
///
/// A name without a path, `User`, is for what is in scope where the doc stands.
pub type Link<'a> = &'a dyn Fn(&str) -> Option<String>;

/// No line of text is longer, unless a link or a piece of code is.
const WIDTH: usize = 100;

/// The text made safe for rustdoc, one string a line, paragraphs separated by one empty line.
pub fn lines(text: &str, link: Link<'_>) -> Vec<String> {
    let text = clean(text);
    let source: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let context = inline::Context::new(link, &source);
    blocks::render(&source, &context, WIDTH, 0)
}

/// The text as the compiler prints it, which knows no links: a `[reference]` stands in backticks.
pub fn plain(text: &str) -> String {
    let is_path = |inside: &str| {
        inside.starts_with(|c: char| c.is_ascii_alphabetic())
            && inside.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
    };
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some((before, behind)) = rest.split_once('[') {
        plain.push_str(before);
        match behind.split_once(']') {
            Some((inside, after)) if is_path(inside) => {
                plain.extend(["`", inside, "`"]);
                rest = after;
            }
            _ => {
                plain.push('[');
                rest = behind;
            }
        }
    }
    plain + rest
}

/// The text as outer attributes, one `#[doc = " …"]` a line.
pub fn attributes(text: &str, link: Link<'_>) -> TokenStream {
    let lines = lines(text, link).into_iter().map(spaced);
    quote!(#(#[doc = #lines])*)
}

/// The text as inner attributes, one `#![doc = " …"]` a line.
pub fn inner_attributes(text: &str, link: Link<'_>) -> TokenStream {
    let lines = lines(text, link).into_iter().map(spaced);
    quote!(#(#![doc = #lines])*)
}

/// The line with the blank that stands after `///`.
fn spaced(line: String) -> String {
    if line.is_empty() { line } else { format!(" {line}") }
}

/// The text without what no doc comment may contain.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut clean = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        let width = match c {
            '\t' => 4 - column % 4,
            // rustc refuses comments whose text runs the other way.
            c if is_bidi_control(c) => continue,
            c if c.is_control() && c != '\n' => continue,
            _ => 1,
        };
        match c {
            '\t' => clean.extend(std::iter::repeat_n(' ', width)),
            c => clean.push(c),
        }
        column = if c == '\n' { 0 } else { column + width };
    }
    clean
}

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] =
    &["e.g", "i.e", "cf", "vs", "etc", "approx", "incl", "resp", "no", "nos", "dr", "mr", "mrs", "ms", "st"];

/// The first sentence of the text, which may run over several lines. A heading counts as a sentence.
pub fn summary(text: &str) -> &str {
    let text = text.trim_start().trim_start_matches('#').trim_start();
    let paragraph = &text[..paragraph_len(text)];
    let mut code: Option<&str> = None;
    let mut at = 0;
    while let Some(c) = paragraph[at..].chars().next() {
        let rest = &paragraph[at..];
        if c == '`' {
            let ticks = &rest[..rest.len() - rest.trim_start_matches('`').len()];
            code = match code {
                None if rest[ticks.len()..].contains(ticks) => Some(ticks),
                Some(open) if open == ticks => None,
                other => other,
            };
            at += ticks.len();
            continue;
        }
        at += c.len_utf8();
        if code.is_none() && ".!?".contains(c) {
            let end = at + closers(&paragraph[at..]);
            if ends_sentence(&paragraph[..at], &paragraph[end..]) {
                return paragraph[..end].trim_end();
            }
        }
    }
    paragraph.trim_end()
}

/// How far the first paragraph reaches: to an empty line, or to a list, a fence, a quote or a table.
fn paragraph_len(text: &str) -> usize {
    let mut len = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.trim().is_empty() || (number > 0 && blocks::interrupts(line.trim_end())) {
            break;
        }
        len += line.len();
    }
    len
}

/// The brackets, quotes and emphasis that close right behind a sentence.
fn closers(rest: &str) -> usize {
    rest.len() - rest.trim_start_matches(['"', '\'', ')', ']', '*', '_', '`', '”', '’']).len()
}

fn ends_sentence(before: &str, after: &str) -> bool {
    let next = after.trim_start();
    if next.len() == after.len() && !after.is_empty() {
        return false;
    }
    if !before.ends_with('.') || next.is_empty() {
        return true;
    }
    let word = before.trim_end_matches('.').rsplit([' ', '\n', '(', '[', '"']).next().unwrap_or_default();
    let abbreviated = ABBREVIATIONS.contains(&&*word.to_lowercase());
    // The number of a list's first item, which is all of the text before it.
    let numbered = word.len() + 1 == before.len() && word.chars().all(|c| c.is_ascii_digit());
    !abbreviated && !numbered && !next.starts_with(char::is_lowercase)
}
