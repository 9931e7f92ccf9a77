//! The versions of the crates, and the oldest Rust versions that they support.

use std::cmp::Ordering;

use super::workspace::{Crate, Workspace};

/// The crates that share the version of the release. The others have versions of their own: a generated package follows its API, and
/// a bridge follows its library.
pub const SHARED: [&str; 3] = ["typefoundry", "typefoundry-codegen", "typefoundry-runtime"];

/// Returns the crates with a version of their own.
pub fn own_versions<'w>(crates: &[&'w Crate]) -> Vec<&'w Crate> {
    crates.iter().copied().filter(|krate| !SHARED.contains(&krate.name.as_str())).collect()
}

/// Checks that the shared crates have one version, and that crates require the current versions of each other.
pub fn check_versions(workspace: &Workspace, version: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for name in SHARED {
        match workspace.get(name).map(|krate| krate.version.as_str()) {
            Some(found) if found == version => {}
            Some(found) => problems.push(format!("{name} has the version {found}; the release is {version}")),
            None => problems.push(format!("{name} is not a member of the workspace")),
        }
    }
    for krate in workspace.published() {
        for dependency in krate.dependencies.iter().filter(|dependency| dependency.path.is_some()) {
            let Some(required) = workspace.get(&dependency.name) else { continue };
            let (name, on, req) = (&krate.name, &dependency.name, &dependency.req);
            if dependency.is_dev() {
                // Cargo removes a path dependency without a version, and otherwise searches the registry for the crate.
                if req != "*" {
                    problems.push(format!("{name}: remove the version of the dev-dependency on {on}"));
                }
            } else if !required.is_published() {
                problems.push(format!("{name} depends on {on}, which is not published"));
            } else if *req != format!("^{}", required.version) {
                problems
                    .push(format!("{name} requires {on} {req}, which has the version {}", required.version));
            }
        }
    }
    problems
}

/// Checks that each crate declares a Rust version that its dependencies in the workspace support, and that the runtime declares that
/// of the generated packages.
pub fn check_rust_versions(workspace: &Workspace, of_packages: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for krate in workspace.published() {
        let name = &krate.name;
        let Some(own) = &krate.rust_version else {
            problems.push(format!("{name} has no rust-version"));
            continue;
        };
        for dependency in krate.local_dependencies() {
            let required = workspace.get(&dependency.name).and_then(|krate| krate.rust_version.as_ref());
            if let Some(required) = required.filter(|required| compare(own, required) == Ordering::Less) {
                let on = &dependency.name;
                problems.push(format!("{name} has the rust-version {own}, but {on} requires {required}"));
            }
        }
    }
    let runtime = workspace.get("typefoundry-runtime").and_then(|krate| krate.rust_version.as_deref());
    if runtime != Some(of_packages) {
        problems.push(format!(
            "typefoundry-runtime has the rust-version {}, and generated packages have {of_packages}",
            runtime.unwrap_or("none")
        ));
    }
    problems
}

/// Compares versions such as `1.88`, number by number.
fn compare(a: &str, b: &str) -> Ordering {
    let numbers = |text: &str| text.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u64>>();
    numbers(a).cmp(&numbers(b))
}

#[cfg(test)]
mod tests {
    use typefoundry_codegen::settings::RUST_VERSION;

    use super::super::workspace::{Crate, Dependency, Workspace};
    use super::{check_rust_versions, check_versions, own_versions};

    fn krate(name: &str, version: &str, on: &[(&str, &str, Option<&str>)]) -> Crate {
        let dependency = |&(name, req, kind): &(&str, &str, Option<&str>)| Dependency {
            name: name.to_owned(),
            req: req.to_owned(),
            kind: kind.map(str::to_owned),
            path: Some("/".to_owned()),
        };
        Crate {
            name: name.to_owned(),
            version: version.to_owned(),
            rust_version: Some("1.88".to_owned()),
            dependencies: on.iter().map(dependency).collect(),
            ..Crate::default()
        }
    }

    fn workspace() -> Workspace {
        let dev = Some("dev");
        Workspace {
            crates: vec![
                krate("acme", "0.3.0", &[("typefoundry-runtime", "^0.1.0", None)]),
                krate("typefoundry", "0.1.0", &[("typefoundry-codegen", "^0.1.0", None)]),
                krate("typefoundry-codegen", "0.1.0", &[]),
                krate("typefoundry-runtime", "0.1.0", &[("acme", "*", dev)]),
            ],
        }
    }

