//! The section about the setup of a client: credentials, servers, builder and features.

use crate::doc_text::{code, code_block};
use crate::manifest::{COMBINATIONS, features};
use crate::markdown::book::Page;
use crate::markdown::table::Table;
use crate::model::Server;
use crate::rust::lower::{Credential, Package};

/// Renders the section as blocks.
pub fn render(page: Page<'_>) -> Vec<String> {
    let package = page.book.package;
    let mut blocks = vec!["## Setting it up".to_owned()];
    blocks.extend(render_credentials(page));
    blocks.extend(render_servers(page));
    blocks.extend(render_builder(package));
    blocks.extend(render_features(package));
    blocks.extend(render_public_clients(package));
    blocks
}

fn render_credentials(page: Page<'_>) -> Vec<String> {
    let package = page.book.package;
    let rows = package.credentials.iter().map(|credential| {
        [code(credential.name.plain()), code(&credential.model.env), page.prose(&credential.model.doc)]
    });
    let new = code(&format!("Client::new({})", names(package)));
    let intro = format!(
        "{new} takes the credentials. `Client::from_env()` reads them from the environment. Both use the default \
         transport, so they need the feature `hyper`."
    );
    let table = Table::new(["Credential", "Environment variable", "Description"], rows).render();
    if table.is_empty() { Vec::new() } else { vec![intro, table] }
}

fn names(package: &Package<'_>) -> String {
    names_of(package.credentials.iter())
}

fn names_of<'c, 'a: 'c>(credentials: impl Iterator<Item = &'c Credential<'a>>) -> String {
    credentials.map(|credential| credential.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Describes clients without a secret, and the operations that they can call.
fn render_public_clients(package: &Package<'_>) -> Vec<String> {
    let api = package.api;
    if !api.has_public_clients() {
        return Vec::new();
    }
    let (lacks, has): (Vec<_>, Vec<_>) = package.credentials.iter().partition(|it| it.model.optional);
    let new = code(&format!("Client::public({})", names_of(has.into_iter())));
    let lacks: Vec<_> = lacks.into_iter().map(|it| code(it.name.plain())).collect();
    let callable: Vec<_> = api
        .operations
        .iter()
        .filter(|operation| api.missing_in_public(operation).is_none())
        .map(|it| code(&format!("{}.{}", package.resource(it.resource).model.dotted(), it.name)))
        .collect();
    let intro = format!(
        "A public client runs where a secret cannot be kept, such as in a desktop or mobile app. {new} makes one, \
         without {}. Other operations fail with `ErrorKind::Credentials` before anything is sent. It can call:",
        lacks.join(" and "),
    );
    let list = callable.iter().map(|name| format!("- {name}")).collect::<Vec<_>>().join("\n");
    vec!["### Public clients".to_owned(), intro, list]
}

fn render_servers(page: Page<'_>) -> Vec<String> {
    let api = page.book.package.api;
    let rows = api
        .servers
        .iter()
        .map(|server| [code(&server.url), chosen_when(page, server), page.prose(&server.doc)]);
    let table = Table::new(["Server", "Chosen when", "Description"], rows).render();
    let intro = match api.servers.len() {
        0 | 1 => "Requests go to this server, unless `base_url` names another:",
        _ => "The server is chosen by the credentials, unless `base_url` names one:",
    };
    vec![intro.to_owned(), table]
}

fn chosen_when(page: Page<'_>, server: &Server) -> String {
    let Some(condition) = &server.when else { return otherwise(page) };
    let credential = page.book.package.credentials.get(condition.credential).map_or("", |it| it.name.plain());
    format!("{} starts with {}", code(credential), code(&condition.starts_with))
}

/// Describes the server without a condition, which is the default. As the only server, it needs no description.
fn otherwise(page: Page<'_>) -> String {
    if page.book.package.api.servers.len() > 1 { "in all other cases".to_owned() } else { String::new() }
}

fn render_builder(package: &Package<'_>) -> Vec<String> {
    let example = format!(
        "use std::time::Duration;

use {}::Client;

let client = Client::builder({})
    .base_url(\"http://localhost:8080\")
    .timeout(Duration::from_secs(10))
    .user_agent(\"my-service/1.0\")
    .build()?;",
        package.crate_name,
        names(package),
    );
    let transport = "`transport` takes anything that implements `Transport`: two methods, one that sends an \
                     `http::Request` and one that waits. With it, the features below that bring a transport can be \
                     left out.";
    let plain_http = "A base URL with `http://` to another machine requires `allow_plain_http(true)`: everyone on the way can read \
                      and change such requests. Loopback addresses and `localhost` do not.";
    let intro = "The builder sets everything else:".to_owned();
    vec![intro, code_block("rust", &example), plain_http.to_owned(), transport.to_owned()]
}

fn render_features(package: &Package<'_>) -> Vec<String> {
    let features = features(package);
    let rows = features.iter().map(|feature| {
        let enables: Vec<String> = feature.enables.iter().map(|name| code(name)).collect();
        [code(&feature.name), feature.doc.clone(), enables.join(", ")]
    });
    let table = Table::new(["Feature", "What it brings", "Turns on"], rows).render();
    let intro =
        "Cargo features. With `default-features = false`, name the resources that are used, and a transport:";
    let rows = COMBINATIONS.map(|(what, features)| {
        let features: Vec<String> = features.iter().map(|name| code(name)).collect();
        [what.to_owned(), features.join(", ")]
    });
    let together = Table::new(["For", "Features"], rows).render();
    let which =
        "No feature takes anything away. In place of `resources`, name single ones. These go together well:";
    vec![intro.to_owned(), table, which.to_owned(), together]
}
