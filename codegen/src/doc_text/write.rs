//! Layout of the blocks of a doc: paragraphs, lists, quotes, tables and code.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::code::{code, longest_ticks};
use super::inline::Inline;
use super::link::{Form, Resolve};
use super::parse::{clean, is_inline, parse_resolved};
use super::wrap::{self, Word};

/// The maximum width of a doc comment, unless a link or a code span is longer.
const WIDTH: usize = 100;
/// The minimum width of text in a deep list.
const MIN_WIDTH: usize = 40;

/// Returns the text as lines.
pub fn lines(text: &str, resolver: &dyn Resolve, form: Form) -> Vec<String> {
    let text = clean(text);
    let parsed = parse_resolved(&text, resolver);
    let mut writer = Writer::new(parsed.text, resolver, form);
    for (event, range) in parsed.events {
        writer.event(event, range);
    }
    writer.end_text();
    let mut lines = writer.lines;
    if form != Form::Cell && !parsed.definitions.is_empty() {
        lines.push(String::new());
        lines.extend(
            parsed.definitions.iter().flat_map(|it| it.source.trim().lines()).map(|it| it.trim().to_owned()),
        );
    }
    lines
}

struct Writer<'t> {
    text: &'t str,
    resolver: &'t dyn Resolve,
    form: Form,
    lines: Vec<String>,
    containers: Vec<Container>,
    /// The paragraph, heading or table cell that is being read.
    inline: Option<Inline<'t>>,
    /// The code or HTML block that is being read.
    verbatim: Option<Verbatim>,
    table: Table,
    above: Above,
    /// The end of the last block in the source.
    end: usize,
}

/// The last block, if the next line could continue it, and the number of containers around it.
#[derive(Default)]
enum Above {
    #[default]
    Closed,
    Paragraph(usize),
    /// HTML, which is now a paragraph.
    Html(usize),
    Table,
}

/// A list item, quote or footnote around the current block.
struct Container {
    /// The prefix of the first line. It is taken when that line is written.
    first: Option<String>,
    rest: String,
}

/// A block whose text is not Markdown.
struct Verbatim {
    text: String,
    fence: String,
    language: String,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    row: Vec<String>,
}

