//! Wrapping of the words of a paragraph into lines.

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

/// Text that must stay on one line: a word, a link or a code span.
#[derive(Debug, PartialEq)]
pub struct Word {
    pub text: String,
    pub after: Break,
}

/// The white space after a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    Space,
    /// A line break of the source, which readers see as a space.
    Line,
    /// A line break that readers see.
    Hard,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.columns() as f64
    }

    fn whitespace_width(&self) -> f64 {
        1.0
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

impl Word {
    fn columns(&self) -> usize {
        self.text.chars().count()
    }
}

/// Returns the words as lines: broken where the author broke them if those lines fit, else filled up to the width.
pub fn fill(mut words: Vec<Word>, width: usize) -> Vec<String> {
    escape_block_starts(&mut words);
    let kept = split_at(&words, |word| word.after != Break::Space);
    if kept.iter().all(|line| columns(line) <= width) {
        return kept.iter().map(|line| joined(line)).collect();
    }
    let words = glued(words);
    let segments = split_at(&words, |word| word.after == Break::Hard);
    let lines = segments.into_iter().flat_map(|segment| wrap_first_fit(segment, &[width as f64]));
    lines.map(joined).collect()
}

/// Returns the words as lines, broken only where readers see a break.
pub fn hard_lines(words: &[Word]) -> Vec<String> {
    split_at(words, |word| word.after == Break::Hard).into_iter().map(one_line).collect()
}

/// Returns the words on one line.
pub fn one_line(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Splits the words after each one that ends a line.
fn split_at(words: &[Word], ends_line: impl Fn(&Word) -> bool) -> Vec<&[Word]> {
    words.split_inclusive(|word| ends_line(word)).collect()
}

fn columns(line: &[Word]) -> usize {
    line.iter().map(Word::columns).sum::<usize>() + line.len().saturating_sub(1)
}

/// Returns a line; a backslash represents a visible break. The last break of a paragraph is not one.
fn joined(line: &[Word]) -> String {
    let hard = line.last().is_some_and(|word| word.after == Break::Hard);
    one_line(line) + if hard { "\\" } else { "" }
}

/// Escapes the start of each line that continued a paragraph only because of its indentation or of a missing quote sign.
fn escape_block_starts(words: &mut [Word]) {
    for line in words.split_inclusive_mut(|word| word.after != Break::Space).skip(1) {
        if let Some(at) = block_sign(line) {
            line[0].text.insert(at, '\\');
        }
    }
}

/// Returns the offset of the sign to escape, if the line would end a paragraph above it.
fn block_sign(line: &[Word]) -> Option<usize> {
    let signs = line.iter().map(|word| word.text.as_str()).collect::<String>();
    let only = |allowed: &str| signs.chars().all(|c| allowed.contains(c));
    let is_rule = signs.len() > 2 && (only("*") || only("_"));
    // The line below a title or below the head of a table.
    let is_underline = only("=-:|");
    match line[0].text.as_str() {
        "1." | "1)" if line.len() > 1 => Some(1),
        "-" | "+" | "*" if line.len() > 1 => Some(0),
        "#" | "##" | "###" | "####" | "#####" | "######" => Some(0),
        word if is_rule || is_underline || word.starts_with('>') || word.starts_with("~~~") => Some(0),
        _ => None,
    }
}

/// Joins each word that would start a block at the start of a line to the word before it.
fn glued(words: Vec<Word>) -> Vec<Word> {
    let mut glued: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        match glued.last_mut() {
            Some(last) if last.after != Break::Hard && starts_block(&word.text) => {
                last.text = format!("{} {}", last.text, word.text);
                last.after = word.after;
            }
            _ => glued.push(word),
        }
    }
    glued
}

/// Whether a line that starts with the word would not be plain text.
fn starts_block(word: &str) -> bool {
    let only = |signs: &str| !word.is_empty() && word.chars().all(|c| signs.contains(c));
    let number =
        word.strip_suffix(['.', ')']).is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()));
    number
        || only("-")
        || only("=")
        || only("*_+")
        || only("#")
        || word.starts_with(['>', '|'])
        || word.starts_with("```")
        || word.starts_with("~~~")
        || (word.starts_with('[') && word.ends_with("]:"))
}
