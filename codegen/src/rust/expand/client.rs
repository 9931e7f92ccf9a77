//! `client.rs`: the client of the package, made with its credentials.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Auth, Server};
use crate::rust::doc;
use crate::rust::lower::{Credential, Package, Resource};
use crate::rust::names;

use super::docs::Doc;
use super::scope::{Home, Scope};

pub(super) fn expand_client(package: &Package<'_>) -> TokenStream {
    let own: Vec<_> =
        ["Client", "ClientBuilder"].into_iter().filter_map(|name| names::type_name(name).ok()).collect();
    let scope = Scope::new(package, Home::Root, &own);
    let api = expand_api(&scope);
    let client = expand_struct(&scope);
    let builder = expand_builder(&scope);
    let doc = Doc::new(&scope, None)
        .line("The client: what it is made with, and the way to every resource.")
        .inner();
    scope.file(&doc, &quote!(#api #client #builder))
}

/// What holds for every client of the API.
fn expand_api(scope: &Scope<'_, '_>) -> TokenStream {
    let name = &scope.package.api.package.name;
    let statuses = &scope.package.api.retry.statuses;
    let statuses = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
    let [api] = scope.runtime(["Api"]);
    quote! {
        static API: #api = #api {
            name: #name,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            retry_statuses: &[#(#statuses),*],
        };
    }
}

fn expand_struct(scope: &Scope<'_, '_>) -> TokenStream {
    let [core, endpoint, request] = scope.runtime(["Client", "Endpoint", "Request"]);
    let doc = client_doc(scope).outer();
    let makers = expand_makers(scope);
    let url_request = scope.package.api.builds_urls().then(|| expand_url_request(scope));
    let handles = scope.package.roots().filter_map(|resource| expand_root(scope, resource));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client {
            core: #core,
        }

        impl Client {
            #makers

            /// Makes a request of params, without the builder that their operation has.
            pub fn request<E: #endpoint>(&self, params: E) -> #request<'_, E> {
                self.core.request(params)
            }

            #url_request

            #(#handles)*
        }
    }
}

fn expand_url_request(scope: &Scope<'_, '_>) -> TokenStream {
    let [endpoint, request] = scope.runtime(["UrlEndpoint", "UrlRequest"]);
    quote! {
        /// Starts a URL of params, without the builder that their operation has.
        pub fn url_request<E: #endpoint>(&self, params: E) -> #request<'_, E> {
            self.core.url_request(params)
        }
    }
}

fn client_doc<'s, 'p, 'a>(scope: &'s Scope<'p, 'a>) -> Doc<'s, 'p, 'a> {
    let package = scope.package;
    let name = &package.crate_name;
    let credentials: Vec<_> =
        package.credentials.iter().map(|it| format!("{:?}", it.model.example)).collect();
    let example = [
        "```".to_owned(),
        "# #[cfg(feature = \"hyper\")]".to_owned(),
        format!("# fn example() -> Result<(), {name}::Error> {{"),
        format!("let client = {name}::Client::new({})?;", credentials.join(", ")),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ];
    Doc::new(scope, None)
        .line(format!("The way to every operation of `{}`.", package.api.package.name))
        .line("Cheap to clone; clones share their connections.")
        .block(server_lines(scope))
        .section("Example", example.to_vec())
}

/// Which server is called when.
fn server_lines(scope: &Scope<'_, '_>) -> Vec<String> {
    let api = scope.package.api;
    let line = |server: &Server| {
        let credential =
            |index: usize| api.credentials.get(index).map_or("", |credential| credential.name.as_str());
        let when = match &server.when {
            Some(when) => {
                format!(" where `{}` starts with `{}`", credential(when.credential), when.starts_with)
            }
            None if api.servers.len() > 1 => " else".to_owned(),
            None => String::new(),
        };
        format!("- `{}`{when}. {}", server.url, doc::summary(&server.doc))
    };
    let intro = "Unless the builder says otherwise, requests go to".to_owned();
    [intro, String::new()].into_iter().chain(api.servers.iter().map(line)).collect()
}

