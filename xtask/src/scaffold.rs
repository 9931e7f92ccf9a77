//! `cargo xtask new`: a valid description to fill in.

use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};
use clap::Subcommand;
use typefoundry_codegen::diagnostic::{Code, Diagnostic, Severity, Style, render_with};
use typefoundry_codegen::model::{Api, Shape};
use typefoundry_codegen::paths::{self, Invalid};
use typefoundry_codegen::source::Source;
use typefoundry_codegen::{Generated, generate_beside, resolve_all};

use crate::console::{errln, outln};
use crate::members;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A whole API: `spec/<api>/api.yaml`
    Api {
        /// The name of the folder and of the package: lower-case letters, digits and `-`
        api: String,
        /// The base URL of its server
        #[arg(long, default_value = "https://api.example.com")]
        url: String,
    },
    /// A resource of an API: `spec/<api>/<resource>.yaml`
    Resource {
        /// The API that it belongs to
        api: String,
        /// Its path: `users`, or `users.keys` for a resource below another
        resource: String,
    },
    /// An operation of a resource
    ///
    /// For example: cargo xtask new operation acme users get "GET /v1/users/{user_id}"
    Operation {
        /// The API that it belongs to
        api: String,
        /// The path of the resource: `users` or `users.keys`
        resource: String,
        /// Its name: lower-case words joined by `_`
        operation: String,
        /// Method and path, with path params in braces
        http: String,
    },
}

/// Writes the description, where it adds no error to those that are there already.
pub fn run(workspace: &Workspace, args: &Args, style: Style) -> Result<bool> {
    check_names(&args.what)?;
    let sources = workspace.sources();
    let written = match &args.what {
        What::Api { api, url } => {
            let path = format!("{api}/api.yaml");
            ensure!(find(&sources, &path).is_none(), "spec/{path} is there already");
            Source::new(path, api_text(api, url))
        }
        What::Resource { api, resource } => {
            ensure!(
                find(&sources, &format!("{api}/api.yaml")).is_some(),
                "there is no API `{api}`; `cargo xtask new api {api}` makes it"
            );
            let path = resource_path(api, resource);
            ensure!(find(&sources, &path).is_none(), "spec/{path} is there already");
            Source::new(path, resource_text(resource))
        }
        What::Operation { api, resource, operation, http } => {
            let path = resource_path(api, resource);
            let Some(source) = find(&sources, &path) else {
                bail!("there is no spec/{path}; `cargo xtask new resource {api} {resource}` makes it");
            };
            ensure!(source.fault.is_none(), "failed to read spec/{path}; `cargo xtask generate` shows why");
            let (_, apis, _) = resolve_all(sources.clone());
            let described = apis.iter().find(|described| described.name == *api);
            let added = operation_text(described, resource, operation, http);
            Source::new(path, with_operation(&source.text, &added)?)
        }
    };
    write_if_valid(workspace, sources, written, style)
}

/// Checks the names before anything is read: they become paths, also ones that lead out of `spec/`.
fn check_names(what: &What) -> Result<()> {
    let (api, resource, operation) = match what {
        What::Api { api, .. } => (api, None, None),
        What::Resource { api, resource } => (api, Some(resource), None),
        What::Operation { api, resource, operation, .. } => (api, Some(resource), Some(operation)),
    };
    check_name("an API", api, paths::check_api(api))?;
    for word in resource.into_iter().flat_map(|resource| resource.split('.')) {
        check_name("a resource", word, paths::check_resource(word))?;
    }
    // An operation is a module of its resource, so it has the same letters.
    match operation.map(|name| (name, paths::check_resource(name))) {
        Some((name, result @ Err(Invalid::Characters))) => check_name("an operation", name, result),
        _ => Ok(()),
    }
}

fn check_name(what: &str, name: &str, result: Result<(), Invalid>) -> Result<()> {
    let Err(why) = result else { return Ok(()) };
    let suggested = paths::suggest(name).map(|name| format!("; try `{name}`")).unwrap_or_default();
    bail!("`{name}` is not a valid name of {what}: {why}{suggested}")
}

fn find<'s>(sources: &'s [Source], path: &str) -> Option<&'s Source> {
    sources.iter().find(|source| source.path == path)
}

fn resource_path(api: &str, resource: &str) -> String {
    format!("{api}/{}.yaml", resource.replace('.', "/"))
}

