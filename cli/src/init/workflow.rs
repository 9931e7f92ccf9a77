//! The workflow of GitHub Actions.

use super::choices::Choices;
use super::quoted::{shell, yaml};

const OUTSIDE: &str =
    "      # TODO: provide the clone of Typefoundry's repository, which is outside of this one.\n";

const TEMPLATE: &str = include_str!("templates/workflow.yml");

/// The surroundings of the prepared folder.
#[derive(Debug, Default)]
pub struct Around<'a> {
    /// The path from the root of the git repository.
    pub below_git: &'a str,
    /// The default branch, if it is known.
    pub branch: Option<&'a str>,
    /// Whether the workspace is new. Others have a workflow for their tests.
    pub is_new: bool,
    /// Whether the clone of Typefoundry's repository is outside of the git repository.
    pub is_outside: bool,
}

/// Returns the name of the default branch from the file `refs/remotes/origin/HEAD`.
pub fn branch(head: &str) -> Option<&str> {
    head.trim().strip_prefix("ref: refs/remotes/origin/")
}

/// Returns the workflow.
pub fn text(choices: &Choices, around: &Around<'_>) -> String {
    let command = choices.command();
    let branches = around.branch.map_or_else(|| "main, master".to_owned(), yaml);
    let mut text = TEMPLATE.replace("{branches}", &branches);
    if !around.below_git.is_empty() {
        let folder = format!(
            "    defaults:\n      run:\n        working-directory: {}\n    steps:\n",
            yaml(around.below_git)
        );
        text = text.replace("    steps:\n", &folder);
    }
    if around.is_outside {
        text.push_str(OUTSIDE);
    }
    if !choices.xtask {
        let version = env!("CARGO_PKG_VERSION");
        let from = match &choices.source {
            Some(source) => {
                let line = format!("cargo install --locked --path {}", shell(&format!("{source}/cli")));
                format!("      - run: {}\n", yaml(&line))
            }
            None => format!(
                "      # The version that generated the committed files. Update it together with them.\n      \
                 - run: cargo install --locked --version {version} typefoundry\n"
            ),
        };
        text.push_str(&from);
    }
    text.push_str(&format!("      - run: {command} check\n"));
    if around.is_new {
        text.push_str("      - run: cargo test\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::choices::Choices;
    use super::{Around, OUTSIDE, branch, text};

    #[test]
    fn workflow_installs_the_version_of_the_generator() {
        let text = text(&Choices::default(), &Around { is_new: true, ..Around::default() });
        let install =
            format!("- run: cargo install --locked --version {} typefoundry\n", env!("CARGO_PKG_VERSION"));
        assert!(text.contains(&install) && !text.contains("working-directory"), "{text}");
        assert!(text.ends_with("- run: typefoundry check\n      - run: cargo test\n"), "{text}");
    }

    #[test]
    fn workflow_of_an_xtask_installs_nothing() {
        let choices = Choices { xtask: true, ..Choices::default() };
        let text = text(&choices, &Around { below_git: "libs/sdk", ..Around::default() });
        assert!(text.contains("      run:\n        working-directory: libs/sdk\n    steps:\n"), "{text}");
        assert!(text.ends_with("- run: cargo xtask check\n") && !text.contains("install"), "{text}");
    }

    #[test]
    fn paths_and_branches_are_quoted() {
        let source = Some("../it's #1: x".to_owned());
        let choices = Choices { source, ..Choices::default() };
        let around = Around { below_git: "a: b", branch: Some("on"), is_new: false, is_outside: true };
        let text = text(&choices, &around);
        let workflow: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let job = &workflow["jobs"]["check"];
        assert_eq!(job["defaults"]["run"]["working-directory"], "a: b");
        assert_eq!(job["steps"][2]["run"], r"cargo install --locked --path '../it'\''s #1: x/cli'");
        assert_eq!(workflow["on"]["push"]["branches"], serde_json::json!(["on"]));
        assert!(text.contains(&format!("{OUTSIDE}      - run: \"cargo install ")), "{text}");
        // The package `xtask` needs the clone as well.
        let text = super::text(&Choices { xtask: true, ..choices }, &around);
        assert!(text.contains(&format!("{OUTSIDE}      - run: cargo xtask check\n")), "{text}");
    }

    #[test]
    fn pull_request_is_checked_once() {
        let text = text(&Choices::default(), &Around::default());
        let workflow: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(workflow["on"]["push"]["branches"], serde_json::json!(["main", "master"]));
        assert!(workflow["on"]["pull_request"].is_null() && workflow["on"].get("pull_request").is_some());
        assert_eq!(branch("ref: refs/remotes/origin/trunk\n"), Some("trunk"));
        assert_eq!(branch("0123456789\n"), None);
    }

    #[test]
    fn workflow_is_valid_yaml() {
        for (below_git, is_new, steps) in [("", true, 5), ("sdk", false, 4)] {
            let text = text(&Choices::default(), &Around { below_git, is_new, ..Around::default() });
            let workflow: serde_json::Value = serde_yaml::from_str(&text).unwrap();
            assert_eq!(workflow["jobs"]["check"]["steps"].as_array().unwrap().len(), steps, "{text}");
        }
    }
}
