//! Construction of the tree from parser events.

use std::collections::BTreeSet;

use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput, StructureStyle, Tag, options};

use super::anchors::{Anchors, merge, too_deep, unparsed};
use super::fault::{Failure, Frame, unsupported};
use super::lines::{comment_behind, indent_of, is_invisible};
use super::node::{Key, Kind, Layout, Node, Scalar};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The limit of nesting. No real description needs half of it, and the stack stays small.
const MAX_DEPTH: usize = 64;

/// Builds the tree of one text from its events.
pub(super) struct Builder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    text: &'t str,
    file: usize,
    anchors: Anchors,
    /// The lists and maps around the current position.
    frames: Vec<Frame>,
    /// The last scalar or alias.
    last: Option<Span>,
    /// The end of the text that was read.
    reached: usize,
    /// The starts of the keys whose values are already reported as invalid.
    gaps: &'t BTreeSet<usize>,
    problems: Vec<Diagnostic>,
}

/// The tree, or the location where the text is not YAML, and the other problems before that location.
pub(super) type Built = (Result<Node, Failure>, Vec<Diagnostic>);

type Parsed<T> = Result<T, Failure>;

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, file: usize, gaps: &'t BTreeSet<usize>) -> Self {
        let options = options! { emit_unresolved_aliases: true, emit_anchor_events: true };
        Self {
            parser: Parser::new_from_str_with_options(text, options),
            text,
            file,
            anchors: Anchors::default(),
            frames: Vec::new(),
            last: None,
            reached: 0,
            gaps,
            problems: Vec::new(),
        }
    }

    /// Reads one document.
    pub(super) fn run(mut self) -> Built {
        let root = self.document();
        if root.is_ok() {
            self.problems.extend(self.anchors.unused());
        }
        (root, self.problems)
    }

    fn document(&mut self) -> Parsed<Node> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) if root.is_some() => {
                    let problem = unsupported(span, "a second document")
                        .help("move the second document to a file of its own");
                    self.problems.push(problem);
                    break;
                }
                Event::DocumentStart(..) => {}
                event => root = Some(self.node(event, span)?),
            }
        }
        Ok(root.unwrap_or_else(|| nothing(Span::new(self.file, 0..0))))
    }

    fn next(&mut self) -> Parsed<(Event<'t>, Span)> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let span = self.span(&span, &event);
                self.reach(&event, span);
                Ok((event, span))
            }
            Some(Err(error)) => Err(self.failure(&error)),
            None => Ok((Event::StreamEnd, Span::new(self.file, self.text.len()..self.text.len()))),
        }
    }

    fn reach(&mut self, event: &Event<'_>, span: Span) {
        let end = match event {
            Event::SequenceStart(StructureStyle::Flow, ..)
            | Event::MappingStart(StructureStyle::Flow, ..) => span.start + 1,
            Event::SequenceStart(..) | Event::MappingStart(..) | Event::StreamEnd => span.start,
            _ => span.end,
        };
        self.reached = self.reached.max(end);
        if matches!(event, Event::Scalar(..) | Event::Alias(_) | Event::UnresolvedAlias(_))
            && span.start < span.end
        {
            self.last = Some(span);
        }
    }

    fn byte(&self, marker: &Marker) -> usize {
        marker.byte_offset().unwrap_or(self.text.len()).min(self.text.len())
    }

    /// Returns the span of an event without the trailing white space that the parser includes. A tag is part of the span.
    fn span(&self, span: &granit_parser::Span, event: &Event<'_>) -> Span {
        let start = match event {
            Event::Scalar(.., Some(_)) => span.tag_start().map_or(span.start, |tag| tag),
            _ => span.start,
        };
        let (start, end) = (self.byte(&start), self.byte(&span.end));
        let text = self.text.get(start..end).unwrap_or("");
        Span::new(self.file, start..start + text.trim_end().len())
    }

    fn failure(&self, error: &ScanError) -> Failure {
        self.failure_at(self.byte(error.marker()))
    }

    fn failure_at(&self, at: usize) -> Failure {
        Failure { at, reached: self.reached, last: self.last, frames: self.frames.clone() }
    }

    fn node(&mut self, event: Event<'t>, span: Span) -> Parsed<Node> {
        let (id, tag) = match &event {
            Event::Scalar(_, _, id, tag) => (*id, tag.as_deref()),
            Event::SequenceStart(_, id, tag) | Event::MappingStart(_, id, tag) => (*id, tag.as_deref()),
            _ => (0, None),
        };
        if id != 0 {
            self.anchor(id)?;
        }
        let is_tagged = match tag {
            Some(tag) => {
                self.problems.push(tagged(tag, &event, span));
                true
            }
            None => false,
        };
        let node = self.content(event, span)?;
        let node = if is_tagged { unparsed(span) } else { node };
        if id != 0 {
            self.anchors.bind(id, &node);
        }
        Ok(node)
    }

    /// Reads the event that names the anchor of the preceding node.
    fn anchor(&mut self, id: usize) -> Parsed<()> {
        if let (Event::Anchor(_, name), span) = self.next()? {
            self.anchors.define(id, &name, span);
        }
        Ok(())
    }

    fn content(&mut self, event: Event<'t>, span: Span) -> Parsed<Node> {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) if self.frames.len() >= MAX_DEPTH => {
                self.problems.push(too_deep(span));
                self.skip()?;
                Ok(unparsed(span))
            }
            Event::Alias(id) => {
                let depth_left = MAX_DEPTH - self.frames.len();
                Ok(self.anchors.value(id, span, depth_left).unwrap_or_else(|problem| {
                    self.problems.push(*problem);
                    unparsed(span)
                }))
            }
            Event::UnresolvedAlias(name) => {
                self.problems.extend(self.unresolved(&name, span));
                Ok(unparsed(span))
            }
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, span),
            Event::SequenceStart(style, ..) => self.inside(style, span, Self::list),
            Event::MappingStart(style, ..) => self.inside(style, span, Self::map),
            _ => Ok(nothing(span)),
        }
    }

    /// Reads a list or a map.
    fn inside(
        &mut self,
        style: StructureStyle,
        start: Span,
        read: fn(&mut Self, Span, Layout) -> Parsed<Node>,
    ) -> Parsed<Node> {
        let layout = match style {
            StructureStyle::Block => Layout::Block,
            StructureStyle::Flow => Layout::Flow,
        };
        self.frames.push(Frame { layout, start, is_list: false });
        let node = read(self, start, layout)?;
        self.frames.pop();
        Ok(node)
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, span: Span) -> Parsed<Node> {
        let plain = style == ScalarStyle::Plain;
        let is_quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        if is_quoted && self.leaves_its_block(span) {
            self.reached = self.reached.min(span.start);
            return Err(self.failure_at(span.start));
        }
        let comment = if plain { comment_behind(self.text, span) } else { None };
        Ok(Node { span, kind: Kind::Scalar(Scalar { text, plain, comment }), alias: None })
    }

    /// Whether a quoted text continues in lines that are indented no deeper than the keys around it.
    ///
    /// YAML forbids such lines and the parser accepts them. The usual cause is a missing closing quote.
    fn leaves_its_block(&self, span: Span) -> bool {
        let (Some(frame), Some(text)) = (self.frames.last(), self.text.get(span.start..span.end)) else {
            return false;
        };
        let column = indent_of(self.text, frame.start.start);
        frame.layout == Layout::Block
            && text.lines().skip(1).any(|line| {
                let indent = line.len() - line.trim_start().len();
                !line.trim().is_empty() && indent <= column
            })
    }

    /// Reports an alias without an anchor, unless it is the start of an unquoted text: that text causes the next error.
    fn unresolved(&self, name: &str, span: Span) -> Option<Diagnostic> {
        let rest = self.text.get(span.end..).unwrap_or("").lines().next().unwrap_or("").trim();
        let is_alone = rest.is_empty() || rest.starts_with([',', ']', '}', '#', ':']);
        is_alone.then(|| {
            unsupported(span, "an alias without an anchor")
                .label(format!("`&{name}` is not defined above"))
                .help("define the anchor above, or put the text in quotes if the `*` belongs to it")
        })
    }

    /// Skips the rest of a list or a map.
    fn skip(&mut self) -> Parsed<()> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()?.0 {
                Event::SequenceStart(..) | Event::MappingStart(..) => open += 1,
                Event::SequenceEnd | Event::MappingEnd => open -= 1,
                Event::StreamEnd => break,
                _ => {}
            }
        }
        Ok(())
    }

    fn list(&mut self, start: Span, layout: Layout) -> Parsed<Node> {
        if let Some(frame) = self.frames.last_mut() {
            frame.is_list = true;
        }
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let end = end_of(span, items.last());
                return Ok(Node {
                    span: Span { end, ..start },
                    kind: Kind::List(items, layout),
                    alias: None,
                });
            }
            items.push(self.node(event, span)?);
        }
    }

    fn map(&mut self, start: Span, layout: Layout) -> Parsed<Node> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let (mut last, mut is_text) = (None, false);
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let end = end_of(span, last.as_ref());
                let kind = match is_text {
                    true => Kind::Unparsed,
                    false => Kind::Map(merge(entries, &mut self.problems), layout),
                };
                return Ok(Node { span: Span { end, ..start }, kind, alias: None });
            }
            let key = self.node(event, span)?;
            if layout == Layout::Block
                && self.text.get(span.start..).is_some_and(|text| text.starts_with(is_invisible))
            {
                return Err(self.failure_at(span.start));
            }
            let (event, value_span) = self.next()?;
            let value = self.node(event, value_span)?;
            last = Some(Node { span: value.alias.unwrap_or(value.span), kind: Kind::Unparsed, alias: None });
            // Braces in braces, as in `{{ name }}`, are text that lacks its quotes.
            is_text |= layout == Layout::Flow && matches!(key.kind, Kind::Map(..) | Kind::List(..));
            if let Some(key) = self.key(key) {
                let is_gap = self.gaps.contains(&key.span.start);
                let value = if is_gap { unparsed(value.span) } else { value };
                entries.push(self.split(key, value, layout));
            }
        }
    }

    fn key(&mut self, node: Node) -> Option<Key> {
        let span = node.alias.unwrap_or(node.span);
        match node.kind {
            Kind::Scalar(key) => Some(Key { text: self.visible(key.text, span), span, plain: key.plain }),
            Kind::Unparsed => None,
            _ => {
                self.problems.push(
                    unsupported(span, "a key that is not text")
                        .help("put the key in quotes, or all of the text if this is the start of one"),
                );
                None
            }
        }
    }

    /// Splits `key:value`, which YAML reads as a key without a value inside braces.
    fn split(&mut self, key: Key, value: Node, layout: Layout) -> (Key, Node) {
        let name = key.text.split(':').next().unwrap_or("");
        let is_whole = name.len() == key.text.len() || name.is_empty() || name.contains([' ', '.', '/']);
        if is_whole || layout == Layout::Block || !key.plain || !value.is_nothing() {
            return (key, value);
        }
        let rest = key.text.get(name.len() + 1..).unwrap_or("");
        let at = key.span.start + name.len();
        self.problems.push(
            Diagnostic::error(
                Code::NotYaml,
                Span::new(self.file, at..at + 1),
                "a space is missing after `:`",
            )
            .label("a key ends with `:` and a space")
            .help(format!("write `{name}: {rest}`")),
        );
        let name = Key { text: name.to_owned(), span: Span { end: at, ..key.span }, plain: true };
        (name, unparsed(value.span))
    }

    /// Reports invisible characters in a key, and returns the key without them.
    fn visible(&mut self, key: String, span: Span) -> String {
        let Some(found) = key.chars().find(|c| is_invisible(*c)) else { return key };
        self.problems.push(
            Diagnostic::error(
                Code::NotYaml,
                span,
                format!("a key contains an invisible character, U+{:04X}", u32::from(found)),
            )
            .label("contains an invisible character")
            .help("type the key again, with plain blanks around it"),
        );
        key.chars().filter(|c| !is_invisible(*c)).collect()
    }
}

fn nothing(span: Span) -> Node {
    let scalar = Scalar { text: String::new(), plain: true, comment: None };
    Node { span, kind: Kind::Scalar(scalar), alias: None }
}

/// Returns the end of a list or a map: after its bracket, or after its last part if it has none.
///
/// Without brackets, the parser reports the start of the next value as the end.
fn end_of(close: Span, last: Option<&Node>) -> usize {
    match last {
        Some(last) if close.start == close.end => last.alias.unwrap_or(last.span).end,
        _ => close.end,
    }
}

fn tagged(tag: &Tag, event: &Event<'_>, span: Span) -> Diagnostic {
    let name = format!("{}{}", tag.original_handle(), tag.suffix());
    let is_scalar = matches!(event, Event::Scalar(..));
    let help = match (tag.is_yaml_core_schema(), tag.suffix(), is_scalar) {
        (true, "str", true) => "remove the tag and put the value in quotes, which makes it text",
        (true, ..) => "remove the tag and write the value without quotes",
        (false, _, true) => "put the text in quotes if the `!` belongs to it; else remove the tag",
        (false, ..) => "remove the tag",
    };
    unsupported(span, "a tag").label(format!("`{name}` is a tag")).help(help)
}
