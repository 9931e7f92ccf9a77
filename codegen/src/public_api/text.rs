//! Tokens of signatures as text, in which each name waits to be told what it stands for.

use proc_macro2::{Delimiter, Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// A part of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text(pub(super) Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    Plain(String),
    /// A path as it is written: `http::Method`.
    Path(String),
}

impl Text {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self(vec![Piece::Plain(text.into())])
    }

    /// A name, or several joined by `::`.
    pub(super) fn path(path: impl Into<String>) -> Self {
        Self(vec![Piece::Path(path.into())])
    }

    /// The tokens on one line.
    pub(super) fn of(tokens: impl ToTokens) -> Self {
        let mut walk = Walk { text: Self::default(), last: Last::Start };
        walk.stream(tokens.into_token_stream());
        walk.text
    }

    /// Texts with another between any two.
    pub(super) fn joined(texts: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut all = Self::default();
        for (at, text) in texts.into_iter().enumerate() {
            all = if at == 0 { text } else { all.then(separator).and(text) };
        }
        all
    }

    pub(super) fn then(mut self, text: &str) -> Self {
        self.push(text);
        self
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of paths in the order in which they stand.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Path(path) => Some(path.as_str()),
            Piece::Plain(_) => None,
        })
    }

    /// Whether a lifetime is named.
    pub(super) fn names_lifetime(&self, lifetime: &str) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Plain(text) if has_word(text, lifetime)))
    }

    /// Leaves a lifetime to be inferred.
    pub(super) fn elide(mut self, lifetime: &str) -> Self {
        for piece in &mut self.0 {
            if let Piece::Plain(text) = piece
                && has_word(text, lifetime)
            {
                *text = text.replace(lifetime, "'_");
            }
        }
        self
    }

    fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Plain(last)) => last.push_str(text),
            _ => self.0.push(Piece::Plain(text.to_owned())),
        }
    }
}

/// Whether a lifetime stands in the text and is not the beginning of a longer one.
fn has_word(text: &str, lifetime: &str) -> bool {
    text.split(lifetime).skip(1).any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// What stands before the next token, as far as spaces depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Start,
    Word,
    /// A word that is parted from everything behind it.
    Keyword,
    Tight,
}

/// The words behind which a space always stands.
const PARTED: [&str; 8] = ["as", "const", "dyn", "extern", "impl", "mut", "unsafe", "where"];

/// More words that are no path.
const WORDS: [&str; 4] = ["fn", "for", "in", "use"];

struct Walk {
    text: Text,
    last: Last,
}

impl Walk {
    fn stream(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = trees.as_slice();
        while let Some((tree, behind)) = rest.split_first() {
            rest = match tree {
                TokenTree::Ident(ident) => self.ident(ident, behind),
                TokenTree::Literal(literal) => self.word(&literal.to_string(), behind),
                TokenTree::Group(group) => {
                    self.group(group.delimiter(), group.stream());
                    behind
                }
                TokenTree::Punct(punct) => self.punct(punct.as_char(), punct.spacing(), behind),
            };
        }
    }

