//! Makes the words of a paragraph safe: links, URLs, code and what looks like HTML.

use std::collections::BTreeSet;

use super::Link;
use super::wrap::{Break, Word};

/// What the words of a text are read with.
pub(super) struct Context<'a> {
    link: Link<'a>,
    /// The labels of `[label]: https://…` and `[^note]: …`, in lower case.
    defined: BTreeSet<String>,
}

impl<'a> Context<'a> {
    pub(super) fn new(link: Link<'a>, source: &[String]) -> Self {
        let mut defined = BTreeSet::new();
        let mut in_code = false;
        for line in source {
            let line = line.trim_start_matches([' ', '>']);
            in_code ^= line.starts_with("```") || line.starts_with("~~~");
            if let (false, Some((label, _))) = (in_code, definition(line)) {
                defined.insert(label.to_lowercase());
            }
        }
        Self { link, defined }
    }

    fn is_defined(&self, label: &str) -> bool {
        self.defined.contains(&label.to_lowercase())
    }

    /// The words of a paragraph, safe for rustdoc.
    pub(super) fn words(&self, text: &str) -> Vec<Word> {
        let mut scanner =
            Scanner { context: self, in_link: false, text, at: 0, words: Vec::new(), word: String::new() };
        scanner.run();
        scanner.words
    }

    /// The text of a link, on one line; no link stands inside it.
    fn link_text(&self, text: &str) -> String {
        let mut scanner =
            Scanner { context: self, in_link: true, text, at: 0, words: Vec::new(), word: String::new() };
        scanner.run();
        scanner.words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    /// A link to what a reference names, shown by the last part of its path. A name alone is its own target.
    fn reference(&self, label: &str) -> Option<String> {
        let path = (self.link)(label.trim().trim_matches('`'))?;
        Some(match path.rsplit_once("::") {
            Some((_, last)) => format!("[`{last}`]({path})"),
            None => format!("[`{path}`]"),
        })
    }
}

/// The label and the rest of `[label]: rest`.
pub(super) fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.strip_prefix('[')?.split_once("]:")?;
    let target = rest.split_whitespace().next()?;
    let plain = !label.is_empty() && !label.contains(['[', ']']);
    (plain && (label.starts_with('^') || target.contains(['/', '#', ':']))).then_some((label, rest.trim()))
}

struct Scanner<'a> {
    context: &'a Context<'a>,
    in_link: bool,
    text: &'a str,
    at: usize,
    words: Vec<Word>,
    word: String,
}

impl<'a> Scanner<'a> {
    fn run(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            match c {
                ' ' | '\n' => self.blank(),
                '\\' => self.backslash(),
                '`' => self.code(),
                '<' => self.angle(),
                '[' => self.bracket(),
                ']' => self.put("\\]", 1),
                '!' if self.rest()[1..].starts_with('[') => self.image(),
                'h' if !self.in_link && bare_url(self.rest()) > 0 && !self.in_word() => self.url(),
                c => self.keep(c.len_utf8()),
            }
        }
        self.end_word(Break::Space);
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn in_word(&self) -> bool {
        self.text[..self.at].ends_with(char::is_alphanumeric)
    }

    /// Writes something in place of the next bytes.
    fn put(&mut self, text: &str, len: usize) {
        self.word.push_str(text);
        self.at += len;
    }

    fn keep(&mut self, len: usize) {
        let text = &self.rest()[..len];
        self.put(text, len);
    }

    fn end_word(&mut self, after: Break) {
        if !self.word.is_empty() {
            self.words.push(Word { text: std::mem::take(&mut self.word), after });
        }
    }

    fn blank(&mut self) {
        let rest = self.rest();
        let blank = &rest[..rest.len() - rest.trim_start_matches([' ', '\n']).len()];
        let after = match blank.contains('\n') {
            false => Break::Space,
            true if blank.starts_with("  ") => Break::Hard,
            true => Break::Line,
        };
        self.end_word(after);
        self.at += blank.len();
    }

    fn backslash(&mut self) {
        match self.rest()[1..].chars().next() {
            Some('\n') => {
                self.end_word(Break::Hard);
                self.at += 2;
            }
            Some(c) if c.is_ascii_punctuation() => self.keep(2),
            _ => self.keep(1),
        }
    }

    fn code(&mut self) {
        match code_len(self.rest()) {
            Some(len) => {
                let code = self.rest()[..len].replace('\n', " ");
                self.put(&code, len);
            }
            // Backticks that nothing closes are text.
            None => {
                let ticks = ticks(self.rest());
                self.put(&"\\`".repeat(ticks), ticks);
            }
        }
    }

