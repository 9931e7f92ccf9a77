//! What a run gives: files as bytes, never written here.

/// Everything that a spec casts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Output {
    /// Sorted by path; no path twice.
    pub files: Vec<File>,
    /// One a generated package, in the order of their names.
    pub packages: Vec<PackageSummary>,
}

/// One file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// From the root of the workspace, with forward slashes: `generated/acme/src/lib.rs`.
    pub path: String,
    pub text: String,
}

impl File {
    /// A file with this path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// What a package holds, in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageSummary {
    pub api: String,
    /// The name of the package, and its folder below `generated/`.
    pub package: String,
    pub operations: usize,
    pub types: usize,
}
