//! `Cargo.toml`: the members of the workspace.

use anyhow::{Context as _, Result};
use glob::{MatchOptions, Pattern};
use toml::Table;
use toml_edit::{Array, DocumentMut, Item, TableLike, value};
use typefoundry_codegen::settings::RUST_VERSION;

/// Returns the manifest with these members; `None` if it has them. Without a manifest, returns a new virtual workspace.
///
/// # Errors
///
/// The manifest is invalid.
pub fn with_members(manifest: Option<&str>, members: &[String]) -> Result<Option<String>> {
    let Some(text) = manifest else { return Ok(Some(new_workspace(members))) };
    let mut document: DocumentMut =
        text.parse().context("failed to read Cargo.toml, so nothing was written")?;
    let is_new = !document.contains_key("workspace");
    let workspace = document.entry("workspace").or_insert_with(toml_edit::table);
    if let (true, Some(table)) = (is_new, workspace.as_table_mut()) {
        table.decor_mut().set_prefix("\n");
    }
    let workspace = workspace.as_table_like_mut().context("`workspace` in Cargo.toml is not a table")?;
    let added = add_members(workspace, members)?;
    Ok(added.then(|| document.to_string()))
}

fn new_workspace(members: &[String]) -> String {
    let members: Array = members.iter().map(String::as_str).collect();
    format!("[workspace]\nmembers = {members}\nresolver = \"3\"\n")
}

/// Returns whether a member was missing.
fn add_members(workspace: &mut dyn TableLike, members: &[String]) -> Result<bool> {
    if !workspace.contains_key("members") {
        workspace.insert("members", value(Array::new()));
    }
    let list = workspace.get_mut("members").and_then(Item::as_array_mut);
    let list = list.context("`members` in Cargo.toml is not a list")?;
    let missing: Vec<&String> = members.iter().filter(|member| !is_listed(list, member)).collect();
    for member in &missing {
        push(list, member);
    }
    Ok(!missing.is_empty())
}

/// Whether a pattern of the list matches every package that the member matches.
fn is_listed(list: &Array, member: &str) -> bool {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::default() };
    // The name of an arbitrary package.
    let path = member.replace('*', "any-name");
    list.iter().filter_map(|listed| listed.as_str()).any(|listed| {
        let listed = listed.trim_start_matches("./").trim_end_matches('/');
        listed == member || Pattern::new(listed).is_ok_and(|pattern| pattern.matches_with(&path, options))
    })
}

/// Adds a member in the layout of the list: on a line of its own, if the last one is.
fn push(list: &mut Array, member: &str) {
    let prefix = list.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let indent = prefix.and_then(|prefix| prefix.rsplit_once('\n')).map(|(_, indent)| indent.to_owned());
    let Some(indent) = indent else {
        list.push(member);
        return;
    };
    // Comments behind the last member stay there. Without a comma, they belong to it.
    let mut behind = String::new();
    if let Some(last) = list.len().checked_sub(1).and_then(|at| list.get_mut(at)) {
        behind.push_str(last.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default());
        last.decor_mut().set_suffix("");
    }
    behind.push_str(list.trailing().as_str().unwrap_or_default());
    let behind = behind.trim_end();
    list.push_formatted(member.into());
    if let Some(added) = list.len().checked_sub(1).and_then(|at| list.get_mut(at)) {
        added.decor_mut().set_prefix(format!("{behind}\n{indent}"));
    }
    list.set_trailing("\n");
    list.set_trailing_comma(true);
}

/// Returns the keys of `[package]` that packages should inherit from the workspace.
///
/// A license applies to the whole repository. A Rust version does if the packages compile with it. An edition does not, because
/// the generator writes code of a certain edition.
///
/// # Errors
///
/// The manifest is invalid.
pub fn inheritable(manifest: Option<&str>) -> Result<Vec<&'static str>> {
    let table: Table =
        manifest.unwrap_or_default().parse().context("failed to read Cargo.toml, so nothing was written")?;
    let package = table.get("workspace").and_then(|workspace| workspace.get("package"));
    let text = |key: &str| package.and_then(|package| package.get(key)?.as_str());
    let mut keys = Vec::new();
    if text("license").is_some() {
        keys.push("license");
    }
    if text("rust-version").is_some_and(|version| minor(version) >= minor(RUST_VERSION)) {
        keys.push("rust-version");
    }
    Ok(keys)
}

