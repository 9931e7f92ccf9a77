//! Markdown building blocks of the pages: links, lists, labels and quotes.

/// Joins parts for a sentence: `a, b and c`.
pub fn listed(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., end] => format!("{} {last} {end}", firsts.join(", ")),
    }
}

/// Indents all lines that are not empty.
pub fn indented(text: &str, by: usize) -> String {
    let blanks = " ".repeat(by);
    text.lines().map(|line| format!("{blanks}{line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Quotes each line.
pub fn quote(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Returns a Markdown link.
pub fn link(text: &str, target: &str) -> String {
    format!("[{text}]({target})")
}

/// Returns the relative URL from one page to an anchor of another. Both paths are relative to the folder of the package.
pub fn relative(from: &str, to: &str, anchor: &str) -> String {
    let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    if from == to && !anchor.is_empty() {
        return anchor;
    }
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len().min(to.len()) - 1;
    let shared = (0..folders).take_while(|at| from[*at] == to[*at]).count();
    let up = "../".repeat(from.len() - 1 - shared);
    format!("{up}{}{anchor}", to[shared..].join("/"))
}

/// Returns a block below a bold label, since headings are reserved for link targets. Returns nothing for an empty block.
pub fn labelled(label: &str, block: String) -> Vec<String> {
    if block.is_empty() { Vec::new() } else { vec![format!("**{label}**"), block] }
}

/// Returns a list. The lines of an item after the first are indented.
pub fn bullets(items: impl IntoIterator<Item = String>) -> String {
    let item = |text: String| format!("- {}", indented(&text, 2).trim_start());
    items.into_iter().map(item).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{bullets, listed, relative};

    #[test]
    fn list_is_joined_with_commas_and_a_conjunction() {
        let parts = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&parts[..1], "or"), "a");
        assert_eq!(listed(&parts[..2], "or"), "a or b");
        assert_eq!(listed(&parts, "and"), "a, b and c");
    }

    #[test]
    fn links_are_relative_to_the_page() {
        assert_eq!(relative("README.md", "docs/a/b.md", "x"), "docs/a/b.md#x");
        assert_eq!(relative("docs/a/b.md", "docs/a.md", ""), "../a.md");
        assert_eq!(relative("docs/a.md", "docs/a/b.md", ""), "a/b.md");
        assert_eq!(relative("docs/a/b.md", "docs/a/b.md", "x"), "#x");
        assert_eq!(relative("docs/a/b/c.md", "README.md", ""), "../../../README.md");
    }

    #[test]
    fn list_items_are_indented() {
        assert_eq!(bullets(["a\n\nb".to_owned(), "c".to_owned()]), "- a\n\n  b\n- c");
    }
}
