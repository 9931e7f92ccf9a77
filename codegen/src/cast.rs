//! The whole flow in one call: spec text in, files and problems out.

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::load::load;
use crate::model::Api;
use crate::output::{File, Output, PackageSummary};
use crate::resolve::resolve;
use crate::source::Source;
use crate::{manifest, markdown, rust, syntax};

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

    /// How many problems are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// Casts every API of the sources, in whatever order they come.
pub fn cast(sources: impl IntoIterator<Item = Source>) -> Cast {
    let (sources, apis, mut diagnostics) = describe(sources);
    let mut output = Output { files: syntax::schemas(), packages: Vec::new() };
    for api in &apis {
        match cast_api(api) {
            Ok(files) => {
                output.files.extend(files);
                output.packages.push(PackageSummary {
                    api: api.name.clone(),
                    operations: api.operations.len(),
                    types: api.types.len(),
                });
            }
            Err(problems) => diagnostics.extend(problems),
        }
    }
    output.files.sort_by(|a, b| a.path.cmp(&b.path));
    diagnostic::sort(&mut diagnostics);
    let failed = diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    Cast { sources, diagnostics, output: (!failed).then_some(output) }
}

/// Reads and resolves without emitting: the sources in order, the APIs without an error, and all problems, unsorted.
pub fn describe(sources: impl IntoIterator<Item = Source>) -> (Vec<Source>, Vec<Api>, Vec<Diagnostic>) {
    let mut sources: Vec<Source> = sources.into_iter().collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let (syntaxes, mut diagnostics) = load(&sources);
    let mut apis = Vec::new();
    for syntax in &syntaxes {
        let (api, problems) = resolve(syntax);
        diagnostics.extend(problems);
        apis.extend(api);
    }
    (sources, apis, diagnostics)
}

fn cast_api(api: &Api) -> Result<Vec<File>, Vec<Diagnostic>> {
    let package = rust::lower(api)?;
    let mut files = rust::expand(&package);
    files.extend(markdown::render(&package));
    files.extend(manifest::render(&package));
    Ok(files)
}
