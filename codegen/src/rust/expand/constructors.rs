//! The constructors of clients: their credentials, and the use of each credential.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{AuthScheme, FixedParam, Operation};
use crate::rust::doc;
use crate::rust::lower::{Credential, Package};
use crate::rust::names::RustName;

use super::auth::expand_scheme;
use super::docs::Doc;
use super::import_scope::{ImportScope, ident};

/// Expands `new`, `from_env` and `builder`. If clients can lack a credential, also `public` and `public_builder`.
pub(super) fn expand_constructors(scope: &ImportScope<'_, '_>) -> TokenStream {
    let [error] = scope.runtime(["Error"]);
    let env_doc = from_env_doc(scope).outer();
    let from_env = expand_from_env(scope);
    let full = Constructor { scope, kind: Kind::Full };
    let (new, builder) = (full.expand_new(), full.expand_builder());
    let public = scope.package.api.has_public_clients().then(|| {
        let public = Constructor { scope, kind: Kind::Public };
        [public.expand_new(), public.expand_builder()]
    });
    let public = public.into_iter().flatten();
    quote! {
        #new

        #env_doc
        #[cfg(feature = "hyper")]
        pub fn from_env() -> Result<Self, #error> {
            #from_env
        }

        #builder
        #(#public)*
    }
}

