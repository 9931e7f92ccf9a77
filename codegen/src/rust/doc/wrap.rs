//! Breaks the words of a paragraph into lines.

/// What cannot be broken: a word, a link, a piece of code.
#[derive(Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) after: Break,
}

/// What stands behind a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    Space,
    /// The author broke the line here, for no reason that a reader sees.
    Line,
    /// The author asked for a new line.
    Hard,
}

/// The words as lines: as the author broke them if all of those fit, else filled up to the width.
pub(super) fn lay_out(words: &[Word], width: usize) -> Vec<String> {
    let lines = joined(words, |_, word, _| word.after != Break::Space);
    if lines.iter().all(|line| line.chars().count() <= width) {
        return lines;
    }
    joined(words, |column, word, next| {
        let full = column + 1 + next.chars().count() > width;
        word.after == Break::Hard || (full && !starts_block(next))
    })
}

/// Joins words to lines; `breaks` is asked with the column reached, the word there, and what comes next.
fn joined(words: &[Word], breaks: impl Fn(usize, &Word, &str) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for (at, word) in words.iter().enumerate() {
        line.push_str(&word.text);
        let Some(next) = words.get(at + 1) else { break };
        if breaks(line.chars().count(), word, &next.text) {
            if word.after == Break::Hard {
                line.push('\\');
            }
            lines.push(std::mem::take(&mut line));
        } else {
            line.push(' ');
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Whether a line that starts with the word would be no plain text.
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
