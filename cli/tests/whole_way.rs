//! The whole way outside of this workspace: from an empty folder to a packed SDK, and an app that uses it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;
use toml::Table;
use wait4::Wait4 as _;

use crate::common::{contents, read, stderr, stdout, typefoundry};

/// The package without a transport, which takes few dependencies and little time.
const LEAN: &[&str] = &["--no-default-features", "--features", "resources,blocking"];

/// A folder in which Cargo uses the crates of this workspace in place of published ones, and no network.
struct Outside {
    folder: TempDir,
    /// This workspace.
    workspace: PathBuf,
}

impl Outside {
    fn new() -> Self {
        // Cargo runs tests in the folder of their package.
        let workspace = std::env::current_dir().unwrap().parent().unwrap().to_owned();
        let outside = Self { folder: tempfile::tempdir().unwrap(), workspace };
        let mut patches = Table::new();
        for (name, folder) in [("typefoundry", "cli"), ("typefoundry-runtime", "runtime")] {
            let path = outside.workspace.join(folder).to_str().unwrap().to_owned();
            patches.insert(name.to_owned(), Table::from_iter([("path".to_owned(), path.into())]).into());
        }
        let patches = Table::from_iter([("crates-io".to_owned(), patches.into())]);
        let config = Table::from_iter([("patch".to_owned(), patches.into())]);
        fs::create_dir(outside.path(".cargo")).unwrap();
        fs::write(outside.path(".cargo/config.toml"), config.to_string()).unwrap();
        outside
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Locks the versions of this workspace, which Cargo has fetched.
    fn lock(&self, folder: &str) {
        fs::copy(self.workspace.join("Cargo.lock"), self.path(folder).join("Cargo.lock")).unwrap();
    }

    /// The target folder, which all runs of these tests share.
    fn target() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("whole-way")
    }

    /// Runs cargo, which must succeed, and prints its cost. Returns its output.
    fn cargo(&self, folder: &str, arguments: &[&str]) -> String {
        let path = self.path("cargo.log");
        let log = File::create(&path).unwrap();
        let start = Instant::now();
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).current_dir(self.path(folder)).stdin(Stdio::null());
        command.stdout(log.try_clone().unwrap()).stderr(log);
        command.env("CARGO_TARGET_DIR", Self::target()).env("CARGO_NET_OFFLINE", "true");
        // Nothing needs debug information or a second build.
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
        let ended = command.spawn().unwrap().wait4().unwrap();
        let output = fs::read_to_string(&path).unwrap();
        let line = arguments.join(" ");
        assert!(ended.status.success(), "cargo {line}:\n{output}");
        let cpu = (ended.rusage.utime + ended.rusage.stime).as_secs_f64();
        println!("{:6.1} s {cpu:6.1} s CPU  cargo {line}", start.elapsed().as_secs_f64());
        output
    }
}

