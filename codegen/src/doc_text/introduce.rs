//! The name of an item before its doc.

/// Returns `name: doc`, or only the name if the item has no doc.
pub fn introduce(name: &str, doc: &str) -> String {
    join(name, ": ", doc)
}

/// Returns both texts with `between` between them, or the one that is not empty.
pub fn join(before: &str, between: &str, after: &str) -> String {
    let between = if before.is_empty() || after.is_empty() { "" } else { between };
    format!("{before}{between}{after}")
}

#[cfg(test)]
mod tests {
    use super::{introduce, join};

    #[test]
    fn missing_doc_leaves_the_name_alone() {
        assert_eq!(introduce("`a`", "The first."), "`a`: The first.");
        assert_eq!(introduce("`a`", ""), "`a`");
    }

    #[test]
    fn missing_text_is_not_joined() {
        assert_eq!(join("The first.", " ", "More."), "The first. More.");
        assert_eq!(join("", " ", "More."), "More.");
        assert_eq!(join("The first.", " ", ""), "The first.");
    }
}
