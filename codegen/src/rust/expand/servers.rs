//! The servers of a client: their docs, the choice among them, and the methods that change them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::doc_text::code;
use crate::model::{Server, ServerRole, ServerVariable};
use crate::rust::doc;
use crate::rust::lower::ServerChoice;

use super::docs::Doc;
use super::import_scope::{ImportScope, ident};

/// The enum of the servers that the caller can select.
pub(super) const SERVER: &str = "Server";

/// Returns doc lines that state which requests are sent to which server.
pub(super) fn server_lines(scope: &ImportScope<'_, '_>) -> Vec<String> {
    let api = scope.package.api;
    let credential =
        |index: usize| api.credentials.get(index).map_or("", |credential| credential.name.as_str());
    let conditional = api.servers.iter().any(|server| server.role == ServerRole::Conditional);
    let line = |server: &Server| {
        let when = match (&server.when, server.role) {
            (Some(when), _) => {
                format!(" if `{}` starts with `{}`", credential(when.credential), when.starts_with)
            }
            (None, ServerRole::Default) if conditional => " otherwise".to_owned(),
            (None, ServerRole::Default) if api.has_server_choice() => " by default".to_owned(),
            (None, ServerRole::Operations) => " for some operations".to_owned(),
            (None, _) => String::new(),
        };
        doc::introduce(&format!("- `{}`{when}", server.url), doc::summary(&server.doc))
    };
    let intro = match api.servers.len() {
        _ if api.has_server_choice() => {
            "[`ClientBuilder::server`] selects the server, unless [`ClientBuilder::base_url`] sets one:"
        }
        0 | 1 => "Requests are sent to this server, unless [`ClientBuilder::base_url`] sets another:",
        _ if !conditional => {
            "Requests are sent to these servers, unless [`ClientBuilder::base_url`] sets one:"
        }
        _ => "The credentials determine the server, unless [`ClientBuilder::base_url`] sets one:",
    };
    let intro = intro.to_owned();
    [intro, String::new()].into_iter().chain(api.servers.iter().map(line)).collect()
}

/// Expands the enum of the servers that the caller can select; nothing without a choice.
pub(super) fn expand_choice(scope: &ImportScope<'_, '_>) -> Option<TokenStream> {
    let servers = &scope.package.servers;
    if servers.is_empty() {
        return None;
    }
    let variants = servers.iter().map(|server| expand_variant(scope, server));
    let urls = servers.iter().map(|ServerChoice { model, name }| {
        let url = &model.url;
        quote!(Self::#name => #url,)
    });
    let server = ident(SERVER);
    Some(quote! {
        /// A server of the API, selected by [`ClientBuilder::server`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #server {
            #(#variants,)*
        }

        impl #server {
            fn url(self) -> &'static str {
                match self {
                    #(#urls)*
                }
            }
        }
    })
}

fn expand_variant(scope: &ImportScope<'_, '_>, server: &ServerChoice<'_>) -> TokenStream {
    let name = &server.name;
    let doc = Doc::new(scope, None).text(&server.model.doc).line(format!("{}.", code(&server.model.url)));
    let doc = doc.outer();
    quote!(#doc #name)
}

/// Expands the methods of the builder that select a server, replace its URL, or set a variable.
pub(super) fn expand_setters(scope: &ImportScope<'_, '_>) -> Vec<TokenStream> {
    let package = scope.package;
    let server = ident(SERVER);
    let choice = (!package.servers.is_empty()).then(|| {
        quote! {
            /// Selects a server. [`ClientBuilder::base_url`] has priority.
            pub fn server(self, server: #server) -> Self {
                Self { core: self.core.default_base_url(server.url()) }
            }
        }
    });
    let servers = package.operation_servers.iter().map(|server| {
        let (name, setter) = (&server.model.name, &server.setter);
        let doc = Doc::new(scope, None)
            .line(format!(
                "Sets the base URL of the server for some operations, in place of {}.",
                code(&server.model.url)
            ))
            .text(&server.model.doc)
            .line("Without it, [`ClientBuilder::base_url`] also replaces this base URL.")
            .outer();
        quote! {
            #doc
            pub fn #setter(self, base_url: impl AsRef<str>) -> Self {
                Self { core: self.core.server_base_url(#name, base_url) }
            }
        }
    });
    let variables = package.variables.iter().zip(&package.api.variables).map(|(setter, variable)| {
        let (name, values) = (&variable.name, &variable.values);
        let doc = variable_doc(scope, variable).outer();
        quote! {
            #doc
            pub fn #setter(self, #setter: impl Into<String>) -> Self {
                Self { core: self.core.server_variable(#name, &[#(#values),*], #setter) }
            }
        }
    });
    choice.into_iter().chain(servers).chain(variables).collect()
}

/// Describes a variable, its default and its values.
fn variable_doc<'s, 'p, 'a>(scope: &'s ImportScope<'p, 'a>, variable: &ServerVariable) -> Doc<'s, 'p, 'a> {
    let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
    let values = match values.is_empty() {
        true => String::new(),
        false => format!(" Allowed: {}.", values.join(", ")),
    };
    Doc::new(scope, None)
        .line(format!("Sets {} in the base URL.", code(&format!("{{{}}}", variable.name))))
        .text(&variable.doc)
        .line(format!("Defaults to {}.{values}", code(&variable.default)))
}
