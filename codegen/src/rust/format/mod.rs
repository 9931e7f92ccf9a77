//! Formatting of generated tokens as the text of a file.
//!
//! `prettyplease` prints the code, but separates no items by blank lines and does not lay out list macros. Before printing,
//! marks are added to the parsed file: attributes and placeholder macros that occur in no other code. Each printed mark is
//! then replaced. Only marks are replaced, so strings and docs cannot be mistaken for code.

mod marks;
mod gaps;
mod tokens;
mod lists;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use marks::Marks;

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

fn replace_marks(printed: &str, marks: &Marks, lists: &[lists::List]) -> String {
    let gap = marks.gap_line();
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
