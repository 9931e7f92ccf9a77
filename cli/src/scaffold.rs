//! `typefoundry new`: creates a valid description to complete.

use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};
use clap::Subcommand;
use typefoundry_codegen::diagnostic::{Code, Diagnostic, Severity, Style, render_with};
use typefoundry_codegen::model::{Api, Shape};
use typefoundry_codegen::paths::{self, Invalid};
use typefoundry_codegen::source::Source;
use typefoundry_codegen::{Generated, generate, resolve_all};

use crate::members::CargoWorkspace;
use crate::repository::Repository;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// An API: `spec/<api>/api.yaml`
    Api {
        /// Name of the folder and of the package: lowercase letters, digits and `-`
        api: String,
        /// Base URL of its server
        #[arg(long, default_value = "https://api.example.com")]
        url: String,
    },
    /// A resource of an API: `spec/<api>/<resource>.yaml`
    Resource {
        /// Name of its API
        api: String,
        /// Path of the resource: `users`, or `users.keys` for a nested resource
        resource: String,
    },
    /// An operation of a resource
    ///
    /// For example: new operation acme users get "GET /v1/users/{user_id}"
    Operation {
        /// Name of its API
        api: String,
        /// Path of its resource: `users` or `users.keys`
        resource: String,
        /// Name of the operation: lowercase words joined by `_`
        operation: String,
        /// Method and path, with path parameters in braces
        http: String,
    },
}

/// Writes the description if it adds no errors.
pub fn run(repository: &Repository, args: &Args, style: Style) -> Result<bool> {
    check_names(&args.what)?;
    let (spec, command) = (repository.spec(), repository.command());
    let sources = repository.sources();
    let written = match &args.what {
        What::Api { api, url } => {
            let path = format!("{api}/api.yaml");
            ensure!(find(&sources, &path).is_none(), "{spec}/{path} already exists");
            Source::new(path, api_text(api, url))
        }
        What::Resource { api, resource } => {
            ensure!(
                find(&sources, &format!("{api}/api.yaml")).is_some(),
                "there is no API `{api}`; create it with `{command} new api {api}`"
            );
            let path = resource_path(api, resource);
            ensure!(find(&sources, &path).is_none(), "{spec}/{path} already exists");
            Source::new(path, resource_text(resource))
        }
        What::Operation { api, resource, operation, http } => {
            let path = resource_path(api, resource);
            let Some(source) = find(&sources, &path) else {
                bail!("there is no {spec}/{path}; create it with `{command} new resource {api} {resource}`");
            };
            ensure!(source.fault.is_none(), "failed to read {spec}/{path}; `{command} generate` shows why");
            let (_, apis, _) = resolve_all(sources.clone());
            let described = apis.iter().find(|described| described.name == *api);
            let added = operation_text(described, resource, operation, http);
            let text = with_operation(&source.text, &added)?;
            // `lines` drops the other kind of line ends.
            Source::new(path, if source.text.contains("\r\n") { text.replace('\n', "\r\n") } else { text })
        }
    };
    write_if_valid(repository, sources, written.within(spec.to_owned()), style)
}

/// Checks the names before any file is read, because they become parts of paths, which must stay in the folder of the descriptions.
fn check_names(what: &What) -> Result<()> {
    let (api, resource, operation) = match what {
        What::Api { api, .. } => (api, None, None),
        What::Resource { api, resource } => (api, Some(resource), None),
        What::Operation { api, resource, operation, .. } => (api, Some(resource), Some(operation)),
    };
    check_api_name(api)?;
    for word in resource.into_iter().flat_map(|resource| resource.split('.')) {
        check_name("a resource", word, paths::check_resource(word))?;
    }
    // An operation is a module of its resource, so the same characters are allowed.
    match operation.map(|name| (name, paths::check_resource(name))) {
        Some((name, result @ Err(Invalid::Characters))) => check_name("an operation", name, result),
        _ => Ok(()),
    }
}

