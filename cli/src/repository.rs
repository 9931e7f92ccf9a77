//! A repository with descriptions: its folders, its settings and its files.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::ColorChoice;
use toml::{Table, Value};
use typefoundry_codegen::Settings;
use typefoundry_codegen::output::File;
use typefoundry_codegen::settings::Neighbor;
use typefoundry_codegen::source::Source;
use walkdir::WalkDir;

use crate::config::{self, Config};
use crate::paths::{normalized, relative, shown, slashed};
use crate::{console, inputs, lock};

/// The ending of a file that is written, until it replaces the old one.
pub const DRAFT: &str = ".typefoundry-tmp";

/// Folders that the command line names, in place of those of `typefoundry.toml`.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    pub spec: Option<PathBuf>,
    pub output: Option<PathBuf>,
}

/// A folder with a `typefoundry.toml`, and its settings.
#[derive(Clone, Debug)]
pub struct Repository {
    root: PathBuf,
    config: Config,
    spec: String,
    output: String,
}

impl Repository {
    /// Finds the repository around the working directory.
    ///
    /// The search is done at run time: clones that share a target folder also share this binary.
    pub fn find(folders: &Folders, color: ColorChoice) -> Result<Self> {
        let working = std::env::current_dir().context("failed to find the working directory")?;
        let Some(root) = root_around(&working) else {
            if let (Some(spec), Some(output)) = (&folders.spec, &folders.output) {
                // Independent of the working directory, so that it does not matter for the output.
                let root = common_parent(&working.join(spec), &working.join(output));
                return Self::at(root).with_folders(folders, &working);
            }
            bail!(
                "failed to find {file}: neither {} nor a folder above it has one; create it with `typefoundry init`, or \
                 name the folders with --spec and --out",
                working.display(),
                file = config::FILE
            );
        };
        let path = root.join(config::FILE);
        let text = fs::read_to_string(&path).with_context(|| format!("failed to read {}", path.display()))?;
        let config = Config::parse(&text).map_err(|problems| {
            let color = console::style(color).color;
            let shown = shown(&working, &path);
            errln!("{}\n", config::render(&problems, &shown, &text, color));
            anyhow::anyhow!("{} problem(s) in {shown}; nothing was written", problems.len())
        })?;
        Self::with_config(root, config).with_folders(folders, &working)
    }

