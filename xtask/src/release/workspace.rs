//! The published crates, as `cargo metadata` describes them.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use toml::Table;

/// The crates of the workspace, sorted by name.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Workspace {
    #[serde(rename = "packages")]
    pub crates: Vec<Crate>,
}

/// A crate with the keys of its manifest, in which inherited values are resolved.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Crate {
    pub name: String,
    pub version: String,
    /// The absolute path of the manifest.
    pub manifest_path: String,
    /// The registries that accept the crate; `None` is every registry.
    pub publish: Option<Vec<String>>,
    pub description: Option<String>,
    pub license: Option<String>,
    pub repository: Option<String>,
    pub readme: Option<String>,
    pub rust_version: Option<String>,
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
    pub dependencies: Vec<Dependency>,
    pub features: Table,
    pub metadata: Option<Table>,
}

/// A dependency of a crate.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Dependency {
    pub name: String,
    pub req: String,
    /// `dev` or `build`; `None` is a normal dependency.
    pub kind: Option<String>,
    /// The folder, if the dependency has a path.
    pub path: Option<String>,
}

impl Dependency {
    pub fn is_dev(&self) -> bool {
        self.kind.as_deref() == Some("dev")
    }
}

impl Crate {
    /// Whether the crate can be published on crates.io.
    pub fn is_published(&self) -> bool {
        self.publish.as_ref().is_none_or(|registries| registries.iter().any(|name| name == "crates-io"))
    }

    /// Returns the dependencies on crates of the workspace that users of this crate also build.
    pub fn local_dependencies(&self) -> impl Iterator<Item = &Dependency> {
        self.dependencies.iter().filter(|dependency| dependency.path.is_some() && !dependency.is_dev())
    }
}

impl Workspace {
    /// Reads the output of `cargo metadata --no-deps`.
    pub fn parse(json: &str) -> Result<Self> {
        let mut workspace: Self =
            serde_json::from_str(json).context("failed to read the output of `cargo metadata`")?;
        workspace.crates.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(workspace)
    }

    /// Returns the published crates, sorted by name.
    pub fn published(&self) -> Vec<&Crate> {
        self.crates.iter().filter(|krate| krate.is_published()).collect()
    }

    /// Returns the crate with a name.
    pub fn get(&self, name: &str) -> Option<&Crate> {
        self.crates.iter().find(|krate| krate.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Workspace;

    #[test]
    fn metadata_of_cargo_is_read() {
        let workspace = Workspace::parse(
            r#"{ "packages": [
                { "name": "b", "version": "0.1.0", "publish": [], "dependencies": [
                    { "name": "a", "req": "^0.1.0", "kind": null, "path": "/a" },
                    { "name": "c", "req": "*", "kind": "dev", "path": "/c" },
                    { "name": "serde", "req": "^1", "kind": null }
                ] },
                { "name": "a", "version": "0.1.0", "publish": null, "license": "MIT" }
            ] }"#,
        );
        let workspace = workspace.unwrap();
        let names = |crates: Vec<&super::Crate>| crates.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(workspace.crates.iter().collect()), ["a", "b"]);
        assert_eq!(names(workspace.published()), ["a"]);
        let local: Vec<_> = workspace.get("b").unwrap().local_dependencies().map(|it| &it.name).collect();
        assert_eq!(local, ["a"]);
        assert!(Workspace::parse("{}").is_err());
    }
}
