//! Runs that write at once, runs that are killed, and folders that cannot be written.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::common::{contents, read, repository, stderr, stdout, typefoundry};

/// The number of resources. Each of them has several files.
const RESOURCES: usize = 12;

/// Creates a repository with a package of many files.
fn large() -> TempDir {
    let folder = repository(&[]);
    stdout(&typefoundry(folder.path(), &["init", "--ci", "none"]));
    describe(folder.path(), "Returns a task.", RESOURCES);
    stdout(&typefoundry(folder.path(), &["generate"]));
    folder
}

/// Describes resources whose operation `get` has this doc.
fn describe(root: &Path, doc: &str, resources: usize) {
    for number in 0..RESOURCES {
        let path = root.join(format!("spec/acme/team{number}.yaml"));
        let text = format!(
            "doc: A team.\noperations:\n  get: {{ doc: {doc}, http: GET /teams/{number} }}\n  \
             delete: {{ doc: Removes a task., http: DELETE /teams/{number} }}\n"
        );
        if number < resources { fs::write(path, text).unwrap() } else { fs::remove_file(path).unwrap() }
    }
}

fn spawn(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_typefoundry"));
    command
        .arg("generate")
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Returns the generated files.
fn output(root: &Path) -> BTreeMap<String, Option<String>> {
    let mut files = contents(&root.join("generated"));
    files.insert("generated.sha256".to_owned(), Some(read(root, "generated.sha256")));
    files.retain(|_, text| text.is_some());
    files
}

const IN_USE: &str = "error: another run is writing to generated/; nothing was written; run the command again when it has ended\n";

#[test]
fn run_is_refused_while_another_one_writes() {
    let folder = repository(&[]);
    let root = folder.path();
    stdout(&typefoundry(root, &["init", "--ci", "none"]));
    fs::remove_file(root.join("generated/acme/README.md")).unwrap();
    let lock = File::create(root.join("generated/.typefoundry.lock")).unwrap();
    lock.lock().unwrap();
    let before = contents(root);
    let refused = typefoundry(root, &["generate"]);
    assert_eq!((refused.status.code(), stderr(&refused).as_str()), (Some(1), IN_USE));
    assert_eq!(contents(root), before);
    drop(lock);
    stdout(&typefoundry(root, &["generate"]));
    assert!(!root.join("generated/.typefoundry.lock").exists());
    stdout(&typefoundry(root, &["check"]));
}

#[test]
fn runs_at_once_leave_intact_output() {
    let folder = large();
    let root = folder.path();
    for round in 0..3 {
        describe(root, &format!("Returns the task of round {round}."), RESOURCES);
        let runs: Vec<_> = (0..4).map(|_| spawn(root).spawn().unwrap()).collect();
        let ended: Vec<Output> = runs.into_iter().map(|run| run.wait_with_output().unwrap()).collect();
        assert!(ended.iter().any(|run| run.status.success()), "no run wrote the files");
        for run in ended.iter().filter(|run| !run.status.success()) {
            assert_eq!(stderr(run), IN_USE);
        }
        stdout(&typefoundry(root, &["check"]));
    }
}

/// Kills runs at different times while they write.
#[test]
fn killed_run_leaves_old_or_new_files() {
    let folder = large();
    let root = folder.path();
    let old = output(root);
    describe(root, "Returns the task.", RESOURCES - 1);
    stdout(&typefoundry(root, &["generate"]));
    let new = output(root);
    let mut mixed = 0;
    let mut delay = Duration::ZERO;
    for round in 0..60 {
        // The two texts alternate, so that each round has files to write.
        let (doc, resources) =
            [("Returns a task.", RESOURCES), ("Returns the task.", RESOURCES - 1)][round % 2];
        describe(root, doc, resources);
        if kill_while_writing(root, delay) {
            // The delay grows until the run ends before it.
            delay += Duration::from_millis(1);
        } else {
            delay /= 3;
        }
        let found = output(root);
        let states =
            found.iter().filter(|(path, _)| !path.contains(".typefoundry") && *path != "generated.sha256");
        let mut seen = (false, false);
        for (path, text) in states {
            let (is_old, is_new) = (old.get(path) == Some(text), new.get(path) == Some(text));
            assert!(is_old || is_new, "{path} is neither the old nor the new file");
            seen = (seen.0 || (is_old && !is_new), seen.1 || (is_new && !is_old));
        }
        mixed += usize::from(seen == (true, true));
        // No file counts as edited, and no part of a file is left.
        stdout(&typefoundry(root, &["generate"]));
        assert!(output(root) == *[&old, &new][round % 2], "the next run does not repair the output");
        if mixed >= 5 {
            println!("{mixed} of {} runs were killed between two files", round + 1);
            return;
        }
    }
    assert!(mixed > 0, "no run was killed between two files");
}

/// Starts a run, and kills it some time after it has begun to write. Returns whether it was killed.
fn kill_while_writing(root: &Path, delay: Duration) -> bool {
    let lock = root.join("generated/.typefoundry.lock");
    // A killed run leaves the file.
    let _ = fs::remove_file(&lock);
    let mut run = spawn(root).spawn().unwrap();
    let start = Instant::now();
    while !lock.exists() && run.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(60), "the run writes nothing");
        sleep(Duration::from_micros(50));
    }
    sleep(delay);
    // An error means that the run has ended.
    let _ = run.kill();
    run.wait().unwrap().code().is_none()
}

/// A user without permission to change some folders.
struct Reader {
    is_superuser: bool,
    /// The folder of a copy of the program, which the user can reach.
    program: TempDir,
}