/// Expands the body of `from_env`, which sets the variables of the servers that are in the environment.
fn expand_from_env(scope: &ImportScope<'_, '_>) -> TokenStream {
    let env_var = scope.runtime_path("env_var");
    let required = scope.package.credentials.iter().map(|credential| &credential.model.env);
    let required = quote!(#(#env_var(#required)?),*);
    let optional: Vec<_> = optional_variables(scope.package)
        .map(|(setter, env)| {
            let optional_env_var = scope.runtime_path("optional_env_var");
            quote! {
                if let Some(value) = #optional_env_var(#env)? {
                    builder = builder.#setter(value);
                }
            }
        })
        .collect();
    match optional.is_empty() {
        true => quote!(Self::new(#required)),
        false => quote! {
            let mut builder = Self::builder(#required);
            #(#optional)*
            builder.build()
        },
    }
}

/// Expands the check of the fixed credentials that operations write; nothing if no operation writes any.
fn expand_check(scope: &ImportScope<'_, '_>) -> Option<TokenStream> {
    let operations = scope.package.api.operations.iter();
    let mut schemes: Vec<TokenStream> = Vec::new();
    for scheme in operations.flat_map(|operation| operation.written_auth()).flat_map(AuthScheme::parts) {
        let scheme = expand_scheme(scope, scheme);
        if !schemes.iter().any(|other| other.to_string() == scheme.to_string()) {
            schemes.push(scheme);
        }
    }
    (!schemes.is_empty()).then(|| quote!(.check_schemes(&[#(#schemes),*])))
}

/// Expands the methods of the builder that set the credentials of alternatives.
pub(super) fn expand_credential_setters(scope: &ImportScope<'_, '_>) -> Vec<TokenStream> {
    let credentials = scope.package.optional_credentials.iter().map(|credential| {
        let (setter, name) = (&credential.name, &credential.model.name);
        let doc = Doc::new(scope, None)
            .line(format!("Sets the credential `{name}`."))
            .text(&credential.model.doc)
            .line("Operations with alternatives use the first one whose credentials the client has.")
            .outer();
        let argument = expand_argument(scope, credential);
        let convert = (!credential.model.secret).then(|| expand_conversion(scope, credential));
        quote! {
            #doc
            pub fn #setter(self, #argument) -> Self {
                #convert
                Self { core: self.core.credential(#name, #setter) }
            }
        }
    });
    credentials.collect()
}

/// Expands the methods of the builder that change the tokens of the client; nothing if the client fetches none.
pub(super) fn expand_token_setters(scope: &ImportScope<'_, '_>) -> Option<TokenStream> {
    let scheme = scope.package.api.client_credentials()?;
    let [auth, provider] = scope.runtime(["Auth", "SecretProvider"]);
    let url = format!(" Sets the URL that issues tokens, in place of `{}`.", scheme.token_url);
    Some(quote! {
        /// Sets an access token that is sent in place of the tokens that the client fetches.
        pub fn access_token(self, access_token: impl Into<#provider>) -> Self {
            let access_token = #provider::named("access_token", access_token);
            Self { core: self.core.auth(#auth::bearer(access_token)) }
        }

        #[doc = #url]
        ///
        /// The client sends its credentials to this URL. A path, such as `/oauth/token`, is below the base URL.
        pub fn token_url(self, token_url: impl AsRef<str>) -> Self {
            Self { core: self.core.token_url(token_url) }
        }
    })
}

/// Returns the methods of the builder that `from_env` calls for variables that are set, and the names of the variables.
fn optional_variables<'p>(package: &'p Package<'_>) -> impl Iterator<Item = (&'p RustName, &'p String)> {
    let credentials = package.optional_credentials.iter().map(|it| (&it.name, &it.model.env));
    let variables = package.variables.iter().zip(&package.api.variables);
    credentials.chain(variables.filter_map(|(setter, model)| Some((setter, model.env.as_ref()?))))
}

/// Returns the calls that set the servers of single operations, and the variables of all servers.
fn server_settings(scope: &ImportScope<'_, '_>) -> Vec<TokenStream> {
    let package = scope.package;
    let servers = package.api.operation_servers().map(|server| {
        let (name, url) = (&server.name, &server.url);
        quote!(.server(#name, #url))
    });
    let defaults = package.api.variables.iter().map(|variable| {
        let (name, values, default) = (&variable.name, &variable.values, &variable.default);
        quote!(.server_variable(#name, &[#(#values),*], #default))
    });
    let required = package.credentials.iter().filter_map(|variable| {
        let (name, values) = (&variable.model.name, variable.model.variable.as_ref()?);
        let value = &variable.name;
        Some(quote!(.server_variable(#name, &[#(#values),*], #value)))
    });
    servers.chain(defaults).chain(required).collect()
}

/// The set of credentials of a client.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// All credentials.
    Full,
    /// The credentials that are not optional.
    Public,
}

/// The two constructors of a kind of client: one with the default transport, and one that returns a builder.
struct Constructor<'s, 'p, 'a> {
    scope: &'s ImportScope<'p, 'a>,
    kind: Kind,
}

impl<'s, 'p, 'a> Constructor<'s, 'p, 'a> {
    fn expand_new(&self) -> TokenStream {
        let [error] = self.scope.runtime(["Error"]);
        let (name, builder) = match self.kind {
            Kind::Full => (ident("new"), ident("builder")),
            Kind::Public => (ident("public"), ident("public_builder")),
        };
        let doc = self.doc(match self.kind {
            Kind::Full => "Creates a client with the default transport.",
            Kind::Public => "Creates a public client with the default transport.",
        });
        let doc = doc.line(HYPER).line("# Errors").line(self.new_errors()).outer();
        let arguments = self.credentials().map(|(_, credential)| expand_argument(self.scope, credential));
        let names = self.credentials().map(|(_, credential)| &credential.name);
        quote! {
            #doc
            #[cfg(feature = "hyper")]
            pub fn #name(#(#arguments),*) -> Result<Self, #error> {
                Self::#builder(#(#names),*).build()
            }
        }
    }

    fn new_errors(&self) -> &'static str {
        match self.scope.package.credentials.iter().any(|it| it.model.variable.is_some()) {
            true => {
                "Fails if a credential contains characters that are not allowed in a header, if an argument would change \
                 another part of the base URL, or if the transport fails to start."
            }
            false => {
                "Fails if a credential contains characters that are not allowed in a header, or if the transport fails to \
                 start."
            }
        }
    }

    fn expand_builder(&self) -> TokenStream {
        let (name, summary) = match self.kind {
            Kind::Full => (ident("builder"), "Returns a builder for a client with custom settings."),
            Kind::Public => {
                (ident("public_builder"), "Returns a builder for a public client with custom settings.")
            }
        };
        let doc = self.doc(summary).outer();
        let arguments = self.credentials().map(|(_, credential)| expand_argument(self.scope, credential));
        let body = self.expand_body();
        quote! {
            #doc
            pub fn #name(#(#arguments),*) -> ClientBuilder {
                #body
            }
        }
    }

    /// Returns the credentials of this kind of client, with their indices.
    fn credentials(&self) -> impl Iterator<Item = (usize, &'s Credential<'a>)> {
        let scope = self.scope;
        let kind = self.kind;
        let all = scope.package.credentials.iter().enumerate();
        all.filter(move |(_, credential)| kind == Kind::Full || !credential.model.optional)
    }

    /// Describes the kind of client and each credential, after the summary.
    fn doc(&self, summary: &str) -> Doc<'s, 'p, 'a> {
        let doc = Doc::new(self.scope, None).line(summary);
        let doc = match self.kind {
            Kind::Full => doc,
            Kind::Public => doc.text(&public_doc(self.scope)),
        };
        let lines = self
            .credentials()
            .map(|(_, it)| doc::introduce(&format!("- `{}`", it.name), doc::summary(&it.model.doc)));
        doc.block(lines.collect())
    }

    fn expand_body(&self) -> TokenStream {
        let scope = self.scope;
        let [core] = scope.runtime(["Client"]);
        let uses = CredentialUses::of(scope.package);
        let auth = self.expand_auth(&uses);
        let converted = self.credentials().filter(|(at, it)| uses.is_converted(*at, it.model.secret));
        let converted = converted.map(|(_, credential)| expand_conversion(scope, credential));
        let known = self.credentials().filter(|(at, _)| uses.in_params.contains(at));
        let known = known.map(|(_, Credential { model, name })| {
            let key = &model.name;
            quote!(.credential(#key, #name))
        });
        let unused = self.credentials().filter(|(at, _)| self.is_unused(*at, &uses));
        let unused = unused.map(|(_, Credential { name, .. })| quote!(let _ = #name;));
        let url = self.expand_url();
        let servers = server_settings(scope);
        let check = expand_check(scope);
        quote! {
            #(#unused)*
            #(#converted)*
            let base_url = #url;
            ClientBuilder { core: #core::builder(&API, base_url, #auth) #(#servers)* #(#known)* #check }
        }
    }

    /// Whether a credential only supplements another one that this client lacks, such as the user name of a password.
    fn is_unused(&self, at: usize, uses: &CredentialUses) -> bool {
        let is_alone = uses.in_auth.iter().any(|other| self.credential(*other).is_none());
        is_alone && !uses.in_params.contains(&at) && !uses.in_servers.contains(&at)
    }

    /// Returns the credential with an index, if this kind of client has it.
    fn credential(&self, index: usize) -> Option<&'s Credential<'a>> {
        self.credentials().find_map(|(at, credential)| (at == index).then_some(credential))
    }

    /// Selects the first server whose condition holds. The server without a condition is the default, wherever it is
    /// declared.
    fn expand_url(&self) -> TokenStream {
        let servers = &self.scope.package.api.servers;
        let fallback = servers.iter().find(|server| server.when.is_none()).or(servers.last());
        let fallback = fallback.map_or("", |server| server.url.as_str());
        let conditional = servers.iter().filter_map(|server| {
            let when = server.when.as_ref()?;
            let credential = self.credential(when.credential)?;
            let name = &credential.name;
            let (start, url) = (&when.starts_with, &server.url);
            let condition = match credential.model.secret {
                // A credential from a provider is not available yet and selects no server.
                true => quote!(#name.as_static().is_some_and(|secret| secret.expose().starts_with(#start))),
                false => quote!(#name.starts_with(#start)),
            };
            Some(quote!(if #condition { #url } else))
        });
        let conditional: Vec<_> = conditional.collect();
        match conditional.as_slice() {
            [] => quote!(#fallback),
            conditional => quote!(#(#conditional)* { #fallback }),
        }
    }

    fn expand_auth(&self, uses: &CredentialUses) -> TokenStream {
        let scope = self.scope;
        let [auth] = scope.runtime(["Auth"]);
        let scheme = scope.package.api.client_auth();
        let needed = scheme.map(AuthScheme::credentials).unwrap_or_default();
        if let Some(lacking) = needed.iter().find(|index| self.credential(**index).is_none()) {
            let name = scope.package.credentials.get(*lacking).map_or("", |it| it.model.name.as_str());
            return quote!(#auth::unavailable(#name));
        }
        // Errors name the parameter of a credential that cannot be sent.
        let label = |index: usize| self.credential(index).map(|credential| credential.name.plain());
        let value = |index: usize| {
            let name = self.credential(index).map(|credential| &credential.name);
            let clone = uses.is_shared(index).then(|| quote!(.clone()));
            quote!(#name #clone)
        };
        let secret = |index: usize| {
            let [source] = scope.runtime(["SecretProvider"]);
            let (label, value) = (label(index), value(index));
            quote!(#source::named(#label, #value))
        };
        match scheme {
            None | Some(AuthScheme::ApiKey(_) | AuthScheme::AnyOf(_)) => quote!(#auth::none()),
            Some(&AuthScheme::Basic { username, password }) => {
                let (name, username, password) = (label(username), value(username), secret(password));
                quote!(#auth::basic(#username, #password).with_username_label(#name))
            }
            Some(AuthScheme::ClientCredentials(scheme)) => {
                let [credentials] = scope.runtime(["ClientCredentials"]);
                let (id, key) = (secret(scheme.client_id), secret(scheme.client_secret));
                let url = &scheme.token_url;
                let scopes = scheme.scopes.join(" ");
                let scopes = (!scopes.is_empty()).then(|| quote!(.scopes(#scopes)));
                let in_body = scheme.in_body.then(|| quote!(.in_body()));
                let params = scheme.params.iter().map(|(name, value)| quote!(.param(#name, #value)));
                quote!(#auth::client_credentials(#credentials::new(#url, #id, #key) #scopes #in_body #(#params)*))
            }
            Some(&AuthScheme::Bearer { token }) => {
                let token = secret(token);
                quote!(#auth::bearer(#token))
            }
        }
    }
}

fn expand_argument(scope: &ImportScope<'_, '_>, credential: &Credential<'_>) -> TokenStream {
    let (name, ty) = (&credential.name, credential_type(scope, credential));
    quote!(#name: impl Into<#ty>)
}

/// Describes a public client, and the error of a call that requires a missing credential.
fn public_doc(scope: &ImportScope<'_, '_>) -> String {
    let lacks = scope.package.credentials.iter().filter(|credential| credential.model.optional);
    let lacks: Vec<_> = lacks.map(|credential| format!("`{}`", credential.name)).collect();
    format!(
        "A public client runs where a secret cannot be stored, such as on a user's device, and has no {}. Operations that \
         require it fail with [`ErrorKind::Credentials`](crate::ErrorKind::Credentials) before anything is sent.",
        lacks.join(" and no "),
    )
}

/// The line about the feature of a function that uses the default transport.
const HYPER: &str = "Requires the `hyper` feature, which is enabled by default.";

fn from_env_doc<'s, 'p, 'a>(scope: &'s ImportScope<'p, 'a>) -> Doc<'s, 'p, 'a> {
    let variables: Vec<_> =
        scope.package.credentials.iter().map(|it| format!("`{}`", it.model.env)).collect();
    let optional: Vec<_> = optional_variables(scope.package).map(|(_, env)| format!("`{env}`")).collect();
    let optional = optional.join(" and ");
    let (summary, optional) = match (variables.is_empty(), optional.is_empty()) {
        (true, false) => (
            format!("Creates a client from the environment variables {optional}, as far as they are set."),
            String::new(),
        ),
        (_, true) => (
            format!("Creates a client from the environment variables {}.", variables.join(" and ")),
            String::new(),
        ),
        (false, false) => (
            format!("Creates a client from the environment variables {}.", variables.join(" and ")),
            format!("Also reads {optional}, if set."),
        ),
    };
    Doc::new(scope, None)
        .line(summary)
        .line(optional)
        .line(HYPER)
        .line("# Errors")
        .line("Fails if a variable is missing, or if a credential is invalid.")
}

/// The uses of each credential. Indices refer to [`Package::credentials`].
struct CredentialUses {
    /// Those with which the client fetches tokens.
    in_tokens: Vec<usize>,
    in_servers: BTreeSet<usize>,
    in_auth: BTreeSet<usize>,
    in_params: BTreeSet<usize>,
}

impl CredentialUses {
    fn of(package: &Package<'_>) -> Self {
        let servers = package.api.servers.iter();
        let operations = package.api.operations.iter();
        let in_client = package.api.client_auth().map(AuthScheme::credentials);
        let tokens = package.api.client_credentials();
        Self {
            in_tokens: tokens.iter().flat_map(|it| [it.client_id, it.client_secret]).collect(),
            in_servers: servers.filter_map(|server| Some(server.when.as_ref()?.credential)).collect(),
            in_auth: in_client.into_iter().flatten().collect(),
            in_params: operations.flat_map(credentials_in_requests).collect(),
        }
    }

    /// Whether the argument is converted before its use: it is inspected, used twice, or text that becomes a secret.
    fn is_converted(&self, at: usize, secret: bool) -> bool {
        (self.in_tokens.contains(&at) && !secret)
            || self.in_servers.contains(&at)
            || self.is_shared(at)
            || (self.in_params.contains(&at) && !secret)
    }

    fn is_shared(&self, at: usize) -> bool {
        self.in_auth.contains(&at) && self.in_params.contains(&at)
    }
}

/// Returns the credentials that an operation writes into its requests.
fn credentials_in_requests(operation: &Operation) -> impl Iterator<Item = usize> {
    let in_auth = operation.written_auth().flat_map(AuthScheme::credentials);
    in_auth.chain(operation.fixed.iter().filter_map(FixedParam::credential))
}

fn expand_conversion(scope: &ImportScope<'_, '_>, credential: &Credential<'_>) -> TokenStream {
    let (name, ty) = (&credential.name, credential_type(scope, credential));
    quote!(let #name: #ty = #name.into();)
}

/// Returns the type of the parameter. A secret can change during the life of the client.
fn credential_type(scope: &ImportScope<'_, '_>, credential: &Credential<'_>) -> TokenStream {
    let [source] = scope.runtime(["SecretProvider"]);
    if credential.model.secret { source } else { quote!(String) }
}
