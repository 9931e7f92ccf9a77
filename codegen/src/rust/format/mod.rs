//! The one home of layout: tokens become the text of a file that reads as if a person had written it.
//!
//! `prettyplease` prints the code but puts no blank line between items, and it knows nothing of our list macros. So the
//! parsed file gets marks before it is printed, comments and stand-in macros that no code contains, and each printed mark
//! is then replaced by what belongs there. Strings and docs cannot be mistaken for code, as only marks are ever touched.

mod gaps;
mod lists;
#[cfg(test)]
mod tests;
mod tokens;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::Parser;

/// Prints a file: header comment lines, then the items with blank lines between them.
///
/// A macro call that holds a list, `name!(Type { entry, entry });`, is laid out with one entry a line, or on one line when it is
/// short. `#[comment = " text"]` on an item prints as `// text` above it.
///
/// # Errors
/// The tokens are no Rust file.
pub fn format(header: &str, tokens: TokenStream) -> Result<String, syn::Error> {
    format_and_show(header, tokens, |_| ()).map(|(text, ())| text)
}

/// The same, for one who wants to look at the parsed file as well.
///
/// # Errors
/// The tokens are no Rust file.
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

/// Names for marks that stand nowhere in the file.
struct Marks {
    gap: String,
    list: String,
    /// An attribute that prints as a line of its own, to become a blank line: above an item, and inside of one.
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

    /// The attribute that becomes a blank line above an item, or inside of one.
    fn gap_attribute(&self, inner: bool) -> Vec<syn::Attribute> {
        let [outside, inside] = &self.gaps;
        if inner { inside.clone() } else { outside.clone() }
    }

    /// The macro call that stands in for a list.
    fn list_macro(&self, number: usize) -> Result<syn::Macro, syn::Error> {
        let name = format_ident!("{}{number}", self.list);
        syn::parse2(quote!(#name!()))
    }

    /// The number of the list that a printed line stands for.
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

/// The header above the body: one newline at the end, whatever the body had.
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
