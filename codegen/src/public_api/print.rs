//! Printing of declarations with a mark on every path. A later step replaces each path by its target.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{Attribute, Ident, Item, ItemMod, PathArguments, PathSegment, Visibility};

/// The first letter of a marked path. A marked path is one identifier, so that it can be part of a syntax tree. The three
/// letters occur in no other identifier.
const MARK: char = '\u{a78f}';
/// The letter that replaces `::` in a marked path.
const SEPARATOR: char = '\u{a778}';
/// The letter that replaces `r#` in a marked path.
const RAW: char = '\u{a75b}';

/// A marked keyword that represents the public path of the item, or of the type of an impl.
pub(super) const SUBJECT: &str = "self";

/// Returns a path as the text of one identifier.
pub(super) fn mark(path: &str) -> String {
    let text = path.replace("::", SEPARATOR.encode_utf8(&mut [0; 4]));
    format!("{MARK}{}", text.replace("r#", RAW.encode_utf8(&mut [0; 4])))
}

pub(super) fn mark_ident(path: &str) -> Ident {
    Ident::new(&mark(path), Span::call_site())
}

/// Returns the path that an identifier marks.
pub(super) fn unmark(text: &str) -> Option<String> {
    Some(text.strip_prefix(MARK)?.replace(SEPARATOR, "::").replace(RAW, "r#"))
}

/// Returns the marked paths among the tokens, in order.
pub(super) fn paths(tokens: TokenStream) -> Vec<String> {
    let paths = tokens.into_iter().flat_map(|token| match token {
        TokenTree::Ident(ident) => unmark(&ident.to_string()).into_iter().collect(),
        TokenTree::Group(group) => paths(group.stream()),
        _ => Vec::new(),
    });
    paths.collect()
}

/// Replaces each marked path.
pub(super) fn replace_paths(text: &str, mut replace: impl FnMut(&str) -> String) -> String {
    let mut pieces = text.split(MARK);
    let mut replaced = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(piece.len());
        let (path, rest) = piece.split_at(end);
        replaced.push_str(&replace(&unmark(&format!("{MARK}{path}")).unwrap_or_default()));
        replaced.push_str(rest);
    }
    replaced
}

/// Replaces the start of a path, at most `limit` names, by one marked name. `Self` is not a path.
pub(super) fn mark_start(path: &mut syn::Path, limit: usize) {
    let plain = path.segments.iter().take_while(|segment| segment.arguments.is_none()).count();
    let length = limit.min(plain + 1);
    let names: Vec<String> =
        path.segments.iter().take(length).map(|segment| segment.ident.to_string()).collect();
    if names.first().is_none_or(|first| first == "Self") {
        return;
    }
    let colons = path.leading_colon.take().map_or("", |_| "::");
    let arguments = path.segments.iter().nth(length - 1).map(|last| last.arguments.clone());
    let ident = mark_ident(&format!("{colons}{}", names.join("::")));
    let start = PathSegment { ident, arguments: arguments.unwrap_or(PathArguments::None) };
    let rest = std::mem::take(&mut path.segments).into_iter().skip(length);
    path.segments = std::iter::once(start).chain(rest).collect();
}

/// Prints an item, and returns its attributes and its declaration.
pub(super) fn print(item: Item) -> (Vec<String>, String) {
    let file = syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    let printed = prettyplease::unparse(&file);
    let lines = printed.lines().map(str::to_owned);
    let (attributes, lines): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with('#'));
    (attributes, lines.join("\n"))
}

/// Prints attributes, one per line.
pub(super) fn print_attributes(attrs: Vec<Attribute>) -> Vec<String> {
    let item = ItemMod {
        attrs,
        vis: Visibility::Inherited,
        unsafety: None,
        mod_token: Default::default(),
        ident: Ident::new("x", Span::call_site()),
        content: None,
        semi: Some(Default::default()),
    };
    print(Item::Mod(item)).0
}
