//! The prose of a file: comments, docs and string literals of Rust code, and the whole text of other files.

use std::path::Path;

use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize};

/// Marks the start of a comment, a doc, a message, a paragraph or a value. No file of the project contains it.
pub(crate) const START: char = '\u{1}';

/// Takes the place of code between two pieces of prose.
pub(crate) const CODE: char = '\u{2}';

/// The prose of a file as one line, with the position of each byte in the file.
pub(crate) struct Prose {
    /// The prose. Each run of white space, including line breaks, is one space.
    pub(crate) words: String,
    lines: Vec<usize>,
}

impl Prose {
    /// Extracts the prose of a file. The extension of the path decides about the syntax.
    pub(crate) fn of(path: &Path, text: &str) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => Self::join(&rust(text)),
            _ => Self::join(&paragraphs(text)),
        }
    }

    /// Returns the line number of the byte `at` of [`Self::words`].
    pub(crate) fn line(&self, at: usize) -> usize {
        self.lines.get(at).copied().unwrap_or(1)
    }

    /// Joins the lines, since a phrase can continue on the next line.
    fn join(text: &str) -> Self {
        let mut prose = Self { words: String::new(), lines: Vec::new() };
        for (number, line) in text.lines().enumerate() {
            for word in line.split_whitespace() {
                prose.push(" ", number + 1);
                prose.push(word, number + 1);
            }
        }
        prose
    }

    fn push(&mut self, text: &str, line: usize) {
        self.words.push_str(text);
        self.lines.resize(self.words.len(), line);
    }
}

/// Replaces code by marks, and keeps all line breaks.
fn rust(text: &str) -> String {
    let mut prose = String::new();
    let mut rest = text;
    for token in tokenize(text, FrontmatterAllowed::No) {
        let (source, after) = rest.split_at(token.len as usize);
        rest = after;
        match token.kind {
            TokenKind::LineComment { .. } => comment(source, &mut prose),
            TokenKind::BlockComment { .. } => {
                for (number, line) in source.lines().enumerate() {
                    prose.push_str(if number == 0 { "" } else { "\n" });
                    comment(line, &mut prose);
                }
            }
            TokenKind::Literal { kind: LiteralKind::Str { .. } | LiteralKind::RawStr { .. }, .. } => {
                prose.extend([START]);
                prose.push_str(&source.replace("\\n", "  "));
                prose.extend([START]);
            }
            TokenKind::Whitespace => prose.push_str(source),
            _ => prose.extend([' ', CODE, ' ']),
        }
    }
    prose
}

/// Adds one line of a comment. The first line, and each line after a blank one, starts a paragraph.
fn comment(line: &str, prose: &mut String) {
    let words = line.trim_start_matches(['/', '!', '*', ' ']).trim_end_matches(['*', '/']);
    let before = prose.trim_end_matches([' ', '\n']);
    if words.is_empty() || before.is_empty() || before.ends_with([CODE, START]) {
        prose.extend([START, ' ']);
    }
    prose.push_str(words);
}

/// Marks the start of each paragraph, heading, row, list item and value of Markdown, YAML and TOML.
fn paragraphs(text: &str) -> String {
    let mut prose = String::new();
    let mut in_comment = false;
    for line in text.lines().map(str::trim_start) {
        let is_comment = line.starts_with('#');
        if line.is_empty() || line.starts_with(['-', '|', '*']) || (is_comment && !in_comment) {
            prose.extend([START, ' ']);
        }
        in_comment = is_comment;
        let words = line.trim_start_matches(['#', '>', '|', '*', '-']);
        prose.push_str(&words.replace(": ", ": \u{1} ").replace(" | ", " | \u{1} "));
        prose.push('\n');
    }
    prose
}
