//! Formatting of generated tokens as the text of a file.
//!
//! `prettyplease` prints the code, but separates no items by blank lines and does not lay out list macros. Before printing,
//! marks are added to the parsed file: attributes that occur in no other code. Each printed mark is then replaced. Only marks
//! are replaced, so strings and docs cannot be mistaken for code.

mod marks;
mod gaps;
mod tokens;
mod lists;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use marks::Line;

/// The end of a line in a doc attribute that contains several. Docs contain no control characters.
pub const DOC_LINE_END: char = '\u{1e}';

/// Formats a file: the comment lines of the header, then the items, separated by blank lines.
///
/// A macro call that contains a list, `name!(Type { entry, entry });`, has one entry per line, or one line if it is short.
/// `#[comment = " text"]` on an item is printed as `// text` above it. A doc attribute can contain several lines, separated by
/// [`DOC_LINE_END`].
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
    let mut file: syn::File = syn::parse2(tokens)?;
    let seen = look(&file);
    let lists = lists::take(&mut file.items);
    gaps::mark(&mut file);
    let body = replace_marks(&prettyplease::unparse(&file), &lists);
    Ok((finish(header, &body), seen))
}

fn replace_marks(printed: &str, lists: &[lists::List]) -> String {
    let mut text = String::with_capacity(printed.len());
    let mut lines = printed.split('\n');
    while let Some(line) = lines.next() {
        let (indent, code) = line.split_at(line.bytes().take_while(|byte| *byte == b' ').count());
        match marks::read(code) {
            Line::Gap => {}
            Line::Code(code) => push_line(&mut text, indent, code),
            Line::List(number) => {
                lines.next();
                lists.get(number).into_iter().for_each(|list| list.lay_out(indent, &mut text));
            }
        }
        text.push('\n');
    }
    text
}

/// Adds a line, or the lines of a doc comment.
fn push_line(text: &mut String, indent: &str, code: &str) {
    text.push_str(indent);
    let Some((first, rest)) = code.split_once(DOC_LINE_END) else { return text.push_str(code) };
    text.push_str(first.trim_end_matches(' '));
    let sign = first.get(..3).unwrap_or_default();
    for line in rest.split(DOC_LINE_END) {
        text.extend(["\n", indent, sign, line.trim_end_matches(' ')]);
    }
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