#[test]
fn empty_folder_becomes_a_packed_sdk() {
    let outside = Outside::new();
    let sdk = outside.path("sdk");
    fs::create_dir(&sdk).unwrap();
    fs::write(sdk.join("LICENSE"), "All rights reserved.\n").unwrap();

    stdout(&typefoundry(&sdk, &["init"]));
    let before = contents(&sdk);
    let again = stdout(&typefoundry(&sdk, &["generate"]));
    assert!(
        again.contains("\n0 written, 0 removed, 23 unchanged in ") && !again.contains("written:"),
        "{again}"
    );
    assert_eq!(contents(&sdk), before);

    outside.lock("sdk");
    let tested = outside.cargo("sdk", &[&["test", "--package", "acme"], LEAN].concat());
    assert!(
        tested.contains("test tasks::create ... ok") && tested.contains("tasks::Tasks<'c>::get"),
        "{tested}"
    );

    // A new value of an enum changes the code and the docs.
    let tasks = read(&sdk, "spec/acme/tasks.yaml");
    let value = "      done: The task is complete.\n";
    let changed = tasks.replace(value, &format!("{value}      canceled: The task is not needed.\n"));
    assert_ne!(tasks, changed);
    fs::write(sdk.join("spec/acme/tasks.yaml"), changed).unwrap();
    let check = typefoundry(&sdk, &["check"]);
    let printed = String::from_utf8(check.stdout.clone()).unwrap();
    assert_eq!(check.status.code(), Some(1));
    assert!(printed.contains("stale: generated/acme/src/tasks/types.rs\n"), "{printed}");
    assert!(
        printed
            .ends_with("do not match the descriptions; run `typefoundry generate` and commit the result\n\n")
    );
    stdout(&typefoundry(&sdk, &["generate"]));
    stdout(&typefoundry(&sdk, &["check"]));

    let packed = outside.cargo("sdk", &[&["package", "--package", "acme"], LEAN].concat());
    assert!(packed.contains("Verifying acme v0.1.0"), "{packed}");
    // Cargo has unpacked the package to verify it.
    let unpacked = Outside::target().join("package/acme-0.1.0");
    assert_eq!(read(&unpacked, "LICENSE"), "All rights reserved.\n");
    assert!(read(&unpacked, "README.md").contains("# acme\n"));
    assert!(read(&unpacked, "src/tasks/types.rs").contains("Canceled"));
    let manifest: Table = read(&unpacked, "Cargo.toml").parse().unwrap();
    let runtime = &manifest["dependencies"]["typefoundry-runtime"];
    assert!(runtime.get("path").is_none() && runtime["version"].is_str(), "{runtime}");
    let places = [outside.folder.path(), &outside.workspace].map(|place| place.to_str().unwrap().to_owned());
    for (path, text) in contents(&unpacked) {
        let text = text.unwrap_or_default();
        assert!(!places.iter().any(|place| text.contains(place)), "{path} names a folder of this machine");
    }

    // The folder of the package is all that it needs.
    fs::create_dir_all(outside.path("elsewhere")).unwrap();
    copy(&sdk.join("generated/acme"), &outside.path("elsewhere/acme"));
    outside.lock("elsewhere/acme");
    outside.cargo("elsewhere/acme", &[&["check"], LEAN].concat());
}

#[test]
fn existing_workspace_uses_its_sdk() {
    let outside = Outside::new();
    let root = outside.path("company");
    fs::create_dir_all(root.join("app/src")).unwrap();
    fs::write(root.join("Cargo.toml"), "[workspace]\nmembers = [\"app\"]\nresolver = \"3\"\n").unwrap();
    let app = "[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2024\"\n\n[dependencies]\n";
    fs::write(root.join("app/Cargo.toml"), app).unwrap();
    fs::write(root.join("app/src/lib.rs"), "").unwrap();

    let source = outside.workspace.to_str().unwrap();
    stdout(&typefoundry(&root, &["init", "--xtask", "--api", "payments", "--source", source]));

    let package =
        "payments = { path = \"../generated/payments\", default-features = false, features = [\"tasks\"] }\n";
    fs::write(root.join("app/Cargo.toml"), format!("{app}{package}")).unwrap();
    let program =
        "pub async fn title(client: &payments::Client, id: &str) -> Result<String, payments::Error> {
    Ok(client.tasks().get(payments::tasks::TaskId::new(id)).await?.title)
}
";
    fs::write(root.join("app/src/lib.rs"), program).unwrap();
    outside.lock("company");
    outside.cargo("company", &["check", "--package", "app"]);
    // Cargo finds the dependencies of all members, and can run the alias.
    let tree = outside.cargo("company", &["tree", "--package", "xtask", "--depth", "1", "--prefix", "none"]);
    assert!(tree.contains("xtask v0.0.0") && tree.contains("typefoundry v"), "{tree}");
    let help = outside.cargo("company", &["--list"]);
    assert!(help.contains("xtask") && help.contains("run --quiet --package xtask --"), "{help}");

    // The package of an API that another member uses is not removed.
    fs::remove_dir_all(root.join("spec/payments")).unwrap();
    stdout(&typefoundry(&root, &["new", "api", "other"]));
    let removed = typefoundry(&root, &["generate", "--remove-package", "payments"]);
    assert!(stderr(&removed).contains("app/Cargo.toml depends on it; remove that dependency first"));
}

/// Copies a folder with its files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for (path, text) in contents(from) {
        match text {
            Some(text) => fs::write(to.join(path), text).unwrap(),
            None => fs::create_dir_all(to.join(path)).unwrap(),
        }
    }
}
