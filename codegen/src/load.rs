//! Spec files to syntax: which file describes what, and what stands in it. Knows YAML and nothing of HTTP.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::syntax::{ApiDecl, ResourceDecl, read};

/// The files of one API, read.
#[derive(Debug)]
pub struct ApiSyntax {
    /// The folder below `spec/`.
    pub name: String,
    /// The path of its `api.yaml`, from `spec/`.
    pub file: String,
    /// The start of its `api.yaml`.
    pub span: Span,
    pub decl: ApiDecl,
    /// Parents before their children.
    pub resources: Vec<ResourceSyntax>,
    /// Whether all of it could be read. Where not, nobody can say what is missing or not used.
    pub complete: bool,
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
    pub decl: ResourceDecl,
    /// Could not be read, so that nobody knows what it defines.
    pub unread: bool,
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
            Some((api, read, found)) => {
                problems.extend(found.iter().cloned());
                folders.entry(api).or_default().add(source, file, read, found.is_empty());
            }
            None => problems.push(misplaced(file, &source.path)),
        }
    }
    let apis = folders.into_iter().filter_map(|(name, folder)| folder.finish(name, &mut problems)).collect();
    (apis, problems)
}

/// What a file describes, as far as it could be read.
enum Read {
    Api(Option<Box<ApiDecl>>),
    Resource(Vec<String>, Option<ResourceDecl>),
}

/// The API of the file, what it says, and what is wrong with it; nothing where no file belongs.
fn read_file(file: usize, source: &Source) -> Option<(&str, Read, Vec<Diagnostic>)> {
    let (api, path) = place_of(&source.path)?;
    Some(if path.is_empty() {
        let (decl, problems) = read(&source.text, file);
        (api, Read::Api(decl.map(Box::new)), problems)
    } else {
        let (decl, problems) = read(&source.text, file);
        (api, Read::Resource(path, decl), problems)
    })
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
    api: Option<ApiDecl>,
    resources: Vec<ResourceSyntax>,
    /// Something could not be read.
    incomplete: bool,
}

impl Folder {
    fn add(&mut self, source: &Source, file: usize, read: Read, complete: bool) {
        self.first.get_or_insert(file);
        self.incomplete |= !complete;
        let (path, decl) = match read {
            Read::Resource(path, decl) => (path, decl),
            Read::Api(decl) => {
                (self.api_file, self.api) = (Some(file), decl.map(|decl| *decl));
                return;
            }
        };
        // A file that cannot be read at all still exists, so that its children and its users are not reported as well.
        let unread = decl.is_none();
        let decl = decl.unwrap_or_else(ResourceDecl::unread);
        self.resources.push(ResourceSyntax {
            path,
            file: source.path.clone(),
            span: start_of(file),
            decl,
            unread,
        });
    }

    fn finish(mut self, name: &str, problems: &mut Vec<Diagnostic>) -> Option<ApiSyntax> {
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
        let file = self.api_file?;
        Some(ApiSyntax {
            name: name.to_owned(),
            file: format!("{name}/api.yaml"),
            span: start_of(file),
            decl: self.api?,
            resources: self.resources,
            complete: !self.incomplete,
        })
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
