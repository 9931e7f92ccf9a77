//! Printing and comparison of short token sequences.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Prints the tokens on one line, with the spacing of code.
pub(super) fn print(tokens: TokenStream) -> String {
    let mut line = String::new();
    let mut last = Last::Start;
    for atom in atoms(tokens) {
        let now = Last::of(&atom);
        if last.is_parted_from(&now) {
            line.push(' ');
        }
        // A sign after an operator or `else` is a prefix of its operand.
        last = match (&last, now) {
            (Last::Value, now) => now,
            (_, Last::Sign) => Last::Tight,
            (_, now) => now,
        };
        line.push_str(&atom);
    }
    line
}

/// The last printed token, as far as it affects spacing.
#[derive(PartialEq)]
enum Last {
    Start,
    /// A name, a literal or a closing bracket.
    Value,
    /// An opening bracket: `(`, `[`.
    Bracket,
    /// A brace with its content.
    Brace,
    /// `else` and the generator's own `by`, with a space on both sides.
    Keyword,
    /// A comma, with a space after it.
    Comma,
    /// An operator, with a space on both sides.
    Operator,
    /// `-`, `*` or `&`: an operator between values, or a prefix.
    Sign,
    /// `::`, `.` or `?`, without spaces.
    Tight,
}

impl Last {
    fn of(atom: &str) -> Self {
        match atom {
            "else" | "as" | "by" | "in" => Self::Keyword,
            "," | ";" | ":" => Self::Comma,
            "=" | "=>" | "==" | "!=" | "->" | "||" | "&&" | "+" | "/" | "|" => Self::Operator,
            "-" | "*" | "&" => Self::Sign,
            _ if atom.starts_with('{') => Self::Brace,
            _ if atom.starts_with(['(', '[']) => Self::Bracket,
            _ if atom.starts_with(|c: char| c.is_alphanumeric() || "_\"'".contains(c)) => Self::Value,
            _ => Self::Tight,
        }
    }

    /// Whether a space separates this token from `next`.
    fn is_parted_from(&self, next: &Self) -> bool {
        match (self, next) {
            (Self::Start, _) | (_, Self::Comma) => false,
            (Self::Comma | Self::Operator | Self::Keyword | Self::Sign, _) => true,
            (_, Self::Operator | Self::Brace | Self::Keyword) => true,
            (Self::Value | Self::Bracket | Self::Brace, Self::Sign | Self::Value) => true,
            _ => false,
        }
    }
}

/// Returns the tokens as texts. Joint signs form one text, and so do brackets with their content.
fn atoms(tokens: TokenStream) -> Vec<String> {
    let mut atoms: Vec<String> = Vec::new();
    let mut joint = false;
    for tree in tokens {
        let text = match &tree {
            TokenTree::Group(group) => bracketed(group.delimiter(), &print(group.stream())),
            other => other.to_string(),
        };
        match atoms.last_mut() {
            Some(last) if joint && text != "'" => last.push_str(&text),
            _ => atoms.push(text),
        }
        joint = matches!(&tree, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint && punct.as_char() != ',');
    }
    atoms
}

fn bracketed(delimiter: Delimiter, inside: &str) -> String {
    match delimiter {
        Delimiter::Parenthesis => format!("({inside})"),
        Delimiter::Bracket => format!("[{inside}]"),
        Delimiter::Brace if inside.is_empty() => "{}".to_owned(),
        Delimiter::Brace => format!("{{ {inside} }}"),
        Delimiter::None => inside.to_owned(),
    }
}

/// Whether two token sequences are equal, apart from trailing commas of lists.
pub(super) fn same(left: TokenStream, right: TokenStream) -> bool {
    flat(left) == flat(right)
}

/// Returns the tokens one by one. The spacing of signs matters, since `. .` is not `..`.
fn flat(tokens: TokenStream) -> Vec<String> {
    let mut all = Vec::new();
    let mut trees = tokens.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                all.extend(flat(group.stream()))
            }
            TokenTree::Group(group) => {
                all.push(format!("open {:?}", group.delimiter()));
                all.extend(flat(group.stream()));
                all.push("close".to_owned());
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' && ends_list(trees.peek()) => {}
            TokenTree::Punct(punct) => {
                let before_sign =
                    matches!(trees.peek(), Some(TokenTree::Punct(next)) if next.as_char() != '\'');
                let joins = before_sign && !",?".contains(punct.as_char());
                let joint = if joins && punct.spacing() == Spacing::Joint { "+" } else { "" };
                all.push(format!("{}{joint}", punct.as_char()));
            }
            other => all.push(other.to_string()),
        }
    }
    all
}

/// Whether a comma before this token is the last one of its list.
fn ends_list(next: Option<&TokenTree>) -> bool {
    match next {
        None => true,
        Some(TokenTree::Punct(punct)) => punct.as_char() == '>',
        Some(_) => false,
    }
}
