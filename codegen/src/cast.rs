//! The whole flow in one call: spec text in, files and problems out.

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::load::{Moved, load};
use crate::model::Api;
use crate::output::{File, Output, PackageSummary};
use crate::packages::{self, Neighbor};
use crate::resolve::{Resolved, resolve};
use crate::source::Source;
use crate::{manifest, markdown, public_api, rust, syntax};

/// What a run found and made.
#[derive(Debug)]
pub struct Cast {
    /// The sources, sorted by path as the spans of the diagnostics number them.
    pub sources: Vec<Source>,
    /// Sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Missing when there is an error: then nothing may be written at all.
    pub output: Option<Output>,
}

impl Cast {
    /// The problems as a person reads them.
    pub fn render(&self, color: bool) -> String {
        diagnostic::render(&self.diagnostics, &self.sources, color)
    }

    /// The problems as a person reads them, in a given style.
    pub fn render_with(&self, style: &diagnostic::Style) -> String {
        diagnostic::render_with(&self.diagnostics, &self.sources, style)
    }

    /// How many problems are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// Casts every API of the sources, in whatever order they come.
pub fn cast(sources: impl IntoIterator<Item = Source>) -> Cast {
    cast_beside(sources, &[])
}

/// Casts every API of the sources into packages of a workspace that has these packages besides.
pub fn cast_beside(sources: impl IntoIterator<Item = Source>, neighbors: &[Neighbor]) -> Cast {
    let (sources, resolved, mut diagnostics, moved) = resolve_all(sources);
    let read = diagnostics.len();
    let apis: Vec<&Api> = resolved.iter().map(|resolved| &resolved.api).collect();
    diagnostics.extend(packages::check(&apis, neighbors));
    let mut output = Output { files: Vec::new(), packages: Vec::new() };
    let made: Vec<_> = resolved.par_iter().map(cast_api).collect();
    for (Resolved { api, .. }, made) in resolved.iter().zip(made) {
        match made {
            Ok(files) => {
                output.files.extend(files);
                output.packages.push(PackageSummary {
                    api: api.name.clone(),
                    package: api.package.name.clone(),
                    operations: api.operations.len(),
                    types: api.types.len(),
                });
            }
            Err(problems) => diagnostics.extend(problems),
        }
    }
    move_back(diagnostics.iter_mut().skip(read), &moved);
    diagnostic::sort(&mut diagnostics);
    if diagnostics.iter().any(|problem| problem.severity == Severity::Error) {
        return Cast { sources, diagnostics, output: None };
    }
    output.files.extend(syntax::schemas());
    output.files.sort_by(|a, b| a.path.cmp(&b.path));
    Cast { sources, diagnostics, output: Some(output) }
}

/// Reads and resolves without emitting: the sources in order, the APIs without an error, and all problems, unsorted.
pub fn describe(sources: impl IntoIterator<Item = Source>) -> (Vec<Source>, Vec<Api>, Vec<Diagnostic>) {
    let (sources, resolved, diagnostics, _) = resolve_all(sources);
    let apis = resolved.into_iter().filter(|resolved| resolved.sound).map(|resolved| resolved.api).collect();
    (sources, apis, diagnostics)
}

/// The sources in order, all APIs as far as they could be resolved, all problems, unsorted, and the files in which the places
/// of the APIs are not those of the text.
fn resolve_all(
    sources: impl IntoIterator<Item = Source>,
) -> (Vec<Source>, Vec<Resolved>, Vec<Diagnostic>, Moved) {
    let mut sources: Vec<Source> = sources.into_iter().collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let (syntaxes, mut diagnostics, moved) = load(&sources);
    let mut resolved: Vec<_> = syntaxes.par_iter().map(resolve).collect();
    for api in &mut resolved {
        move_back(api.problems.iter_mut(), &moved);
        diagnostics.append(&mut api.problems);
    }
    (sources, resolved, diagnostics, moved)
}

/// Gives problems the places of the text, in files that were read at another indentation.
fn move_back<'d>(problems: impl Iterator<Item = &'d mut Diagnostic>, moved: &Moved) {
    for problem in problems {
        for (file, shifts) in moved {
            problem.move_within(*file, |byte| shifts.original(byte));
        }
    }
}

/// The files of a package, or what is wrong with its Rust names. Names are looked at in any case, so that one run shows all
/// problems; nothing is made of an API that has others.
fn cast_api(resolved: &Resolved) -> Result<Vec<File>, Vec<Diagnostic>> {
    let package = rust::lower(&resolved.api)?;
    if !resolved.sound {
        return Err(Vec::new());
    }
    let (files, pages) = rayon::join(|| rust_files(&package), || markdown::render(&package));
    let manifests = manifest::render(&package);
    let problems = manifest::check(&resolved.api, &manifests);
    if problems.is_empty() { Ok([files, pages, manifests].concat()) } else { Err(problems) }
}

/// The Rust files, and the list of what they make public.
fn rust_files(package: &rust::lower::Package<'_>) -> Vec<File> {
    let rust::Expanded { mut files, outlines } = rust::expand(package);
    let made_from = format!("spec/{}", package.api.file);
    let listing = public_api::list(&package.crate_name, &made_from, &outlines);
    files.push(File::new(package.api.generated(public_api::FILE), listing));
    files
}
