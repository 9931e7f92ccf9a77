//! The entry points of the crate: spec text in, files and diagnostics out.

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::load::{Moved, load};
use crate::model::Api;
use crate::output::{File, Output, PackageSummary};
use crate::packages;
use crate::resolve::{Resolved, resolve};
use crate::settings::Settings;
use crate::source::Source;
use crate::{manifest, markdown, public_api, rust, syntax};

/// The result of a run.
#[derive(Debug)]
pub struct Generated {
    /// The sources, sorted by path. The spans of the diagnostics index them in this order.
    pub sources: Vec<Source>,
    /// The diagnostics, sorted by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// The generated files. Missing if there is an error; then nothing must be written.
    pub output: Option<Output>,
}

impl Generated {
    /// Renders the diagnostics for people.
    pub fn render(&self, color: bool) -> String {
        diagnostic::render(&self.diagnostics, &self.sources, color)
    }

    /// Renders the diagnostics for people in a given style.
    pub fn render_with(&self, style: &diagnostic::Style) -> String {
        diagnostic::render_with(&self.diagnostics, &self.sources, style)
    }

    /// Counts the diagnostics of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// Generates the packages of all APIs in the sources. The order of the sources does not matter.
pub fn generate(sources: impl IntoIterator<Item = Source>, settings: &Settings) -> Generated {
    let (sources, resolved, mut diagnostics, moved) = load_and_resolve(sources);
    let read = diagnostics.len();
    let apis: Vec<&Api> = resolved.iter().map(|resolved| &resolved.api).collect();
    diagnostics.extend(packages::check(&apis, &settings.neighbors));
    let mut output = Output { files: Vec::new(), packages: Vec::new() };
    let made: Vec<_> = resolved.par_iter().map(|resolved| generate_api(resolved, settings)).collect();
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
        return Generated { sources, diagnostics, output: None };
    }
    output.files.extend(syntax::schemas(settings));
    output.files.sort_by(|a, b| a.path.cmp(&b.path));
    Generated { sources, diagnostics, output: Some(output) }
}

/// Resolves the sources without generating code. Returns the sorted sources, the APIs without an error, and all diagnostics,
/// unsorted.
pub fn resolve_all(sources: impl IntoIterator<Item = Source>) -> (Vec<Source>, Vec<Api>, Vec<Diagnostic>) {
    let (sources, resolved, diagnostics, _) = load_and_resolve(sources);
    let apis = resolved.into_iter().filter(|resolved| resolved.sound).map(|resolved| resolved.api).collect();
    (sources, apis, diagnostics)
}

/// Resolves the sources. Returns the sorted sources, all APIs as far as they are valid, and all diagnostics, unsorted.
///
/// The last value holds the position shifts of files that were read at another indentation.
fn load_and_resolve(
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

/// Restores the original positions of diagnostics in files that were read at another indentation.
fn move_back<'d>(problems: impl Iterator<Item = &'d mut Diagnostic>, moved: &Moved) {
    for problem in problems {
        for (file, shifts) in moved {
            problem.move_within(*file, |byte| shifts.original(byte));
        }
    }
}

/// Returns the files of a package, or the diagnostics about its Rust names.
///
/// Names are checked even if the API has other errors, so one run reports all of them. Such an API has no files.
fn generate_api(resolved: &Resolved, settings: &Settings) -> Result<Vec<File>, Vec<Diagnostic>> {
    let package = rust::lower(&resolved.api, settings)?;
    if !resolved.sound {
        return Err(Vec::new());
    }
    let (files, pages) = rayon::join(|| rust_files(&package), || markdown::render(&package));
    let manifests = manifest::render(&package);
    let problems = manifest::check(&resolved.api, &manifests);
    if problems.is_empty() { Ok([files, pages, manifests].concat()) } else { Err(problems) }
}

/// Returns the Rust files and the list of public items.
fn rust_files(package: &rust::lower::Package<'_>) -> Vec<File> {
    let rust::Expanded { mut files, outlines } = rust::expand(package);
    let head = package.settings.head("#", &package.api.file);
    let listing = public_api::list(&package.crate_name, &head, &outlines);
    files.push(File::new(package.path_of(public_api::FILE), listing));
    files
}
