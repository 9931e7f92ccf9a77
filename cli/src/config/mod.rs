//! `typefoundry.toml`: the settings of a repository.
//!
//! The doc comments of the keys are their documentation in the JSON Schema.

mod problem;
mod spans;
mod check;
mod read;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Table;
use typefoundry_codegen::Settings;
use typefoundry_codegen::output::File;
use typefoundry_codegen::syntax::schema_file;

pub use problem::{Problem, render};

/// The name of the file.
pub const FILE: &str = "typefoundry.toml";

/// The settings of a repository. All keys are optional. Paths are relative to the folder of the file, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "Typefoundry settings")]
pub struct Config {
    /// Folder of the descriptions: one folder per API. Default: `spec`.
    pub spec: Option<String>,
    /// Folder of the packages, which contains only generated files. Default: `generated`.
    pub output: Option<String>,
    /// Command that people run, such as `cargo xtask`. Generated files and messages name it. Default: `typefoundry`.
    pub command: Option<String>,
    /// Text at the top of every generated file that can contain comments, such as a copyright notice.
    pub header: Option<String>,
    /// Whether packages contain the Markdown pages in `docs/`. Default: `true`.
    pub docs: Option<bool>,
    /// Whether packages contain tests of their examples in `tests/`. Default: `true`.
    pub tests: Option<bool>,
    /// Source of the crate `typefoundry-runtime`, which every package depends on. Default: the version of the generator.
    pub runtime: Option<Runtime>,
    /// Keys of `[package]` in the manifest of every package. The other keys come from the descriptions.
    #[serde(default)]
    pub package: Package,
    /// The `[lints]` in the manifest of every package: `lints.workspace = true`, or tables of lints. Default: none.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub lints: Table,
}

/// The dependency of the packages on the runtime, with Cargo's keys.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Runtime {
    /// Version requirement, such as `0.1`. Cargo needs it to publish a package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Folder of the crate, if its source is at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// URL of a git repository with the crate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub git: Option<String>,
    /// Branch of the git repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// Tag of the git repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// Commit of the git repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rev: Option<String>,
    /// Name of a package registry other than the default one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry: Option<String>,
}

/// Keys of `[package]`, as in `Cargo.toml`. `license.workspace = true` inherits a value from the workspace.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Package {
    /// Authors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authors: Option<Setting<Vec<String>>>,
    /// URL of the docs. Default: the page of the package on docs.rs, if it can be published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documentation: Option<Setting<String>>,
    /// Rust edition. Default: `2024`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<Setting<String>>,
    /// URL of a website.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<Setting<String>>,
    /// SPDX license expression, such as `MIT OR Apache-2.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<Setting<String>>,
    /// License file, if no SPDX expression names the license.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license_file: Option<String>,
    /// License files, which are copied into every package. Default: `LICENSE`, `COPYING` and `NOTICE` beside `typefoundry.toml`, also
    /// with a suffix such as `-MIT`, and with the extension `.txt` or `.md`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license_files: Option<Vec<String>>,
    /// Whether Cargo can publish the packages, or the names of the registries. Default: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish: Option<Publish>,
    /// URL of the source repository, unless the description of the API has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<Setting<String>>,
    /// Oldest supported Rust version. Default: that of the runtime.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust_version: Option<Setting<String>>,
}

/// A value, or `{ workspace = true }`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged, expecting = "expected a value or `{ workspace = true }`")]
pub enum Setting<T> {
    Value(T),
    Inherited(Inherited),
}

/// The request to inherit a value from the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inherited {
    /// `true`
    pub workspace: bool,
}

/// Whether, and where, packages can be published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged, expecting = "expected `true`, `false` or a list of registries")]
pub enum Publish {
    Allowed(bool),
    Registries(Vec<String>),
}

const DEFAULT_SPEC: &str = "spec";
const DEFAULT_OUTPUT: &str = "generated";

impl Config {
    /// Returns the folder of the descriptions.
    pub fn spec_folder(&self) -> String {
        trimmed(self.spec.as_deref().unwrap_or(DEFAULT_SPEC)).to_owned()
    }

    /// Returns the folder of the packages.
    pub fn output_folder(&self) -> String {
        trimmed(self.output.as_deref().unwrap_or(DEFAULT_OUTPUT)).to_owned()
    }

    /// Returns the keys that are inherited from a workspace.
    pub fn inherited(&self) -> Vec<String> {
        let texts = self.package.texts();
        let texts = texts.into_iter().filter(|(_, value)| matches!(value, Some(Setting::Inherited(_))));
        let authors = matches!(self.package.authors, Some(Setting::Inherited(_))).then_some("authors");
        let package = texts.map(|(key, _)| key).chain(authors).map(|key| format!("package.{key}"));
        package.chain(self.lints.contains_key("workspace").then(|| "lints".to_owned())).collect()
    }
}

impl Package {
    /// Returns the keys whose values are texts.
    fn texts(&self) -> [(&'static str, &Option<Setting<String>>); 6] {
        [
            ("documentation", &self.documentation),
            ("edition", &self.edition),
            ("homepage", &self.homepage),
            ("license", &self.license),
            ("repository", &self.repository),
            ("rust-version", &self.rust_version),
        ]
    }
}

/// Returns a path without a leading `./` and a trailing `/`.
fn trimmed(folder: &str) -> &str {
    let folder = folder.strip_prefix("./").unwrap_or(folder);
    folder.strip_suffix('/').unwrap_or(folder)
}

/// Returns the JSON Schema of the file, for editors.
pub fn schema(settings: &Settings) -> File {
    schema_file::<Config>(settings, "typefoundry", "the settings of the command")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use typefoundry_codegen::Settings;

    use super::{Config, schema};

    const README: &str = include_str!("../../README.md");

    /// Returns the keys of all objects in the schema.
    fn keys(schema: &Value) -> Vec<&str> {
        let Value::Object(object) = schema else { return Vec::new() };
        let own = object.get("properties").and_then(Value::as_object);
        let own = own.into_iter().flatten().map(|(key, _)| key.as_str());
        own.chain(object.values().flat_map(keys)).collect()
    }

    #[test]
    fn every_key_is_documented_in_the_readme() {
        let schema: Value = serde_json::from_str(&schema(&Settings::default()).text).unwrap();
        let keys = keys(&schema);
        assert!(
            keys.contains(&"spec") && keys.contains(&"rev") && keys.contains(&"license-files"),
            "{keys:?}"
        );
        let is_documented =
            |key: &&&str| README.contains(&format!("`{key}`")) || README.contains(&format!("`[{key}]`"));
        let missing: Vec<_> = keys.iter().filter(|key| !is_documented(key) && **key != "workspace").collect();
        assert!(missing.is_empty(), "missing in cli/README.md: {missing:?}");
        let (_, section) = README.split_once("## typefoundry.toml\n").expect("a section");
        let (section, _) = section.split_once("\n## ").expect("another section");
        let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
        let listed: Vec<_> =
            cells.flat_map(|cell| cell.split("`, `")).map(|key| key.trim_end_matches('`')).collect();
        assert!(listed.contains(&"rev") && listed.contains(&"license-file"), "{listed:?}");
        let unknown: Vec<_> = listed.iter().filter(|key| !keys.contains(key)).collect();
        assert!(unknown.is_empty(), "unknown in cli/README.md: {unknown:?}");
    }

    #[test]
    fn file_in_the_readme_is_valid() {
        let (_, file) = README.split_once("```toml\n").expect("an example");
        let (file, _) = file.split_once("```").expect("the end of the example");
        assert!(Config::parse(file).is_ok(), "{:?}", Config::parse(file));
    }
}
