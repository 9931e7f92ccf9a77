//! The files to write, from the texts of the existing ones.

use anyhow::{Result, bail, ensure};
use typefoundry_codegen::Generated;
use typefoundry_codegen::diagnostic::{Diagnostic, Severity};
use typefoundry_codegen::source::Source;

use super::changes::Change;
use super::choices::{Choices, Ci};
use super::place::{Place, Read, join};
use super::quoted::shell;
use super::{lines, manifest, sample, workflow, xtask};
use crate::config;
use crate::repository::Repository;

/// The planned changes.
#[derive(Debug)]
pub struct Plan {
    pub changes: Vec<Change>,
    /// The description of the sample.
    pub sample: Vec<Source>,
    /// The name of the sample.
    api: Option<String>,
    /// A clone of Typefoundry's repository that is outside of the git repository.
    outside: Option<String>,
}

impl Plan {
    /// Plans the files. `settings` is the text of `typefoundry.toml`, and `api` the name of the sample.
    pub fn new(
        place: &Place,
        repository: &Repository,
        choices: &Choices,
        settings: String,
        api: Option<&str>,
        read: Read<'_>,
    ) -> Result<Self> {
        let (spec, output) = (repository.spec(), repository.output());
        let sample = api.map(|api| sample::sources(api, choices.command())).unwrap_or_default();
        let mut changes = vec![Change::create(config::FILE, None, settings, "")];
        changes.extend(sample.iter().map(|source| {
            Change::create(format!("{spec}/{}", source.path), None, source.text.to_string(), "")
        }));
        changes.extend(cargo(place, choices, output, read)?);
        let old = read(".gitattributes")?;
        let new = lines::with_lines(
            old.as_deref(),
            "# Files that Typefoundry generates.",
            &lines::attributes(spec, output),
        );
        changes.push(Change::edit(".gitattributes", old.as_deref(), new));
        let is_new = read(&place.manifest)?.is_none();
        let outside = choices.source.clone().filter(|source| is_outside(source, &place.below_git));
        if is_new {
            let old = read(".gitignore")?;
            let new = lines::with_lines(old.as_deref(), "", &["/target".to_owned()]);
            changes.push(Change::edit(".gitignore", old.as_deref(), new));
        }
        if choices.ci == Ci::Github {
            let path = join(&place.to_git, ".github/workflows/typefoundry.yml");
            let old = read(&path)?;
            // Not a file in a worktree, and packed in some clones.
            let head = read(&join(&place.to_git, ".git/refs/remotes/origin/HEAD")).ok().flatten();
            let around = workflow::Around {
                below_git: &place.below_git,
                branch: head.as_deref().and_then(workflow::branch),
                is_new,
                is_outside: outside.is_some(),
            };
            let text = workflow::text(choices, &around);
            changes.push(Change::create(path, old.as_deref(), text, "already exists"));
        }
        Ok(Self { changes, sample, api: api.map(str::to_owned), outside })
    }

    /// Returns an error in the description of the sample. Only its name can be wrong.
    pub fn error_of_sample<'g>(&self, generated: &'g Generated) -> Option<&'g Diagnostic> {
        generated.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).find(|error| {
            let source = generated.sources.get(error.span.file);
            source.is_some_and(|source| self.sample.iter().any(|sample| sample.path == source.path))
        })
    }

    /// Returns the text at the end. `folder` is the prepared folder as a person sees it.
    pub fn next_steps(&self, repository: &Repository, folder: &str) -> String {
        let (spec, output, command) = (repository.spec(), repository.output(), repository.command());
        let mut steps = Vec::new();
        if folder != "." {
            steps.push(format!("`cd {}`", shell(folder)));
        }
        match &self.api {
            Some(api) => {
                steps.push(format!("`cargo test -p {api}` tests the package of the sample"));
                steps.push("commit all files".to_owned());
                steps.push(format!(
                    "replace the sample in {spec}/{api}/ with your API, and run `{command} generate`; for another name, rename \
                     {spec}/{api}/, replace `name: {api}` in its api.yaml, and add `--remove-package {api}`"
                ));
            }
            None => {
                steps.push("commit all files".to_owned());
                steps.push(format!("run `{command} generate` after each change in {spec}/"));
            }
        }
        steps.push(format!("`{command} reference` prints the reference of the language"));
        steps.push(format!("after each change, commit {spec}/, {output}/ and {output}.sha256 together"));
        steps.push(format!("to publish packages, remove `publish = false` from {}", config::FILE));
        if let Some(source) = &self.outside {
            steps.push(format!(
                "provide {source} on every machine that builds the packages, such as that of the CI"
            ));
        }
        let steps = steps.iter().enumerate().map(|(at, step)| format!("  {}. {step}", at + 1));
        format!("next steps:\n{}", steps.collect::<Vec<_>>().join("\n"))
    }
}

