//! The section about the configuration of a client: credentials, servers, builder and features.

use crate::doc_text::{code, code_block, introduce, join};
use crate::manifest::{COMBINATIONS, features};
use crate::markdown::page::Page;
use crate::markdown::table::Table;
use crate::markdown::text::{bullets, listed};
use crate::model::{Api, Server, ServerRole};
use crate::rust::lower::{Credential, Package};

/// Returns the sections as blocks.
pub fn render(page: Page<'_>) -> Vec<String> {
    let package = page.links.package;
    let mut blocks = vec!["## Configuration".to_owned()];
    blocks.extend(render_builder(package));
    blocks.extend(render_credentials(page));
    blocks.extend(render_tokens(package));
    blocks.extend(render_servers(page));
    blocks.extend(render_public_clients(package));
    blocks.extend(render_features(package));
    blocks
}

fn render_credentials(page: Page<'_>) -> Vec<String> {
    let package = page.links.package;
    let list = bullets(package.credentials.iter().map(|credential| {
        let (name, model) = (code(credential.name.plain()), credential.model);
        introduce(&format!("{name} (environment variable {})", code(&model.env)), &page.prose(&model.doc))
    }));
    let intro = format!(
        "{} takes the credentials as arguments, and `Client::from_env()` reads the environment variables. Both use the \
         default transport and require the `hyper` feature.",
        code(&format!("Client::new({})", names(package)))
    );
    let optional = bullets(package.optional_credentials.iter().map(|credential| {
        let (name, model) = (code(&format!("{}(value)", credential.name)), credential.model);
        introduce(&format!("{name} (environment variable {})", code(&model.env)), &page.prose(&model.doc))
    }));
    let intro = if list.is_empty() { String::new() } else { intro };
    let about_optional = match optional.is_empty() {
        true => "",
        false => {
            "Methods of the builder set these credentials, and `Client::from_env()` reads them if they are set. An \
                  operation with alternatives sends the first one whose credentials the client has:"
        }
    };
    match list.is_empty() && optional.is_empty() {
        true => Vec::new(),
        false => vec!["### Credentials".to_owned(), intro, list, about_optional.to_owned(), optional],
    }
}

/// Renders the section about the tokens that the client fetches; nothing if it fetches none.
fn render_tokens(package: &Package<'_>) -> Vec<String> {
    let Some(scheme) = package.api.client_credentials() else { return Vec::new() };
    let name = |index: usize| code(package.credential(index).map_or("", |it| it.name.plain()));
    let text = format!(
        "The client fetches access tokens from {} with {} and {}. It fetches a token when the first call needs one, and \
         replaces it shortly before it expires, or when the server rejects it with status 401. `access_token(token)` of \
         the builder sends a token of yours instead, and `token_url(url)` sets another URL.",
        code(&scheme.token_url),
        name(scheme.client_id),
        name(scheme.client_secret),
    );
    vec!["### Access tokens".to_owned(), text]
}

fn names(package: &Package<'_>) -> String {
    names_of(package.credentials.iter())
}

