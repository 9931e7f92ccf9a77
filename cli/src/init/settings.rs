//! `typefoundry.toml` with every key.

use toml::Value;
use typefoundry_codegen::Settings;
use typefoundry_codegen::settings::RUST_VERSION;

use super::choices::Choices;

const TEMPLATE: &str = include_str!("templates/typefoundry.toml");

/// Returns the file. `inherited` are the keys of `[package]` that come from the workspace.
pub fn text(choices: &Choices, inherited: &[&str]) -> String {
    let version = Settings::default().runtime.get("version").and_then(Value::as_str).map(str::to_owned);
    let version = version.unwrap_or_default();
    let mut text = TEMPLATE
        .replace("{spec}", choices.spec.as_deref().unwrap_or("spec"))
        .replace("{version}", &version)
        .replace("{rust}", RUST_VERSION);
    for (key, chosen) in [("spec", &choices.spec), ("output", &choices.output)] {
        if let Some(chosen) = chosen {
            set(&mut text, key, &quoted(chosen));
        }
    }
    if choices.xtask {
        set(&mut text, "command", &quoted(choices.command()));
    }
    if let Some(source) = &choices.source {
        text = text.replace("\n# [runtime]\n", "\n[runtime]\n");
        set(&mut text, "version", &quoted(&version));
        set(&mut text, "path", &quoted(&format!("{source}/runtime")));
    }
    for key in inherited {
        set(&mut text, key, "{ workspace = true }");
    }
    text
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Gives a commented key a value.
fn set(text: &mut String, key: &str, value: &str) {
    let start = format!("# {key} = ");
    let lines = text.lines().map(|line| {
        if line.starts_with(&start) { format!("{key} = {value}\n") } else { format!("{line}\n") }
    });
    *text = lines.collect();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value as Json;
    use toml::Table;

    use super::super::choices::Choices;
    use super::text;
    use crate::config::{self, Config, Inherited, Setting};
    use typefoundry_codegen::Settings;

    /// Returns the file with every commented key in effect.
    fn uncommented(text: &str) -> String {
        let is_toml = |rest: &str| {
            let key = rest.split(" = ").next().unwrap_or_default();
            let is_key = key.len() < rest.len() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            is_key || rest.starts_with('[')
        };
        let lines = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(rest) if is_toml(rest) => rest,
            _ => line,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Returns the keys of an object in the schema; `table.key` for those of an object in it.
    fn keys(schema: &Json, object: &Json, table: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (key, property) in object["properties"].as_object().into_iter().flatten() {
            let reference = property["allOf"][0]["$ref"].as_str().or(property["$ref"].as_str());
            let inner =
                reference.map(|path| &schema["definitions"][path.trim_start_matches("#/definitions/")]);
            match inner.filter(|inner| table.is_empty() && inner["properties"].is_object()) {
                Some(inner) => found.extend(keys(schema, inner, &format!("{key}."))),
                None => drop(found.insert(format!("{table}{key}"))),
            }
        }
        found
    }

    #[test]
    fn template_lists_every_key_of_the_schema() {
        let schema: Json = serde_json::from_str(&config::schema(&Settings::default()).text).unwrap();
        let mut expected = keys(&schema, &schema, "");
        assert!(expected.contains("runtime.version") && expected.contains("package.license"), "{expected:?}");
        assert!(expected.remove("lints"), "its keys are lints");
        let table: Table = uncommented(&text(&Choices::default(), &[])).parse().unwrap();
        let mut found = BTreeSet::new();
        for (key, value) in &table {
            match value.as_table() {
                Some(_) if key == "lints" => {}
                Some(inner) => found.extend(inner.keys().map(|inner| format!("{key}.{inner}"))),
                None => drop(found.insert(key.clone())),
            }
        }
        assert!(table.contains_key("lints"));
        assert_eq!(found, expected);
    }

    #[test]
    fn comments_show_the_defaults() {
        // Keys that exclude each other.
        let is_alternative = |line: &&str| {
            ["git", "branch", "tag", "rev", "license-file"]
                .iter()
                .any(|key| line.starts_with(&format!("{key} =")))
        };
        let all = uncommented(&text(&Choices::default(), &[]));
        let all = all.lines().filter(|line| !is_alternative(line)).collect::<Vec<_>>().join("\n");
        let config = Config::parse(&all).unwrap();
        let defaults = Settings::default();
        assert_eq!(config.spec, Some(defaults.spec));
        assert_eq!(config.output, Some(defaults.output));
        assert_eq!(config.command, Some(defaults.command));
        assert_eq!((config.docs, config.tests), (Some(defaults.docs), Some(defaults.tests)));
        let version = config.runtime.and_then(|runtime| runtime.version);
        assert_eq!(version.as_deref(), defaults.runtime["version"].as_str());
        // Each key has one line of explanation above it.
        for (line, above) in all.lines().skip(1).zip(all.lines()) {
            assert!(
                !line.contains(" = ")
                    || line.starts_with('#')
                    || above.starts_with('#')
                    || above == "[lints]",
                "{line}"
            );
        }
    }

    #[test]
    fn only_chosen_keys_are_in_effect() {
        let config = Config::parse(&text(&Choices::default(), &[])).unwrap();
        let publish = Some(config::Publish::Allowed(false));
        let package = config::Package { publish, ..config::Package::default() };
        assert_eq!(config, Config { package, ..Config::default() });

        let choices = Choices {
            spec: Some("api".into()),
            output: Some("sdk".into()),
            source: Some("../typefoundry".into()),
            xtask: true,
            ..Choices::default()
        };
        let config = Config::parse(&text(&choices, &["license"])).unwrap();
        assert_eq!((config.spec.as_deref(), config.output.as_deref()), (Some("api"), Some("sdk")));
        assert_eq!(config.command.as_deref(), Some("cargo xtask"));
        assert_eq!(
            config.runtime.and_then(|runtime| runtime.path).as_deref(),
            Some("../typefoundry/runtime")
        );
        assert_eq!(config.package.license, Some(Setting::Inherited(Inherited { workspace: true })));
        assert_eq!(config.package.rust_version, None);
    }
}