    /// Returns the repository in a folder, with the default settings.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        let (spec, output) = ("spec".to_owned(), "generated".to_owned());
        Self { root: root.into(), config: Config::default(), spec, output }
    }

    /// Returns the repository in a folder, with these settings.
    pub fn with_config(root: impl Into<PathBuf>, config: Config) -> Self {
        let (spec, output) = (config.spec_folder(), config.output_folder());
        Self { root: root.into(), config, spec, output }
    }

    /// Replaces the folders by those of the command line, which are relative to the working directory.
    fn with_folders(mut self, folders: &Folders, working: &Path) -> Result<Self> {
        for (flag, given, folder) in
            [("--spec", &folders.spec, &mut self.spec), ("--out", &folders.output, &mut self.output)]
        {
            let Some(given) = given else { continue };
            if given.to_str().is_none() {
                bail!("{flag} is not valid UTF-8: {}", given.display());
            }
            let path = relative(&self.root, &working.join(given));
            *folder = path.with_context(|| format!("{flag} and {} are on different drives", config::FILE))?;
        }
        let [root, spec, output] =
            ["", &self.spec, &self.output].map(|folder| normalized(&self.path(folder)));
        if [&root, &spec].iter().any(|inner| inner.starts_with(&output)) || output.starts_with(&spec) {
            bail!(
                "the folder of the packages, {}, must contain nothing else; name another one with --out",
                output.display()
            );
        }
        if root.starts_with(&spec) {
            bail!(
                "the folder of the descriptions, {}, contains the repository; name another one with --spec",
                spec.display()
            );
        }
        Ok(self)
    }

    /// Returns the root folder, to which all paths are relative.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folder of the descriptions, from the root.
    pub fn spec(&self) -> &str {
        &self.spec
    }

    /// Returns the folder of the packages, from the root.
    pub fn output(&self) -> &str {
        &self.output
    }

    /// Returns the command that people run, such as `cargo xtask`.
    pub fn command(&self) -> &str {
        self.config.command.as_deref().unwrap_or("typefoundry")
    }

    /// Returns the absolute path of a file.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Returns the settings of the generator.
    pub fn settings(&self, neighbors: Vec<Neighbor>) -> Result<Settings> {
        let defaults = Settings::default();
        let config = &self.config;
        let header = config.header.as_deref().unwrap_or_default();
        Ok(Settings {
            command: self.command().to_owned(),
            spec: self.spec.clone(),
            output: self.output.clone(),
            header: header.lines().map(|line| line.trim_end().to_owned()).collect(),
            runtime: self.runtime()?.unwrap_or(defaults.runtime),
            package: self.package()?,
            lints: config.lints.clone(),
            license_files: self.license_files()?,
            docs: config.docs.unwrap_or(defaults.docs),
            tests: config.tests.unwrap_or(defaults.tests),
            neighbors,
        })
    }

    /// Returns the keys of `[package]`. License files have their names in a package.
    fn package(&self) -> Result<Table> {
        let mut table = Table::try_from(&self.config.package).context("failed to read `package`")?;
        table.remove("license-files");
        if let Some(file) = &self.config.package.license_file {
            table.insert("license-file".to_owned(), Value::String(file_name(file).to_owned()));
        }
        Ok(table)
    }

    /// Returns the keys of the settings that are inherited from a workspace.
    pub fn inherited(&self) -> Vec<String> {
        self.config.inherited()
    }

    /// Returns the dependency on the runtime, with its path relative to the folder of a package.
    fn runtime(&self) -> Result<Option<Table>> {
        let Some(runtime) = &self.config.runtime else { return Ok(None) };
        let mut table = Table::try_from(runtime).context("failed to read `runtime`")?;
        if let Some(path) = &runtime.path {
            let package = self.path(&self.output).join("package");
            let path = relative(&package, &self.root.join(path));
            let path = path.context("the runtime and the packages are on different drives")?;
            table.insert("path".to_owned(), Value::String(path));
        }
        Ok(Some(table))
    }

    /// Reads the license files, sorted by name.
    fn license_files(&self) -> Result<Vec<File>> {
        let package = &self.config.package;
        let mut names = match (&package.license_files, &package.license_file) {
            (Some(names), _) => names.clone(),
            (None, Some(_)) => Vec::new(),
            (None, None) => self.found_licenses()?,
        };
        names.extend(
            package.license_file.iter().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>(),
        );
        let mut files: Vec<File> = Vec::new();
        for name in &names {
            let text = fs::read_to_string(self.path(name))
                .with_context(|| format!("failed to read the license file `{name}`"))?;
            let file = file_name(name);
            if OWN_FILES.iter().any(|own| own.eq_ignore_ascii_case(file))
                || files.iter().any(|other| other.path == file)
            {
                bail!("the license file `{name}` would replace another file of the packages; rename it");
            }
            files.push(File::new(file, text.replace("\r\n", "\n")));
        }
        Ok(files)
    }

    fn found_licenses(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let failed = || format!("failed to list {}", self.root.display());
        if !self.root.exists() {
            return Ok(found);
        }
        for entry in fs::read_dir(&self.root).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_license(&name) && entry.path().is_file() {
                found.push(name);
            }
        }
        found.sort();
        Ok(found)
    }

    /// Reads every file below the folder of the descriptions, with its path relative to that folder. Empty if the folder does
    /// not exist.
    pub fn sources(&self) -> Vec<Source> {
        let spec = self.path(&self.spec);
        if spec.is_dir() { inputs::read(&spec, &self.spec) } else { Vec::new() }
    }

    /// Returns the folders of the generated packages, sorted.
    pub fn packages(&self) -> Result<Vec<String>> {
        let failed = || format!("failed to list {}/", self.output);
        let mut found = Vec::new();
        for entry in fs::read_dir(self.path(&self.output)).with_context(failed)? {
            let entry = entry.with_context(failed)?;
            if entry.path().join("Cargo.toml").exists() {
                found.push(format!("{}/{}", self.output, entry.file_name().to_string_lossy()));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Reads every Rust file below `src` of a package, with its path relative to the package.
    pub fn rust_sources(&self, package: &str) -> Result<Vec<Source>> {
        let folder = self.path(package);
        let mut sources = Vec::new();
        for path in files_below(&folder.join("src"))? {
            if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("failed to read {}", path.display()))?;
                sources.push(Source::new(slashed(&folder, &path), text));
            }
        }
        Ok(sources)
    }

    /// Returns the files and folders that Cargo wrote into the folder of a package.
    pub fn files_of_cargo(&self, package: &str) -> Vec<String> {
        let paths = ["Cargo.lock", "target"].map(|name| format!("{}/{package}/{name}", self.output));
        paths.into_iter().filter(|path| self.path(path).exists()).collect()
    }

    /// Whether Cargo wrote the file when it was run in the folder of a package.
    fn is_of_cargo(&self, path: &str) -> bool {
        let below = path.strip_prefix(&format!("{}/", self.output)).and_then(|path| path.split_once('/'));
        below.is_some_and(|(_, rest)| rest == "Cargo.lock" || rest.starts_with("target/"))
    }

    /// Returns the paths, relative to the root, of all files in the output folders, except those of Cargo and of the lock.
    pub fn output_files(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for place in [self.output.clone(), format!("{}/schema", self.spec)] {
            let folder = self.path(&place);
            let files = files_below(&folder)?;
            found.extend(files.iter().map(|path| format!("{place}/{}", slashed(&folder, path))));
        }
        found.retain(|path| !path.ends_with(lock::NAME) && !self.is_of_cargo(path));
        found.sort();
        Ok(found)
    }

    /// Whether a path is that of a file, and not of a folder, a link to a folder or a device.
    pub fn is_regular(&self, relative: &str) -> bool {
        fs::metadata(self.path(relative)).is_ok_and(|metadata| metadata.is_file())
    }

    /// Reads a file; `None` if it does not exist.
    pub fn read(&self, relative: &str) -> Result<Option<String>> {
        match fs::read(self.path(relative)) {
            // A file that is not UTF-8 differs from every generated file.
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            // A file is where a folder should be; writing reports that.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error).with_context(|| format!("failed to read {relative}")),
        }
    }

    /// Writes a file, and creates its folder if needed.
    pub fn write(&self, relative: &str, text: &str) -> Result<()> {
        write(&self.path(relative), text).with_context(|| format!("failed to write {relative}"))
    }

    /// Replaces a file atomically, so that an interrupted run leaves no partial file.
    ///
    /// Replaces a link itself, because its target can be outside of the workspace.
    pub fn replace(&self, relative: &str, text: &str) -> Result<()> {
        self.remove_drafts(relative);
        let draft = self.path(&format!("{relative}.{}{DRAFT}", std::process::id()));
        let result = write(&draft, text).and_then(|()| fs::rename(&draft, self.path(relative)));
        result.with_context(|| {
            // A full disk can leave a part of the file.
            let _ = fs::remove_file(&draft);
            format!("failed to write {relative}")
        })
    }

    /// Removes what killed runs left of a file.
    fn remove_drafts(&self, relative: &str) {
        let path = self.path(relative);
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return };
        let start = format!("{}.", name.to_string_lossy());
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let other = entry.file_name().to_string_lossy().into_owned();
            if other.starts_with(&start) && is_draft(&other) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes a file and the folders that become empty.
    pub fn remove(&self, relative: &str) -> Result<()> {
        let path = self.path(relative);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("failed to remove {relative}"));
            }
            _ => {}
        }
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != self.root) {
            // The folder is not empty, so its parents are not empty either.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// The files in the folder of every package. A license file cannot replace them.
const OWN_FILES: [&str; 7] =
    ["Cargo.toml", "README.md", "docs", "public-api.txt", "rustfmt.toml", "src", "tests"];

/// Returns the last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a file is a license by its name: `LICENSE`, `LICENSE-MIT`, `COPYING.txt`, `NOTICE.md`.
fn is_license(name: &str) -> bool {
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".txt")).unwrap_or(name);
    let (word, _) = stem.split_once('-').unwrap_or((stem, ""));
    ["LICENSE", "COPYING", "NOTICE"].contains(&word.to_uppercase().as_str()) && !stem.contains('.')
}

