//! Formatting of generated tokens as the text of a file.
//!
//! `prettyplease` prints the code, but separates no items by blank lines and does not lay out list macros. Before printing,
//! marks are added to the parsed file: attributes and placeholder macros that occur in no other code. Each printed mark is
//! then replaced. Only marks are replaced, so strings and docs cannot be mistaken for code.

mod gaps;
mod lists;
#[cfg(test)]
mod tests;
mod tokens;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::Parser;

/// Formats a file: the comment lines of the header, then the items, separated by blank lines.
///
/// A macro call that contains a list, `name!(Type { entry, entry });`, has one entry per line, or one line if it is short.
/// `#[comment = " text"]` on an item is printed as `// text` above it.
///
/// # Errors
///
/// Fails if the tokens are not a valid Rust file.
pub fn format(header: &str, tokens: TokenStream) -> Result<String, syn::Error> {
    format_and_show(header, tokens, |_| ()).map(|(text, ())| text)
}

/// Formats a file, and passes the parsed file to `look`.
///
/// # Errors
///
/// Fails if the tokens are not a valid Rust file.
pub fn format_and_show<T>(
    header: &str,
    tokens: TokenStream,
    look: impl FnOnce(&syn::File) -> T,
) -> Result<(String, T), syn::Error> {
    let source = tokens.to_string();
    let mut file: syn::File = syn::parse2(tokens)?;
    let seen = look(&file);
    let marks = Marks::unlike(&source)?;
    let lists = lists::take(&mut file.items, &marks)?;
    gaps::mark(&mut file, &marks);
    let body = replace_marks(&prettyplease::unparse(&file), &marks, &lists);
    Ok((finish(header, &body), seen))
}

/// Names of marks that do not occur in the file.
struct Marks {
    gap: String,
    list: String,
    /// The attributes that are printed as lines of their own and become blank lines: above an item, and inside one.
    gaps: [Vec<syn::Attribute>; 2],
}

impl Marks {
    fn unlike(source: &str) -> Result<Self, syn::Error> {
        let mut gap = "gap_mark".to_owned();
        while source.contains(&gap) {
            gap.push('_');
        }
        let list = format!("{gap}list");
        let outer = syn::Attribute::parse_outer.parse2(quote!(#[comment = #gap]))?;
        let inner = syn::Attribute::parse_inner.parse2(quote!(#![comment = #gap]))?;
        Ok(Self { gap, list, gaps: [outer, inner] })
    }

    /// Returns the attribute that becomes a blank line above an item, or inside one.
    fn gap_attribute(&self, inner: bool) -> Vec<syn::Attribute> {
        let [outside, inside] = &self.gaps;
        if inner { inside.clone() } else { outside.clone() }
    }

    /// Returns the macro call that replaces a list.
    fn list_macro(&self, number: usize) -> Result<syn::Macro, syn::Error> {
        let name = format_ident!("{}{number}", self.list);
        syn::parse2(quote!(#name!()))
    }

    /// Returns the number of the list that a printed line replaces.
    fn list_number(&self, line: &str) -> Option<usize> {
        line.strip_prefix(&*self.list)?.strip_suffix("!();")?.parse().ok()
    }
}

fn replace_marks(printed: &str, marks: &Marks, lists: &[lists::List]) -> String {
    let gap = format!("//{}", marks.gap);
    let mut text = String::with_capacity(printed.len());
    for line in printed.split('\n') {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        match marks.list_number(code).and_then(|number| lists.get(number)) {
            Some(list) => list.lay_out(indent, &mut text),
            None if code == gap => {}
            None => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

/// Joins the header and the body. The result ends with exactly one newline.
fn finish(header: &str, body: &str) -> String {
    let header: Vec<String> = header.trim().lines().map(comment_line).collect();
    let parts = [header.join("\n"), body.trim_matches('\n').to_owned()];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn comment_line(line: &str) -> String {
    let line = line.trim();
    match line {
        "" => "//".to_owned(),
        _ if line.starts_with("//") => line.to_owned(),
        _ => format!("// {line}"),
    }
}
