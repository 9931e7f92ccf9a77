//! Conversion of the events of a paragraph to words that are safe in every output.
//!
//! The source text is kept if possible, so that escapes and entities survive. Only brackets, backticks, `<` and bare URLs
//! are rewritten.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::code::code;
use super::link::{Form, Resolve};
use super::parse::{is_resolved, url_len};
use super::wrap::{Break, Word};

/// A collector of the words of one paragraph, heading or cell.
pub struct Inline<'t> {
    text: &'t str,
    resolver: &'t dyn Resolve,
    form: Form,
    words: Vec<Word>,
    word: String,
    /// The end of the last event.
    at: usize,
    /// Events that end at or before this position are already written.
    skip: usize,
    /// The lengths of the open emphasis markers. `None` is a marker that is part of a URL.
    markers: Vec<Option<usize>>,
    /// The text that closes each open link. `None` keeps that of the source.
    links: Vec<Option<String>>,
}

impl<'t> Inline<'t> {
    pub fn new(text: &'t str, resolver: &'t dyn Resolve, form: Form, at: usize) -> Self {
        let (words, word) = (Vec::new(), String::new());
        Self { text, resolver, form, words, word, at, skip: 0, markers: Vec::new(), links: Vec::new() }
    }

    /// Returns the words and the offset at which they end.
    pub fn finish(mut self) -> (Vec<Word>, usize) {
        self.end_word(Break::Space);
        (self.words, self.at)
    }