impl Reader {
    /// Makes the folders read-only. All other files of the repository can be changed.
    fn new(root: &Path, read_only: &[&str]) -> Self {
        let program = tempfile::tempdir().unwrap();
        fs::copy(env!("CARGO_BIN_EXE_typefoundry"), program.path().join("typefoundry")).unwrap();
        fs::set_permissions(program.path(), Permissions::from_mode(0o755)).unwrap();
        // The superuser can write everywhere, so the run gets another user.
        let is_superuser = fs::metadata(program.path()).unwrap().uid() == 0;
        fs::set_permissions(root, Permissions::from_mode(0o755)).unwrap();
        for entry in WalkDir::new(root).into_iter().map(Result::unwrap) {
            let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap();
            let is_read_only = read_only.contains(&path);
            if is_superuser && !is_read_only {
                chown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
            } else if is_read_only {
                fs::set_permissions(entry.path(), Permissions::from_mode(0o555)).unwrap();
            }
        }
        Self { is_superuser, program }
    }

    fn run(&self, root: &Path, command_name: &str) -> Output {
        let mut command = Command::new(self.program.path().join("typefoundry"));
        command.arg(command_name).current_dir(root).stdin(Stdio::null());
        if self.is_superuser {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap()
    }
}

/// The ID of the user and of the group without rights.
const NOBODY: u32 = 65534;

#[test]
fn read_only_output_is_one_error() {
    let folder = repository(&[]);
    let root = folder.path();
    stdout(&typefoundry(root, &["init", "--ci", "none"]));
    let tasks = read(root, "spec/acme/tasks.yaml").replace("Returns a task.", "Returns the task.");
    fs::write(root.join("spec/acme/tasks.yaml"), tasks).unwrap();

    let reader = Reader::new(root, &["generated"]);
    let before = contents(root);
    let error = stderr(&reader.run(root, "generate"));
    assert_eq!(
        error,
        "error: failed to lock generated/, so nothing was written: Permission denied (os error 13)\n"
    );
    assert_eq!(contents(root), before);

    // One folder of the package cannot be changed.
    fs::set_permissions(root.join("generated"), Permissions::from_mode(0o755)).unwrap();
    let reader = Reader::new(root, &["generated/acme/src/tasks"]);
    let failed = reader.run(root, "generate");
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(
        stderr(&failed),
        "error: failed to write generated/acme/src/tasks/mod.rs: Permission denied (os error 13)\n  \
         changed before: generated.sha256, generated/acme/docs/README.md, generated/acme/docs/tasks.md\n"
    );
    fs::set_permissions(root.join("generated/acme/src/tasks"), Permissions::from_mode(0o755)).unwrap();
    stdout(&typefoundry(root, &["generate"]));
    stdout(&typefoundry(root, &["check"]));
}

#[test]
fn init_without_permission_writes_nothing() {
    let folder = repository(&[(".github/workflows/ci.yml", "")]);
    let root = folder.path();
    // The folder of the last file cannot be changed.
    let reader = Reader::new(root, &[".github/workflows"]);
    let before = contents(root);
    let failed = reader.run(root, "init");
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(
        stderr(&failed),
        "error: failed to write .github/workflows/typefoundry.yml; nothing was written: Permission denied (os error 13)\n"
    );
    assert!(failed.stdout.is_empty());
    assert_eq!(contents(root), before);
    fs::set_permissions(root.join(".github/workflows"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn init_on_a_full_disk_says_how_to_continue() {
    let folder = repository(&[]);
    let failed = limited(folder.path(), "init").output().unwrap();
    assert_eq!(failed.status.code(), Some(1));
    assert!(String::from_utf8(failed.stdout.clone()).unwrap().starts_with("created: typefoundry.toml\n"));
    let error = stderr(&failed);
    assert!(error.starts_with("error: failed to write generated/acme/README.md: "), "{error}");
    assert!(
        error.ends_with("  the packages are incomplete; `typefoundry generate` writes the other files\n"),
        "{error}"
    );
    stdout(&typefoundry(folder.path(), &["generate"]));
    stdout(&typefoundry(folder.path(), &["check"]));
}

/// Returns a run that cannot write large files. The READMEs of packages are larger than the limit.
fn limited(root: &Path, command_name: &str) -> Command {
    // Without the signal, the system call fails.
    let shell = "trap '' XFSZ && ulimit -f 8 && exec \"$0\" \"$1\"";
    let mut limited = Command::new("sh");
    limited.args(["-c", shell, env!("CARGO_BIN_EXE_typefoundry"), command_name]);
    limited.current_dir(root).stdin(Stdio::null());
    limited
}

/// A limit of the size of a file has the same effect as a full disk: a part of the file is written, and then an error.
#[test]
fn full_disk_is_one_error() {
    let folder = repository(&[]);
    let root = folder.path();
    stdout(&typefoundry(root, &["init", "--ci", "none"]));
    fs::remove_dir_all(root.join("generated")).unwrap();
    fs::remove_file(root.join("generated.sha256")).unwrap();
    let failed = limited(root, "generate").output().unwrap();
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(
        stderr(&failed),
        "error: failed to write generated/acme/README.md: File too large (os error 27)\n  \
         changed before: generated.sha256, generated/acme/Cargo.toml\n"
    );
    let left: Vec<String> = output(root).into_keys().collect();
    assert_eq!(left, ["acme/Cargo.toml", "generated.sha256"]);
    stdout(&typefoundry(root, &["generate"]));
    stdout(&typefoundry(root, &["check"]));
}
