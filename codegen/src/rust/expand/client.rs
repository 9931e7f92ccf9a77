//! The file `client.rs`: the client of the package, its constructors and its builder.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::rust::doc;
use crate::rust::lower::{Package, Resource};
use crate::rust::names;

use super::constructors;
use super::docs::Doc;
use super::import_scope::{ImportScope, Location};
use super::servers::{self, SERVER};

pub(super) fn expand_client(package: &Package<'_>) -> TokenStream {
    let server = (!package.servers.is_empty()).then_some(SERVER);
    let own = ["Client", "ClientBuilder"].into_iter().chain(server);
    let own: Vec<_> = own.filter_map(|name| names::type_name(name).ok()).collect();
    let (scope, items) = ImportScope::resolve_imports(package, Location::Root, &own, |scope| {
        let api = expand_api(scope);
        let client = expand_struct(scope);
        let builder = expand_builder(scope);
        let server = servers::expand_choice(scope);
        quote!(#api #client #builder #server)
    });
    let doc = Doc::new(&scope, None).line("The client and its builder.").inner();
    scope.file(&doc, &items)
}

/// Expands the data shared by all clients of the API.
fn expand_api(scope: &ImportScope<'_, '_>) -> TokenStream {
    let name = &scope.package.api.package.name;
    let statuses = &scope.package.api.retry.statuses;
    let statuses = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
    let [api] = scope.runtime(["ApiInfo"]);
    quote! {
        static API: #api = #api {
            name: #name,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            retry_statuses: &[#(#statuses),*],
        };
    }
}

fn expand_struct(scope: &ImportScope<'_, '_>) -> TokenStream {
    let [core, endpoint] = scope.runtime(["Client", "Endpoint"]);
    let request = scope.crate_item("Request");
    let doc = client_doc(scope).outer();
    let constructors = constructors::expand_constructors(scope);
    let url_request = scope.package.api.builds_urls().then(|| expand_url_request(scope));
    let handles = scope.package.roots().filter_map(|resource| expand_root(scope, resource));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client {
            pub(crate) core: #core,
        }

        impl Client {
            #constructors

            /// Creates a request from a params struct.
            ///
            /// The methods of the resources are shorter. Use this method if your code builds or stores the parameters
            /// as data.
            pub fn request<E: #endpoint>(&self, params: E) -> #request<'_, E> {
                #request::new(self, params)
            }

            #url_request

            #(#handles)*
        }
    }
}

fn expand_url_request(scope: &ImportScope<'_, '_>) -> TokenStream {
    let [endpoint, request] = scope.runtime(["UrlEndpoint", "UrlRequest"]);
    quote! {
        /// Creates a request for a URL from a params struct, like [`Client::request`].
        pub fn url_request<E: #endpoint>(&self, params: E) -> #request<'_, E> {
            self.core.url_request(params)
        }
    }
}

fn client_doc<'s, 'p, 'a>(scope: &'s ImportScope<'p, 'a>) -> Doc<'s, 'p, 'a> {
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
        .line(format!("A client for all operations of `{}`.", package.api.package.name))
        .line(
            "Create one client and reuse it: its connections are pooled. Clones are cheap and share the connections.",
        )
        .block(servers::server_lines(scope))
        .section("Example", example.to_vec())
}

/// Expands the method for a top-level resource.
fn expand_root(scope: &ImportScope<'_, '_>, resource: &Resource<'_>) -> Option<TokenStream> {
    let module = &resource.module;
    let feature = module.plain();
    let handle = resource.handle.as_ref()?;
    let doc = Doc::new(scope, Some(resource.id))
        .line(format!("Returns the operations of [`{0}`](crate::{0}).", resource.module.plain()))
        .text(doc::summary(&resource.model.doc))
        .line(format!("Requires the `{feature}` feature."))
        .outer();
    Some(quote! {
        #doc
        #[cfg(feature = #feature)]
        pub fn #module(&self) -> crate::#module::#handle<'_> {
            crate::#module::#handle::new(self)
        }
    })
}

