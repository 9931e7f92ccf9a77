//! Takes a text apart into paragraphs, lists, quotes, tables and code, and writes them again, safe for rustdoc.

use super::inline::{Context, definition};
use super::wrap::{self, Break, Word};

/// Lists and quotes deeper than this are read as text, so that no text can exhaust the stack.
const DEEPEST: usize = 8;
/// Text in a deep list keeps at least so many columns.
const NARROWEST: usize = 40;

/// The blocks of some lines, as lines.
pub(super) fn render(lines: &[String], context: &Context<'_>, width: usize, depth: usize) -> Vec<String> {
    let mut blocks = Blocks { lines, at: 0, out: Vec::new(), context, width: width.max(NARROWEST), depth };
    while let Some(line) = lines.get(blocks.at) {
        blocks.block(line);
    }
    while blocks.out.last().is_some_and(String::is_empty) {
        blocks.out.pop();
    }
    blocks.out
}

struct Blocks<'a> {
    lines: &'a [String],
    at: usize,
    out: Vec<String>,
    context: &'a Context<'a>,
    width: usize,
    depth: usize,
}

impl<'a> Blocks<'a> {
    /// Writes the block that starts at a line.
    fn block(&mut self, line: &str) {
        let nests = self.depth < DEEPEST;
        if line.trim().is_empty() {
            self.empty_line();
        } else if indent(line) >= 4 {
            self.indented_code();
        } else if let Some(fence) = Fence::open(line) {
            self.fenced_code(&fence);
        } else if nests && line.trim_start().starts_with('>') {
            self.quote();
        } else if is_heading(line) || is_table(&self.lines[self.at..]) {
            self.single_lines();
        } else if is_rule(line) || is_link_definition(line) {
            self.out.push(line.trim().to_owned());
            self.at += 1;
        } else if let Some(marker) = Marker::of(line).filter(|_| nests) {
            self.item(&marker);
        } else {
            self.paragraph();
        }
    }

    fn empty_line(&mut self) {
        if self.out.last().is_some_and(|line| !line.is_empty()) {
            self.out.push(String::new());
        }
        self.at += 1;
    }

    /// Code by indentation alone would be run as a test; a fence says that it is text.
    fn indented_code(&mut self) {
        let rest = &self.lines[self.at..];
        let is_code = |line: &&String| indent(line) >= 4 || line.trim().is_empty();
        let code = rest.iter().take_while(is_code).count();
        let code = rest[..code].iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
        let longest = rest[..code].iter().map(|line| longest_ticks(line)).max().unwrap_or_default();
        let fence = "`".repeat(3.max(longest + 1));
        self.out.push(format!("{fence}text"));
        self.out.extend(rest[..code].iter().map(|line| unindented(line, 4)));
        self.out.push(fence);
        self.at += code;
    }

    /// A fence that names no language is text, and one that is never closed ends with its block.
    fn fenced_code(&mut self, fence: &Fence<'_>) {
        self.out.push(format!("{}{}", fence.marker, fence.language()));
        let rest = &self.lines[self.at + 1..];
        let code = rest.iter().take_while(|line| !fence.is_closed_by(line)).count();
        self.out.extend(rest[..code].iter().map(|line| unindented(line, fence.indent)));
        self.out.push(fence.marker.to_owned());
        self.at += 1 + code + usize::from(code < rest.len());
    }

    fn quote(&mut self) {
        let quoted: Vec<String> = self.lines[self.at..]
            .iter()
            .map_while(|line| line.trim_start().strip_prefix('>'))
            .map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned())
            .collect();
        self.at += quoted.len();
        let lines = render(&quoted, self.context, self.width.saturating_sub(2), self.depth + 1);
        self.out.extend(lines.iter().map(|line| format!("> {line}").trim_end().to_owned()));
    }

    fn item(&mut self, marker: &Marker<'_>) {
        let (task, inside) = self.item_lines(marker);
        self.at += inside.len();
        let hang = " ".repeat(marker.sign.len() + 1);
        let width = self.width.saturating_sub(hang.len());
        let lines = render(&inside, self.context, width, self.depth + 1);
        let first = lines.first().map_or("", String::as_str);
        let first = format!("{} {task}{first}", marker.sign);
        let others = lines.iter().skip(1).map(|line| format!("{hang}{line}"));
        let all = std::iter::once(first).chain(others);
        self.out.extend(all.map(|line| line.trim_end().to_owned()));
    }

    /// The box of a task, if the item has one, and the lines of an item without their indentation.
    fn item_lines(&self, marker: &Marker<'_>) -> (&'a str, Vec<String>) {
        let first = self.lines[self.at].get(marker.content..).unwrap_or_default();
        let (task, first) = split_task(first);
        let mut inside = vec![first.to_owned()];
        for line in &self.lines[self.at + 1..] {
            if indent(line) >= marker.content || line.trim().is_empty() {
                inside.push(unindented_text(line, marker.content));
            } else if goes_on(&inside) && !interrupts(line) && Marker::of(line).is_none() {
                // Text without indentation still belongs to the paragraph above it.
                inside.push(line.trim_start().to_owned());
            } else {
                break;
            }
        }
        while inside.len() > 1 && inside.last().is_some_and(|line| line.trim().is_empty()) {
            inside.pop();
        }
        (task, inside)
    }

    /// A heading, or the rows of a table: nothing in them can be wrapped.
    fn single_lines(&mut self) {
        let rest = &self.lines[self.at..];
        let len = match is_table(rest) {
            true => rest.iter().take_while(|line| !line.trim().is_empty() && line.contains('|')).count(),
            false => 1,
        };
        for line in &rest[..len] {
            let words = self.context.words(line.trim());
            self.out.extend(wrap::lay_out(&words, usize::MAX));
        }
        self.at += len;
    }

    fn paragraph(&mut self) {
        let rest = &self.lines[self.at..];
        let len =
            1 + rest[1..].iter().take_while(|line| !line.trim().is_empty() && !interrupts(line)).count();
        // The header of a table is no part of the paragraph above it.
        let len = (1..len).find(|&at| is_table(&rest[at..])).unwrap_or(len);
        // A line of `===` or `---` makes a heading of the paragraph.
        let underline = rest.get(len).filter(|line| is_underline(line));
        let text: Vec<&str> = rest[..len].iter().map(|line| line.trim_start()).collect();
        self.out.extend(wrap::lay_out(&self.words(&text.join("\n")), self.width));
        self.out.extend(underline.map(|line| line.trim().to_owned()));
        self.at += len + usize::from(underline.is_some());
    }

    /// The words of a paragraph; the label of a footnote stays in front.
    fn words(&self, text: &str) -> Vec<Word> {
        match definition(text) {
            Some((label, note)) if label.starts_with('^') => {
                let label = Word { text: format!("[{label}]:"), after: Break::Space };
                std::iter::once(label).chain(self.context.words(note)).collect()
            }
            _ => self.context.words(text.trim_end()),
        }
    }
}

