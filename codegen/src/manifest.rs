//! The `Cargo.toml`, `rustfmt.toml` and license files of a generated package.
//!
//! An invalid manifest prevents cargo from loading the workspace, so every text of the spec is quoted.

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Api;
use crate::output::File;
use crate::rust::lower::{self, GROUP_FEATURES, PKCE_FEATURE, Package, TRANSPORT_FEATURES};
use crate::settings::{RUST_VERSION, Registry};

/// Combinations of features, without the defaults. Docs and CI checks use this list.
pub const COMBINATIONS: [(&str, &[&str]); 8] = [
    ("async calls (default)", &["resources", "hyper", "ring"]),
    ("async calls with the aws-lc crypto provider", &["resources", "hyper", "aws-lc"]),
    ("async calls over HTTP/2 with compression", &["resources", "hyper", "ring", "http2", "gzip"]),
    ("async and blocking calls", &["resources", "hyper", "ring", "blocking"]),
    ("tracing", &["resources", "hyper", "ring", "tracing"]),
    ("a custom transport, including `wasm32-unknown-unknown`", &["resources"]),
    ("a custom blocking transport", &["resources", "blocking"]),
    ("plain `http`, such as to a local proxy", &["resources", "hyper"]),
];

/// A cargo feature of a generated package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    pub name: String,
    /// The purpose of the feature, in one line.
    pub doc: String,
    /// The enabled features of this package or of the runtime.
    pub enables: Vec<String>,
}

/// Renders `Cargo.toml` and `rustfmt.toml` of the package, and copies the license files.
pub fn render(package: &Package<'_>) -> Vec<File> {
    let head = package.settings.head("#", &package.api.file);
    let file = |name: &str, body: String| File::new(package.path_of(name), format!("{head}\n\n{body}"));
    let mut files =
        vec![file("Cargo.toml", render_manifest(package)), file("rustfmt.toml", RUSTFMT.to_owned())];
    let licenses = package.settings.license_files.iter();
    files.extend(licenses.map(|license| File::new(package.path_of(&license.path), license.text.as_str())));
    files
}

/// On stable, rustfmt offers no other way to skip a package.
const RUSTFMT: &str = "\
# The generator lays the code out. rustfmt would do it a little differently, and `cargo fmt` make the files stale.
disable_all_formatting = true
";

