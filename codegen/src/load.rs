//! Assembly of the declarations of each API from its files. This module knows YAML and nothing of HTTP.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::paths;
use crate::source::{Source, Span};
use crate::syntax::{ApiDecl, Reading, ResourceDecl, Shifts, check_schema_line, read};

mod files;

pub use files::is_description;
use files::{Names, misplaced, place_of, start_of, unreadable};

/// The declarations of one API.
#[derive(Debug)]
pub struct ApiSyntax {
    /// The name of the folder below `spec/`.
    pub name: String,
    /// The path of `api.yaml` from the root of the repository.
    pub file: String,
    /// The start of `api.yaml`, or of the first file if there is no `api.yaml`.
    pub span: Span,
    /// The content of `api.yaml`; empty if it could not be read.
    pub decl: ApiDecl,
    /// Whether `api.yaml` exists and all of its keys could be read, so that missing keys can be reported.
    pub has_api: bool,
    /// The resources, parents before children.
    pub resources: Vec<ResourceSyntax>,
    /// The declarations with an unreadable part, by the span of their keys. Their missing keys are not reported.
    pub unparsed: BTreeSet<Span>,
    /// The unknown keys. A misplaced declaration is among them.
    pub unknown: BTreeSet<String>,
    /// Whether every file could be read. If not, unused items are not reported.
    pub complete: bool,
}

impl ApiSyntax {
    /// Whether the declaration under this key has an unreadable part.
    pub fn is_unparsed(&self, key: Span) -> bool {
        self.unparsed.contains(&key)
    }
}

/// The declarations of one resource file.
#[derive(Debug)]
pub struct ResourceSyntax {
    /// The segments of the path from the root.
    pub path: Vec<String>,
    /// The path of the file from the root of the repository.
    pub file: String,
    /// The start of the file.
    pub span: Span,
    /// The content of the file; empty if it could not be read.
    pub decl: ResourceDecl,
}

/// The files whose declarations have positions other than those of the text, by file index.
pub type Moved = BTreeMap<usize, Shifts>;

/// Reads all files. `sources` must be sorted by path; spans index them in that order.
pub fn load(sources: &[Source]) -> (Vec<ApiSyntax>, Vec<Diagnostic>, Moved) {
    let mut problems = Vec::new();
    let mut moved = Moved::new();
    let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
    // The files are independent of each other.
    let files: Vec<_> =
        sources.par_iter().enumerate().map(|(file, source)| read_file(file, source)).collect();
    let names = Names::new(sources);
    let shown = |path: &str| sources.first().map_or_else(|| path.to_owned(), |source| source.shown(path));
    for (file, (source, read)) in sources.iter().zip(files).enumerate() {
        let Some((api, mut read)) = read else {
            problems.push(misplaced(file, source));
            // An unreadable folder hides parts of its API.
            let hides = source.fault.is_some() && !paths::is_leftover(&source.path);
            if let Some((api, _)) = source.path.split_once('/').filter(|_| hides) {
                folders.entry(api).or_default().incomplete = true;
            }
            continue;
        };
        problems.extend(names.check(file, source));
        moved.extend(read.take_shifts().map(|shifts| (file, shifts)));
        let folder = folders.entry(api).or_default();
        // If other systems cannot distinguish two files, only one of them defines the resource.
        match names.is_shadowed(file, source) {
            true => folder.incomplete = true,
            false => folder.add(source, file, read, &mut problems),
        }
    }
    let apis = folders.into_iter().map(|(name, folder)| folder.finish(name, &shown, &mut problems)).collect();
    (apis, problems, moved)
}

/// The declarations of one file, as far as they are valid.
enum Read {
    Api(Box<Reading<ApiDecl>>),
    Resource(Vec<String>, Box<Reading<ResourceDecl>>),
}

impl Read {
    fn take_shifts(&mut self) -> Option<Shifts> {
        match self {
            Self::Api(reading) => reading.shifts.take(),
            Self::Resource(_, reading) => reading.shifts.take(),
        }
    }
}

/// Returns the API of the file and its content, or `None` for a file in the wrong place.
fn read_file(file: usize, source: &Source) -> Option<(&str, Read)> {
    let (api, path) = place_of(&source.path)?;
    Some(if path.is_empty() {
        (api, Read::Api(Box::new(read_as("api", file, source))))
    } else {
        (api, Read::Resource(path, Box::new(read_as("resource", file, source))))
    })
}

