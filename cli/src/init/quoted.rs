//! Texts in the syntax of other programs.

/// Returns an argument of a command line.
pub fn shell(argument: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_./-:@+=,".contains(c);
    if !argument.is_empty() && argument.chars().all(is_plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', "'\\''"))
    }
}

/// Returns a string of YAML.
pub fn yaml(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./- ".contains(c);
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .contains(&text.to_ascii_lowercase().as_str());
    let is_text = text.starts_with(|c: char| c.is_ascii_alphabetic()) && !text.ends_with(' ');
    // A string of JSON is one of YAML.
    if is_text && !is_word && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

/// Returns a pattern of `.gitattributes` that matches the path, and `end`.
pub fn git_pattern(path: &str, end: &str) -> String {
    let mut pattern = String::from("/");
    for c in path.chars() {
        pattern.push_str(if "*?[]\\".contains(c) { "\\" } else { "" });
        pattern.push(c);
    }
    pattern.push_str(end);
    if pattern.contains([' ', '"']) {
        format!("\"{}\"", pattern.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        pattern
    }
}

#[cfg(test)]
mod tests {
    use super::{git_pattern, shell, yaml};

    #[test]
    fn argument_is_quoted_if_needed() {
        for (argument, expected) in [
            ("../libs/sdk-1", "../libs/sdk-1"),
            ("größe", "größe"),
            ("a b", "'a b'"),
            ("it's", "'it'\\''s'"),
            ("$(x)", "'$(x)'"),
            ("~", "'~'"),
            ("", "''"),
        ] {
            assert_eq!(shell(argument), expected);
        }
    }

    #[test]
    fn string_of_yaml_is_read_again() {
        for text in [
            "libs/sdk", "a b", "a: b", "a #b", "on", "No", "1e5", "- a", "it's", "\"", "a\\b", "@x", "größe",
            "a ",
        ] {
            let quoted = yaml(text);
            let read: serde_yaml::Value = serde_yaml::from_str(&format!("key: {quoted}\n")).unwrap();
            assert_eq!(read["key"].as_str(), Some(text), "{quoted}");
        }
        assert_eq!((yaml("libs/sdk").as_str(), yaml("on").as_str()), ("libs/sdk", "\"on\""));
    }

    #[test]
    fn pattern_of_git_is_quoted_as_in_c() {
        assert_eq!(git_pattern("libs/sdk", "/**"), "/libs/sdk/**");
        assert_eq!(git_pattern("a b", "/**"), "\"/a b/**\"");
        assert_eq!(git_pattern("a[1]", ".sha256"), r"/a\[1\].sha256");
        assert_eq!(git_pattern("\"a\" *", ""), r#""/\"a\" \\*""#);
    }
}