    /// A word, or a path with all of its names.
    fn ident<'t>(&mut self, ident: &Ident, behind: &'t [TokenTree]) -> &'t [TokenTree] {
        let name = ident.to_string();
        let is_tail = self
            .text
            .0
            .last()
            .is_some_and(|piece| matches!(piece, Piece::Plain(text) if text.ends_with("::")));
        let is_path = !is_tail
            && match name.as_str() {
                "self" => starts_path(behind),
                "Self" => false,
                word => !PARTED.contains(&word) && !WORDS.contains(&word) && !is_bound(behind),
            };
        if is_path { self.path(name, behind) } else { self.word(&name, behind) }
    }

    fn path<'t>(&mut self, mut path: String, mut behind: &'t [TokenTree]) -> &'t [TokenTree] {
        while let [TokenTree::Punct(one), TokenTree::Punct(two), TokenTree::Ident(name), rest @ ..] = behind
            && is_colons(one, two)
        {
            path.push_str("::");
            path.push_str(&name.to_string());
            behind = rest;
        }
        self.part();
        self.text.0.push(Piece::Path(path));
        self.last = Last::Word;
        behind
    }

    fn word<'t>(&mut self, word: &str, behind: &'t [TokenTree]) -> &'t [TokenTree] {
        self.part();
        self.text.push(word);
        self.last = if PARTED.contains(&word) { Last::Keyword } else { Last::Word };
        behind
    }

    /// The space before a word.
    fn part(&mut self) {
        if matches!(self.last, Last::Word | Last::Keyword) {
            self.text.push(" ");
        }
    }

    fn group(&mut self, delimiter: Delimiter, tokens: TokenStream) {
        if delimiter == Delimiter::None {
            return self.stream(tokens);
        }
        if self.last == Last::Keyword {
            self.text.push(" ");
        }
        let (open, close) = match delimiter {
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            _ => ("(", ")"),
        };
        self.text.push(open);
        self.last = Last::Start;
        self.stream(tokens);
        self.text.push(close);
        self.last = Last::Word;
    }

    fn punct<'t>(&mut self, sign: char, spacing: Spacing, behind: &'t [TokenTree]) -> &'t [TokenTree] {
        let next = behind.first().and_then(punct);
        let (text, last, rest) = match (sign, next) {
            ('-', Some('>')) => (" -> ", Last::Tight, behind.get(1..)),
            (':', Some(':')) if spacing == Spacing::Joint => return self.colons(behind),
            ('\'', _) => return self.lifetime(behind),
            (',', Some('>')) => ("", Last::Tight, Some(behind)),
            (',', _) if behind.is_empty() => ("", Last::Tight, Some(behind)),
            (',', _) => (", ", Last::Tight, Some(behind)),
            (';', _) => ("; ", Last::Tight, Some(behind)),
            (':', _) => (": ", Last::Tight, Some(behind)),
            ('=', _) => (" = ", Last::Tight, Some(behind)),
            ('+', _) => (" + ", Last::Tight, Some(behind)),
            ('>', _) => (">", Last::Word, Some(behind)),
            ('&', _) => ("&", Last::Tight, Some(behind)),
            (sign, _) => return self.sign(sign, behind),
        };
        if sign == '&' && self.last == Last::Keyword {
            self.text.push(" ");
        }
        self.text.push(text);
        self.last = last;
        rest.unwrap_or_default()
    }

    fn sign<'t>(&mut self, sign: char, behind: &'t [TokenTree]) -> &'t [TokenTree] {
        if self.last == Last::Keyword {
            self.text.push(" ");
        }
        self.text.push(sign.encode_utf8(&mut [0; 4]));
        self.last = Last::Tight;
        behind
    }

    /// `::` behind a closed bracket, or as the beginning of a path from outside of the crate.
    fn colons<'t>(&mut self, behind: &'t [TokenTree]) -> &'t [TokenTree] {
        let behind = behind.get(1..).unwrap_or_default();
        let is_start = self.last != Last::Word;
        match behind.split_first() {
            Some((TokenTree::Ident(name), rest)) if is_start => self.path(format!("::{name}"), rest),
            _ => {
                self.text.push("::");
                self.last = Last::Tight;
                behind
            }
        }
    }

    fn lifetime<'t>(&mut self, behind: &'t [TokenTree]) -> &'t [TokenTree] {
        match behind.split_first() {
            Some((TokenTree::Ident(name), rest)) => {
                self.word(&format!("'{name}"), rest);
                self.last = Last::Keyword;
                rest
            }
            _ => behind,
        }
    }
}

fn punct(tree: &TokenTree) -> Option<char> {
    match tree {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    }
}

fn starts_path(behind: &[TokenTree]) -> bool {
    matches!(behind, [TokenTree::Punct(one), TokenTree::Punct(two), ..] if is_colons(one, two))
}

/// `::`, and not the `:` of a bound before the `::` of a path.
fn is_colons(one: &Punct, two: &Punct) -> bool {
    one.as_char() == ':' && one.spacing() == Spacing::Joint && two.as_char() == ':'
}

/// Whether the name before this is made here: `name: Type`, `Item = Type`.
fn is_bound(behind: &[TokenTree]) -> bool {
    match behind.first().and_then(punct) {
        Some(':') => !starts_path(behind),
        Some('=') => true,
        _ => false,
    }
}
