//! The rules of the crates and modules in ARCHITECTURE.md: their dependencies, and the absence of vendors' names.

mod modules;
mod cycles;
mod synthetic;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use self::modules::Crate;

/// Names that each module of `codegen` must not contain. Data flows from the first to the last.
const RULES: &[(&str, &[&str])] = &[
    ("characters.rs", &["crate::"]),
    (
        "doc_text",
        &[
            "crate::source",
            "crate::diagnostic",
            "crate::yaml",
            "crate::syntax",
            "crate::load",
            "crate::resolve",
            "crate::model",
            "crate::rust",
            "crate::markdown",
            "proc_macro2::",
            "quote::",
        ],
    ),
    ("source.rs", &["crate::"]),
    ("value.rs", &["crate::source", "crate::syntax", "crate::model", "crate::rust"]),
    ("type_hints.rs", &["crate::"]),
    ("output.rs", &["crate::"]),
    ("settings.rs", &["crate::source", "crate::syntax", "crate::model", "crate::rust"]),
    ("paths.rs", &["crate::"]),
    (
        "checksums.rs",
        &[
            "crate::yaml",
            "crate::syntax",
            "crate::load",
            "crate::resolve",
            "crate::model",
            "crate::rust",
            "quote::",
        ],
    ),
    (
        "diagnostic.rs",
        &["crate::yaml", "crate::syntax", "crate::model", "crate::rust", "proc_macro2::", "quote::"],
    ),
    (
        "diagnostic",
        &["crate::yaml", "crate::syntax", "crate::model", "crate::rust", "proc_macro2::", "quote::"],
    ),
    (
        "yaml",
        &["crate::syntax", "crate::load", "crate::resolve", "crate::model", "crate::rust", "crate::markdown"],
    ),
    (
        "syntax",
        &["crate::load", "crate::resolve", "crate::model", "crate::rust", "crate::markdown", "proc_macro2::"],
    ),
    ("load", &["crate::resolve", "crate::model", "crate::rust", "crate::markdown"]),
    ("load.rs", &["crate::resolve", "crate::model", "crate::rust", "crate::markdown"]),
    ("resolve", &["crate::rust", "crate::markdown", "crate::manifest", "proc_macro2::", "quote::", "syn::"]),
    ("model", &["crate::yaml", "crate::syntax", "crate::load", "crate::resolve", "crate::rust", "quote::"]),
    (
        "public_api",
        &[
            "crate::yaml",
            "crate::syntax",
            "crate::load",
            "crate::resolve",
            "crate::model",
            "crate::rust",
            "crate::markdown",
            "granit_parser",
        ],
    ),
    (
        "rust",
        &[
            "crate::yaml",
            "crate::syntax",
            "crate::load",
            "crate::resolve",
            "crate::markdown",
            "granit_parser",
        ],
    ),
    (
        "markdown",
        &["crate::yaml", "crate::syntax", "crate::load", "crate::resolve", "quote::", "granit_parser"],
    ),
    (
        "manifest.rs",
        &["crate::yaml", "crate::syntax", "crate::load", "crate::resolve", "quote::", "granit_parser"],
    ),
    (
        "packages.rs",
        &["crate::yaml", "crate::syntax", "crate::load", "crate::resolve", "quote::", "granit_parser"],
    ),
    ("generate.rs", &["proc_macro2::", "quote::", "granit_parser"]),
    ("lib.rs", &["proc_macro2::", "quote::", "granit_parser"]),
];

/// Names that a pure library does not use. Clocks and hash order would make the output nondeterministic.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::process",
    "std::net",
    "std::env",
    "std::thread",
    "time::Instant",
    "SystemTime",
    "std::io",
    "HashMap",
    "HashSet",
];

fn workspace() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for tests");
    Path::new(&package).join("..")
}

/// Returns all Rust files below a folder.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