fn render_manifest(package: &Package<'_>) -> String {
    let sections = [
        Some(render_package(package)),
        Some(LIBRARY.to_owned()),
        Some(render_features(package)),
        Some(render_dependencies(&package.settings.runtime)),
        Some(render_combinations()),
        Some("[package.metadata.docs.rs]\nall-features = true\n".to_owned()),
        render_lints(&package.settings.lints),
    ];
    sections.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// With an explicit path cargo does not look for the file, so it loads a workspace of which only the manifests exist.
/// Without `test = false`, `cargo test` compiles the library a second time to find no test in it.
const LIBRARY: &str = "[lib]\npath = \"src/lib.rs\"\n# The library has no unit tests.\ntest = false\n";

const RUNTIME: &str = "typefoundry-runtime";

const DEV_DEPENDENCIES: &str = "\
[dev-dependencies]
# The examples and the tests write free JSON.
serde_json = \"1\"
# The README is compiled as a doctest.
tokio = { version = \"1\", default-features = false, features = [\"macros\", \"rt-multi-thread\"] }
";

/// Returns the dependencies of every generated package.
pub fn dependencies() -> BTreeSet<String> {
    let tables: Table = DEV_DEPENDENCIES.parse().unwrap_or_default();
    let tables = tables.values().filter_map(Value::as_table);
    tables.flat_map(|table| table.keys().cloned()).chain([RUNTIME.to_owned()]).collect()
}

/// Renders the dependencies. Packages choose the features of the runtime, so its defaults are off.
fn render_dependencies(runtime: &Table) -> String {
    let keys = ["version", "path", "git", "branch", "tag", "rev", "registry"];
    let given = keys.iter().filter_map(|key| Some(format!("{key} = {}", runtime.get(*key)?)));
    let keys: Vec<String> = given.chain(["default-features = false".to_owned()]).collect();
    format!("[dependencies]\n{RUNTIME} = {{ {} }}\n\n{DEV_DEPENDENCIES}", keys.join(", "))
}

/// Renders `[lints]`; nothing if the settings have none.
fn render_lints(lints: &Table) -> Option<String> {
    let table = Table::from_iter([("lints".to_owned(), Value::Table(lints.clone()))]);
    (!lints.is_empty()).then(|| table.to_string())
}

/// Reports a manifest that is not valid TOML.
///
/// Cargo cannot load a workspace with such a manifest, so it must not be written.
pub fn check(api: &Api, files: &[File]) -> Vec<Diagnostic> {
    let manifests = files
        .iter()
        .filter(|file| ["/Cargo.toml", "/rustfmt.toml"].iter().any(|name| file.path.ends_with(name)));
    let parsed = manifests.map(|file| (file, file.text.parse::<Table>()));
    let problems = parsed.filter_map(|(file, parsed)| Some((file, parsed.err()?)));
    problems
        .map(|(file, error)| {
            let message = format!("the package gives a manifest that is not TOML: {}", error.message());
            Diagnostic::error(Code::InvalidValue, api.package.span, message)
                .label(format!("cargo could not load the workspace with `{}`", file.path))
                .help("report this as a fault of the generator, together with the description")
        })
        .collect()
}

fn render_combinations() -> String {
    let lines = COMBINATIONS.map(|(_, features)| {
        format!("    {},\n", list(&features.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()))
    });
    format!(
        "# The combinations of features that the README names.\n[package.metadata.features]\ncombinations = [\n{}]\n",
        lines.concat()
    )
}

fn render_package(of: &Package<'_>) -> String {
    let package = &of.api.package;
    let mut lines = vec![
        "[package]".to_owned(),
        format!("name = {}", quoted(&package.name)),
        format!("version = {}", quoted(&package.version)),
        format!("description = {}", quoted(&one_line(&package.doc))),
    ];
    let lists = [("keywords", &package.keywords), ("categories", &package.categories)];
    lines.extend(
        lists
            .iter()
            .filter(|(_, words)| !words.is_empty())
            .map(|(key, words)| format!("{key} = {}", list(words))),
    );
    lines.push("readme = \"README.md\"".to_owned());
    lines.extend(package_settings(of).into_iter().map(|(key, value)| match inherits(&value) {
        true => format!("{key}.workspace = true"),
        false => format!("{key} = {value}"),
    }));
    lines.join("\n") + "\n"
}

/// Returns the keys of `[package]` that the settings decide, with their defaults, in alphabetical order.
fn package_settings(package: &Package<'_>) -> Table {
    let Package { settings, api, .. } = package;
    let mut keys = Table::new();
    let mut set = |key: &str, value: String| keys.insert(key.to_owned(), Value::String(value));
    set("edition", "2024".to_owned());
    set("rust-version", RUST_VERSION.to_owned());
    if settings.registry() == Registry::CratesIo {
        set("documentation", format!("https://docs.rs/{}", api.package.name));
    }
    keys.extend(settings.package.clone());
    if let Some(url) = &api.package.repository {
        keys.insert("repository".to_owned(), Value::String(url.clone()));
    }
    keys
}

/// Whether the value is inherited from the workspace.
fn inherits(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

fn render_features(package: &Package<'_>) -> String {
    let features = features(package).into_iter().map(|feature| {
        format!("# {}\n{} = {}\n", feature.doc, quoted_key(&feature.name), list(&feature.enables))
    });
    std::iter::once("[features]\n".to_owned()).chain(features).collect()
}

/// Returns the features of the package, in the order of the manifest.
pub fn features(package: &Package<'_>) -> Vec<Feature> {
    let default = ["resources", "hyper", "ring"].map(str::to_owned).to_vec();
    let resources = package.features.iter().map(|feature| feature.name.clone()).collect();
    let groups = GROUP_FEATURES.into_iter().zip([default, resources]);
    let groups = groups.map(|((name, doc), enables)| feature(name, doc, enables));
    let transport =
        TRANSPORT_FEATURES.map(|(name, doc)| feature(name, doc, vec![format!("typefoundry-runtime/{name}")]));
    let pkce = package.api.builds_urls().then(|| {
        let (name, doc) = PKCE_FEATURE;
        feature(name, doc, vec![format!("typefoundry-runtime/{name}")])
    });
    let resources = package.features.iter().map(resource_feature);
    groups.chain(resources).chain(transport).chain(pkce).collect()
}

fn feature(name: &str, doc: &str, enables: Vec<String>) -> Feature {
    Feature { name: name.to_owned(), doc: doc.to_owned(), enables }
}

fn resource_feature(of: &lower::Feature) -> Feature {
    feature(&of.name, &format!("The resource `{}`.", of.name), of.needs.clone())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Quotes a TOML basic string. The escapes are those of JSON, except for one control character that JSON does not escape.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// Returns a TOML key, bare if TOML allows that.
fn quoted_key(key: &str) -> String {
    let bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare { key.to_owned() } else { quoted(key) }
}

/// Renders a list on one line if it fits, otherwise with one item per line.
fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    let short = format!("[{}]", items.join(", "));
    if short.len() <= 100 { short } else { format!("[\n    {},\n]", items.join(",\n    ")) }
}

#[cfg(test)]
mod tests {
    use super::{check, dependencies, list, quoted, quoted_key, render};
    use crate::markdown::tests::with_package;
    use crate::output::File;
    use crate::rust::lower::{Package, lower};
    use crate::settings::Settings;
    use toml::Table;

    const EXPECTED: &str = r##"# @generated by `typefoundry generate` from spec/acme/api.yaml. Do not edit.

[package]
name = "acme-sdk"
version = "0.1.0"
description = "Typed client of the \"Acme\" API."
keywords = ["acme"]
categories = ["api-bindings"]
readme = "README.md"
documentation = "https://docs.rs/acme-sdk"
edition = "2024"
rust-version = "1.88"

[lib]
path = "src/lib.rs"
# The library has no unit tests.
test = false

[features]
# All resources, and the default transport with TLS.
default = ["resources", "hyper", "ring"]
# All resources.
resources = ["users"]
# The resource `users`.
users = []
# The default transport: hyper on tokio.
hyper = ["typefoundry-runtime/hyper"]
# The ring crypto provider for TLS.
ring = ["typefoundry-runtime/ring"]
# The aws-lc crypto provider for TLS, instead of ring.
aws-lc = ["typefoundry-runtime/aws-lc"]
# HTTP/2 for the default transport.
http2 = ["typefoundry-runtime/http2"]
# Gzip-compressed responses for the default transport.
gzip = ["typefoundry-runtime/gzip"]
# The blocking API, over the default or a custom transport.
blocking = ["typefoundry-runtime/blocking"]
# Spans for calls and attempts, with OpenTelemetry names.
tracing = ["typefoundry-runtime/tracing"]
# PKCE and random tokens for sign-in in a browser.
pkce = ["typefoundry-runtime/pkce"]

"##;

    #[test]
    fn manifest_matches_the_golden_file() {
        let files = with_package(render);
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["generated/acme-sdk/Cargo.toml", "generated/acme-sdk/rustfmt.toml"]);
        let (package, rest) = files[0].text.split_at(EXPECTED.len());
        assert_eq!(package, EXPECTED);
        assert!(
            rest.starts_with("[dependencies]\n")
                && rest.ends_with("[package.metadata.docs.rs]\nall-features = true\n"),
            "{rest}"
        );
        assert!(!files[0].text.contains("workspace"), "a package does not need a workspace");
    }

    #[test]
    fn settings_decide_the_other_keys() {
        let table = |text: &str| text.parse::<Table>().unwrap();
        let settings = Settings {
            header: vec!["Copyright Acme".to_owned()],
            package: table(
                "license.workspace = true\nauthors = [\"A\"]\npublish = false\nedition = \"2021\"",
            ),
            runtime: table("path = \"../rt\"\nversion = \"2\""),
            lints: table("rust.unsafe_code = \"forbid\""),
            license_files: vec![File::new("LICENSE", "Free.\n")],
            ..Settings::default()
        };
        let files = with_package(|package| {
            render(&Package {
                settings,
                ..lower(package.api, &Settings::default()).expect("the names are fine")
            })
        });
        let manifest = &files[0].text;
        for line in [
            "# Copyright Acme",
            "license.workspace = true",
            "authors = [\"A\"]",
            "publish = false",
            "edition = \"2021\"",
            "rust-version = \"1.88\"",
            "typefoundry-runtime = { version = \"2\", path = \"../rt\", default-features = false }",
            "[lints.rust]",
            "unsafe_code = \"forbid\"",
        ] {
            assert!(manifest.lines().any(|found| found == line), "{line} in {manifest}");
        }
        assert!(!manifest.contains("documentation"), "the package is not published");
        assert_eq!(files[2], File::new("generated/acme-sdk/LICENSE", "Free.\n"));
        assert_eq!(
            manifest.parse::<Table>().unwrap()["lints"]["rust"]["unsafe_code"].as_str(),
            Some("forbid")
        );
    }

    #[test]
    fn manifest_with_a_duplicate_key_is_reported() {
        let twice = File::new("generated/acme/Cargo.toml", "[features]\ntracing = []\ntracing = []\n");
        with_package(|package| {
            let good = render(package);
            assert_eq!(check(package.api, &good), []);
            let problems = check(package.api, &[good, vec![twice.clone()]].concat());
            assert_eq!(problems.len(), 1);
            assert!(problems[0].message.contains("duplicate key"), "{}", problems[0].message);
        });
    }

    #[test]
    fn dependencies_are_those_of_the_manifest() {
        assert_eq!(
            dependencies().into_iter().collect::<Vec<_>>(),
            ["serde_json", "tokio", "typefoundry-runtime"]
        );
    }

    #[test]
    fn text_is_quoted() {
        assert_eq!(quoted("a \"b\" \\ \n\u{7f}"), r#""a \"b\" \\ \n\u007f""#);
        assert_eq!(quoted_key("aws-lc"), "aws-lc");
        assert_eq!(quoted_key("a.b"), "\"a.b\"");
    }

    #[test]
    fn long_lists_have_one_item_per_line() {
        assert_eq!(list(&["a".into(), "b".into()]), r#"["a", "b"]"#);
        let long = vec!["x".repeat(60), "y".repeat(60)];
        assert_eq!(list(&long).lines().count(), 4);
    }
}