/// `new`, `from_env` and `builder`.
fn expand_makers(scope: &Scope<'_, '_>) -> TokenStream {
    let package = scope.package;
    let [error] = scope.runtime(["Error"]);
    let env_var = scope.runtime_path("env_var");
    let names = package.credentials.iter().map(|credential| &credential.name).collect::<Vec<_>>();
    let arguments = package.credentials.iter().map(|credential| expand_argument(scope, credential));
    let arguments = arguments.collect::<Vec<_>>();
    let variables = package.credentials.iter().map(|credential| &credential.model.env);
    let doc = credentials_doc(scope, "Makes a client with the default transport.");
    let doc =
        doc.line("# Errors").line("A credential cannot be sent, or the transport cannot be set up.").outer();
    let env_doc = from_env_doc(scope).outer();
    let builder_doc = credentials_doc(scope, "Starts a client that differs from the default.").outer();
    let builder = expand_builder_body(scope);
    quote! {
        #doc
        #[cfg(feature = "hyper")]
        pub fn new(#(#arguments),*) -> Result<Self, #error> {
            Self::builder(#(#names),*).build()
        }

        #env_doc
        #[cfg(feature = "hyper")]
        pub fn from_env() -> Result<Self, #error> {
            Self::new(#(#env_var(#variables)?),*)
        }

        #builder_doc
        pub fn builder(#(#arguments),*) -> ClientBuilder {
            #builder
        }
    }
}

fn expand_argument(scope: &Scope<'_, '_>, credential: &Credential<'_>) -> TokenStream {
    let (name, ty) = (&credential.name, credential_type(scope, credential));
    quote!(#name: impl Into<#ty>)
}

/// Says what each credential is, after the summary.
fn credentials_doc<'s, 'p, 'a>(scope: &'s Scope<'p, 'a>, summary: &str) -> Doc<'s, 'p, 'a> {
    let lines = scope.package.credentials.iter();
    let lines = lines.map(|Credential { model, name }| format!("- `{name}`: {}", doc::summary(&model.doc)));
    Doc::new(scope, None).line(summary).block(lines.collect())
}

fn from_env_doc<'s, 'p, 'a>(scope: &'s Scope<'p, 'a>) -> Doc<'s, 'p, 'a> {
    let variables: Vec<_> =
        scope.package.credentials.iter().map(|it| format!("`{}`", it.model.env)).collect();
    Doc::new(scope, None)
        .line(format!("Makes a client with the credentials in {}.", variables.join(" and ")))
        .line("# Errors")
        .line("One of the variables is missing, or a credential cannot be sent.")
}