/// Plans the manifests, and the package `xtask` if it is wanted.
fn cargo(place: &Place, choices: &Choices, output: &str, read: Read<'_>) -> Result<Vec<Change>> {
    let folder = join(&place.below_workspace, output);
    // Cargo has no escapes for them.
    ensure!(
        !folder.contains(['*', '?', '[', ']']),
        "the path {folder} contains `*`, `?`, `[` or `]`, so that Cargo reads it as a pattern: choose another folder; nothing was \
         written"
    );
    let mut members = vec![format!("{folder}/*")];
    if choices.xtask {
        members.insert(0, join(&place.below_workspace, "xtask"));
    }
    let old = read(&place.manifest)?;
    let new = manifest::with_members(old.as_deref(), &members)?;
    let mut changes = vec![Change::edit(place.manifest.as_str(), old.as_deref(), new)];
    if choices.xtask {
        let is_own = xtask::is_own(read)?;
        let source = choices.source.as_ref().map(|source| from_xtask(source));
        for (path, text) in [
            ("xtask/Cargo.toml", xtask::manifest(source.as_deref())),
            ("xtask/src/main.rs", xtask::PROGRAM.to_owned()),
        ] {
            let old = read(path)?;
            if old.is_some() && !is_own {
                bail!("{path} already exists: {}", xtask::BY_HAND);
            }
            changes.push(Change::create(path, old.as_deref(), text, "already exists"));
        }
        // Cargo prefers the old name.
        let old_name = ".cargo/config";
        let path = if read(old_name)?.is_some() { old_name } else { ".cargo/config.toml" };
        let old = read(path)?;
        changes.push(Change::edit(path, old.as_deref(), xtask::with_alias(old.as_deref())?));
    }
    Ok(changes)
}

/// Returns a path from the folder `xtask`.
fn from_xtask(path: &str) -> String {
    if is_absolute(path) { path.to_owned() } else { format!("../{path}") }
}

/// Whether a path leads out of the git repository. `below_git` is the path from its root to the folder that the path starts at.
fn is_outside(path: &str, below_git: &str) -> bool {
    let up = path.split('/').take_while(|part| *part == "..").count();
    is_absolute(path) || up > below_git.split('/').filter(|part| !part.is_empty()).count()
}

fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || path.chars().nth(1) == Some(':')
}

#[cfg(test)]
mod tests {
    use super::{from_xtask, is_outside};

    #[test]
    fn path_out_of_the_repository_is_outside() {
        for (path, below_git, expected) in [
            ("../typefoundry", "", true),
            ("../typefoundry", "sdk", false),
            ("../../typefoundry", "sdk", true),
            ("vendor/typefoundry", "", false),
            ("/opt/typefoundry", "a/b", true),
            ("C:/typefoundry", "a/b", true),
        ] {
            assert_eq!(is_outside(path, below_git), expected, "{path} {below_git}");
        }
    }

    #[test]
    fn path_from_xtask_goes_up_unless_it_is_absolute() {
        assert_eq!(from_xtask("vendor/typefoundry"), "../vendor/typefoundry");
        assert_eq!(from_xtask("/opt/typefoundry"), "/opt/typefoundry");
    }
}
