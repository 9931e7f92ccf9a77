//! The rules of crates.io for manifests and archives.

use super::workspace::Crate;

/// The maximum number of keywords, and of categories.
const MAX_LABELS: usize = 5;

/// The maximum length of a keyword.
const MAX_KEYWORD: usize = 20;

/// The maximum length of a name.
const MAX_NAME: usize = 64;

/// The maximum length of a description in characters.
const MAX_DESCRIPTION: usize = 1000;

/// The categories that the crates use. crates.io ignores an unknown one silently, so add only one of
/// <https://crates.io/category_slugs>.
const CATEGORIES: [&str; 5] = [
    "api-bindings",
    "authentication",
    "command-line-utilities",
    "development-tools",
    "web-programming::http-client",
];

/// Files that each archive must contain. The license files are those of `MIT OR Apache-2.0`.
const FILES: [&str; 5] = ["Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "src/lib.rs"];

const LICENSE: &str = "MIT OR Apache-2.0";

/// Checks the keys of a manifest that crates.io limits, and those that its pages show.
pub fn check_manifest(krate: &Crate) -> Vec<String> {
    let mut problems = Vec::new();
    let Crate { name, description, license, repository, readme, keywords, categories, .. } = krate;
    if name.len() > MAX_NAME {
        problems.push(format!("the name has more than {MAX_NAME} characters"));
    }
    match description.as_deref().map(str::trim) {
        None | Some("") => problems.push("there is no description".to_owned()),
        Some(text) if text.chars().count() > MAX_DESCRIPTION => {
            problems.push(format!("the description has more than {MAX_DESCRIPTION} characters"));
        }
        Some(_) => {}
    }
    if license.as_deref() != Some(LICENSE) {
        problems.push(format!("the license is {}, not `{LICENSE}`", shown(license.as_deref())));
    }
    if !repository.as_deref().is_some_and(|url| url.starts_with("https://")) {
        problems.push(format!("the repository is {}, not an https URL", shown(repository.as_deref())));
    }
    if readme.as_deref() != Some("README.md") {
        problems.push(format!("the readme is {}, not `README.md`", shown(readme.as_deref())));
    }
    for (what, labels) in [("keywords", keywords), ("categories", categories)] {
        if labels.is_empty() || labels.len() > MAX_LABELS {
            problems.push(format!("there are {} {what}, not 1 to {MAX_LABELS}", labels.len()));
        }
    }
    let invalid = keywords.iter().filter(|keyword| !is_keyword(keyword));
    problems.extend(invalid.map(|keyword| {
        format!(
            "the keyword `{keyword}` is not valid: use at most {MAX_KEYWORD} letters, digits, `_`, `-` and `+`, \
             and begin with a letter or digit"
        )
    }));
    let unknown = categories.iter().filter(|category| !CATEGORIES.contains(&category.as_str()));
    problems.extend(unknown.map(|category| format!("the category `{category}` is unknown")));
    problems
}

fn shown(value: Option<&str>) -> String {
    value.map_or("missing".to_owned(), |value| format!("`{value}`"))
}

fn is_keyword(keyword: &str) -> bool {
    keyword.len() <= MAX_KEYWORD
        && keyword.starts_with(|first: char| first.is_ascii_alphanumeric())
        && keyword.chars().all(|c| c.is_ascii_alphanumeric() || "_-+".contains(c))
}

/// Checks the files of an archive, which `cargo package --list` prints.
pub fn check_files(files: &[&str]) -> Vec<String> {
    let missing = FILES.iter().filter(|file| !files.contains(file));
    let mut problems: Vec<String> = missing.map(|file| format!("the archive lacks {file}")).collect();
    let is_hidden =
        |file: &&&str| file.split('/').any(|part| part.starts_with('.')) && **file != ".cargo_vcs_info.json";
    problems.extend(files.iter().filter(is_hidden).map(|file| format!("the archive contains {file}")));
    problems
}

#[cfg(test)]
mod tests {
    use super::super::workspace::Crate;
    use super::{check_files, check_manifest, is_keyword};

    fn krate() -> Crate {
        let some = |text: &str| Some(text.to_owned());
        Crate {
            name: "acme".to_owned(),
            description: some("A client."),
            license: some("MIT OR Apache-2.0"),
            repository: some("https://example.com/acme"),
            readme: some("README.md"),
            keywords: vec!["http".to_owned()],
            categories: vec!["api-bindings".to_owned()],
            ..Crate::default()
        }
    }

    #[test]
    fn complete_manifest_passes() {
        assert_eq!(check_manifest(&krate()), [""; 0]);
    }

    #[test]
    fn missing_keys_are_all_reported() {
        assert_eq!(
            check_manifest(&Crate::default()),
            [
                "there is no description",
                "the license is missing, not `MIT OR Apache-2.0`",
                "the repository is missing, not an https URL",
                "the readme is missing, not `README.md`",
                "there are 0 keywords, not 1 to 5",
                "there are 0 categories, not 1 to 5",
            ]
        );
    }

    #[test]
    fn limits_are_checked() {
        let wrong = Crate {
            name: "a".repeat(65),
            description: Some("d".repeat(1001)),
            license: Some("MIT".to_owned()),
            repository: Some("http://example.com".to_owned()),
            readme: Some("../README.md".to_owned()),
            keywords: ["a", "b", "c", "d", "e", "-f"].map(str::to_owned).to_vec(),
            categories: vec!["http".to_owned()],
            ..krate()
        };
        assert_eq!(
            check_manifest(&wrong),
            [
                "the name has more than 64 characters",
                "the description has more than 1000 characters",
                "the license is `MIT`, not `MIT OR Apache-2.0`",
                "the repository is `http://example.com`, not an https URL",
                "the readme is `../README.md`, not `README.md`",
                "there are 6 keywords, not 1 to 5",
                "the keyword `-f` is not valid: use at most 20 letters, digits, `_`, `-` and `+`, and begin with a \
                 letter or digit",
                "the category `http` is unknown",
            ]
        );
        let longest = Crate { name: "a".repeat(64), description: Some("d".repeat(1000)), ..krate() };
        assert_eq!(check_manifest(&longest), [""; 0]);
    }

    #[test]
    fn keywords_have_the_characters_of_crates_io() {
        for valid in ["http", "3d", "c++", "a_b-c", "abcdefghijklmnopqrst"] {
            assert!(is_keyword(valid), "{valid}");
        }
        for invalid in ["", "abcdefghijklmnopqrstu", "http client", "_a", "\u{fc}"] {
            assert!(!is_keyword(invalid), "{invalid}");
        }
    }

    #[test]
    fn archive_has_the_required_files_and_no_hidden_ones() {
        let complete = [
            ".cargo_vcs_info.json",
            "Cargo.toml",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "src/lib.rs",
        ];
        assert_eq!(check_files(&complete), [""; 0]);
        assert_eq!(
            check_files(&["Cargo.toml", "LICENSE-MIT", "src/lib.rs", ".env", "src/.draft"]),
            [
                "the archive lacks LICENSE-APACHE",
                "the archive lacks README.md",
                "the archive contains .env",
                "the archive contains src/.draft",
            ]
        );
    }
}
