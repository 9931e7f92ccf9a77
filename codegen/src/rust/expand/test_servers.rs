//! The tests of the servers: a client for each server, with credentials that select it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Server, ServerRole};

use super::import_scope::{ImportScope, ident};
use super::test_responses::expand_empty_server;

pub(super) fn expand_servers(scope: &ImportScope<'_, '_>) -> TokenStream {
    let client = scope.crate_item("Client");
    let clients = clients(scope.package.api);
    let root = ident(&scope.package.crate_name);
    let checks = clients.iter().map(|TestClient { url, credentials, public, server }| {
        let url = format!("{url}/");
        let server = server.as_ref().and_then(|at| scope.package.servers.get(*at)).map(|server| {
            let name = &server.name;
            quote!(.server(#root::Server::#name))
        });
        let builder = ident(if *public { "public_builder" } else { "builder" });
        quote!(check_server(#url, #client::#builder(#(#credentials),*) #server)?;)
    });
    let defaults = clients.iter().filter(|client| client.server.is_none()).map(
        |TestClient { credentials, public, .. }| {
            let new = ident(if *public { "public" } else { "new" });
            quote!(#client::#new(#(#credentials),*)?;)
        },
    );
    let check = expand_check(scope);
    quote! {
        #check

        /// Credentials select the server of the requests.
        #[test]
        fn servers() -> Outcome {
            #(#checks)*
            Ok(())
        }

        /// Creates the default client of every server.
        #[cfg(feature = "hyper")]
        #[test]
        fn default_clients() -> Outcome {
            #(#defaults)*
            Ok(())
        }
    }
}

/// A client with credentials, and the server that they select.
struct TestClient {
    url: String,
    credentials: Vec<String>,
    /// Whether the client lacks the optional credentials.
    public: bool,
    /// The server that the caller selects, if the credentials do not.
    server: Option<usize>,
}

fn clients(api: &Api) -> Vec<TestClient> {
    let mut clients = Vec::new();
    let fallback = api.servers.iter().position(|server| server.role == ServerRole::Default);
    for (at, server) in api.client_servers().enumerate() {
        let is_selected = server.role == ServerRole::Selectable;
        let at = if is_selected { fallback.unwrap_or(at) } else { at };
        let Some(credentials) = api.credentials_for(at) else { continue };
        let selected = is_selected.then_some(server_index(api, server));
        let url = api.example_url(server);
        let is_optional = |index: usize| api.credentials.get(index).is_some_and(|it| it.optional);
        let by_optional = server.when.as_ref().is_some_and(|when| is_optional(when.credential));
        if api.has_public_clients() && !by_optional {
            let held = credentials.iter().enumerate().filter(|(index, _)| !is_optional(*index));
            let held = held.map(|(_, value)| value.clone()).collect();
            clients.push(TestClient { url: url.clone(), credentials: held, public: true, server: selected });
        }
        clients.push(TestClient { url, credentials, public: false, server: selected });
    }
    clients
}

/// Returns the index of a server among those that the caller can select.
fn server_index(api: &Api, server: &Server) -> usize {
    api.client_servers().position(|other| other.name == server.name).unwrap_or_default()
}

fn expand_check(scope: &ImportScope<'_, '_>) -> TokenStream {
    let builder = scope.crate_item("ClientBuilder");
    let [endpoint, method, operation, request_writer] =
        scope.runtime(["Endpoint", "Method", "Operation", "RequestWriter"]);
    let [authentication] = scope.runtime(["AuthRequirement"]);
    let [context, waker] = ["Context", "Waker"].map(|name| scope.std("task", name));
    let pin = scope.std("pin", "pin");
    let server = expand_empty_server(scope.package);
    quote! {
        /// A request to the root of a server.
        struct Root;

        impl #endpoint for Root {
            type Options = ();
            type Response = ();
            const OPERATION: #operation = {
                let mut operation = #operation::new("root", #method::GET, "/");
                // A public client has no credentials to send.
                operation.auth = #authentication::None;
                operation
            };

            fn write(&self, _request: &mut #request_writer) {}
        }

        /// Sends a request and compares its URL.
        fn check_server(expected: &str, client: #builder) -> Outcome {
            let server = #server;
            let client = client.transport(server.clone()).build()?;
            let mut call = #pin!(client.request(Root).send());
            let mut context = #context::from_waker(#waker::noop());
            let ended = call.as_mut().poll(&mut context).is_ready();
            assert!(ended, "the call did not end");
            let received = server.received.lock().map_err(|error| error.to_string())?.take();
            let received = received.ok_or("nothing was sent")?;
            assert_eq!(received.uri().to_string(), expected);
            Ok(())
        }
    }
}
