//! The roles of the spec files, derived from their paths, and the diagnostics about misplaced files.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::paths;
use crate::source::{Fault, Source, Span};

/// Whether the path has the extension of a description, in any case. Such a file is parsed; of other files only the path
/// matters.
pub fn is_description(path: &str) -> bool {
    let ending = path.rsplit('/').next().unwrap_or(path).rsplit_once('.').map_or("", |(_, ending)| ending);
    ["yaml", "yml"].iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Returns the span of the start of a file.
pub(super) fn start_of(file: usize) -> Span {
    Span::new(file, 0..0)
}

/// Returns the API of a path, and the segments of the resource: none for `api.yaml`. The extensions `.yml` and `.yaml` are
/// equal here.
pub(super) fn place_of(path: &str) -> Option<(&str, Vec<String>)> {
    let (api, rest) = path.split_once('/').filter(|_| is_description(path) && !paths::is_leftover(path))?;
    let (stem, _) = rest.rsplit_once('.')?;
    let words = if stem == "api" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() };
    (!words.iter().any(String::is_empty)).then_some((api, words))
}

/// Returns the path with the correct extension.
fn with_ending(path: &str) -> String {
    format!("{}.yaml", path.rsplit_once('.').map_or(path, |(stem, _)| stem))
}

/// Reports a file or folder that could not be read.
pub(super) fn unreadable(file: usize, source: &Source, fault: &Fault) -> Diagnostic {
    match fault {
        Fault::NotUtf8 { at, byte } => {
            let span = Span::new(file, *at..*at + char::REPLACEMENT_CHARACTER.len_utf8());
            Diagnostic::error(Code::UnreadableFile, span, "the file is not UTF-8")
                .label(format!("the byte {byte:#04x} is not valid here"))
                .help("save the file in the encoding UTF-8")
        }
        Fault::Unreadable(reason) => {
            Diagnostic::error(Code::UnreadableFile, start_of(file), "failed to read the file or folder")
                .label(reason.clone())
                .help(format!("make it readable, or remove it from `{}/`", source.folder))
        }
    }
}

/// Reports a file from which nothing is generated.
pub(super) fn misplaced(file: usize, source: &Source) -> Diagnostic {
    let path = &source.path;
    if paths::is_leftover(path) {
        return Diagnostic::warning(
            Code::MisplacedFile,
            start_of(file),
            "nothing is generated from the file",
        )
        .label("created by an editor or the operating system")
        .help(format!("remove the file, or move it out of `{}/`", source.folder));
    }
    if let Some(fault) = &source.fault {
        return unreadable(file, source, fault);
    }
    let problem =
        Diagnostic::error(Code::MisplacedFile, start_of(file), "nothing is generated from the file");
    match is_description(path) {
        true => problem.label(NO_PLACE).help(format!(
            "a spec is `{0}/<api>/api.yaml`, `{0}/<api>/<resource>.yaml` and `{0}/<api>/<resource>/<child>.yaml`",
            source.folder
        )),
        false => problem.label("not a description by its name, which does not end in `.yaml`").help(format!(
            "move the file out of `{}/`, or rename it to `<resource>.yaml` if it describes a resource",
            source.folder
        )),
    }
}

const NO_PLACE: &str = "not an API or a resource by its path";

/// The paths of a run, with those that are equal on systems that ignore case.
pub(super) struct Names<'s> {
    known: BTreeSet<&'s str>,
    /// The files that define a resource, by the path in lower case with the correct extension.
    kept: BTreeMap<String, (usize, &'s str)>,
    /// The first file of each API.
    first: BTreeMap<&'s str, usize>,
}

impl<'s> Names<'s> {
    pub(super) fn new(sources: &'s [Source]) -> Self {
        let known = sources.iter().map(|source| source.path.as_str()).collect();
        let (mut kept, mut first) = (BTreeMap::new(), BTreeMap::new());
        for (file, source) in sources.iter().enumerate() {
            let Some((api, words)) = place_of(&source.path) else { continue };
            first.entry(api).or_insert(file);
            let valid = source.path.ends_with(".yaml")
                && paths::check_api(api).is_ok()
                && words.iter().all(|word| paths::check_resource(word).is_ok());
            let entry = kept.entry(folded(&source.path)).or_insert((file, source.path.as_str()));
            if valid {
                *entry = (file, source.path.as_str());
            }
        }
        Self { known, kept, first }
    }

