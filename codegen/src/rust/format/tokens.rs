//! Prints and compares short runs of tokens.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The tokens on one line, spaced as in code.
pub(super) fn print(tokens: TokenStream) -> String {
    let mut line = String::new();
    let mut last = Last::Start;
    for atom in atoms(tokens) {
        let now = Last::of(&atom);
        if last.is_parted_from(&now) {
            line.push(' ');
        }
        // A sign after an operator or `else` belongs to its operand.
        last = match (&last, now) {
            (Last::Value, now) => now,
            (_, Last::Sign) => Last::Tight,
            (_, now) => now,
        };
        line.push_str(&atom);
    }
    line
}

/// What was printed last, as far as spaces depend on it.
#[derive(PartialEq)]
enum Last {
    Start,
    /// A name, a literal or a closed bracket.
    Value,
    /// An opening bracket: `(`, `[`.
    Bracket,
    /// A brace with what it holds.
    Brace,
    /// `else`, and `by` of our own: a space on both sides.
    Keyword,
    /// A space only behind.
    Comma,
    /// A space on both sides.
    Operator,
    /// An operator between values, a sign before one: `-`, `*`, `&`.
    Sign,
    /// `::`, `.`, `?`: no space at all.
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

    /// Whether a space stands between this and `next`.
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

/// The tokens as texts: signs that belong together joined, brackets with what they hold.
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

/// Whether two runs of tokens are the same, but for commas at the end of a list.
pub(super) fn same(left: TokenStream, right: TokenStream) -> bool {
    flat(left) == flat(right)
}

/// The tokens one by one. What a sign is joined to counts, as `. .` is not `..`.
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

/// Whether a comma before this is the last of its list.
fn ends_list(next: Option<&TokenTree>) -> bool {
    match next {
        None => true,
        Some(TokenTree::Punct(punct)) => punct.as_char() == '>',
        Some(_) => false,
    }
}