/// Returns the code of a file without tests and comments, which can name other modules.
fn code(path: &Path, text: &str) -> String {
    let is_test = path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs");
    let code = if is_test { "" } else { text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("") };
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn data_flows_one_way() {
    let root = workspace().join("codegen/src");
    let mut broken = Vec::new();
    for (path, text) in sources(&root) {
        let inner = path.strip_prefix(&root).unwrap();
        let module = inner.components().next().unwrap().as_os_str().to_str().unwrap();
        let (_, forbidden) =
            RULES.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("no rule for {module}"));
        let code = code(&path, &text);
        for word in forbidden.iter().chain(IMPURE).filter(|word| code.contains(**word)) {
            broken.push(format!("{} names `{word}`", inner.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_vendor_is_named() {
    let vendors: Vec<String> = fs::read_dir(workspace().join("spec"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("api.yaml").exists())
        .map(|entry| entry.file_name().to_str().unwrap().split('-').next().unwrap().to_owned())
        .collect();
    assert!(!vendors.is_empty());
    let mut named = Vec::new();
    for part in [
        "codegen/src",
        "codegen/tests",
        "codegen/benches",
        "runtime/src",
        "runtime/tests",
        "runtime/bridges",
        "cli/src",
        "cli/tests",
        "xtask/src",
    ] {
        let folder = workspace().join(part);
        for (path, text) in folder.exists().then(|| sources(&folder)).into_iter().flatten() {
            let text = text.to_lowercase();
            named.extend(
                vendors
                    .iter()
                    .filter(|vendor| text.contains(*vendor))
                    .map(|vendor| format!("{}: {vendor}", path.display())),
            );
        }
    }
    assert!(named.is_empty(), "{}", named.join("\n"));
}

#[test]
fn crates_depend_only_on_allowed_crates() {
    let manifest = |name: &str| fs::read_to_string(workspace().join(name).join("Cargo.toml")).unwrap();
    assert!(!manifest("codegen").contains("typefoundry-runtime"));
    assert!(!manifest("runtime").contains("typefoundry-codegen"));
    let packages = fs::read_dir(workspace().join("generated")).unwrap().map(|entry| entry.unwrap().path());
    for package in packages.filter(|path| path.is_dir()) {
        let text = fs::read_to_string(package.join("Cargo.toml")).unwrap();
        let paths: Vec<&str> =
            text.split("path = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(paths, ["src/lib.rs", "../../runtime"]);
        assert!(!text.contains("reqwest =") && !text.contains("tower-service ="), "{}", package.display());
    }
    let runtime: toml::Table = manifest("runtime").parse().unwrap();
    let dependencies = runtime["dependencies"].as_table().unwrap();
    assert!(!dependencies.contains_key("reqwest"), "its types belong to a bridge");
    for bridge in ["runtime/bridges/reqwest", "runtime/bridges/tower"] {
        let bridge: toml::Table = manifest(bridge).parse().unwrap();
        let own =
            bridge["dependencies"].as_table().unwrap().keys().filter(|name| name.starts_with("typefoundry"));
        assert_eq!(own.collect::<Vec<_>>(), ["typefoundry-runtime"]);
    }
}

/// Tests clones of the repository that share a target folder: they run each other's binaries.
#[test]
fn no_local_path_is_compiled_in() {
    let crates = ["cli", "codegen", "generated", "runtime", "tests", "xtask"];
    let compiled_in = ["env!(\"CARGO_MANIFEST_DIR\"", "env!(\"CARGO_WORKSPACE_DIR\"", "env!(\"OUT_DIR\""];
    let mut found = Vec::new();
    for (path, text) in crates.iter().flat_map(|name| sources(&workspace().join(name))) {
        let passed_over =
            path.ends_with("codegen/tests/layering/main.rs") || path.iter().any(|part| part == "target");
        for word in compiled_in.iter().filter(|word| !passed_over && text.contains(**word)) {
            found.push(format!("{} has `{word}`", path.display()));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The crates whose layers are checked.
const CRATES: [&str; 3] = ["cli", "codegen", "runtime"];

fn crate_of(name: &str) -> Crate {
    let root = workspace().join(name).join("src");
    let file = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    let found: Vec<_> = sources(&root).into_iter().map(|(path, text)| (file(&path), text)).collect();
    Crate::read(&found)
}

#[test]
fn files_have_no_import_cycles() {
    let mut found = Vec::new();
    for name in CRATES {
        let imports = crate_of(name).imports();
        assert!(imports.len() > 10, "found only {} imports in {name}", imports.len());
        found.extend(cycles::cycles(&imports).into_iter().map(|cycle| format!("in {name}:\n{cycle}")));
    }
    assert!(found.is_empty(), "files import each other:\n{}", found.join("\n"));
}

#[test]
fn modules_import_only_earlier_ones() {
    for name in CRATES {
        let of = crate_of(name);
        let found = cycles::against_order(&of, &of.imports());
        assert!(found.is_empty(), "{name} imports modules that are declared later:\n{}", found.join("\n"));
    }
}

/// With `autotests = false`, cargo ignores a file that no manifest and no module names, and its tests never run.
#[test]
fn every_test_file_is_compiled() {
    for name in ["codegen", "runtime"] {
        let root = workspace().join(name);
        let manifest: toml::Table = fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
        let binaries = manifest["test"].as_array().unwrap().iter().filter_map(|test| test["name"].as_str());
        let all = fs::read_to_string(root.join("tests/all.rs")).unwrap();
        let modules = all.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
        let compiled: BTreeSet<&str> = binaries.chain(modules).collect();
        for entry in fs::read_dir(root.join("tests")).unwrap() {
            let path = entry.unwrap().path();
            let has_tests = match path.is_dir() {
                true => path.join("mod.rs").exists() || path.join("main.rs").exists(),
                false => path.extension().is_some_and(|ending| ending == "rs"),
            };
            let module = path.file_stem().unwrap().to_str().unwrap();
            assert!(!has_tests || compiled.contains(module), "add `mod {module};` to {name}/tests/all.rs");
        }
    }
}
