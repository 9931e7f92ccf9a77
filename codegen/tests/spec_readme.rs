//! Checks that `spec/README.md` lists every key and code of the language, and that its examples are valid.

use std::collections::BTreeSet;

use crate::common::{in_package, read};
use serde_json::Value;
use typefoundry_codegen::diagnostic::{Code, Diagnostic};
use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;
use typefoundry_codegen::syntax::{self, ApiDecl, ResourceDecl};

fn readme() -> String {
    read(&in_package("../spec/README.md")).replace("\r\n", "\n")
}

#[test]
fn every_code_is_listed_with_its_meaning_and_fix() {
    let readme = readme();
    let is_listed = |code: &Code| {
        let start = format!("| `{}` | {} | ", code.as_str(), code.meaning());
        let rest = readme.lines().find_map(|line| line.strip_prefix(start.as_str())?.strip_suffix(" |"));
        rest.and_then(|rest| rest.split_once(" | ")).is_some_and(|(_, fix)| !fix.trim().is_empty())
    };
    let missing: String = Code::ALL
        .iter()
        .filter(|code| !is_listed(code))
        .map(|code| format!("| `{}` | {} | <severity> | <fix> |\n", code.as_str(), code.meaning()))
        .collect();
    assert!(missing.is_empty(), "spec/README.md lacks under Diagnostics:\n{missing}");
}

#[test]
fn every_key_of_the_schemas_is_documented() {
    let mut keys = BTreeSet::new();
    for file in syntax::schemas(&Settings::default()) {
        collect_keys(&serde_json::from_str(&file.text).expect("the schema is JSON"), &mut keys);
    }
    assert!(keys.contains("self_resource") && keys.contains("max_items"), "the keys are found: {keys:?}");
    let readme = readme();
    let missing: Vec<&String> = keys.iter().filter(|key| !readme.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "spec/README.md lacks the keys {missing:?}");
}

/// Collects all names under `properties`, at any depth.
fn collect_keys(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            object.values().for_each(|value| collect_keys(value, keys));
        }
        Value::Array(items) => items.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}

/// A fenced block of YAML: its text, and the path of the file if the block is a complete one.
type Block = (Option<String>, String);

fn blocks() -> Vec<Block> {
    let readme = readme();
    let mut blocks = Vec::new();
    let mut rest = readme.as_str();
    while let Some((_, fenced)) = rest.split_once("\n```yaml") {
        let (info, fenced) = fenced.split_once('\n').expect("a line ends behind the fence");
        let (text, behind) = fenced.split_once("\n```").expect("a fence that is closed");
        blocks.push((info.trim().strip_prefix("file=").map(str::to_owned), format!("{text}\n")));
        rest = behind;
    }
    blocks
}

#[test]
fn complete_files_generate_without_diagnostics() {
    let sources: Vec<Source> =
        blocks().into_iter().filter_map(|(path, text)| Some(Source::new(path?, text))).collect();
    assert!(sources.len() >= 3, "the whole files are found: {sources:?}");
    let generated = typefoundry_codegen::generate(sources, &Settings::default());
    assert!(generated.diagnostics.is_empty(), "{}", generated.render(false));
    assert!(generated.output.is_some_and(|output| !output.files.is_empty()));
}

#[test]
fn excerpts_are_valid() {
    for (_, text) in blocks().into_iter().filter(|(path, _)| path.is_none()) {
        let as_resource = syntax::read::<ResourceDecl>(&text, 0).problems;
        let as_api = syntax::read::<ApiDecl>(&text, 0).problems;
        assert!(
            as_resource.is_empty() || as_api.iter().all(is_of_the_whole),
            "{text}\n{as_resource:#?}\n{as_api:#?}"
        );
    }
}

/// Whether the problem is caused by a missing part of `api.yaml`.
fn is_of_the_whole(problem: &Diagnostic) -> bool {
    problem.code == Code::MissingKey && problem.span.start == 0
}