    fn angle(&mut self) {
        match autolink_len(self.rest()) {
            Some(len) if !self.in_link => self.keep(len),
            _ if self.rest()[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) => {
                self.put("\\<", 1)
            }
            _ => self.keep(1),
        }
    }

    fn url(&mut self) {
        let len = bare_url(self.rest());
        let url = format!("<{}>", &self.rest()[..len]);
        self.put(&url, len);
    }

    fn image(&mut self) {
        let after_sign = &self.rest()[1..];
        let len = bracket_len(after_sign).and_then(|alt| Some(alt + target_len(&after_sign[alt..])?));
        match len {
            Some(len) => self.keep_joined(1 + len),
            None => self.keep(1),
        }
    }

    /// Keeps the next bytes as one word, even where the author broke the line.
    fn keep_joined(&mut self, len: usize) {
        let text = self.rest()[..len].replace('\n', " ");
        self.put(&text, len);
    }

    fn bracket(&mut self) {
        let link = if self.in_link { None } else { self.inline_link().or_else(|| self.reference_link()) };
        match link {
            Some((text, len)) => self.put(&text, len),
            None => self.put("\\[", 1),
        }
    }

    /// `[text](target)`, and its length in the source.
    fn inline_link(&self) -> Option<(String, usize)> {
        let len = bracket_len(self.rest())?;
        let target_len = target_len(&self.rest()[len..])?;
        let text = self.context.link_text(&self.rest()[1..len - 1]);
        let target = &self.rest()[len + 1..len + target_len - 1];
        let link = match (self.context.link)(target.trim()) {
            Some(path) => format!("[{text}]({path})"),
            None if target.contains(['/', ':', '#', '.', '?']) => {
                format!("[{text}]({})", target.trim().replace('\n', " "))
            }
            // rustdoc would look for an item of that name.
            None => text,
        };
        Some((link, len + target_len))
    }

    /// `[text][label]`, `[label][]` or `[label]`, and its length in the source.
    fn reference_link(&self) -> Option<(String, usize)> {
        let len = bracket_len(self.rest())?;
        let text = &self.rest()[1..len - 1];
        let Some(label_len) = bracket_len(&self.rest()[len..]) else {
            return Some((self.short_link(text)?, len));
        };
        let label = &self.rest()[len + 1..len + label_len - 1];
        if label.is_empty() {
            return Some((self.short_link(text)?, len + label_len));
        }
        let link = if self.context.is_defined(label) {
            format!("[{}][{label}]", self.context.link_text(text))
        } else {
            let path = (self.context.link)(label.trim_matches('`'))?;
            format!("[{}]({path})", self.context.link_text(text))
        };
        Some((link, len + label_len))
    }

    fn short_link(&self, label: &str) -> Option<String> {
        if self.context.is_defined(label) {
            return Some(format!("[{label}]"));
        }
        self.context.reference(label)
    }
}

fn ticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The length of the code at the start of the text, if as many backticks close it as open it.
fn code_len(text: &str) -> Option<usize> {
    let open = ticks(text);
    let mut at = open;
    loop {
        at += text[at..].find('`')?;
        let run = ticks(&text[at..]);
        at += run;
        if run == open {
            return Some(at);
        }
    }
}

/// The length of `<https://…>` or `<ada@acme.example>`.
fn autolink_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let inside = &inside[..inside.find('>')?];
    if inside.contains([' ', '\n', '<']) {
        return None;
    }
    let url = inside.split_once(':').is_some_and(|(scheme, _)| {
        let plain = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
        plain && scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && (2..=32).contains(&scheme.len())
    });
    let mail = inside.split_once('@').is_some_and(|(name, host)| {
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || ".+-_".contains(c));
        !name.is_empty() && host.contains('.') && plain(name) && plain(host)
    });
    (url || mail).then_some(inside.len() + 2)
}

/// The length of the URL at the start of the text, without the punctuation of the sentence; 0 if there is none.
fn bare_url(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return 0;
    };
    let scheme = text.len() - rest.len();
    let end = rest.find(|c: char| c.is_whitespace() || "<>`\"\\|".contains(c)).unwrap_or(rest.len());
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

/// The length of `[…]`, with brackets, code and escapes inside it skipped.
fn bracket_len(text: &str) -> Option<usize> {
    balanced(text, '[', ']')
}

/// The length of `(target "title")` right behind a link's text.
fn target_len(text: &str) -> Option<usize> {
    balanced(text, '(', ')')
}

fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    if !text.starts_with(open) {
        return None;
    }
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at += match c {
            '\\' => 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '`' if open == '[' => code_len(&text[at..]).unwrap_or_else(|| ticks(&text[at..])),
            c => c.len_utf8(),
        };
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}
