//! Tests of file names that cannot be stored in `tests/diagnostics`, since some systems could not check them out.

use crate::common::default_api;
use typefoundry_codegen::diagnostic::{Code, Diagnostic};
use typefoundry_codegen::settings::{Neighbor, Settings};
use typefoundry_codegen::source::Source;
use typefoundry_codegen::{Generated, generate};

fn with_files(files: &[&str]) -> Generated {
    let sources = files.iter().map(|path| Source::new(*path, "doc: Things of Users.\n"));
    generate(sources.chain([default_api()]), &Settings::default())
}

fn only(run: &Generated) -> &Diagnostic {
    let [problem] = run.diagnostics.as_slice() else { panic!("{}", run.render(false)) };
    problem
}

#[test]
fn files_that_differ_in_case_alone_are_reported() {
    let run = with_files(&["acme/Teams.yaml", "acme/teams.yaml"]);
    let problem = only(&run);
    assert_eq!(problem.code, Code::InvalidFileName);
    let message =
        "`spec/acme/Teams.yaml` and `spec/acme/teams.yaml` are one file on systems that ignore case";
    assert_eq!(problem.message, message);
    assert_eq!(problem.help.as_deref(), Some("merge the two files, or give one of them another name"));
}

#[test]
fn windows_device_name_is_not_a_valid_file_name() {
    for device in ["con", "aux", "nul", "prn", "com1", "lpt9"] {
        let run = with_files(&[&format!("acme/{device}.yaml")]);
        let problem = only(&run);
        assert_eq!(problem.code, Code::InvalidFileName);
        assert!(problem.label.contains("device on Windows"), "{}", problem.label);
        assert_eq!(problem.help, Some(format!("rename the file to `spec/acme/{device}_.yaml`")));
        // The advice results in a valid name.
        assert!(with_files(&[&format!("acme/{device}_.yaml")]).diagnostics.is_empty());
    }
}

/// Takes the names from the manifest, so that later features are included.
#[test]
fn resource_with_the_name_of_a_feature_gets_a_suffix() {
    let features = |run: &Generated| -> toml::Table {
        let output = run.output.as_ref().unwrap_or_else(|| panic!("{}", run.render(false)));
        let manifest = output.files.iter().find(|file| file.path.ends_with("/Cargo.toml"));
        let manifest: toml::Table = manifest.expect("a manifest").text.parse().expect("no key twice");
        manifest["features"].as_table().expect("features").clone()
    };
    let own = features(&generate([default_api()], &Settings::default()));
    assert!(own.len() >= 9, "{own:?}");
    for feature in own.keys().map(String::as_str).chain(["pkce"]) {
        let run = with_files(&[&format!("acme/{feature}.yaml")]);
        if feature.contains('-') {
            assert_eq!(only(&run).code, Code::InvalidFileName, "{feature}");
        } else {
            let features = features(&run);
            assert!(features.contains_key(&format!("{feature}_")), "{feature}: {features:?}");
            let kept = own.get(feature);
            assert!(feature == "resources" || features.get(feature) == kept, "{feature}: {features:?}");
        }
    }
}

fn named(package: &str) -> Source {
    let api = default_api();
    Source::new(api.path, api.text.replace("name: acme", &format!("name: {package}")))
}

#[test]
fn package_name_that_cargo_reserves_is_reported() {
    let taken = "the name of a crate that every generated package depends on";
    let toolchain = "the name of a crate of the Rust toolchain";
    let reserved = [
        ("serde_json", taken),
        ("serde-json", taken),
        ("typefoundry-runtime", taken),
        ("core", toolchain),
        ("proc-macro", toolchain),
        ("test", toolchain),
        ("async", "a keyword of Rust"),
        ("self", "a keyword of Rust"),
        ("nul", "a device on Windows, where no folder can have this name"),
    ];
    for (name, why) in reserved {
        let run = generate([named(name)], &Settings::default());
        assert_eq!((only(&run).code, only(&run).label.as_str()), (Code::ReservedName, why), "{name}");
    }
}

#[test]
fn package_name_of_a_neighbor_is_reported_with_its_manifest() {
    let neighbors = vec![Neighbor { name: "my-tool".into(), manifest: "tools/Cargo.toml".into() }];
    let settings = Settings { neighbors, ..Settings::default() };
    for name in ["my-tool", "my_tool"] {
        let run = generate([named(name)], &settings);
        assert_eq!(only(&run).code, Code::NameCollision);
        assert_eq!(only(&run).message, "the workspace already has the package `my-tool`");
        assert!(only(&run).label.contains("tools/Cargo.toml"), "{}", only(&run).label);
    }
    assert!(generate([named("my-tools")], &settings).diagnostics.is_empty());
}

#[test]
fn package_names_of_the_same_crate_are_reported() {
    let other = Source::new("other/api.yaml", named("acme-sdk").text);
    let run = generate([named("acme_sdk"), other], &Settings::default());
    assert_eq!(only(&run).message, "the packages `acme-sdk` and `acme_sdk` are one crate in Rust");
}