fn names_of<'c, 'a: 'c>(credentials: impl Iterator<Item = &'c Credential<'a>>) -> String {
    credentials.map(|credential| credential.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Renders the constructor of clients without a secret, and the operations that they can call.
fn render_public_clients(package: &Package<'_>) -> Vec<String> {
    let api = package.api;
    if !api.has_public_clients() {
        return Vec::new();
    }
    let (lacks, has): (Vec<_>, Vec<_>) = package.credentials.iter().partition(|it| it.model.optional);
    let new = code(&format!("Client::public({})", names_of(has.into_iter())));
    let lacks: Vec<_> = lacks.into_iter().map(|it| code(it.name.plain())).collect();
    let callable = api.operations.iter().filter(|operation| api.missing_in_public(operation).is_none());
    let callable =
        callable.map(|it| code(&format!("{}.{}", package.resource(it.resource).model.dotted(), it.name)));
    let intro = format!(
        "A public client runs where a secret cannot be stored, such as in a desktop or mobile app. {new} creates one \
         without {}. It can call the operations below; all others fail with `ErrorKind::Credentials` before a request \
         is sent.",
        lacks.join(" and "),
    );
    vec!["### Public clients".to_owned(), intro, bullets(callable)]
}

fn render_servers(page: Page<'_>) -> Vec<String> {
    let package = page.links.package;
    let api = package.api;
    let list = bullets(api.servers.iter().map(|server| {
        let condition = condition(page, server).map_or(String::new(), |condition| format!(" ({condition})"));
        introduce(&format!("{}{condition}", code(&server.url)), &page.prose(&server.doc))
    }));
    let intro = match api.servers.len() {
        _ if api.has_server_choice() => {
            "The `server` of the builder selects the server, unless `base_url` sets one:"
        }
        0 | 1 => "Requests are sent to this server, unless `base_url` sets another:",
        _ if !is_conditional(api) => "Requests are sent to these servers, unless `base_url` sets one:",
        _ => "The credentials determine the server, unless `base_url` sets one:",
    };
    let overrides = package.operation_servers.iter().map(|server| {
        let of = code(&server.model.url);
        format!(
            "{} replaces {of}, and has priority over `base_url`.",
            code(&format!("{}(url)", server.setter))
        )
    });
    let variables = package.variables.iter().zip(&api.variables).map(|(setter, variable)| {
        let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
        let values =
            if values.is_empty() { String::new() } else { format!(" Allowed: {}.", listed(&values, "or")) };
        let env = variable.env.as_ref().map(|env| format!(" (environment variable {})", code(env)));
        let name = format!("{}{}", code(&format!("{setter}(value)")), env.unwrap_or_default());
        let default = format!("Defaults to {}.{values}", code(&variable.default));
        introduce(&name, &join(&page.prose(&variable.doc), " ", &default))
    });
    let variables = bullets(variables);
    let about_variables = match variables.is_empty() {
        true => "",
        false => {
            "Methods of the builder set the variables in the URLs. A value that would change another part of the \
                  URL is rejected:"
        }
    };
    let overrides = overrides.collect::<Vec<_>>().join(" ");
    vec!["### Servers".to_owned(), intro.to_owned(), list, overrides, about_variables.to_owned(), variables]
}

/// Whether credentials select servers.
fn is_conditional(api: &Api) -> bool {
    api.servers.iter().any(|server| server.role == ServerRole::Conditional)
}

/// Returns the condition under which a server is used; nothing for the only server.
fn condition(page: Page<'_>, server: &Server) -> Option<String> {
    let package = page.links.package;
    match &server.when {
        Some(condition) => {
            let credential = package.credentials.get(condition.credential).map_or("", |it| it.name.plain());
            Some(format!("if {} starts with {}", code(credential), code(&condition.starts_with)))
        }
        None => match server.role {
            ServerRole::Default if is_conditional(package.api) => Some("otherwise".to_owned()),
            ServerRole::Default if package.api.has_server_choice() => Some("default".to_owned()),
            ServerRole::Operations => Some("some operations".to_owned()),
            _ => None,
        },
    }
}

fn render_builder(package: &Package<'_>) -> Vec<String> {
    let params = package.credentials.iter().map(|credential| format!("{}: &str", credential.name));
    let example = format!(
        "use std::time::Duration;

use {}::{{Client, Error}};

fn client({}) -> Result<Client, Error> {{
    Client::builder({})
        .base_url(\"http://localhost:8080\")
        .timeout(Duration::from_secs(10))
        .user_agent(\"my-service/1.0\")
        .build()
}}",
        package.crate_name,
        params.collect::<Vec<_>>().join(", "),
        names(package),
    );
    let plain_http = "A base URL with `http://` requires `allow_plain_http(true)`, unless the host is a loopback address or \
                      `localhost`: plain HTTP exposes the credentials on the network.";
    vec![code_block("rust", &example), plain_http.to_owned()]
}

fn render_features(package: &Package<'_>) -> Vec<String> {
    let is_local = |name: &String| !name.contains('/') && name != "resources";
    let list = bullets(features(package).iter().map(|feature| {
        let enables: Vec<String> =
            feature.enables.iter().filter(|name| is_local(name)).map(|it| code(it)).collect();
        // The group features enable all resources, as their description states.
        let enables = match feature.name.as_str() {
            "resources" => String::new(),
            _ if enables.is_empty() => String::new(),
            _ => format!(" Enables {}.", enables.join(", ")),
        };
        format!("{}: {}{enables}", code(&feature.name), feature.doc)
    }));
    let rows = COMBINATIONS.map(|(what, features)| {
        let features: Vec<String> = features.iter().map(|name| code(name)).collect();
        [what.to_owned(), features.join(", ")]
    });
    let common = Table::new(["Use", "Features"], rows).render();
    let intro =
        "Features only add items. Common combinations, in which single resources can replace `resources`:";
    vec!["## Cargo features".to_owned(), list, intro.to_owned(), common]
}
