//! Building blocks of Markdown pages.

/// Lists items in a sentence: `a, b and c`.
pub fn listed(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., end] => format!("{} {last} {end}", firsts.join(", ")),
    }
}

/// Indents the lines, except empty ones.
pub fn indented(text: &str, by: usize) -> String {
    let blanks = " ".repeat(by);
    text.lines().map(|line| format!("{blanks}{line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Quotes each line, as a callout requires.
pub fn quote(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn list_is_joined_with_commas_and_a_conjunction() {
        let parts = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&parts[..1], "or"), "a");
        assert_eq!(listed(&parts[..2], "or"), "a or b");
        assert_eq!(listed(&parts, "and"), "a, b and c");
    }
}
