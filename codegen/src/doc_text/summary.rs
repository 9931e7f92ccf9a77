//! The first sentence of a doc.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parse::{is_inline, parse};

/// Words whose full stop does not end a sentence.
const ABBREVIATIONS: &[&str] =
    &["e.g", "i.e", "cf", "vs", "etc", "approx", "incl", "resp", "no", "nos", "dr", "mr", "mrs", "ms", "st"];

/// Returns the first sentence of the text, which can span several lines. A heading counts as a sentence.
pub fn summary(text: &str) -> &str {
    let text = text.trim_start().trim_start_matches('#').trim_start();
    let (len, code) = first_block(text);
    let paragraph = text.get(..len).unwrap_or(text);
    let in_code = |at: usize| code.iter().any(|span| span.contains(&at));
    let ends = paragraph.char_indices().filter(|(at, c)| ".!?".contains(*c) && !in_code(*at));
    for (at, c) in ends {
        let end = at + c.len_utf8();
        let end_with_closers = end + closers(&paragraph[end..]);
        if ends_sentence(&paragraph[..end], &paragraph[end_with_closers..]) {
            return paragraph[..end_with_closers].trim_end();
        }
    }
    paragraph.trim_end()
}

/// Returns the length of the first paragraph or heading, and its code spans.
fn first_block(text: &str) -> (usize, Vec<Range<usize>>) {
    let mut code = Vec::new();
    let mut len = 0;
    for (event, range) in parse(text, |_| None).events {
        match event {
            Event::Start(tag) if len > 0 && !is_inline(&tag) => break,
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => break,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => return (text.len(), code),
            Event::Start(_) => {}
            Event::Code(_) => {
                len = range.end;
                code.push(range);
            }
            _ => len = len.max(range.end),
        }
    }
    (len, code)
}

/// Returns the length of the brackets, quotes and emphasis that close directly after a sentence.
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
    // The text so far is the number of a list's first item.
    let numbered = word.len() + 1 == before.len() && word.chars().all(|c| c.is_ascii_digit());
    !abbreviated && !numbered && !next.starts_with(char::is_lowercase)
}