/// Checks the name of an API.
pub fn check_api_name(name: &str) -> Result<()> {
    check_name("an API", name, paths::check_api(name))
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

/// Writes the description, or reports the errors that it adds, such as a duplicate name.
///
/// Only `generate` reports existing errors.
fn write_if_valid(
    repository: &Repository,
    mut sources: Vec<Source>,
    written: Source,
    style: Style,
) -> Result<bool> {
    let settings = repository.settings(CargoWorkspace::around(repository)?.neighbors())?;
    let known = generate(sources.clone(), &settings);
    let before: BTreeSet<_> = errors(&known).map(identity).collect();
    sources.retain(|source| source.path != written.path);
    sources.push(written.clone());
    let after = generate(sources, &settings);
    let added = errors(&after).filter(|error| !before.contains(&identity(*error)));
    let added: Vec<Diagnostic> = added.map(|(_, error)| error.clone()).collect();
    if !added.is_empty() {
        errln!("{}\nnothing was written", render_with(&added, &after.sources, &style));
        return Ok(false);
    }
    let path = format!("{}/{}", repository.spec(), written.path);
    repository.write(&path, &written.text)?;
    outln!("wrote {path}; replace each TODO, then run `{} generate`", repository.command());
    Ok(true)
}

/// Returns the errors of a run, each with the path of its file.
fn errors(run: &Generated) -> impl Iterator<Item = (&str, &Diagnostic)> {
    let errors = run.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|error| (run.sources.get(error.span.file).map_or("", |source| source.path.as_str()), error))
}

/// Identifies an error in another run, where its location can differ.
fn identity((path, error): (&str, &Diagnostic)) -> (String, Code, String) {
    (path.to_owned(), error.code, error.message.clone())
}

fn api_text(api: &str, url: &str) -> String {
    let env = api.replace('-', "_").to_uppercase();
    format!(
        "# yaml-language-server: $schema=../schema/api.json
doc: |
  TODO: the purpose of the API.
package:
  name: {api}
  version: 0.1.0
  doc: \"TODO: one line that describes the package.\"

credentials:
  api_key:
    type: secret
    doc: \"TODO: the source of the key and its access rights.\"
    env: {env}_API_KEY
    example: key-example

servers:
  main:
    url: {url}
    doc: \"TODO: the purpose of this server.\"

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
  TODO: the objects of the resource.

operations: {{}}
"
    )
}

/// Returns the names in braces.
fn placeholders(http: &str) -> impl Iterator<Item = &str> {
    http.split('{').skip(1).filter_map(|rest| rest.split('}').next()).filter(|name| !name.is_empty())
}

/// Guesses the type of a path parameter: the ID with the same name.
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
        "  {operation}:\n    doc: |\n      TODO: describe the operation in one sentence.\n    http: {http}\n"
    );
    for (at, name) in placeholders(http).enumerate() {
        let ty = api.and_then(|api| type_of(api, resource, name)).unwrap_or_else(|| "string".to_owned());
        text.push_str(if at == 0 { "    params:\n" } else { "" });
        text.push_str(&format!(
            "      {name}: {{ type: {ty}, doc: \"TODO: the meaning of the parameter.\" }}\n"
        ));
    }
    text.push_str("    response: {} # TODO: the fields of the response, or its type\n");
    text
}

/// Adds an operation behind the last one.
fn with_operation(text: &str, added: &str) -> Result<String> {
    let lines: Vec<&str> = text.lines().collect();
    let key = lines.iter().enumerate().find_map(|(at, line)| Some((at, line.strip_prefix("operations:")?)));
    let Some((start, rest)) = key else {
        return Ok(format!("{}\n\noperations:\n{added}", text.trim_end()));
    };
    let inline = rest.split('#').next().unwrap_or("").trim();
    ensure!(
        inline.is_empty() || inline == "{}",
        "failed to add the operation: first write each operation of the file on its own lines"
    );
    let is_next_key = |line: &&str| line.starts_with(|c: char| !c.is_whitespace() && c != '#');
    let (before, rest) = lines.split_at(start);
    let rest: Vec<&str> = rest.iter().skip(1).copied().collect();
    let (body, after) = rest.split_at(rest.iter().position(is_next_key).unwrap_or(rest.len()));
    let body = body.join("\n");
    let body = body.trim_end();
    let gap = if body.is_empty() { "" } else { "\n\n" };
    let mut out = before.join("\n");
    out.push_str(&format!("\noperations:\n{body}{gap}{added}"));
    if !after.is_empty() {
        out.push_str(&format!("\n{}\n", after.join("\n")));
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