impl<'t> Writer<'t> {
    fn new(text: &'t str, resolver: &'t dyn Resolve, form: Form) -> Self {
        let (lines, containers, table) = (Vec::new(), Vec::new(), Table::default());
        Self {
            text,
            resolver,
            form,
            lines,
            containers,
            inline: None,
            verbatim: None,
            table,
            above: Above::Closed,
            end: 0,
        }
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        match (event, &mut self.verbatim) {
            (Event::Text(text) | Event::Html(text), Some(block)) => block.text.push_str(&text),
            (Event::Start(tag), _) if !is_inline(&tag) => self.start(tag, range),
            (Event::End(tag), _) if !is_inline_end(tag) => self.close(tag, range),
            (Event::Rule, _) => {
                self.begin_block(range.start);
                self.part_from_html(None);
                let rule = self.text[range.clone()].trim();
                self.line(rule);
                self.end = range.start + rule.len();
            }
            (event, _) => {
                if self.inline.is_none() {
                    self.begin_inline(range.start);
                }
                if let Some(inline) = &mut self.inline {
                    inline.event(&event, range);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        if !matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell) {
            self.begin_block(range.start);
            self.part_from_html(Some(&tag));
        }
        match tag {
            Tag::BlockQuote(_) => self.open("> ".to_owned(), "> ".to_owned()),
            Tag::Item => {
                let marker = item_marker(self.text[range].trim_start());
                self.open(format!("{marker} "), " ".repeat(marker.len() + 1));
            }
            Tag::FootnoteDefinition(label) => self.open(format!("[^{label}]: "), " ".repeat(4)),
            Tag::CodeBlock(kind) => self.verbatim = Some(Verbatim::code(&kind, &self.text[range])),
            Tag::HtmlBlock => self.verbatim = Some(Verbatim::code(&CodeBlockKind::Indented, "")),
            Tag::Table(alignments) => self.table.alignments = alignments,
            Tag::TableCell => {
                self.inline = Some(Inline::new(self.text, self.resolver, self.form, range.start));
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_text(),
            TagEnd::Heading(level) => self.heading(level, &self.text[range]),
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => self.close_container(),
            TagEnd::CodeBlock => self.code_block(range.end),
            TagEnd::HtmlBlock => self.html_block(range.end),
            TagEnd::TableCell => {
                let cell = wrap::one_line(&self.take_words());
                self.table.row.push(cell);
            }
            TagEnd::TableHead => {
                self.table_row();
                let rules: Vec<&str> = self.table.alignments.iter().map(rule).collect();
                self.line(&format!("|{}|", rules.join("|")));
            }
            TagEnd::TableRow => self.table_row(),
            _ => {}
        }
    }

    /// Ends the text of a list item, and writes an empty line if the source has one before the block.
    fn begin_block(&mut self, start: usize) {
        self.end_text();
        let gap = self.text.get(self.end..start).unwrap_or_default();
        if has_empty_line(gap) && !self.starts_item() && !self.lines.is_empty() {
            self.line("");
            self.above = Above::Closed;
        }
        self.end = self.end.max(start);
    }

    /// Separates HTML from the block above it, or a block from HTML above it; a rule has no tag.
    ///
    /// The HTML becomes a paragraph, which would continue a table or a deeper paragraph, and would continue with most
    /// blocks.
    fn part_from_html(&mut self, next: Option<&Tag<'_>>) {
        let would_merge = match (std::mem::take(&mut self.above), next) {
            (_, Some(Tag::Item | Tag::CodeBlock(_) | Tag::BlockQuote(_))) => false,
            (Above::Html(depth) | Above::Paragraph(depth), Some(Tag::HtmlBlock)) => {
                depth > self.containers.len()
            }
            (Above::Html(_), _) | (Above::Table, Some(Tag::HtmlBlock)) => true,
            _ => false,
        };
        if would_merge && !self.starts_item() {
            self.line("");
        }
    }

    /// Whether the next line is the first of a list item or footnote.
    fn starts_item(&self) -> bool {
        self.containers.last().is_some_and(|it| it.first.is_some())
    }

    fn begin_inline(&mut self, start: usize) {
        self.begin_block(start);
        // The text of a list item can be a paragraph without a tag.
        self.part_from_html(Some(&Tag::Paragraph));
        self.inline = Some(Inline::new(self.text, self.resolver, self.form, start));
    }

    fn take_words(&mut self) -> Vec<Word> {
        let Some((words, end)) = self.inline.take().map(Inline::finish) else { return Vec::new() };
        self.end = self.end.max(end);
        words
    }

    /// Writes the paragraph that has been read, if there is one.
    fn end_text(&mut self) {
        let words = self.take_words();
        if words.is_empty() {
            return;
        }
        let lines = match self.form {
            Form::Rustdoc => {
                let prefix: usize = self.containers.iter().map(|it| it.rest.len()).sum();
                wrap::fill(words, WIDTH.saturating_sub(prefix).max(MIN_WIDTH))
            }
            Form::Page => wrap::fill(words, usize::MAX),
            Form::Cell => wrap::hard_lines(&words),
        };
        lines.iter().for_each(|line| self.line(line));
        self.above = Above::Paragraph(self.containers.len());
    }

    fn heading(&mut self, level: HeadingLevel, source: &str) {
        let words = self.take_words();
        if self.form != Form::Rustdoc {
            return self.line(&format!("**{}**", wrap::one_line(&words)));
        }
        if source.starts_with('#') {
            let hashes = "#".repeat(level as usize);
            return self.line(&format!("{hashes} {}", wrap::one_line(&words)));
        }
        wrap::fill(words, usize::MAX).iter().for_each(|line| self.line(line));
        self.line(last_line(source).trim_start_matches(['>', ' ']));
    }

    fn code_block(&mut self, end: usize) {
        let Some(block) = self.verbatim.take() else { return };
        let lines = block.text.lines().map(str::trim_end);
        if self.form == Form::Cell {
            lines.filter(|line| !line.is_empty()).for_each(|line| self.line(&code(line.trim())));
        } else {
            self.line(&format!("{}{}", block.fence, block.language));
            lines.for_each(|line| self.line(line));
            self.line(&block.fence);
        }
        self.end = self.text[..end].trim_end().len();
    }

    /// Writes HTML as text: a doc has no HTML, but it has `<placeholders>` that look like it.
    fn html_block(&mut self, end: usize) {
        let Some(block) = self.verbatim.take() else { return };
        let escaped = block.text.lines().map(|line| match line.trim_start() {
            html if html.starts_with('<') => format!("\\{html}\n"),
            text => format!("{text}\n"),
        });
        lines(&escaped.collect::<String>(), self.resolver, self.form).iter().for_each(|line| self.line(line));
        self.above = Above::Html(self.containers.len());
        self.end = self.text[..end].trim_end().len();
    }

    fn table_row(&mut self) {
        let row = std::mem::take(&mut self.table.row);
        let cells = row.iter().map(|cell| if cell.is_empty() { " ".to_owned() } else { format!(" {cell} ") });
        self.line(&format!("|{}|", cells.collect::<Vec<_>>().join("|")));
        self.above = Above::Table;
    }

    fn open(&mut self, first: String, rest: String) {
        let container = match self.form {
            Form::Cell if first == rest => Container { first: None, rest: String::new() },
            Form::Cell => Container { first: Some(first), rest: String::new() },
            _ => Container { first: Some(first), rest },
        };
        self.containers.push(container);
    }

    fn close_container(&mut self) {
        self.end_text();
        if self.starts_item() {
            self.line("");
        }
        self.containers.pop();
    }

    fn line(&mut self, text: &str) {
        let prefix = |it: &mut Container| it.first.take().unwrap_or_else(|| it.rest.clone());
        let line = self.containers.iter_mut().map(prefix).collect::<String>() + text;
        self.lines.push(line.trim_end().to_owned());
    }
}

impl Verbatim {
    /// Creates a code block. Indented code and code without a language become text, which rustdoc does not run.
    fn code(kind: &CodeBlockKind<'_>, source: &str) -> Self {
        let (fence, language) = match kind {
            CodeBlockKind::Indented => ("`".repeat(3.max(longest_ticks(source) + 1)), "text"),
            CodeBlockKind::Fenced(info) => {
                let sign = source.chars().next().unwrap_or('`');
                let marker: String = source.chars().take_while(|c| *c == sign).collect();
                let names = info.starts_with(|c: char| c.is_alphanumeric() || c == '{');
                (marker, if names { &**info } else { "text" })
            }
        };
        Self { text: String::new(), fence, language: language.to_owned() }
    }
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Returns the marker of a list item: `-`, `*`, `+`, or a number with its sign.
fn item_marker(item: &str) -> &str {
    let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    item.get(..=digits).unwrap_or("-")
}

fn rule(alignment: &Alignment) -> &'static str {
    match alignment {
        Alignment::None => "---",
        Alignment::Left => ":--",
        Alignment::Center => ":-:",
        Alignment::Right => "--:",
    }
}

/// Whether a piece between two blocks has an empty line. Quoted empty lines count.
fn has_empty_line(gap: &str) -> bool {
    let lines: Vec<&str> = gap.split('\n').collect();
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().any(|line| line.trim_matches([' ', '>']).is_empty())
}

fn last_line(text: &str) -> &str {
    text.trim_end().rsplit('\n').next().unwrap_or_default()
}
