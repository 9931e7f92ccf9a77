//! Spec files to syntax: which file describes what, and what stands in it. Knows YAML and nothing of HTTP.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Source, Span};
use crate::syntax::{ApiDecl, Reading, ResourceDecl, check_schema_line, read};

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
    /// The declarations that lack a part because it could not be read, each by the place of its key. Nobody can say what is
    /// missing in them.
    pub unread: BTreeSet<Span>,
    /// Whether all of it could be read. Where not, nobody can say what is not used.
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

/// Reads all files. `sources` must be sorted by path; spans number them in that order.
pub fn load(sources: &[Source]) -> (Vec<ApiSyntax>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
    // No file says anything of how another is read.
    let files: Vec<_> =
        sources.par_iter().enumerate().map(|(file, source)| read_file(file, source)).collect();
    for (file, (source, read)) in sources.iter().zip(files).enumerate() {
        match read {
            Some((api, read)) => folders.entry(api).or_default().add(source, file, read, &mut problems),
            None => problems.push(misplaced(file, &source.path)),
        }
    }
    let apis = folders.into_iter().map(|(name, folder)| folder.finish(name, &mut problems)).collect();
    (apis, problems)
}

/// What a file describes, as far as it could be read.
enum Read {
    Api(Box<Reading<ApiDecl>>),
    Resource(Vec<String>, Box<Reading<ResourceDecl>>),
}

/// The API of the file, and what it says; nothing where no file belongs.
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
    let mut reading = read(&source.text, file);
    reading.problems.extend(check_schema_line(&source.text, file, &source.path, schema));
    reading
}

fn misplaced(file: usize, path: &str) -> Diagnostic {
    let problem = Diagnostic::error(Code::MisplacedFile, start_of(file), "this file describes nothing")
        .label("not an API or a resource by its path");
    match path.strip_suffix(".yml").filter(|stem| place_of(&format!("{stem}.yaml")).is_some()) {
        Some(stem) => problem.help(format!("call it `spec/{stem}.yaml`")),
        None => problem
            .help("a spec is `spec/<api>/api.yaml`, `spec/<api>/<resource>.yaml` and `spec/<api>/<resource>/<child>.yaml`"),
    }
}

fn start_of(file: usize) -> Span {
    Span::new(file, 0..0)
}

/// The API that a path belongs to, and the words behind it: none for `api.yaml`.
fn place_of(path: &str) -> Option<(&str, Vec<String>)> {
    let (api, rest) = path.split_once('/')?;
    let stem = rest.strip_suffix(".yaml")?;
    let words = if stem == "api" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() };
    (!words.iter().any(String::is_empty)).then_some((api, words))
}

#[derive(Default)]
struct Folder {
    first: Option<usize>,
    api_file: Option<usize>,
    api: ApiDecl,
    resources: Vec<ResourceSyntax>,
    unread: BTreeSet<Span>,
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
        for resource in &self.resources {
            let parent = resource.path.split_last().map_or(&[][..], |(_, parent)| parent);
            if !parent.is_empty() && !paths.iter().any(|path| path == parent) {
                problems.push(orphan(resource, name, parent));
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

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn paths_say_what_a_file_describes() {
        assert_eq!(place_of("acme/api.yaml"), Some(("acme", vec![])));
        assert_eq!(
            place_of("acme/users/keys.yaml"),
            Some(("acme", vec!["users".to_owned(), "keys".to_owned()]))
        );
        for path in ["api.yaml", "acme/users.yml", "acme/.yaml", "acme//x.yaml"] {
            assert_eq!(place_of(path), None, "{path}");
        }
    }
}
