//! Helpers of `tests/examples.rs`: a server that responds once, and the comparison of JSON.

use proc_macro2::TokenStream;
use quote::quote;

use super::import_scope::ImportScope;
use super::test_body::has_encoded_bodies;
use super::test_responses::{expand_empty_server, expand_part_check, package_reads_heads};

pub(super) fn expand_helpers(scope: &ImportScope<'_, '_>) -> TokenStream {
    let example = expand_example(scope);
    let server = expand_server(scope);
    let server_check = expand_server_check(scope);
    let comparison = expand_comparison(scope);
    let reads_heads = package_reads_heads(scope.package);
    let part_check = reads_heads.then(|| expand_part_check(scope));
    let url_check = scope.package.api.builds_urls().then(|| expand_url_check(scope));
    quote! {
        type Error = Box<dyn std::error::Error>;
        type Outcome = Result<(), Error>;

        #example
        #part_check
        #server
        #server_check
        #url_check
        #comparison
    }
}

fn expand_url_check(scope: &ImportScope<'_, '_>) -> TokenStream {
    let client = scope.crate_item("Client");
    let [http] = scope.runtime(["http"]);
    let server = expand_empty_server(scope.package);
    quote! {
        /// Builds the URL and compares its decoded path and query.
        fn check_url(expected: &str, build: impl FnOnce(&#client) -> Result<#http::Uri, Error>) -> Outcome {
            let server = #server;
            let url = build(&server.client()?)?;
            assert_eq!(url.host(), Some("example.com"));
            assert_eq!(decoded(url.path_and_query().map_or("", |target| target.as_str()))?, expected);
            Ok(())
        }
    }
}

fn expand_example(scope: &ImportScope<'_, '_>) -> TokenStream {
    let client = scope.crate_item("Client");
    let [call, encode] = scope.runtime(["Call", "Encode"]);
    let [context, poll, waker] = ["Context", "Poll", "Waker"].map(|name| scope.std("task", name));
    let pin = scope.std("pin", "pin");
    let read_body = has_encoded_bodies(scope.package).then(|| {
        quote! {
            /// Reads a body that is not JSON.
            read_body: Option<ReadBody>,
        }
    });
    let head = package_reads_heads(scope.package).then(|| {
        quote! {
            status: u16,
            response_headers: &'static [(&'static str, &'static str)],
        }
    });
    let server = match package_reads_heads(scope.package) {
        true => quote!(Server::new(example)),
        false => quote!(Server { response: example.response.concat(), received: Default::default() }),
    };
    quote! {
        /// The decoded request of an operation, and its response in pieces.
        struct Example {
            request: &'static str,
            headers: &'static [(&'static str, &'static str)],
            body: &'static str,
            #read_body
            response: &'static [&'static str],
            #head
        }

        /// Sends the request and compares the request that arrives, then the response. The compiler builds this
        /// function once per operation, so most of the work is done by functions without generic parameters.
        fn check<R: #encode>(example: &Example, call: impl FnOnce(&#client) -> Result<#call<R>, Error>) -> Outcome {
            let server = #server;
            let mut call = #pin!(call(&server.client()?)?);
            let #poll::Ready(response) = call.as_mut().poll(&mut #context::from_waker(#waker::noop())) else {
                return Err("the call did not end".into());
            };
            server.check_request(example)?;
            server.check_response(&response?)
        }
    }
}