/// Returns the minor version of Rust 1.
fn minor(version: &str) -> Option<u32> {
    version.strip_prefix("1.")?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{inheritable, with_members};

    fn edited(text: &str) -> String {
        let members = ["xtask".to_owned(), "generated/*".to_owned()];
        let edited = with_members(Some(text), &members).unwrap().unwrap();
        assert_eq!(with_members(Some(&edited), &members).unwrap(), None, "{edited}");
        edited
    }

    #[test]
    fn new_workspace_has_the_members() {
        let members = ["generated/*".to_owned()];
        let text = with_members(None, &members).unwrap().unwrap();
        assert_eq!(text, "[workspace]\nmembers = [\"generated/*\"]\nresolver = \"3\"\n");
        assert_eq!(with_members(Some(&text), &members).unwrap(), None);
    }

    #[test]
    fn members_are_added_in_the_layout_of_the_list() {
        assert_eq!(
            edited("# Ours.\n[workspace]\nmembers = [ \"app\" ] # all\nresolver=\"2\"\n"),
            "# Ours.\n[workspace]\nmembers = [ \"app\" , \"xtask\", \"generated/*\"] # all\nresolver=\"2\"\n"
        );
        assert_eq!(
            edited("[workspace]\nmembers = [\n    \"app\", # the server\n    \"lib\", # the rest\n]\n"),
            "[workspace]\nmembers = [\n    \"app\", # the server\n    \"lib\", # the rest\n    \"xtask\",\n    \"generated/*\",\n]\n"
        );
        assert_eq!(
            edited("[workspace]\nmembers = [\n  \"app\"\n]\n"),
            "[workspace]\nmembers = [\n  \"app\",\n  \"xtask\",\n  \"generated/*\",\n]\n"
        );
        assert_eq!(
            edited("workspace.resolver = \"3\"\n"),
            "workspace.resolver = \"3\"\nworkspace.members = [\"xtask\", \"generated/*\"]\n"
        );
    }

    #[test]
    fn comments_between_members_stay() {
        for list in [
            "\n    # first\n    \"app\", # server\n    # \"old\",\n    \"lib\",\n    # last\n",
            "\n    \"app\", # server\n\n    # the rest\n    \"lib\" # no comma\n    # last\n",
            "\n    # \"old\",\n",
            " \"app\", # server\n \"lib\", # rest\n",
            " \"app\" # server\n",
            "\n    \"app\" # server\n    , # comma\n",
        ] {
            let text = edited(&format!("[workspace]\nmembers = [{list}]\n"));
            for comment in list.lines().filter_map(|line| line.split_once('#')).map(|(_, comment)| comment) {
                assert!(text.contains(&format!("#{comment}\n")), "{comment}: {text}");
            }
        }
    }

    #[test]
    fn package_becomes_the_root_of_a_workspace() {
        assert_eq!(
            edited("[package]\nname = \"app\"\n\n[dependencies]\n"),
            "[package]\nname = \"app\"\n\n[dependencies]\n\n[workspace]\nmembers = [\"xtask\", \"generated/*\"]\n"
        );
    }

    #[test]
    fn pattern_matches_one_folder() {
        let members = ["generated/*".to_owned()];
        let with =
            |listed: &str| with_members(Some(&format!("[workspace]\nmembers = [\"{listed}\"]\n")), &members);
        for listed in ["generated/*", "./generated/*", "**/*", "gen*/*"] {
            assert_eq!(with(listed).unwrap(), None, "{listed}");
        }
        for listed in ["*", "generated", "generated/acme", "generated/*-sdk"] {
            assert!(with(listed).unwrap().is_some(), "{listed}");
        }
    }

    #[test]
    fn invalid_manifest_is_an_error() {
        for text in ["[workspace", "workspace = 1", "[workspace]\nmembers = 1"] {
            assert!(with_members(Some(text), &["x".to_owned()]).is_err(), "{text}");
        }
    }

    #[test]
    fn only_keys_that_fit_are_inherited() {
        let keys = |text: &str| inheritable(Some(text)).unwrap();
        assert_eq!(
            keys("[workspace.package]\nlicense = \"MIT\"\nrust-version = \"1.90.1\"\nedition = \"2021\"\n"),
            ["license", "rust-version"]
        );
        assert!(keys("[workspace.package]\nrust-version = \"1.70\"\n").is_empty());
        assert!(keys("[package]\nlicense = \"MIT\"\n").is_empty());
        assert!(inheritable(None).unwrap().is_empty());
    }
}