/// Expands the package's own builder, which wraps that of the runtime so that `build` returns the package's client.
fn expand_builder(scope: &ImportScope<'_, '_>) -> TokenStream {
    let [core] = scope.runtime(["ClientBuilder"]);
    let setters = expand_builder_setters(scope);
    let servers = servers::expand_setters(scope);
    let credentials = constructors::expand_credential_setters(scope);
    let tokens = constructors::expand_token_setters(scope);
    let [error] = scope.runtime(["Error"]);
    quote! {
        /// A builder of a [`Client`], for settings other than the defaults.
        ///
        /// Returned by [`Client::builder`].
        #[derive(Debug)]
        #[must_use = "a builder does nothing until it is built"]
        pub struct ClientBuilder {
            core: #core,
        }

        impl ClientBuilder {
            #setters

            #(#credentials)*
            #tokens
            #(#servers)*

            /// Creates the client.
            ///
            /// # Errors
            ///
            /// Fails if the base URL, a credential or the user agent is invalid, or if there is no transport.
            pub fn build(self) -> Result<Client, #error> {
                Ok(Client { core: self.core.build()? })
            }
        }
    }
}

fn expand_builder_setters(scope: &ImportScope<'_, '_>) -> TokenStream {
    let duration = scope.std("time", "Duration");
    let [transport, interceptor] = scope.runtime(["Transport", "Interceptor"]);
    // Not imported, since it depends on a feature.
    let blocking = scope.runtime_path("BlockingTransport");
    let blocking_feature = scope.runtime_path("__private");
    let blocking_feature = quote!(#blocking_feature::BlockingFeature);
    let [policy, budget] = scope.runtime(["RetryPolicy", "RetryBudget"]);
    let read_timeout = scope.package.api.has_streams().then(|| {
        quote! {
            /// Sets the maximum time between two chunks of a streamed response.
            ///
            /// The default is 60 seconds. `None` removes the limit.
            pub fn read_timeout(self, timeout: impl Into<Option<#duration>>) -> Self {
                Self { core: self.core.read_timeout(timeout) }
            }
        }
    });
    quote! {
        /// Sets the base URL of all requests, such as the URL of a test server.
        pub fn base_url(self, base_url: impl AsRef<str>) -> Self {
            Self { core: self.core.base_url(base_url) }
        }

        /// Allows a base URL with `http://` to a host that is not a loopback address.
        ///
        /// Anyone on the network path can then read and change the requests, including their credentials.
        pub fn allow_plain_http(self, allow: bool) -> Self {
            Self { core: self.core.allow_plain_http(allow) }
        }

        /// Sets the total timeout of a call, including retry delays.
        ///
        /// The default is 30 seconds. `None` removes the limit.
        pub fn timeout(self, timeout: impl Into<Option<#duration>>) -> Self {
            Self { core: self.core.timeout(timeout) }
        }

        /// Sets the timeout of one attempt, which leaves time for a retry.
        ///
        /// By default, only the total timeout limits an attempt.
        pub fn attempt_timeout(self, timeout: impl Into<Option<#duration>>) -> Self {
            Self { core: self.core.attempt_timeout(timeout) }
        }

        #read_timeout

        /// Sets the retry policy.
        ///
        /// By default, a call has at most three attempts. `RetryPolicy::never()` disables retries.
        pub fn retry(self, policy: #policy) -> Self {
            Self { core: self.core.retry(policy) }
        }

        /// Sets the retry budget, which limits the retries of all calls while the server fails.
        pub fn retry_budget(self, budget: #budget) -> Self {
            Self { core: self.core.retry_budget(budget) }
        }

        /// Adds an interceptor, which runs before and after every attempt of every call.
        pub fn interceptor(self, interceptor: impl #interceptor + 'static) -> Self {
            Self { core: self.core.interceptor(interceptor) }
        }

        /// Sets the `user-agent` header. The default is the package's name and version.
        pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
            Self { core: self.core.user_agent(user_agent) }
        }

        /// Sets the transport of async calls.
        ///
        /// Pass a configured `HyperTransport` to change connection settings, certificates or proxies, or a fake transport
        /// in tests.
        pub fn transport(self, transport: impl #transport + 'static) -> Self {
            Self { core: self.core.transport(transport) }
        }

        /// Sets the transport of blocking calls.
        ///
        /// Requires the `blocking` feature.
        #[cfg(feature = "blocking")]
        pub fn blocking_transport(self, transport: impl #blocking + 'static) -> Self {
            Self { core: self.core.blocking_transport(transport) }
        }

        #[cfg(not(feature = "blocking"))]
        #[doc(hidden)]
        pub fn blocking_transport<T: #blocking_feature>(self, _transport: T) -> Self {
            self
        }
    }
}
