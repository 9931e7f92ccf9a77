//! The extent of a run, so that nothing is published by accident.

use anyhow::{Result, bail};

/// Exactly one of the flags must be set.
#[derive(clap::Args, Debug, Default)]
#[group(required = true, multiple = false)]
pub struct Flags {
    /// Run the checks that compile nothing, as CI does. An unreleased changelog is accepted
    #[arg(long)]
    check: bool,
    /// Run all checks and `cargo publish --dry-run`. An unreleased changelog is accepted
    #[arg(long)]
    dry_run: bool,
    /// Run all checks, and publish the crates if they pass. Repeat the version of the release
    #[arg(long, value_name = "VERSION")]
    execute: Option<String>,
}

/// The extent of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Check,
    DryRun,
    Execute,
}

impl Flags {
    /// Returns the mode. A version that is not that of the release is an error.
    pub fn mode(&self, version: &str) -> Result<Mode> {
        match &self.execute {
            Some(named) if named != version => {
                bail!("nothing was published: the release is {version}, and --execute names {named}")
            }
            Some(_) => Ok(Mode::Execute),
            None if self.dry_run => Ok(Mode::DryRun),
            None => Ok(Mode::Check),
        }
    }
}

impl Mode {
    /// Returns the arguments of `cargo publish` for the crates; `None` if it must not run.
    ///
    /// Only a dry run accepts uncommitted files or a failed check, to report all problems at once.
    pub fn publish(self, crates: &[&str], has_problems: bool) -> Option<Vec<String>> {
        let flags: &[&str] = match self {
            Self::Check => return None,
            Self::DryRun => &["publish", "--dry-run", "--allow-dirty"],
            Self::Execute if has_problems || crates.is_empty() => return None,
            Self::Execute => &["publish"],
        };
        let packages = crates.iter().flat_map(|name| ["--package", name]);
        Some(flags.iter().copied().chain(packages).map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Flags, Mode};

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        flags: Flags,
    }

    fn mode(arguments: &[&str]) -> Result<Mode, String> {
        let arguments = ["release"].iter().chain(arguments);
        let cli = Cli::try_parse_from(arguments).map_err(|error| error.kind().to_string())?;
        cli.flags.mode("0.1.0").map_err(|error| error.to_string())
    }

    #[test]
    fn exactly_one_mode_must_be_chosen() {
        assert_eq!(mode(&["--check"]), Ok(Mode::Check));
        assert_eq!(mode(&["--dry-run"]), Ok(Mode::DryRun));
        assert_eq!(mode(&["--execute", "0.1.0"]), Ok(Mode::Execute));
        for invalid in
            [&[][..], &["--execute"], &["--dry-run", "--execute", "0.1.0"], &["--check", "--dry-run"]]
        {
            assert!(mode(invalid).is_err(), "{invalid:?}");
        }
    }

    #[test]
    fn publishing_requires_the_version_of_the_release() {
        let expected = "nothing was published: the release is 0.1.0, and --execute names 0.1";
        assert_eq!(mode(&["--execute", "0.1"]), Err(expected.to_owned()));
    }

    #[test]
    fn crates_are_published_only_without_problems() {
        let publish = |mode: Mode, has_problems| {
            mode.publish(&["a", "b"], has_problems).map(|arguments| arguments.join(" "))
        };
        assert_eq!(publish(Mode::Execute, false).as_deref(), Some("publish --package a --package b"));
        assert_eq!(publish(Mode::Execute, true), None);
        assert_eq!(Mode::Execute.publish(&[], false), None, "cargo would publish the crate of the folder");
        for has_problems in [false, true] {
            let dry = publish(Mode::DryRun, has_problems);
            assert_eq!(dry.as_deref(), Some("publish --dry-run --allow-dirty --package a --package b"));
            assert_eq!(publish(Mode::Check, has_problems), None);
        }
    }
}