    /// Adds an event that is part of the paragraph.
    pub fn event(&mut self, event: &Event<'t>, range: Range<usize>) {
        let end = range.end;
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            _ if range.end <= self.skip => {}
            Event::Text(_) | Event::Html(_) => self.plain(range),
            Event::InlineHtml(html) => self.html(html, range),
            Event::Code(inside) => self.code(inside, range),
            Event::SoftBreak => _ = self.space(Break::Line),
            Event::HardBreak => _ = self.space(Break::Hard),
            Event::TaskListMarker(_) => {
                self.keep(range);
                self.end_word(Break::Space);
            }
            _ => self.keep(range),
        }
        self.at = self.at.max(match event {
            Event::Start(_) => 0,
            _ => end,
        });
    }

    fn start(&mut self, tag: &Tag<'t>, range: Range<usize>) {
        let skipped = range.start < self.skip;
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                let len = marker_len(tag, &self.text[range.start..]);
                if !skipped {
                    self.keep(range.start..range.start + len);
                }
                self.markers.push((!skipped).then_some(len));
            }
            _ if range.end <= self.skip => {}
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } | Tag::Image { .. } => {
                self.keep_whole(range);
            }
            Tag::Link { link_type, dest_url, title, .. } if is_resolved(*link_type) => {
                if *link_type == LinkType::ReferenceUnknown && dest_url.is_empty() {
                    return self.keep_label(range.start);
                }
                if *link_type == LinkType::ReferenceUnknown {
                    return self.open_link(Some(format!("]({dest_url})")), range.start);
                }
                if dest_url.is_empty() {
                    self.word.push_str(title);
                    self.skip = range.end;
                    return;
                }
                // rustdoc finds a name that is its own target.
                let is_own_target = title.trim_matches('`') == &**dest_url;
                let target = if is_own_target { String::new() } else { format!("({dest_url})") };
                self.word.extend(["[", title, "]", &target]);
                self.skip = range.end;
            }
            Tag::Link { link_type: LinkType::Inline, dest_url, .. } => {
                match self.resolver.resolve(dest_url.trim()) {
                    Some(link) if link.target.is_empty() => self.keep_label(range.start),
                    Some(link) => self.open_link(Some(format!("]({})", link.target)), range.start),
                    None if dest_url.contains(['/', ':', '#', '.', '?']) => self.open_link(None, range.start),
                    // rustdoc would search for an item of that name.
                    None => self.keep_label(range.start),
                }
            }
            Tag::Link { dest_url, .. } => {
                let end = (self.form == Form::Cell).then(|| format!("]({dest_url})"));
                self.open_link(end, range.start);
            }
            _ => {}
        }
    }

    fn open_link(&mut self, end: Option<String>, start: usize) {
        self.word.push('[');
        self.links.push(end);
        self.at = start + 1;
    }

    /// Starts a link of which only the text remains.
    fn keep_label(&mut self, start: usize) {
        self.links.push(Some(String::new()));
        self.at = start + 1;
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => match self.markers.pop().flatten() {
                Some(len) if range.end > self.skip => self.keep(range.end - len..range.end),
                // The opening marker is part of a URL, so the closing marker has no counterpart.
                None if range.end > self.skip => {
                    let marker = &self.text[range.end - 1..range.end];
                    self.word.extend(["\\", marker]);
                }
                _ => {}
            },
            TagEnd::Link if range.end > self.skip => {
                let kept = || one_line(&self.text[self.at.min(range.end)..range.end]);
                let end = self.links.pop().flatten().unwrap_or_else(kept);
                self.word.push_str(&end);
            }
            _ => {}
        }
    }

    /// Writes text without a meaning in Markdown. The range of the parser excludes the backslash of an escape.
    fn plain(&mut self, range: Range<usize>) {
        let mut at = range.start.max(self.skip);
        if self.at < at && self.text[..at].ends_with('\\') {
            self.word.push('\\');
            at +=
                self.text.get(at..range.end).and_then(|rest| rest.chars().next()).map_or(0, |c| self.push(c));
        }
        while let Some(rest) = self.text.get(at..range.end).filter(|rest| !rest.is_empty()) {
            let copied = plain_len(rest);
            self.word.push_str(&rest[..copied]);
            at += copied;
            at += match rest[copied..].chars().next() {
                Some(' ') => self.space(Break::Space),
                Some('\n') => self.space(Break::Line),
                Some(c @ ('`' | '[' | ']')) => self.escape(c),
                Some('<') if starts_tag(&self.text[at..]) => self.escape('<'),
                Some('h') => self.url(at).unwrap_or_else(|| self.push('h')),
                Some(c) => self.push(c),
                None => 0,
            };
        }
    }

    /// Writes HTML as text. The lines of the source can begin with the signs of a quote, which the event does not contain.
    fn html(&mut self, html: &str, range: Range<usize>) {
        let mut end = range.start;
        for (source, line) in self.text[range].split_inclusive('\n').zip(html.split_inclusive('\n')) {
            end += source.len();
            self.plain(end - line.len()..end);
        }
    }

    fn push(&mut self, c: char) -> usize {
        self.word.push(c);
        c.len_utf8()
    }

    fn escape(&mut self, c: char) -> usize {
        self.word.push('\\');
        self.push(c)
    }

    /// Writes a bare URL as a link.
    fn url(&mut self, at: usize) -> Option<usize> {
        let len = url_len(&self.text[at..]);
        if len == 0 || !self.links.is_empty() || self.text[..at].ends_with(char::is_alphanumeric) {
            return None;
        }
        self.word.extend(["<", &self.text[at..at + len], ">"]);
        self.skip = at + len;
        Some(len)
    }

    fn code(&mut self, inside: &str, range: Range<usize>) {
        if self.text[range.clone()].contains('\n') {
            self.word.push_str(&code(inside));
        } else {
            self.keep(range);
        }
    }

    /// Writes the source.
    fn keep(&mut self, range: Range<usize>) {
        self.word.push_str(&self.text[range.clone()]);
        self.at = range.end;
    }

    /// Writes the source on one line, and skips the events inside it.
    fn keep_whole(&mut self, range: Range<usize>) {
        self.word.push_str(&one_line(&self.text[range.clone()]));
        self.skip = range.end;
        self.at = range.end;
    }

    fn space(&mut self, after: Break) -> usize {
        if self.links.is_empty() {
            self.end_word(after);
        } else if !self.word.ends_with(' ') {
            self.word.push(' ');
        }
        1
    }

    fn end_word(&mut self, after: Break) {
        if !self.word.is_empty() {
            self.words.push(Word { text: std::mem::take(&mut self.word), after });
        } else if let Some(last) = self.words.last_mut().filter(|_| after != Break::Space) {
            last.after = after;
        }
    }
}

fn one_line(text: &str) -> String {
    text.split('\n').map(str::trim).collect::<Vec<_>>().join(" ")
}

fn marker_len(tag: &Tag<'_>, text: &str) -> usize {
    match tag {
        Tag::Emphasis => 1,
        Tag::Strong => 2,
        _ => text.chars().take_while(|c| *c == '~').count().min(2),
    }
}

/// Returns the length of the text before the first character that can need a treatment of its own.
///
/// Without optimization, an iterator over the bytes takes four times as long.
fn plain_len(text: &str) -> usize {
    let mut len = 0;
    while let Some(byte) = text.as_bytes().get(len)
        && !matches!(byte, b' ' | b'\n' | b'`' | b'[' | b']' | b'<' | b'h')
    {
        len += 1;
    }
    len
}

/// Whether a `<` would be read as the start of an HTML tag.
fn starts_tag(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
}