fn expand_server(scope: &ImportScope<'_, '_>) -> TokenStream {
    let [transport, error, future] = scope.runtime(["Transport", "TransportError", "BoxFuture"]);
    let [bytes, http] = scope.runtime(["Bytes", "http"]);
    let [arc, mutex] = ["Arc", "Mutex"].map(|name| scope.std("sync", name));
    let duration = scope.std("time", "Duration");
    let reads_heads = package_reads_heads(scope.package);
    let head = reads_heads.then(|| quote!(status: u16, headers: &'static [(&'static str, &'static str)],));
    let new = reads_heads.then(|| expand_server_new(scope));
    let response = match reads_heads {
        true => quote!(self.response()),
        false => quote!(#http::Response::new(self.response.clone().into())),
    };
    quote! {
        /// A transport that returns one response to every request and keeps the request.
        #[derive(Clone)]
        struct Server {
            #head
            response: String,
            received: #arc<#mutex<Option<#http::Request<#bytes>>>>,
        }

        #new

        impl #transport for Server {
            fn send(&self, request: #http::Request<#bytes>) -> #future<'_, Result<#http::Response<#bytes>, #error>> {
                if let Ok(mut received) = self.received.lock() {
                    *received = Some(request);
                }
                Box::pin(std::future::ready(Ok(#response)))
            }

            fn sleep(&self, _duration: #duration) -> #future<'_, ()> {
                Box::pin(std::future::pending())
            }
        }
    }
}

/// Expands the response of a server with a status and headers.
fn expand_server_new(scope: &ImportScope<'_, '_>) -> TokenStream {
    let [bytes, http] = scope.runtime(["Bytes", "http"]);
    quote! {
        impl Server {
            fn new(example: &Example) -> Self {
                let Example { status, response_headers, response, .. } = *example;
                Self { status, headers: response_headers, response: response.concat(), received: Default::default() }
            }

            fn response(&self) -> #http::Response<#bytes> {
                let mut response = #http::Response::new(#bytes::from(self.response.clone()));
                *response.status_mut() = #http::StatusCode::from_u16(self.status).unwrap_or_default();
                for (name, value) in self.headers {
                    if let Ok(value) = #http::HeaderValue::from_bytes(value.as_bytes()) {
                        response.headers_mut().insert(*name, value);
                    }
                }
                response
            }
        }
    }
}

fn expand_server_check(scope: &ImportScope<'_, '_>) -> TokenStream {
    let client = scope.crate_item("Client");
    let [encode, json] = scope.runtime(["Encode", "json"]);
    let credentials = scope.package.credentials.iter().map(|credential| &credential.model.example);
    let token = scope.package.api.client_credentials().map(|_| quote!(.access_token("token")));
    let settings = scope.package.optional_credentials.iter().map(|credential| {
        let (setter, example) = (&credential.name, &credential.model.example);
        quote!(.#setter(#example))
    });
    let has_encoded = has_encoded_bodies(scope.package);
    let encoded = has_encoded.then(|| {
        quote! {
            if let Some(read_body) = example.read_body {
                assert_eq!(read_body(&received)?, example.body);
                return Ok(());
            }
        }
    });
    let readers = has_encoded.then(|| expand_body_readers(scope));
    quote! {
        impl Server {
            fn client(&self) -> Result<#client, Error> {
                let client = #client::builder(#(#credentials),*).base_url("https://example.com") #(#settings)* #token;
                Ok(client.transport(self.clone()).build()?)
            }

            fn check_request(&self, example: &Example) -> Outcome {
                let received = self.received.lock().map_err(|error| error.to_string())?.take();
                let received = received.ok_or("nothing was sent")?;
                let target = received.uri().path_and_query().map_or("", |target| target.as_str());
                let target = decoded(target)?;
                assert_eq!(format!("{} {target}", received.method()), example.request);
                for (name, value) in example.headers {
                    let found = received.headers().get(*name).map(|found| found.as_bytes());
                    assert_eq!(found, Some(value.as_bytes()), "the header `{name}`");
                }
                if example.body.is_empty() {
                    assert!(received.body().is_empty());
                    return Ok(());
                }
                #encoded
                check_kept(example.body, received.body())?;
                check_kept(std::str::from_utf8(received.body())?, example.body.as_bytes())
            }

            fn check_response(&self, response: &dyn #encode) -> Outcome {
                match self.response.as_str() {
                    "" => Ok(()),
                    expected => check_kept(expected, &#json::to_vec(response)?),
                }
            }
        }

        #readers

        /// Decodes a path and a query.
        fn decoded(text: &str) -> Result<String, Error> {
            let mut parts = text.split('%');
            let mut bytes = parts.next().unwrap_or_default().replace('+', " ").into_bytes();
            for part in parts {
                let (code, rest) = part.split_at_checked(2).ok_or("a percent sign without its code")?;
                bytes.push(u8::from_str_radix(code, 16)?);
                bytes.extend(rest.replace('+', " ").bytes());
            }
            Ok(String::from_utf8(bytes)?)
        }
    }
}

/// Expands the functions that read bodies that are not JSON.
fn expand_body_readers(scope: &ImportScope<'_, '_>) -> TokenStream {
    let [http, bytes] = scope.runtime(["http", "Bytes"]);
    quote! {
        type ReadBody = fn(&#http::Request<#bytes>) -> Result<String, Error>;

        /// Returns a body of text or bytes.
        fn text_body(request: &#http::Request<#bytes>) -> Result<String, Error> {
            Ok(String::from_utf8(request.body().to_vec())?)
        }

        /// Returns the decoded pairs of a form.
        fn form_body(request: &#http::Request<#bytes>) -> Result<String, Error> {
            decoded(std::str::from_utf8(request.body())?)
        }

        /// Returns the parts of a multipart form, with a fixed boundary and `|` for each line break.
        fn multipart_body(request: &#http::Request<#bytes>) -> Result<String, Error> {
            let media_type = request.headers().get("content-type").ok_or("no content type")?.to_str()?;
            let boundary = media_type.strip_prefix("multipart/form-data; boundary=").ok_or("no boundary")?;
            Ok(text_body(request)?.replace(boundary, "boundary").replace("\r\n", "|"))
        }
    }
}

fn expand_comparison(scope: &ImportScope<'_, '_>) -> TokenStream {
    let [decode, encode, json] = scope.runtime(["Decode", "Encode", "json"]);
    let [timestamp, value] = scope.runtime(["Timestamp", "Value"]);
    quote! {
        /// Decodes and encodes a value, and compares.
        fn check_json<T: #decode + #encode>(text: &str) -> Outcome {
            let value: T = #json::from_slice(text.as_bytes())?;
            check_kept(text, &#json::to_vec(&value)?)
        }

        /// Decodes a value, and fails unless it is of the expected variant.
        fn check_variant<T: #decode>(text: &str, is_expected: impl FnOnce(&T) -> bool) -> Outcome {
            match is_expected(&#json::from_slice(text.as_bytes())?) {
                true => Ok(()),
                false => Err(format!("read as another variant: {text}").into()),
            }
        }

        /// Fails unless every value of one JSON text is in the other.
        fn check_kept(expected: &str, found: &[u8]) -> Outcome {
            let expected: #value = expected.parse()?;
            let found: #value = #json::from_slice(found)?;
            match keeps(&expected, &found) {
                true => Ok(()),
                false => Err(format!("expected {expected}, found {found}").into()),
            }
        }

        /// Compares two values. A null equals a missing value, and a time can be written in several ways.
        fn keeps(expected: &#value, found: &#value) -> bool {
            match (expected, found) {
                (#value::Object(expected), #value::Object(found)) => expected.iter().all(|(key, value)| {
                    value.is_null() || found.get(key).is_some_and(|found| keeps(value, found))
                }),
                (#value::Array(expected), #value::Array(found)) => {
                    expected.len() == found.len() && expected.iter().zip(found).all(|(one, other)| keeps(one, other))
                }
                (#value::String(expected), #value::String(found)) => {
                    let time = |text: &str| #timestamp::parse_or_utc(text).ok();
                    expected == found || (time(expected).is_some() && time(expected) == time(found))
                }
                _ => expected == found,
            }
        }
    }
}