/// Reads a file by a schema.
fn read_as<T: DeserializeOwned>(schema: &str, file: usize, source: &Source) -> Reading<T> {
    if let Some(fault) = &source.fault {
        let unparsed = BTreeSet::from([start_of(file)]);
        let problems = vec![unreadable(file, source, fault)];
        return Reading { decl: None, problems, unparsed, unknown: BTreeSet::new(), shifts: None };
    }
    let mut reading = read(&source.text, file);
    reading.problems.extend(check_schema_line(&source.text, file, &source.path, schema));
    reading
}

#[derive(Default)]
struct Folder {
    first: Option<usize>,
    api_file: Option<usize>,
    api: ApiDecl,
    resources: Vec<ResourceSyntax>,
    unparsed: BTreeSet<Span>,
    unknown: BTreeSet<String>,
    /// Whether a part could not be read.
    incomplete: bool,
}

impl Folder {
    fn add(&mut self, source: &Source, file: usize, read: Read, problems: &mut Vec<Diagnostic>) {
        self.first.get_or_insert(file);
        match read {
            Read::Api(reading) => {
                self.api_file = Some(file);
                self.api = self.take(*reading, problems);
            }
            Read::Resource(path, reading) => {
                let decl = self.take(*reading, problems);
                let (file, span) = (source.shown_path(), start_of(file));
                self.resources.push(ResourceSyntax { path, file, span, decl });
            }
        }
    }

    /// Returns the declarations of a file, or none if it is unreadable.
    ///
    /// The file still exists, so that its children and its users cause no further diagnostics.
    fn take<T: Default>(&mut self, reading: Reading<T>, problems: &mut Vec<Diagnostic>) -> T {
        self.incomplete |= reading.problems.iter().any(|problem| problem.severity == Severity::Error);
        self.unparsed.extend(reading.unparsed);
        self.unknown.extend(reading.unknown);
        problems.extend(reading.problems);
        reading.decl.unwrap_or_default()
    }

    fn finish(
        mut self,
        name: &str,
        shown: &impl Fn(&str) -> String,
        problems: &mut Vec<Diagnostic>,
    ) -> ApiSyntax {
        let api_file = shown(&format!("{name}/api.yaml"));
        if let (None, Some(first)) = (self.api_file, self.first) {
            problems.push(
                Diagnostic::error(
                    Code::MisplacedFile,
                    start_of(first),
                    format!("the API `{name}` has no `api.yaml`"),
                )
                .label(format!("this file belongs to `{name}`"))
                .help(format!("describe the API in `{api_file}`")),
            );
        }
        self.resources.sort_by(|a, b| a.path.cmp(&b.path));
        let paths: Vec<Vec<String>> = self.resources.iter().map(|resource| resource.path.clone()).collect();
        let mut orphans: Vec<&[String]> = Vec::new();
        for resource in &self.resources {
            let parent = resource.path.split_last().map_or(&[][..], |(_, parent)| parent);
            if parent.is_empty() || paths.iter().any(|path| path == parent) {
                continue;
            }
            // The declarations of the parent are unknown.
            self.unparsed.insert(resource.span);
            self.incomplete = true;
            // A parent whose name differs in case is reported at its own file.
            let is_misnamed = paths.iter().any(|path| path.join("/").eq_ignore_ascii_case(&parent.join("/")));
            if !is_misnamed && !orphans.contains(&parent) {
                problems.push(orphan(resource, &shown(&format!("{name}/{}.yaml", parent.join("/")))));
                orphans.push(parent);
            }
        }
        self.resources.iter_mut().for_each(|resource| resource.decl.expand_shared(&self.api.params));
        let span = start_of(self.api_file.or(self.first).unwrap_or_default());
        let has_api = self.api_file.is_some() && !self.unparsed.contains(&span);
        ApiSyntax {
            name: name.to_owned(),
            file: api_file,
            span,
            decl: self.api,
            has_api,
            resources: self.resources,
            unparsed: self.unparsed,
            unknown: self.unknown,
            complete: self.api_file.is_some() && !self.incomplete,
        }
    }
}

fn orphan(resource: &ResourceSyntax, parent: &str) -> Diagnostic {
    Diagnostic::error(
        Code::MisplacedFile,
        resource.span,
        format!("the parent resource of `{}` does not exist", resource.path.join(".")),
    )
    .label("described here")
    .help(format!("describe its parent in `{parent}`, or move this file up"))
}
