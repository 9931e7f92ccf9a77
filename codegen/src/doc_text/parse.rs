//! Parsing of a doc to events with their byte offsets. It also decides which brackets are references.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};

use super::link::{Link, Resolve};
use crate::characters::is_bidi_control;

/// A parsed doc: its text, its events, and its link definitions (`[label]: https://…`).
pub struct Parsed<'t> {
    pub text: &'t str,
    pub events: Vec<(Event<'t>, Range<usize>)>,
    pub definitions: Vec<Definition<'t>>,
}

/// A link definition (`[label]: https://…`). Readers do not see its line.
pub struct Definition<'t> {
    pub source: &'t str,
    pub span: Range<usize>,
    pub target: String,
}

/// Parses a text.
///
/// The resolver is called for every bracket that can be a reference and has no definition. A resolved reference becomes a
/// link whose title is the label.
pub fn parse<'t>(text: &'t str, resolve: impl Fn(&BrokenLink<'_>) -> Option<Link>) -> Parsed<'t> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let on_broken_link = |link: BrokenLink<'t>| -> Option<(CowStr<'t>, CowStr<'t>)> {
        let found = resolve(&link).filter(|_| can_be_reference(text, link.span.start))?;
        Some((found.target.into(), found.label.into()))
    };
    let mut parser =
        Parser::new_with_broken_link_callback(text, options, Some(on_broken_link)).into_offset_iter();
    let events = parser.by_ref().collect();
    let definitions = parser.reference_definitions().iter().filter_map(|(_, def)| {
        let source = text.get(def.span.clone())?;
        Some(Definition { source, span: def.span.clone(), target: def.dest.to_string() })
    });
    let mut definitions: Vec<_> = definitions.collect();
    definitions.sort_by_key(|definition| definition.span.start);
    Parsed { text, events, definitions }
}

/// Returns the name that a bracket looks up: its label without backticks.
pub fn name(link: &BrokenLink<'_>) -> String {
    link.reference.trim().trim_matches('`').to_owned()
}

/// Parses a text, and resolves its references.
pub fn parse_resolved<'t>(text: &'t str, resolver: &dyn Resolve) -> Parsed<'t> {
    parse(text, |link| resolver.resolve(&name(link)))
}

/// Whether a tag is a link or image that the resolver found.
pub fn is_resolved(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown)
}

/// Whether a tag is part of a paragraph.
pub fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Whether a bracket at an offset can be a reference. An index such as `list[at]` and a bracket in a URL are text.
fn can_be_reference(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let follows_word = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ']' | ')' | '!'));
    !follows_word && !is_in_url(text, at)
}

fn is_in_url(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(|c: char| c.is_whitespace() || ends_url(c)).map_or(0, |at| at + 1);
    let token = text.get(start..at).unwrap_or_default();
    token.match_indices("http").any(|(found, _)| start + found + url_len(&text[start + found..]) > at)
}

fn ends_url(c: char) -> bool {
    "<>`\"\\|".contains(c)
}

/// Returns the length of the URL at the start of a text, without the punctuation of the sentence; 0 if there is none.
pub fn url_len(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return 0;
    };
    let scheme = text.len() - rest.len();
    let end = rest.find(|c: char| c.is_whitespace() || ends_url(c)).unwrap_or(rest.len());
    let mut url = &rest[..end];
    while let Some(last) = url.chars().next_back() {
        let unopened =
            |open: char, close: char| last == close && url.matches(close).count() > url.matches(open).count();
        if !".,;:!?'*_~".contains(last) && !unopened('(', ')') && !unopened('[', ']') {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    if url.starts_with(char::is_alphanumeric) || url.starts_with(['{', '[']) { scheme + url.len() } else { 0 }
}

/// Returns the text without characters that a doc comment must not contain, and with tabs as spaces.
pub fn clean(text: &str) -> String {
    // Nearly every text is clean: printable ASCII characters and line ends.
    if !text.bytes().any(|byte| !matches!(byte, b'\n' | b' '..=b'~')) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut clean = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\n' => column = 0,
            '\t' => {
                let width = 4 - column % 4;
                clean.extend(std::iter::repeat_n(' ', width));
                column += width;
                continue;
            }
            // rustc rejects comments that contain these.
            c if is_bidi_control(c) || c.is_control() => continue,
            _ => column += 1,
        }
        clean.push(c);
    }
    clean
}
