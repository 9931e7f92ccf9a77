//! Detection of references, of unclosed code blocks and of hidden lines in a doc, with their offsets.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag};

use super::link::Link;
use super::parse::{Definition, is_resolved, name, parse, url_len};

/// The findings in a doc, by byte offsets.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The names that brackets or link targets look up.
    pub references: Vec<(usize, String)>,
    /// The references that are a name in brackets alone, with the range of the brackets.
    pub labels: Vec<(Range<usize>, String)>,
    /// The opening fence of a code block that does not end.
    pub unclosed: Option<Range<usize>>,
    /// The labels of link definitions whose target is not a URL, such as `[Note]` of `[Note]: careful`.
    pub hidden: Vec<Range<usize>>,
}

/// Finds the references, the unclosed code block and the hidden lines of a text.
pub fn check(text: &str) -> Findings {
    let mut found = Findings::default();
    // Every name resolves, so each bracket that can be a reference is a link in the events.
    let any_name = |name: String| is_name(&name).then(|| Link { label: String::new(), target: name });
    let parsed = parse(text, |link| any_name(name(link)));
    for (event, range) in &parsed.events {
        let source = &text[range.clone()];
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. })
                if is_name(dest_url) && (*link_type == LinkType::Inline || is_resolved(*link_type)) =>
            {
                let at = source.rfind(&**dest_url).unwrap_or_default();
                found.references.push((range.start + at, dest_url.to_string()));
                if *link_type == LinkType::ShortcutUnknown {
                    found.labels.push((range.clone(), dest_url.to_string()));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                let fence = fence(source);
                if !is_closed(source, fence) {
                    found.unclosed.get_or_insert(range.start..range.start + fence.len());
                }
            }
            _ => {}
        }
    }
    found.hidden = parsed.definitions.iter().filter(|it| !is_url(&it.target)).map(label).collect();
    found
}

/// Whether the target of a link definition is certainly a target.
fn is_url(target: &str) -> bool {
    url_len(target) > 0 || target.starts_with(['#', '/']) || target.starts_with("mailto:")
}

/// Returns the range of the brackets of a link definition.
fn label(definition: &Definition<'_>) -> Range<usize> {
    let len = definition.source.find("]:").map_or(definition.source.len(), |end| end + 1);
    definition.span.start..definition.span.start + len
}

fn fence(block: &str) -> &str {
    let sign = block.chars().next().unwrap_or_default();
    &block[..block.len() - block.trim_start_matches(sign).len()]
}

/// Whether the last line of a code block is a closing fence.
fn is_closed(block: &str, fence: &str) -> bool {
    let Some((_, last)) = block.trim_end().rsplit_once('\n') else { return false };
    let last = last.trim_start_matches([' ', '>', '\t']);
    last.starts_with(fence) && last.chars().all(|c| fence.starts_with(c))
}

/// Whether a text is a name or a dotted path of names.
fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}
