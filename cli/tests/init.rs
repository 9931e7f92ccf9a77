//! Runs `typefoundry init` in new and existing folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use walkdir::WalkDir;

/// Creates a git repository with these files.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn typefoundry(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_typefoundry"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    assert_eq!(stderr(output), "");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Returns the texts of all files and the names of all folders.
fn contents(folder: &Path) -> BTreeMap<String, Option<String>> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let texts = entries.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (path, entry.file_type().is_file().then(|| fs::read_to_string(entry.path()).unwrap()))
    });
    texts.collect()
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

/// Runs cargo, which must succeed.
fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the names of the members of the workspace.
fn members(folder: &Path) -> Vec<String> {
    let metadata = cargo(folder, &["metadata", "--no-deps", "--offline", "--format-version=1"]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let mut names: Vec<_> =
        packages.iter().map(|package| package["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn new_folder_becomes_a_workspace() {
    let folder = repository(&[]);
    let printed = stdout(&typefoundry(folder.path(), &["init", "sdk", "--api", "payments"]));
    let root = folder.path().join("sdk");
    let created = [
        "sdk/typefoundry.toml",
        "sdk/spec/payments/api.yaml",
        "sdk/spec/payments/tasks.yaml",
        "sdk/Cargo.toml",
        "sdk/.gitattributes",
        "sdk/.gitignore",
        ".github/workflows/typefoundry.yml",
    ];
    let created: String = created.iter().map(|path| format!("created: {path}\n")).collect();
    assert!(printed.starts_with(&created), "{printed}");
    assert!(printed.contains("\nwritten: generated/payments/Cargo.toml\n"), "{printed}");
    assert!(
        printed.contains("\nnext steps:\n  1. `cd sdk`\n  2. `cargo test -p payments` tests"),
        "{printed}"
    );
    assert_eq!(read(&root, "Cargo.toml"), "[workspace]\nmembers = [\"generated/*\"]\nresolver = \"3\"\n");
    assert_eq!(members(&root), ["payments"]);
    assert!(read(folder.path(), ".github/workflows/typefoundry.yml").contains("working-directory: sdk\n"));
    assert_eq!(read(&root, ".gitignore"), "/target\n");
    // `check` denies warnings.
    assert!(stdout(&typefoundry(&root, &["check"])).ends_with("match spec/\n"));
    assert!(contents(&root).keys().all(|path| !path.contains("typefoundry-tmp")));
}

#[test]
fn existing_workspace_keeps_its_files() {
    let manifest = "# Ours.\n[workspace]\nresolver = \"2\"\nmembers = [\n    \"app\", # the server\n]\n\n\
        [workspace.package]\nlicense = \"MIT\"\nedition = \"2021\"\nrust-version = \"1.90\"\n";
    let folder = repository(&[
        ("Cargo.toml", manifest),
        ("app/Cargo.toml", "[package]\nname = \"app\"\n"),
        ("app/src/lib.rs", ""),
        (".gitattributes", "*.png binary\r\n"),
        (".cargo/config.toml", "[build]\njobs = 2 # a small machine\n"),
        (".github/workflows/typefoundry.yml", "# mine\n"),
        ("LICENSE", "All rights reserved.\n"),
    ]);
    let root = folder.path();
    // Cargo runs tests in the folder of their package.
    let source = std::env::current_dir().unwrap().join("..");
    let printed = stdout(&typefoundry(root, &["init", "--xtask", "--source", source.to_str().unwrap()]));
    for line in [
        "created: typefoundry.toml",
        "changed: Cargo.toml",
        "created: xtask/Cargo.toml",
        "created: xtask/src/main.rs",
        "changed: .cargo/config.toml",
        "changed: .gitattributes",
        "kept: .github/workflows/typefoundry.yml (already exists)",
        "written: generated/acme/LICENSE",
    ] {
        assert!(printed.contains(&format!("{line}\n")), "{line}: {printed}");
    }
    let edited = manifest.replace("# the server\n", "# the server\n    \"xtask\",\n    \"generated/*\",\n");
    assert_eq!(read(root, "Cargo.toml"), edited);
    assert_eq!(
        read(root, ".cargo/config.toml"),
        "[build]\njobs = 2 # a small machine\n\n[alias]\nxtask = \"run --quiet --package xtask --\"\n"
    );
    assert!(
        read(root, ".gitattributes")
            .starts_with("*.png binary\r\n\r\n# Files that Typefoundry generates.\r\n")
    );
    assert_eq!(read(root, ".github/workflows/typefoundry.yml"), "# mine\n");
    let generated = read(root, "generated/acme/Cargo.toml");
    assert!(
        generated.contains("license.workspace = true\n")
            && generated.contains("rust-version.workspace = true\n")
    );
    assert!(
        generated.contains("edition = \"2024\"\n") && generated.contains("publish = false\n"),
        "{generated}"
    );
    assert!(generated.starts_with("# @generated by `cargo xtask generate` from spec/acme/api.yaml."));
    assert_eq!(members(root), ["acme", "app", "xtask"]);
    assert!(!root.join(".gitignore").exists());
}

#[test]
fn package_becomes_a_workspace() {
    let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let folder = repository(&[("Cargo.toml", manifest), ("src/main.rs", "fn main() {}\n")]);
    let printed =
        stdout(&typefoundry(folder.path(), &["init", "--ci", "none", "--spec", "api", "--out", "sdk"]));
    assert!(printed.contains("created: api/acme/api.yaml\n") && !printed.contains("github"), "{printed}");
    assert_eq!(
        read(folder.path(), "Cargo.toml"),
        format!("{manifest}\n[workspace]\nmembers = [\"sdk/*\"]\n")
    );
    assert_eq!(members(folder.path()), ["acme", "app"]);
    assert!(stdout(&typefoundry(folder.path(), &["check"])).ends_with("match api/\n"));
}

#[test]
fn folder_below_a_workspace_joins_it() {
    let folder = repository(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"app\"]\nexclude = [\"tools\"]\n"),
        ("app/Cargo.toml", "[package]\nname = \"app\"\n"),
        ("app/src/lib.rs", ""),
    ]);
    fs::create_dir_all(folder.path().join("libs/sdk")).unwrap();
    let printed = stdout(&typefoundry(&folder.path().join("libs/sdk"), &["init"]));
    assert!(printed.contains("changed: ../../Cargo.toml\n"), "{printed}");
    assert_eq!(members(folder.path()).len(), 2);
    assert!(!folder.path().join("libs/sdk/Cargo.toml").exists());
    // An excluded folder has a workspace of its own.
    stdout(&typefoundry(folder.path(), &["init", "tools", "--api", "other"]));
    assert_eq!(members(&folder.path().join("tools")), ["other"]);
}

#[test]
fn existing_descriptions_need_no_sample() {
    let folder = repository(&[]);
    stdout(&typefoundry(folder.path(), &["init", "--api", "books"]));
    // The descriptions remain.
    for path in ["generated", "spec/schema"] {
        fs::remove_dir_all(folder.path().join(path)).unwrap();
    }
    for path in ["typefoundry.toml", "generated.sha256"] {
        fs::remove_file(folder.path().join(path)).unwrap();
    }
    let printed = stdout(&typefoundry(folder.path(), &["init"]));
    assert!(!printed.contains("created: spec"), "{printed}");
    assert!(printed.contains("  1. run `typefoundry generate` after each change in spec/\n"), "{printed}");
    assert_eq!(members(folder.path()), ["books"]);
}

/// Each of these prints one error, and changes nothing.
#[test]
fn problem_writes_nothing() {
    let workspace = "[workspace]\nmembers = [\"*\"]\n";
    let package = |name: &str| format!("[package]\nname = \"{name}\"\n");
    let (xtask, acme) = (package("xtask"), package("acme"));
    let cases: &[(&str, &[(&str, &str)], &[&str], &str)] = &[
        ("invalid name", &[], &["--api", "My API"], "error: `My API` is not a valid name of an API: "),
        ("reserved name", &[], &["--api", "core"], "package name"),
        (
            "settings exist",
            &[("typefoundry.toml", "")],
            &[],
            "typefoundry.toml already exists; `typefoundry new api <name>`",
        ),
        ("invalid manifest", &[("Cargo.toml", "[package")], &[], "error: failed to read "),
        ("folder outside", &[], &["--out", "../sdk"], "`output` is not a folder: "),
        ("folders within each other", &[], &["--out", "spec/out"], "share a folder"),
        ("other files in spec", &[("spec/app_spec.rb", "")], &[], "choose another one with --spec"),
        (
            "other files in generated",
            &[("generated/build.log", "")],
            &[],
            "error: generated/build.log would be among the generated files",
        ),
        (
            "another package of that name",
            &[("Cargo.toml", workspace), ("acme/Cargo.toml", &acme)],
            &[],
            "choose another one with --api",
        ),
        (
            "another xtask",
            &[("Cargo.toml", workspace), ("xtask/Cargo.toml", &xtask)],
            &["--xtask"],
            "error: the workspace has a package `xtask` in xtask/Cargo.toml: ",
        ),
        (
            "invalid alias",
            &[(".cargo/config.toml", "[alias")],
            &["--xtask"],
            "failed to read .cargo/config.toml",
        ),
        ("no clone", &[], &["--source", "."], "is not a clone of Typefoundry's repository"),
        ("file", &[("sdk", "")], &["sdk"], "sdk is not a folder"),
        (
            "file in the way",
            &[(".github", "")],
            &[],
            "failed to read .github/workflows/typefoundry.yml, so nothing was written",
        ),
    ];
    for (name, files, arguments, expected) in cases {
        let folder = repository(files);
        let before = contents(folder.path());
        let output = typefoundry(folder.path(), &[&["init"], *arguments].concat());
        let error = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(error.contains(expected), "{name}: {error}");
        assert_eq!(contents(folder.path()), before, "{name}");
        assert!(output.stdout.is_empty(), "{name}");
    }
}
