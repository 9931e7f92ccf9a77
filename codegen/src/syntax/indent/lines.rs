//! The lines of a file with their original positions, and changes of their indentation.

/// A shift of some lines, optionally below an added line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The first line.
    pub(super) first: usize,
    /// The last line, inclusive.
    pub(super) last: usize,
    pub(super) by: isize,
    /// The key without a value to add above the lines.
    pub(super) above: Option<&'static str>,
    /// The indentation of that key.
    pub(super) column: usize,
}

/// A line, without its indentation.
#[derive(Clone, Debug)]
struct Line {
    column: usize,
    /// The content, including the line end.
    content: String,
    /// The position of the content in the original text. Missing for an added line.
    origin: Option<usize>,
    /// The number of the line, counted from 1.
    number: usize,
}

impl Line {
    fn is_blank(&self) -> bool {
        let content = self.content.trim();
        content.is_empty() || content.starts_with('#')
    }

    /// Returns the text before the first `:`, or the whole line.
    fn key(&self) -> &str {
        let content = self.content.trim_end();
        let content = content.strip_prefix("- ").unwrap_or(content);
        content.split(':').next().unwrap_or(content)
    }
}

/// The lines of a text.
#[derive(Clone, Debug)]
pub(super) struct Lines(Vec<Line>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let mut start = 0;
        let lines = text.split_inclusive('\n').enumerate().map(|(index, line)| {
            let content = line.trim_start_matches(' ');
            let column = line.len() - content.len();
            let origin = Some(start + column);
            start += line.len();
            Line { column, content: content.to_owned(), origin, number: index + 1 }
        });
        Self(lines.collect())
    }

    pub(super) fn text(&self) -> String {
        self.0.iter().map(|line| format!("{}{}", " ".repeat(line.column), line.content)).collect()
    }

    /// Returns the line that contains a byte of the text.
    pub(super) fn at(&self, byte: usize) -> usize {
        let mut end = 0;
        let found = self.0.iter().position(|line| {
            end += line.column + line.content.len();
            byte < end
        });
        found.unwrap_or(self.0.len().saturating_sub(1))
    }

    pub(super) fn column(&self, line: usize) -> usize {
        self.0.get(line).map_or(0, |line| line.column)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether the line has no key and no value.
    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.0.get(line).is_none_or(Line::is_blank)
    }

    /// Returns the name of the line for messages.
    pub(super) fn name(&self, line: usize) -> &str {
        self.0.get(line).map_or("", Line::key)
    }

    /// Whether a line consists of this key without a value.
    pub(super) fn has_section(&self, key: &str) -> bool {
        self.0.iter().any(|line| line.column == 0 && line.key() == key)
    }

    /// Returns the nearest line above whose indentation is less than a column.
    pub(super) fn parent(&self, line: usize, column: usize) -> Option<usize> {
        (0..line).rev().find(|above| !self.is_blank(*above) && self.column(*above) < column)
    }

    /// Returns the range of the key of a line in the original text.
    pub(super) fn original_key(&self, line: usize) -> (usize, usize) {
        let Some(line) = self.0.get(line) else { return (0, 0) };
        let start = line.origin.unwrap_or_default();
        let skipped = if line.content.starts_with("- ") { 2 } else { 0 };
        (start + skipped, start + skipped + line.key().len())
    }

    /// Returns the number of a line in the original text.
    pub(super) fn original_number(&self, line: usize) -> usize {
        self.0.get(line).map_or(0, |line| line.number)
    }

    pub(super) fn with(&self, change: &Change) -> Self {
        let mut lines = self.0.clone();
        for line in lines.iter_mut().take(change.last + 1).skip(change.first) {
            if !line.content.trim().is_empty() {
                line.column = line.column.saturating_add_signed(change.by);
            }
        }
        if let Some(key) = change.above {
            let number = self.original_number(change.first);
            let content = format!("{key}:\n");
            lines.insert(change.first, Line { column: change.column, content, origin: None, number });
        }
        Self(lines)
    }

    pub(super) fn shifts(&self) -> Shifts {
        let mut start = 0;
        let mut next = 0;
        let mut lines: Vec<(usize, usize, usize)> = Vec::with_capacity(self.0.len());
        for line in &self.0 {
            let content = start + line.column;
            let origin = line.origin.unwrap_or(next);
            lines.push((start, content, origin));
            start = content + line.content.len();
            next = line.origin.map_or(next, |origin| origin + line.content.len());
        }
        Shifts(lines)
    }
}

/// A map from positions of a changed text to those of the original.
#[derive(Clone, Debug, Default)]
pub struct Shifts(Vec<(usize, usize, usize)>);

impl Shifts {
    /// Returns the position in the original text for a position in the changed text.
    pub fn original(&self, byte: usize) -> usize {
        let behind = self.0.partition_point(|(start, ..)| *start <= byte);
        match behind.checked_sub(1).and_then(|line| self.0.get(line)) {
            Some((_, content, origin)) => origin + byte.saturating_sub(*content),
            None => byte,
        }
    }
}