    #[test]
    fn crates_have_the_shared_version_or_their_own() {
        assert_eq!(check_versions(&workspace(), "0.1.0"), [""; 0]);
        let own: Vec<_> =
            own_versions(&workspace().published()).iter().map(|krate| krate.name.clone()).collect();
        assert_eq!(own, ["acme"]);
    }

    #[test]
    fn wrong_versions_are_all_reported() {
        let mut wrong = workspace();
        wrong.crates[0].dependencies[0].req = "^0.1".to_owned();
        wrong.crates[1].version = "0.2.0".to_owned();
        wrong.crates[2].publish = Some(Vec::new());
        wrong.crates[3].dependencies[0].req = "^0.3.0".to_owned();
        assert_eq!(
            check_versions(&wrong, "0.1.0"),
            [
                "typefoundry has the version 0.2.0; the release is 0.1.0",
                "acme requires typefoundry-runtime ^0.1, which has the version 0.1.0",
                "typefoundry depends on typefoundry-codegen, which is not published",
                "typefoundry-runtime: remove the version of the dev-dependency on acme",
            ]
        );
        assert_eq!(check_versions(&Workspace::default(), "0.1.0").len(), 3);
    }

    #[test]
    fn wrong_rust_versions_are_all_reported() {
        assert_eq!(check_rust_versions(&workspace(), "1.88"), [""; 0]);
        let mut wrong = workspace();
        wrong.crates[0].rust_version = None;
        wrong.crates[1].rust_version = Some("1.9".to_owned());
        assert_eq!(
            check_rust_versions(&wrong, "1.85"),
            [
                "acme has no rust-version",
                "typefoundry has the rust-version 1.9, but typefoundry-codegen requires 1.88",
                "typefoundry-runtime has the rust-version 1.88, and generated packages have 1.85",
            ]
        );
    }

    #[test]
    fn readmes_state_the_rust_version() {
        let repository = crate::this_repository();
        let workspace = super::super::cargo::metadata(&repository).unwrap();
        let handwritten = ["cli", "codegen", "runtime", "runtime/bridges/reqwest", "runtime/bridges/tower"];
        for folder in handwritten {
            let manifest = repository.path(&format!("{folder}/Cargo.toml"));
            let manifest = manifest.to_string_lossy();
            let krate = workspace.crates.iter().find(|krate| krate.manifest_path == manifest).expect(folder);
            let readme = repository.read(&format!("{folder}/README.md")).unwrap().expect(folder);
            let (_, stated) = readme.split_once("minimum Rust version ").expect(folder);
            let stated = stated.lines().next().unwrap_or_default();
            let declared = krate.rust_version.as_deref().expect(folder);
            assert!(stated.contains(&format!("is {declared}")), "{folder}: {stated}");
        }
    }

    #[test]
    fn readmes_of_the_bridges_state_their_versions() {
        let repository = crate::this_repository();
        let workspace = super::super::cargo::metadata(&repository).unwrap();
        for (name, library) in [("reqwest", "reqwest"), ("tower", "tower-service")] {
            let krate = workspace.get(&format!("typefoundry-{name}")).expect(name);
            let (version, _) = krate.version.rsplit_once('.').expect(name);
            let readme = repository.read(&format!("runtime/bridges/{name}/README.md")).unwrap().expect(name);
            let prose = readme.replace('`', "");
            assert!(
                prose.contains(&format!("version {version} of this crate is for {library} {version}.")),
                "{name}"
            );
            // The lines of the example in TOML.
            let stated = |package: &str| {
                let value = readme.lines().find_map(|line| line.strip_prefix(package)?.strip_prefix(" = "));
                value.and_then(|value| value.split('"').nth(1))
            };
            assert_eq!(stated(&krate.name), Some(version), "{name}");
            let mut required = 0;
            for dependency in &krate.dependencies {
                if let Some(stated) = stated(&dependency.name) {
                    let req = dependency.req.trim_start_matches('^');
                    assert!(
                        req == stated || req.starts_with(&format!("{stated}.")),
                        "{}: {req}",
                        dependency.name
                    );
                    required += 1;
                }
            }
            assert!(required > 0, "{name}: the example has the library");
        }
    }

    #[test]
    fn runtime_and_generated_packages_declare_one_rust_version() {
        let workspace = super::super::cargo::metadata(&crate::this_repository()).unwrap();
        assert_eq!(check_rust_versions(&workspace, RUST_VERSION), [""; 0]);
        let packages = own_versions(&workspace.published());
        let declared: Vec<_> = packages.iter().map(|krate| krate.rust_version.as_deref()).collect();
        assert!(declared.len() >= 2 && declared.iter().all(|it| *it == Some(RUST_VERSION)), "{declared:?}");
    }
}