fn expand_builder_body(scope: &Scope<'_, '_>) -> TokenStream {
    let package = scope.package;
    let [core] = scope.runtime(["Client"]);
    let uses = Uses::of(package);
    let auth = expand_auth(scope, &uses);
    let converted = package.credentials.iter().enumerate();
    let converted = converted.filter(|(at, credential)| uses.is_converted(*at, credential.model.secret));
    let converted = converted.map(|(_, credential)| expand_conversion(scope, credential));
    let known = uses.in_params.iter().filter_map(|at| package.credentials.get(*at));
    let known = known.map(|Credential { model, name }| {
        let key = &model.name;
        quote!(.credential(#key, #name))
    });
    let url = expand_url(package);
    quote! {
        #(#converted)*
        let base_url = #url;
        ClientBuilder { core: #core::builder(&API, base_url, #auth) #(#known)* }
    }
}

/// Which credentials are used for what. Indices point into [`Package::credentials`].
struct Uses {
    in_servers: BTreeSet<usize>,
    in_auth: BTreeSet<usize>,
    in_params: BTreeSet<usize>,
}

impl Uses {
    fn of(package: &Package<'_>) -> Self {
        let servers = package.api.servers.iter();
        let fixed = package.api.operations.iter().flat_map(|operation| &operation.fixed);
        Self {
            in_servers: servers.filter_map(|server| Some(server.when.as_ref()?.credential)).collect(),
            in_auth: BTreeSet::from_iter(package.api.auth.credentials()),
            in_params: fixed.filter_map(|fixed| fixed.credential()).collect(),
        }
    }

    /// What is looked at, or used twice, has to be of its own type before it goes on; so has text that goes on as a secret.
    fn is_converted(&self, at: usize, secret: bool) -> bool {
        self.in_servers.contains(&at) || self.is_shared(at) || (self.in_params.contains(&at) && !secret)
    }

    fn is_shared(&self, at: usize) -> bool {
        self.in_auth.contains(&at) && self.in_params.contains(&at)
    }
}

fn expand_conversion(scope: &Scope<'_, '_>, credential: &Credential<'_>) -> TokenStream {
    let (name, ty) = (&credential.name, credential_type(scope, credential));
    quote!(let #name: #ty = #name.into();)
}

/// A secret may change while the client lives.
fn credential_type(scope: &Scope<'_, '_>, credential: &Credential<'_>) -> TokenStream {
    let [source] = scope.runtime(["SecretSource"]);
    if credential.model.secret { source } else { quote!(String) }
}

/// The first server whose condition holds; the one without a condition is the last resort, wherever it stands.
fn expand_url(package: &Package<'_>) -> TokenStream {
    let servers = &package.api.servers;
    let fallback = servers.iter().find(|server| server.when.is_none()).or(servers.last());
    let fallback = fallback.map_or("", |server| server.url.as_str());
    let conditional = servers.iter().filter_map(|server| {
        let when = server.when.as_ref()?;
        let credential = package.credentials.get(when.credential)?;
        let name = &credential.name;
        let (start, url) = (&when.starts_with, &server.url);
        let condition = match credential.model.secret {
            // One that is asked for later chooses nothing now.
            true => quote!(#name.held().is_some_and(|secret| secret.expose().starts_with(#start))),
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

fn expand_auth(scope: &Scope<'_, '_>, uses: &Uses) -> TokenStream {
    let [auth] = scope.runtime(["Auth"]);
    let value = |index: usize| {
        let name = scope.package.credentials.get(index).map(|credential| &credential.name);
        let clone = uses.is_shared(index).then(|| quote!(.clone()));
        quote!(#name #clone)
    };
    match scope.package.api.auth {
        Auth::None => quote!(#auth::none()),
        Auth::Basic { username, password } => {
            let (username, password) = (value(username), value(password));
            quote!(#auth::basic(#username, #password))
        }
        Auth::Bearer { token } => {
            let token = value(token);
            quote!(#auth::bearer(#token))
        }
    }
}

/// The way to a top-level resource.
fn expand_root(scope: &Scope<'_, '_>, resource: &Resource<'_>) -> Option<TokenStream> {
    let module = &resource.module;
    let feature = module.plain();
    let handle = resource.handle.as_ref()?;
    let doc = Doc::new(scope, Some(resource.id))
        .text(doc::summary(&resource.model.doc))
        .line(format!("It takes the feature `{feature}`."))
        .outer();
    Some(quote! {
        #doc
        #[cfg(feature = #feature)]
        pub fn #module(&self) -> crate::#module::#handle<'_> {
            crate::#module::#handle::new(self)
        }
    })
}

/// The builder of the runtime under the package's own name, so that `build` gives the package's client.
fn expand_builder(scope: &Scope<'_, '_>) -> TokenStream {
    let [core] = scope.runtime(["ClientBuilder"]);
    let setters = expand_builder_setters(scope);
    let [error] = scope.runtime(["Error"]);
    quote! {
        /// Sets up a [`Client`].
        #[derive(Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct ClientBuilder {
            core: #core,
        }

        impl ClientBuilder {
            #setters

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// The base URL, a credential or the user agent cannot be used, or there is no transport.
            pub fn build(self) -> Result<Client, #error> {
                Ok(Client { core: self.core.build()? })
            }
        }
    }
}

fn expand_builder_setters(scope: &Scope<'_, '_>) -> TokenStream {
    let duration = scope.std("time", "Duration");
    let [transport, hook] = scope.runtime(["Transport", "Hook"]);
    // Not imported, since it stands behind a feature.
    let blocking = scope.runtime_path("BlockingTransport");
    let [policy, budget] = scope.runtime(["RetryPolicy", "RetryBudget"]);
    quote! {
        /// Sends requests elsewhere, such as to a server of a test.
        pub fn base_url(self, base_url: impl AsRef<str>) -> Self {
            Self { core: self.core.base_url(base_url) }
        }

        /// How long a call may take in all, from sending to the last byte of the last response, waits counted.
        pub fn timeout(self, timeout: #duration) -> Self {
            Self { core: self.core.timeout(timeout) }
        }

        /// How long one attempt of a call may take, so that there is time for another.
        pub fn attempt_timeout(self, timeout: #duration) -> Self {
            Self { core: self.core.attempt_timeout(timeout) }
        }

        /// Which calls are repeated that fail for a reason that may pass, and when.
        pub fn retry(self, policy: #policy) -> Self {
            Self { core: self.core.retry(policy) }
        }

        /// How many calls may be repeated in all while the server fails.
        pub fn retry_budget(self, budget: #budget) -> Self {
            Self { core: self.core.retry_budget(budget) }
        }

        /// Adds a hook, which sees every attempt of every call.
        pub fn hook(self, hook: impl #hook + 'static) -> Self {
            Self { core: self.core.hook(hook) }
        }

        /// What the client calls itself, in place of the package's name and version.
        pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
            Self { core: self.core.user_agent(user_agent) }
        }

        /// Sends requests by another transport than the default one.
        pub fn transport(self, transport: impl #transport + 'static) -> Self {
            Self { core: self.core.transport(transport) }
        }

        /// Sends the requests of calls that block by another transport than the default one.
        #[cfg(feature = "blocking")]
        pub fn blocking_transport(self, transport: impl #blocking + 'static) -> Self {
            Self { core: self.core.blocking_transport(transport) }
        }
    }
}
