//! `.gitattributes` and `.gitignore`: lists of lines, to which missing ones are added.

use super::quoted::git_pattern;

/// Returns the text with further lines; `None` if it has them all. A line is known by its pattern.
pub fn with_lines(existing: Option<&str>, comment: &str, lines: &[String]) -> Option<String> {
    let existing = existing.unwrap_or_default();
    let known: Vec<&str> = existing.lines().map(pattern).collect();
    let missing: Vec<&String> = lines.iter().filter(|line| !known.contains(&pattern(line))).collect();
    if missing.is_empty() {
        return None;
    }
    let mut text = existing.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if !comment.is_empty() {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str(comment);
        text.push('\n');
    }
    for line in missing {
        text.push_str(line);
        text.push('\n');
    }
    Some(text)
}

/// Returns the pattern of a line, without slashes around it, which differ by taste.
fn pattern(line: &str) -> &str {
    let line = line.trim_start();
    let pattern = match line.strip_prefix('"') {
        Some(quoted) => {
            let mut is_escaped = false;
            let end = quoted.find(|c| {
                let is_end = c == '"' && !is_escaped;
                is_escaped = c == '\\' && !is_escaped;
                is_end
            });
            end.and_then(|end| quoted.get(..end))
        }
        None => line.split_whitespace().next(),
    };
    pattern.unwrap_or_default().trim_matches('/')
}

/// Returns the attributes of generated files.
pub fn attributes(spec: &str, output: &str) -> Vec<String> {
    vec![
        format!("{} text eol=lf linguist-generated", git_pattern(output, "/**")),
        format!("{} text eol=lf linguist-generated", git_pattern(spec, "/schema/**")),
        // A merge keeps the lines of both sides; the next `generate` removes the old ones.
        format!("{} text eol=lf linguist-generated -diff merge=union", git_pattern(output, ".sha256")),
    ]
}

#[cfg(test)]
mod tests {
    use super::{attributes, with_lines};

    #[test]
    fn attributes_cover_the_generated_files() {
        expect_test::expect![[r#"
            /sdk/** text eol=lf linguist-generated
            /api/schema/** text eol=lf linguist-generated
            /sdk.sha256 text eol=lf linguist-generated -diff merge=union"#]]
        .assert_eq(&attributes("api", "sdk").join("\n"));
    }

    #[test]
    fn missing_lines_are_added_once() {
        let lines = ["/a/** text".to_owned(), "/b/** text".to_owned()];
        assert_eq!(with_lines(None, "# Mine.", &lines).unwrap(), "# Mine.\n/a/** text\n/b/** text\n");
        let old = "*.png binary\na/** -diff";
        let added = with_lines(Some(old), "# Mine.", &lines).unwrap();
        assert_eq!(added, "*.png binary\na/** -diff\n\n# Mine.\n/b/** text\n");
        assert_eq!(with_lines(Some(&added), "# Mine.", &lines), None);
        let quoted = [r#""/a \" b/**" text"#.to_owned(), r#""/a \" c/**" text"#.to_owned()];
        let added = with_lines(Some(&quoted[0]), "", &quoted).unwrap();
        assert_eq!(added, format!("{}\n{}\n", quoted[0], quoted[1]));
        assert_eq!(with_lines(Some(&added), "", &quoted), None);
        assert_eq!(with_lines(Some("target/\n"), "", &["/target".to_owned()]), None);
    }
}
