//! The order of publication: each crate after the crates that it depends on.

use std::collections::BTreeSet;

use super::workspace::{Crate, Workspace};

/// Returns the published crates in order, by name where the order does not matter.
///
/// # Errors
///
/// Returns the names of the crates that depend on each other, or on such crates.
pub fn order(workspace: &Workspace) -> Result<Vec<&Crate>, Vec<&str>> {
    let mut remaining = workspace.published();
    let mut ordered: Vec<&Crate> = Vec::new();
    while !remaining.is_empty() {
        let waiting: BTreeSet<&str> = remaining.iter().map(|krate| krate.name.as_str()).collect();
        let is_ready = |krate: &Crate| {
            !krate.local_dependencies().any(|dependency| waiting.contains(dependency.name.as_str()))
        };
        let Some(next) = remaining.iter().position(|krate| is_ready(krate)) else {
            return Err(waiting.into_iter().collect());
        };
        ordered.push(remaining.remove(next));
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::super::workspace::{Crate, Dependency, Workspace};
    use super::order;

    fn workspace(crates: &[(&str, &[&str], Option<&str>)]) -> Workspace {
        let krate = |&(name, on, kind): &(&str, &[&str], Option<&str>)| {
            let dependency = |name: &&str| Dependency {
                name: (*name).to_owned(),
                kind: kind.map(str::to_owned),
                path: Some(String::new()),
                ..Dependency::default()
            };
            let dependencies = on.iter().map(dependency).collect();
            Crate { name: name.to_owned(), dependencies, ..Crate::default() }
        };
        Workspace { crates: crates.iter().map(krate).collect() }
    }

    fn names(workspace: &Workspace) -> Result<Vec<&str>, Vec<&str>> {
        order(workspace).map(|crates| crates.iter().map(|krate| krate.name.as_str()).collect())
    }

    #[test]
    fn dependencies_come_first() {
        let workspace = workspace(&[
            ("a", &["c"], None),
            ("b", &["a"], Some("build")),
            ("c", &[], None),
            ("d", &[], None),
        ]);
        assert_eq!(names(&workspace), Ok(vec!["c", "a", "b", "d"]));
    }

    #[test]
    fn dev_dependencies_do_not_count() {
        let workspace = workspace(&[("a", &["b"], Some("dev")), ("b", &["a"], None)]);
        assert_eq!(names(&workspace), Ok(vec!["a", "b"]));
    }

    #[test]
    fn unpublished_crates_are_left_out() {
        let mut workspace = workspace(&[("a", &[], None), ("b", &[], None)]);
        workspace.crates[0].publish = Some(Vec::new());
        assert_eq!(names(&workspace), Ok(vec!["b"]));
    }

    #[test]
    fn cycle_is_an_error_with_its_crates() {
        let workspace = workspace(&[("a", &["b"], None), ("b", &["a"], None), ("c", &[], None)]);
        assert_eq!(names(&workspace), Err(vec!["a", "b"]));
    }
}
