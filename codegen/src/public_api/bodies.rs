//! Reads a source file without the bodies of its functions, which say nothing of its API and are most of it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Parses a file, its functions empty.
///
/// # Errors
/// The text is no Rust, but for what a function does.
pub(super) fn parse(text: &str) -> Result<syn::File, syn::Error> {
    syn::parse2(without_bodies(text.parse()?))
}

/// A body is the first block behind `fn name`; a type `fn(…)` has none.
fn without_bodies(tokens: TokenStream) -> TokenStream {
    let mut is_behind_fn = false;
    let mut in_function = false;
    let trees = tokens.into_iter().map(|tree| match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let is_body = std::mem::take(&mut in_function);
            let inside = if is_body { TokenStream::new() } else { without_bodies(group.stream()) };
            let mut emptied = Group::new(Delimiter::Brace, inside);
            emptied.set_span(group.span());
            TokenTree::Group(emptied)
        }
        TokenTree::Ident(word) => {
            in_function |= is_behind_fn;
            is_behind_fn = word == "fn";
            TokenTree::Ident(word)
        }
        TokenTree::Punct(sign) => {
            in_function &= sign.as_char() != ';';
            is_behind_fn = false;
            TokenTree::Punct(sign)
        }
        tree => {
            is_behind_fn = false;
            tree
        }
    });
    trees.collect()
}
