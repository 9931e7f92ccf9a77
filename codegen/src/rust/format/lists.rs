//! Layout of macro calls that contain a list: `name!(Type { entry, entry else value, ..rest });`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Item, MacroDelimiter};

use super::marks;
use super::tokens::{self, same};

/// The maximum number of entries on one line.
const SHORT: usize = 3;
/// The maximum width of a line of code.
const WIDTH: usize = 100;

/// A macro call that contains a list.
pub(super) struct List {
    /// The text from the name of the macro to that of the type.
    head: String,
    entries: Vec<String>,
}

/// Takes the lists out of the items, and leaves marked calls without arguments.
pub(super) fn take(items: &mut [Item]) -> Vec<List> {
    let mut lists = Vec::new();
    take_into(&mut lists, items);
    lists
}

fn take_into(lists: &mut Vec<List>, items: &mut [Item]) {
    for item in items {
        match item {
            Item::Macro(call) if call.ident.is_none() && call.semi_token.is_some() => {
                if let Some(list) = List::read(&call.mac) {
                    call.attrs.push(marks::list(lists.len()));
                    call.mac.tokens = TokenStream::new();
                    lists.push(list);
                }
            }
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    take_into(lists, items);
                }
            }
            _ => {}
        }
    }
}

impl List {
    /// Returns the list of a macro call, if the call has the form and printing preserves its tokens.
    fn read(call: &syn::Macro) -> Option<Self> {
        if !matches!(call.delimiter, MacroDelimiter::Paren(_)) {
            return None;
        }
        let mut head: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
        let body = match head.pop()? {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace && !head.is_empty() => body,
            _ => return None,
        };
        let path = tokens::print(call.path.to_token_stream());
        let head = format!("{path}!({}", tokens::print(head.into_iter().collect()));
        let list = Self { head, entries: entries(&body) };
        list.keeps(call).then_some(list)
    }

    /// Whether the printed text has the tokens of the call.
    fn keeps(&self, call: &syn::Macro) -> bool {
        let mut text = String::new();
        self.lay_out("", &mut text);
        text.parse().is_ok_and(|read: TokenStream| same(read, quote!(#call;)))
    }

    /// Prints the call: on one line if it is short, otherwise with one entry per line.
    pub(super) fn lay_out(&self, indent: &str, text: &mut String) {
        let line = format!("{indent}{} {{ {} }});", self.head, self.entries.join(", "));
        match self.entries.as_slice() {
            [] => text.push_str(&format!("{indent}{} {{}});", self.head)),
            short if short.len() <= SHORT && line.chars().count() <= WIDTH => text.push_str(&line),
            long => {
                text.push_str(&format!("{indent}{} {{\n", self.head));
                long.iter().for_each(|entry| text.push_str(&format!("{indent}    {}\n", ended(entry))));
                text.push_str(&format!("{indent}}});"));
            }
        }
    }
}

/// Returns the entry with its comma. The rest of a list has none.
fn ended(entry: &str) -> String {
    let comma = if entry.starts_with("..") { "" } else { "," };
    format!("{entry}{comma}")
}

fn entries(body: &Group) -> Vec<String> {
    let trees: Vec<TokenTree> = body.stream().into_iter().collect();
    let comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
    let entries =
        trees.split(comma).map(|entry| tokens::print(entry.iter().cloned().collect::<TokenStream>()));
    entries.filter(|entry| !entry.is_empty()).collect()
}
