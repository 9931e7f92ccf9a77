//! Token printing on one line, with a mark around every path. A later step replaces each path by its target.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The marks around a path. Control characters do not occur in signatures.
pub(super) const OPEN: char = '\u{1}';
pub(super) const CLOSE: char = '\u{2}';

/// Keywords that take part in types and bounds. They are not paths, and a space follows them.
const KEYWORDS: [&str; 13] =
    ["as", "const", "dyn", "extern", "fn", "for", "impl", "in", "mut", "pub", "unsafe", "use", "where"];

/// Prints tokens as a text of their own.
pub(super) fn print(tokens: impl ToTokens) -> String {
    print_after("", tokens)
}

/// Prints tokens without marks.
pub(super) fn print_plain(tokens: impl ToTokens) -> String {
    print(tokens).replace([OPEN, CLOSE], "")
}

/// Prints tokens as the continuation of a line that ends with a name.
pub(super) fn print_after_name(tokens: impl ToTokens) -> String {
    print_after("name", tokens)
}

fn print_after(start: &str, tokens: impl ToTokens) -> String {
    let mut words = Vec::new();
    split(tokens.into_token_stream(), &mut words);
    let mut words = words.as_slice();
    let mut text = String::new();
    let mut previous = start;
    while let [word, behind @ ..] = words {
        let length = path_length(previous, words);
        if needs_space(previous, word, length > 0) {
            text.push(' ');
        }
        if length > 0 {
            let (path, rest) = words.split_at(length);
            text.push(OPEN);
            text.extend(path.iter().map(String::as_str));
            text.push(CLOSE);
            previous = path.last().map_or("", String::as_str);
            words = rest;
        } else {
            text.push_str(word);
            previous = word;
            words = behind;
        }
    }
    text
}

/// Splits tokens into words: names, lifetimes, literals, operators and brackets. Trailing commas are dropped.
fn split(tokens: TokenStream, words: &mut Vec<String>) {
    let mut is_joint = false;
    for token in tokens {
        let word = match &token {
            TokenTree::Group(group) => {
                split_group(group, words);
                is_joint = false;
                continue;
            }
            token => token.to_string(),
        };
        if word == ">" {
            words.pop_if(|last| last == ",");
        }
        match words.last_mut().filter(|last| is_joint && is_one_word(last, &word)) {
            Some(last) => last.push_str(&word),
            None => words.push(word),
        }
        is_joint = matches!(&token, TokenTree::Punct(sign) if sign.spacing() == Spacing::Joint);
    }
}

fn split_group(group: &proc_macro2::Group, words: &mut Vec<String>) {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => return split(group.stream(), words),
    };
    words.push(open.to_owned());
    split(group.stream(), words);
    // The comma of a tuple with one element has a meaning.
    let commas = group.stream().into_iter().filter(|token| token.to_string() == ",").count();
    words.pop_if(|last| last == "," && commas > 1);
    words.push(close.to_owned());
}

fn is_one_word(last: &str, next: &str) -> bool {
    last == "'" || matches!((last, next), (":", ":") | ("-", ">") | (".", ".") | ("=", ">"))
}

/// Returns the number of tokens that form a path at the start of `words`, or 0 without a path.
fn path_length(previous: &str, words: &[String]) -> usize {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let start = usize::from(word(0) == "::");
    let continues = if start == 1 { is_name(previous) || previous == ">" } else { previous == "::" };
    let is_binding = matches!(word(start + 1), ":" | "=");
    let is_receiver = word(start) == "self" && word(start + 1) != "::";
    if continues || is_binding || is_receiver || word(start) == "Self" || !is_name(word(start)) {
        return 0;
    }
    let mut length = start + 1;
    while word(length) == "::" && is_name(word(length + 1)) {
        length += 2;
    }
    length
}

/// Whether a token is an identifier and not a keyword.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_') && word != "_" && !KEYWORDS.contains(&word)
}

fn needs_space(before: &str, word: &str, is_path: bool) -> bool {
    let is_call = is_name(before) || matches!(before, "fn" | ">");
    match (before, word) {
        ("" | "(" | "[" | "<" | "&" | "::" | "!" | "?" | "*" | "#" | "-", _) => false,
        (_, ")" | "]" | ">" | "," | ";" | ":") => false,
        (_, "::") => is_path,
        (_, "<") => !(is_call || KEYWORDS.contains(&before)),
        (_, "(" | "[" | "!") => !is_call,
        _ => true,
    }
}

/// Returns the marked paths of a text, in order.
pub(super) fn paths(text: &str) -> impl Iterator<Item = &str> {
    text.split(OPEN).filter_map(|piece| Some(piece.split_once(CLOSE)?.0))
}

/// Replaces each marked path.
pub(super) fn replace_paths<'t>(text: &'t str, mut replace: impl FnMut(&'t str, &mut String)) -> String {
    let mut replaced = String::with_capacity(text.len());
    for piece in text.split(OPEN) {
        match piece.split_once(CLOSE) {
            Some((path, rest)) => {
                replace(path, &mut replaced);
                replaced.push_str(rest);
            }
            None => replaced.push_str(piece),
        }
    }
    replaced
}