/// Reports mistakes in what was asked for, such as a name that is taken, and writes nothing then.
///
/// Errors that were there before, in this API or another, are for `generate` to report.
fn write_if_valid(
    workspace: &Workspace,
    mut sources: Vec<Source>,
    written: Source,
    style: Style,
) -> Result<bool> {
    let neighbors = members::neighbors(&members::read(workspace)?);
    let known = generate_beside(sources.clone(), &neighbors);
    let before: BTreeSet<_> = errors(&known).map(identity).collect();
    sources.retain(|source| source.path != written.path);
    sources.push(written.clone());
    let after = generate_beside(sources, &neighbors);
    let added = errors(&after).filter(|error| !before.contains(&identity(*error)));
    let added: Vec<Diagnostic> = added.map(|(_, error)| error.clone()).collect();
    if !added.is_empty() {
        errln!("{}\nnothing was written", render_with(&added, &after.sources, &style));
        return Ok(false);
    }
    workspace.write(&format!("spec/{}", written.path), &written.text)?;
    outln!(
        "spec/{} is written; say what is true where it says TODO, then run `cargo xtask generate`",
        written.path
    );
    Ok(true)
}

/// The errors of a run, each with the path of its file.
fn errors(run: &Generated) -> impl Iterator<Item = (&str, &Diagnostic)> {
    let errors = run.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|error| (run.sources.get(error.span.file).map_or("", |source| source.path.as_str()), error))
}

/// What an error is known by in another run, where its place may be another.
fn identity((path, error): (&str, &Diagnostic)) -> (String, Code, String) {
    (path.to_owned(), error.code, error.message.clone())
}

fn api_text(api: &str, url: &str) -> String {
    let env = api.replace('-', "_").to_uppercase();
    format!(
        "# yaml-language-server: $schema=../schema/api.json
doc: |
  TODO: what the API is for.
package:
  name: {api}
  version: 0.1.0
  doc: \"TODO: one line for people who look for a client of this API.\"

credentials:
  api_key:
    type: secret
    doc: \"TODO: where one gets the key, and what it opens.\"
    env: {env}_API_KEY
    example: key-example

servers:
  main:
    url: {url}
    doc: \"TODO: what this server is for.\"

auth: {{ bearer: {{ token: api_key }} }}

errors:
  code: code
  message: message
"
    )
}

fn resource_text(resource: &str) -> String {
    let up = "../".repeat(resource.split('.').count());
    format!(
        "# yaml-language-server: $schema={up}schema/resource.json
doc: |
  TODO: what a thing of this resource is.

operations: {{}}
"
    )
}

/// The names in braces.
fn placeholders(http: &str) -> impl Iterator<Item = &str> {
    http.split('{').skip(1).filter_map(|rest| rest.split('}').next()).filter(|name| !name.is_empty())
}

/// The type that a path param most likely has: the id that is called like it.
fn type_of(api: &Api, resource: &str, param: &str) -> Option<String> {
    let word = param.replace('_', "");
    let mut ids = api.types.iter().filter(|def| matches!(def.shape, Shape::Id { .. }));
    let id = ids.find(|def| def.name.eq_ignore_ascii_case(&word))?;
    let home = api.resources.get(id.resource.0)?.dotted();
    let in_reach = resource == home || resource.starts_with(&format!("{home}."));
    Some(if in_reach { id.name.clone() } else { format!("{home}.{}", id.name) })
}

fn operation_text(api: Option<&Api>, resource: &str, operation: &str, http: &str) -> String {
    let mut text = format!(
        "  {operation}:\n    doc: |\n      TODO: what the call does, in one sentence.\n    http: {http}\n"
    );
    for (at, name) in placeholders(http).enumerate() {
        let ty = api.and_then(|api| type_of(api, resource, name)).unwrap_or_else(|| "string".to_owned());
        text.push_str(if at == 0 { "    params:\n" } else { "" });
        text.push_str(&format!("      {name}: {{ type: {ty}, doc: \"TODO: which one.\" }}\n"));
    }
    text.push_str("    response: {} # TODO: the fields that come back, or the type\n");
    text
}

/// The file with one more operation, at the end of those that it has.
fn with_operation(text: &str, added: &str) -> Result<String> {
    let lines: Vec<&str> = text.lines().collect();
    let Some(start) = lines.iter().position(|line| line.starts_with("operations:")) else {
        return Ok(format!("{}\n\noperations:\n{added}", text.trim_end()));
    };
    let inline = lines[start]["operations:".len()..].split('#').next().unwrap_or("").trim();
    ensure!(inline.is_empty() || inline == "{}", "write the operations one below the other first");
    let is_next_key = |line: &&str| line.starts_with(|c: char| !c.is_whitespace() && c != '#');
    let end = lines.iter().skip(start + 1).position(is_next_key).map_or(lines.len(), |at| start + 1 + at);
    let body = lines[start + 1..end].join("\n");
    let body = body.trim_end();
    let gap = if body.is_empty() { "" } else { "\n\n" };
    let mut out = lines[..start].join("\n");
    out.push_str(&format!("\noperations:\n{body}{gap}{added}"));
    if end < lines.len() {
        out.push_str(&format!("\n{}\n", lines[end..].join("\n")));
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
