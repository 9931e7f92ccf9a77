//! Spec files to syntax: which file describes what, and what stands in it. Knows YAML and nothing of HTTP.

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

/// The files of one API, read.
#[derive(Debug)]
pub struct ApiSyntax {
    /// The folder below `spec/`.
    pub name: String,
    /// The path of its `api.yaml`, from `spec/`.
    pub file: String,
    /// The start of its `api.yaml`, or of its first file where there is none.
    pub span: Span,
    /// Empty where `api.yaml` could not be read.
    pub decl: ApiDecl,
    /// Whether `api.yaml` is there and all of its keys could be read, so that what is missing in it can be told.
    pub has_api: bool,
    /// Parents before their children.
    pub resources: Vec<ResourceSyntax>,
    /// The declarations that lack a part because it could not be read, each by the place of its key. It is unknown what
    /// they lack.
    pub unread: BTreeSet<Span>,
    /// The keys that nothing knows: a declaration in the wrong place is among them.
    pub unknown: BTreeSet<String>,
    /// Whether all of it could be read. If not, it is unknown what is unused.
    pub complete: bool,
}

impl ApiSyntax {
    /// Whether the declaration under this key lacks a part because it could not be read.
    pub fn is_unread(&self, key: Span) -> bool {
        self.unread.contains(&key)
    }
}

/// One resource file, read.
#[derive(Debug)]
pub struct ResourceSyntax {
    /// The words of the path from the root.
    pub path: Vec<String>,
    /// From `spec/`.
    pub file: String,
    /// The start of the file.
    pub span: Span,
    /// Empty where the file could not be read.
    pub decl: ResourceDecl,
}

/// The files whose places in declarations are not those of the text, by number.
pub type Moved = BTreeMap<usize, Shifts>;

/// Reads all files. `sources` must be sorted by path; spans number them in that order.
pub fn load(sources: &[Source]) -> (Vec<ApiSyntax>, Vec<Diagnostic>, Moved) {
    let mut problems = Vec::new();
    let mut moved = Moved::new();
    let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
    // Files are read independently of each other.
    let files: Vec<_> =
        sources.par_iter().enumerate().map(|(file, source)| read_file(file, source)).collect();
    let names = Names::new(sources);
    for (file, (source, read)) in sources.iter().zip(files).enumerate() {
        let Some((api, mut read)) = read else {
            problems.push(misplaced(file, source));
            // A folder that cannot be read hides parts of its API.
            let hides = source.fault.is_some() && !paths::is_leftover(&source.path);
            if let Some((api, _)) = source.path.split_once('/').filter(|_| hides) {
                folders.entry(api).or_default().incomplete = true;
            }
            continue;
        };
        problems.extend(names.check(file, source));
        moved.extend(read.take_shifts().map(|shifts| (file, shifts)));
        let folder = folders.entry(api).or_default();
        // The API has the resource of one of two files that other systems cannot tell apart.
        match names.is_shadowed(file, source) {
            true => folder.incomplete = true,
            false => folder.add(source, file, read, &mut problems),
        }
    }
    let apis = folders.into_iter().map(|(name, folder)| folder.finish(name, &mut problems)).collect();
    (apis, problems, moved)
}

/// What a file describes, as far as it could be read.
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

/// Reads a file that follows a schema.
fn read_as<T: DeserializeOwned>(schema: &str, file: usize, source: &Source) -> Reading<T> {
    if let Some(fault) = &source.fault {
        let unread = BTreeSet::from([start_of(file)]);
        let problems = vec![unreadable(file, fault)];
        return Reading { decl: None, problems, unread, unknown: BTreeSet::new(), shifts: None };
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
    unread: BTreeSet<Span>,
    unknown: BTreeSet<String>,
    /// Something could not be read.
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
                let (file, span) = (source.path.clone(), start_of(file));
                self.resources.push(ResourceSyntax { path, file, span, decl });
            }
        }
    }

    /// What a file declares: nothing where it cannot be read at all. It still exists, so that its children and its users are
    /// not reported as well.
    fn take<T: Default>(&mut self, reading: Reading<T>, problems: &mut Vec<Diagnostic>) -> T {
        self.incomplete |= reading.problems.iter().any(|problem| problem.severity == Severity::Error);
        self.unread.extend(reading.unread);
        self.unknown.extend(reading.unknown);
        problems.extend(reading.problems);
        reading.decl.unwrap_or_default()
    }

    fn finish(mut self, name: &str, problems: &mut Vec<Diagnostic>) -> ApiSyntax {
        if let (None, Some(first)) = (self.api_file, self.first) {
            problems.push(
                Diagnostic::error(
                    Code::MisplacedFile,
                    start_of(first),
                    format!("the API `{name}` has no `api.yaml`"),
                )
                .label(format!("this file belongs to `{name}`"))
                .help(format!("`cargo xtask new api {name}` writes one to fill in")),
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
            self.unread.insert(resource.span);
            self.incomplete = true;
            // A parent whose file has another case is reported with the name of the file.
            let is_misnamed = paths.iter().any(|path| path.join("/").eq_ignore_ascii_case(&parent.join("/")));
            if !is_misnamed && !orphans.contains(&parent) {
                problems.push(orphan(resource, name, parent));
                orphans.push(parent);
            }
        }
        let span = start_of(self.api_file.or(self.first).unwrap_or_default());
        let has_api = self.api_file.is_some() && !self.unread.contains(&span);
        ApiSyntax {
            name: name.to_owned(),
            file: format!("{name}/api.yaml"),
            span,
            decl: self.api,
            has_api,
            resources: self.resources,
            unread: self.unread,
            unknown: self.unknown,
            complete: self.api_file.is_some() && !self.incomplete,
        }
    }
}

fn orphan(resource: &ResourceSyntax, api: &str, parent: &[String]) -> Diagnostic {
    let parent = parent.join("/");
    Diagnostic::error(
        Code::MisplacedFile,
        resource.span,
        format!("`{}` lies below a resource that does not exist", resource.path.join(".")),
    )
    .label("described here")
    .help(format!("describe its parent in `spec/{api}/{parent}.yaml`, or move this file up"))
}