    fn kept(&self, source: &Source) -> Option<(usize, &'s str)> {
        self.kept.get(&folded(&source.path)).copied()
    }

    /// Whether another file defines the same resource.
    pub(super) fn is_shadowed(&self, file: usize, source: &Source) -> bool {
        self.kept(source).is_some_and(|(kept, _)| kept != file)
    }

    /// Reports names that some systems reject, or that cannot name a module and a page of the docs.
    pub(super) fn check(&self, file: usize, source: &Source) -> Vec<Diagnostic> {
        let Some((api, words)) = place_of(&source.path) else { return Vec::new() };
        let shadow = self.kept(source).filter(|(kept, _)| *kept != file);
        if !source.path.ends_with(".yaml") {
            return vec![wrong_ending(file, source, shadow)];
        }
        if let Some((kept, path)) = shadow {
            return vec![one_file(file, source, kept, path)];
        }
        let of_api = paths::check_api(api).err().filter(|_| self.first.get(api) == Some(&file));
        let of_api = of_api.map(|why| {
            let problem = invalid_name(file, api, "an API", why);
            match paths::suggest(api).filter(|name| !self.first.contains_key(name.as_str())) {
                Some(name) => problem.help(format!("rename the folder to `{}`", source.shown(&name))),
                None => problem.help("give the folder another name"),
            }
        });
        let of_resource = words.last().and_then(|word| Some((word, paths::check_resource(word).err()?)));
        let of_resource = of_resource.map(|(word, why)| {
            let problem = invalid_name(file, word, "a resource", why);
            let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let renamed = paths::suggest(word).map(|name| format!("{folder}/{name}.yaml"));
            match renamed.filter(|path| !self.known.contains(path.as_str())) {
                Some(path) => problem.help(format!("rename the file to `{}`", source.shown(&path))),
                None => problem.help("give the file another name"),
            }
        });
        of_api.into_iter().chain(of_resource).collect()
    }
}

/// Normalizes a path. Two paths with equal results cannot both be used.
fn folded(path: &str) -> String {
    with_ending(path).to_lowercase()
}

fn wrong_ending(file: usize, source: &Source, shadow: Option<(usize, &str)>) -> Diagnostic {
    let problem =
        Diagnostic::error(Code::MisplacedFile, start_of(file), "nothing is generated from the file")
            .label(NO_PLACE);
    match shadow {
        Some((_, other)) => {
            problem.help(format!("remove the file: `{}` describes the same", source.shown(other)))
        }
        None => problem.help(format!("rename the file to `{}`", source.shown(&with_ending(&source.path)))),
    }
}

fn invalid_name(file: usize, name: &str, what: &str, why: paths::Invalid) -> Diagnostic {
    let message = format!("`{name}` cannot be the name of {what}");
    Diagnostic::error(Code::InvalidFileName, start_of(file), message).label(why.to_string())
}

fn one_file(file: usize, source: &Source, kept: usize, kept_path: &str) -> Diagnostic {
    let (path, kept_path) = (source.shown_path(), source.shown(kept_path));
    let message = format!("`{path}` and `{kept_path}` are one file on systems that ignore case");
    Diagnostic::error(Code::InvalidFileName, start_of(file), message)
        .label("differs from the other file in case alone")
        .note(start_of(kept), "the other file")
        .help("merge the two files, or give one of them another name")
}

#[cfg(test)]
mod tests {
    use super::{is_description, place_of};

    #[test]
    fn path_determines_the_role_of_a_file() {
        assert_eq!(place_of("acme/api.yaml"), Some(("acme", vec![])));
        assert_eq!(
            place_of("acme/users/keys.yaml"),
            Some(("acme", vec!["users".to_owned(), "keys".to_owned()]))
        );
        assert_eq!(place_of("acme/users.YML"), Some(("acme", vec!["users".to_owned()])));
        for path in ["api.yaml", "acme/users.txt", "acme/.yaml", "acme//x.yaml", "acme/.users.yaml"] {
            assert_eq!(place_of(path), None, "{path}");
        }
    }

    #[test]
    fn extension_of_a_description_is_recognized_in_any_case() {
        assert!(is_description("acme/users.YAML") && is_description("acme/users.yml"));
        assert!(!is_description("acme/yaml") && !is_description("acme/users.yaml.txt"));
    }
}