/// The opening line of a code fence.
struct Fence<'a> {
    indent: usize,
    marker: &'a str,
    info: &'a str,
}

impl<'a> Fence<'a> {
    fn open(line: &'a str) -> Option<Self> {
        let text = line.trim();
        let sign = text.chars().next().filter(|sign| "`~".contains(*sign))?;
        let (marker, info) = text.split_at(text.len() - text.trim_start_matches(sign).len());
        let opens = marker.len() >= 3 && !(sign == '`' && info.contains('`'));
        opens.then_some(Self { indent: indent(line), marker, info: info.trim() })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let text = line.trim();
        indent(line) < 4 && text.starts_with(self.marker) && text.chars().all(|c| self.marker.starts_with(c))
    }

    /// What the fence is written with: rustdoc takes code without a language for Rust, and runs it.
    fn language(&self) -> &str {
        if self.info.starts_with(|c: char| c.is_alphanumeric() || c == '{') { self.info } else { "text" }
    }
}

/// The sign of a list item, and the column where its text starts.
struct Marker<'a> {
    sign: &'a str,
    content: usize,
}

impl<'a> Marker<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let text = line.trim_start();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let len = match text[digits..].chars().next()? {
            '-' | '+' | '*' if digits == 0 => 1,
            '.' | ')' if (1..=9).contains(&digits) => digits + 1,
            _ => return None,
        };
        let (sign, rest) = text.split_at(len);
        let blanks = indent(rest);
        if blanks == 0 && !rest.is_empty() {
            return None;
        }
        // Five blanks or more start code inside the item.
        let blanks = if (1..=4).contains(&blanks) { blanks } else { 1 };
        Some(Self { sign, content: indent(line) + len + blanks })
    }
}

/// Whether a line ends the paragraph above it.
pub(super) fn interrupts(line: &str) -> bool {
    let starts_list = Marker::of(line).is_some_and(|marker| {
        let first =
            !marker.sign.starts_with(|c: char| c.is_ascii_digit()) || matches!(marker.sign, "1." | "1)");
        first && line.trim().len() > marker.sign.len()
    });
    starts_list
        || Fence::open(line).is_some()
        || line.trim_start().starts_with('>')
        || is_heading(line)
        || is_rule(line)
        || is_underline(line)
}

/// Whether the lines end inside a paragraph, so that text may go on below them.
fn goes_on(lines: &[String]) -> bool {
    let fences = lines.iter().filter(|line| Fence::open(line).is_some()).count();
    fences % 2 == 0
        && lines
            .last()
            .is_some_and(|line| !line.trim().is_empty() && Fence::open(line).is_none() && !is_heading(line))
}

fn is_heading(line: &str) -> bool {
    let text = line.trim();
    let signs = text.len() - text.trim_start_matches('#').len();
    (1..=6).contains(&signs) && (text.len() == signs || text[signs..].starts_with(' '))
}

fn is_rule(line: &str) -> bool {
    let signs: String = line.split_whitespace().collect();
    signs.len() >= 3 && ["-", "*", "_"].iter().any(|sign| signs.trim_matches(|c| sign.contains(c)).is_empty())
}

/// The line under a heading.
fn is_underline(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty() && (text.chars().all(|c| c == '=') || (text.len() > 1 && text.chars().all(|c| c == '-')))
}

fn is_link_definition(line: &str) -> bool {
    definition(line.trim_start()).is_some_and(|(label, _)| !label.starts_with('^'))
}

/// Whether a table starts here: a row, and a row of dashes.
fn is_table(lines: &[String]) -> bool {
    let [row, dashes, ..] = lines else {
        return false;
    };
    let is_dashes =
        dashes.contains('|') && dashes.contains('-') && dashes.chars().all(|c| "|:- ".contains(c));
    row.contains('|') && is_dashes
}

/// The box of a task, and the text behind it.
fn split_task(text: &str) -> (&str, &str) {
    match text.get(..4) {
        Some("[ ] " | "[x] " | "[X] ") => text.split_at(4),
        _ => ("", text),
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A line of code without so many blanks at its start, nor any at its end.
fn unindented(line: &str, columns: usize) -> String {
    line[indent(line).min(columns)..].trim_end().to_owned()
}

/// A line of text without so many blanks at its start; two at its end may ask for a new line.
fn unindented_text(line: &str, columns: usize) -> String {
    line[indent(line).min(columns)..].to_owned()
}

fn longest_ticks(line: &str) -> usize {
    line.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}
