//! Problems that `typefoundry init` reports before it writes a file.

use crate::common::{contents, repository, stderr, typefoundry};

/// Each of these prints one error, and changes nothing.
#[test]
fn problem_writes_nothing() {
    let workspace = "[workspace]\nmembers = [\"*\"]\n";
    let package = |name: &str| format!("[package]\nname = \"{name}\"\n");
    let (xtask, acme) = (package("xtask"), package("acme"));
    type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c [&'c str], &'c str);
    let cases: &[Case<'_>] = &[
        (
            "invalid name",
            &[],
            &["--api", "My API"],
            "error: `My API` is not a valid name of an API: not a lower-case ASCII letter followed by such letters, digits, `-` and \
             `_`",
        ),
        (
            "name of a description",
            &[("spec/acme/api.yaml", "")],
            &["--api", "acme"],
            "error: spec/acme already exists: leave out --api to keep the descriptions without a sample, or ",
        ),
        (
            "reserved name",
            &[],
            &["--api", "core"],
            "error: choose another name with --api, which is also a package name: `core` cannot be the name of a package (the name \
             of a crate of the Rust toolchain); nothing was written",
        ),
        (
            "settings exist",
            &[("typefoundry.toml", "")],
            &[],
            "typefoundry.toml already exists; `typefoundry new api <name>`",
        ),
        ("invalid manifest", &[("Cargo.toml", "[package")], &[], "error: failed to read "),
        ("folder outside", &[], &["--out", "../sdk"], "is not a folder below this file"),
        ("folders within each other", &[], &["--out", "spec/out"], "share a folder"),
        ("other files in spec", &[("spec/app_spec.rb", "")], &[], "choose another one with --spec"),
        (
            "other files in generated",
            &[("generated/build.log", "")],
            &[],
            "error: generated/build.log would be among the generated files",
        ),
        (
            "two other files in generated",
            &[("generated/a.log", ""), ("generated/b.log", "")],
            &[],
            "error: generated/a.log and 1 more file(s) would be among the generated files",
        ),
        (
            "another package of that name",
            &[("Cargo.toml", workspace), ("acme/Cargo.toml", &acme)],
            &[],
            "error: choose another name with --api, ",
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
        ("folder below a file", &[("sdk", "")], &["sdk/a/b"], "sdk is not a folder; nothing was written"),
        (
            "another alias",
            &[(".cargo/config.toml", "alias.xtask = \"run -p tool\"")],
            &["--xtask"],
            "has another alias `xtask`: add the commands",
        ),
        (
            "xtask outside of the workspace",
            &[("xtask/Cargo.toml", &xtask)],
            &["--xtask"],
            "error: xtask/Cargo.toml already exists: add the commands of the crate",
        ),
        (
            "members in subfolders",
            &[("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n")],
            &["--out", "crates/sdk"],
            "contains `crates/*`, which matches folders without a package: crates/sdk; Cargo would report an error: choose \
             another folder, or other ones with --out and --spec",
        ),
        (
            "the folder is a member",
            &[("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"), ("crates/sdk/x", "")],
            &["crates/sdk"],
            "`members` in ../../Cargo.toml contains `crates/*`, which matches folders without a package: crates/sdk; ",
        ),
        (
            "all folders are members",
            &[("Cargo.toml", workspace)],
            &["--xtask"],
            "contains `*`, which matches folders without a package: .cargo, .github, generated, spec; ",
        ),
        (
            "excluded output",
            &[("Cargo.toml", "[workspace]\nexclude = [\"generated\"]\n")],
            &[],
            "`exclude` in Cargo.toml contains generated, so its packages cannot be members of the workspace",
        ),
        ("pattern", &[], &["--out", "a[b]"], "the path a[b] contains `*`, `?`, `[` or `]`"),
        (
            "pattern above",
            &[("Cargo.toml", "[workspace]\n"), ("a*/x", "")],
            &["a*"],
            "the path a*/generated contains `*`",
        ),
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
