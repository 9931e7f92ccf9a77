//! The choices of the command line.

use clap::ValueEnum;

/// A service that runs checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Ci {
    /// A workflow of GitHub Actions
    Github,
    /// No service
    None,
}

/// The choices of a person on the command line. Paths are relative to the folder to prepare.
#[derive(Debug)]
pub struct Choices {
    pub spec: Option<String>,
    pub output: Option<String>,
    /// A clone of Typefoundry's repository.
    pub source: Option<String>,
    pub xtask: bool,
    pub ci: Ci,
}

impl Default for Choices {
    fn default() -> Self {
        Self { spec: None, output: None, source: None, xtask: false, ci: Ci::Github }
    }
}

impl Choices {
    /// Returns the command that people run.
    pub fn command(&self) -> &'static str {
        if self.xtask { "cargo xtask" } else { "typefoundry" }
    }

    /// Returns the folders of new packages, or of folders that contain them.
    pub fn packages<'c>(&self, output: &'c str) -> Vec<&'c str> {
        if self.xtask { vec![output, "xtask"] } else { vec![output] }
    }
}