/// Returns the deepest folder that contains both. A folder does not contain itself.
fn common_parent(one: &Path, two: &Path) -> PathBuf {
    let (one, two) = (normalized(one), normalized(two));
    let parents = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
    let (one, two) = (parents(&one), parents(&two));
    one.components().zip(two.components()).take_while(|(a, b)| a == b).map(|(part, _)| part).collect()
}

/// Whether a path is that of a file that a killed run did not finish.
pub fn is_draft(path: &str) -> bool {
    path.ends_with(DRAFT)
}

/// Returns the nearest folder, starting at `folder`, with a `typefoundry.toml`.
fn root_around(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|root| root.join(config::FILE).is_file())
}

/// Returns all files below a folder, sorted. Empty if the folder does not exist.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    // The folder itself can be a link.
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.with_context(|| format!("failed to list {}", folder.display()))?;
        // A link is not followed, and is reported as a stray file.
        if !entry.file_type().is_dir() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::{Config, Folders, Repository, common_parent, is_license, root_around};

    #[test]
    fn root_is_the_nearest_folder_with_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let outer = Repository::at(folder.path());
        outer.write("typefoundry.toml", "").unwrap();
        outer.write("clone/typefoundry.toml", "").unwrap();
        outer.write("clone/spec/acme/api.yaml", "").unwrap();
        outer.write("spec/acme/api.yaml", "").unwrap();
        assert_eq!(root_around(&outer.path("spec/acme")), Some(folder.path()));
        assert_eq!(root_around(&outer.path("clone/spec")), Some(&*outer.path("clone")));
    }

    #[test]
    fn folders_of_the_command_line_are_relative_to_the_working_directory() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path().join("a"));
        let working = folder.path().join("a/b");
        let with = |spec: &str, output: &str| {
            let folders = Folders { spec: Some(spec.into()), output: Some(output.into()) };
            repository.clone().with_folders(&folders, &working)
        };
        let found = with("apis", "../../sdk").unwrap();
        assert_eq!((found.spec(), found.output()), ("b/apis", "../sdk"));
        for output in ["..", "apis", ".", "../..", "apis/out"] {
            let error = with("apis", output).unwrap_err().to_string();
            assert!(error.contains("--out"), "{output}: {error}");
        }
        assert!(with("../..", "sdk").unwrap_err().to_string().contains("must contain nothing else"));
        assert!(with("..", "../../sdk").unwrap_err().to_string().contains("--spec"));
    }

    #[test]
    fn license_is_recognized_by_its_name() {
        for name in ["LICENSE", "LICENSE-MIT", "License.md", "COPYING.txt", "NOTICE", "LICENSE-APACHE.txt"] {
            assert!(is_license(name), "{name}");
        }
        for name in ["license.key", "noticeboard.py", "LICENSES", "LICENSE-header.py", "README.md"] {
            assert!(!is_license(name), "{name}");
        }
    }

    #[test]
    fn license_file_cannot_replace_another_file() {
        let folder = tempfile::tempdir().unwrap();
        let files = |text: &str| {
            let config = Config::parse(text).unwrap();
            Repository { config, ..Repository::at(folder.path()) }.settings(Vec::new())
        };
        let write = |path: &str| Repository::at(folder.path()).write(path, path).unwrap();
        ["LICENSE", "a/LICENSE", "README.md", "OWN.txt"].into_iter().for_each(write);
        assert_eq!(files("").unwrap().license_files.len(), 1);
        let proprietary = files("package.license-file = \"OWN.txt\"").unwrap();
        assert_eq!(proprietary.license_files[0].path, "OWN.txt");
        assert_eq!(proprietary.package["license-file"].as_str(), Some("OWN.txt"));
        for names in ["[\"README.md\"]", "[\"LICENSE\", \"a/LICENSE\"]", "[\"nope\"]", "[\"\"]"] {
            let error = files(&format!("package.license-files = {names}")).unwrap_err().to_string();
            assert!(error.contains("license file"), "{error}");
        }
    }

    #[test]
    fn root_without_settings_does_not_depend_on_the_working_directory() {
        let parent =
            |one: &str, two: &str| common_parent(std::path::Path::new(one), std::path::Path::new(two));
        assert_eq!(parent("/a/b/spec", "/a/b/out"), std::path::Path::new("/a/b"));
        assert_eq!(parent("/a/b/sub/../spec", "/a/b/out/deep"), std::path::Path::new("/a/b"));
    }

    #[test]
    fn replaced_file_leaves_no_draft() {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        repository.replace("generated/a.rs", "new").unwrap();
        assert_eq!(repository.output_files().unwrap(), ["generated/a.rs"]);
        std::fs::create_dir(repository.path("generated/b.rs")).unwrap();
        assert!(repository.replace("generated/b.rs", "new").is_err(), "a folder is in the way");
        assert_eq!(repository.output_files().unwrap(), ["generated/a.rs"]);
    }
}
