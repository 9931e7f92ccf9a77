//! Pieces of Markdown that the pages are made of.

/// Several things in a sentence: `a, b and c`.
pub fn listed(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., end] => format!("{} {last} {end}", firsts.join(", ")),
    }
}

/// The lines moved to the right; empty ones stay empty.
pub fn indented(text: &str, by: usize) -> String {
    let blanks = " ".repeat(by);
    text.lines().map(|line| format!("{blanks}{line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Each line quoted, as a callout asks for.
pub fn quote(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn lists_read_as_sentences() {
        let parts = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&parts[..1], "or"), "a");
        assert_eq!(listed(&parts[..2], "or"), "a or b");
        assert_eq!(listed(&parts, "and"), "a, b and c");
    }
}
