//! The files of a run, in memory.

/// All generated files and a summary of each package.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Output {
    /// The files, sorted by path. Paths are unique.
    pub files: Vec<File>,
    /// A summary of each generated package, sorted by name.
    pub packages: Vec<PackageSummary>,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path from the root of the workspace, with forward slashes: `generated/acme/src/lib.rs`.
    pub path: String,
    pub text: String,
}

impl File {
    /// Creates a file with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// The number of items in a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageSummary {
    pub api: String,
    /// The name of the package, which is also its folder below `generated/`.
    pub package: String,
    pub operations: usize,
    pub types: usize,
}
