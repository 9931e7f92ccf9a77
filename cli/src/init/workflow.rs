//! The workflow of GitHub Actions.

use super::choices::Choices;

const TEMPLATE: &str = include_str!("templates/workflow.yml");

/// Returns the workflow. `below_git` is the path from the root of the git repository. In a new workspace, the workflow also runs
/// the tests; others have a workflow for them.
pub fn text(choices: &Choices, below_git: &str, is_new: bool) -> String {
    let command = choices.command();
    let mut text = TEMPLATE.to_owned();
    if !below_git.is_empty() {
        let folder =
            format!("    defaults:\n      run:\n        working-directory: {below_git}\n    steps:\n");
        text = text.replace("    steps:\n", &folder);
    }
    if !choices.xtask {
        let version = env!("CARGO_PKG_VERSION");
        let from = match &choices.source {
            Some(source) => format!("      - run: cargo install --locked --path {source}/cli\n"),
            None => format!(
                "      # The version that generated the committed files. Update it together with them.\n      \
                 - run: cargo install --locked --version {version} typefoundry\n"
            ),
        };
        text.push_str(&from);
    }
    text.push_str(&format!("      - run: {command} check\n"));
    if is_new {
        text.push_str("      - run: cargo test\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::choices::Choices;
    use super::text;

    #[test]
    fn workflow_installs_the_version_of_the_generator() {
        let text = text(&Choices::default(), "", true);
        let install =
            format!("- run: cargo install --locked --version {} typefoundry\n", env!("CARGO_PKG_VERSION"));
        assert!(text.contains(&install) && !text.contains("working-directory"), "{text}");
        assert!(text.ends_with("- run: typefoundry check\n      - run: cargo test\n"), "{text}");
    }

    #[test]
    fn workflow_of_an_xtask_installs_nothing() {
        let choices = Choices { xtask: true, ..Choices::default() };
        let text = text(&choices, "libs/sdk", false);
        assert!(text.contains("      run:\n        working-directory: libs/sdk\n    steps:\n"), "{text}");
        assert!(text.ends_with("- run: cargo xtask check\n") && !text.contains("install"), "{text}");
    }

    #[test]
    fn workflow_is_valid_yaml() {
        for (below, is_new, steps) in [("", true, 5), ("sdk", false, 4)] {
            let text = text(&Choices::default(), below, is_new);
            let workflow: serde_json::Value = serde_yaml::from_str(&text).unwrap();
            assert_eq!(workflow["jobs"]["check"]["steps"].as_array().unwrap().len(), steps, "{text}");
        }
    }
}
