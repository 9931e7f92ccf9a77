//! The generator accepts only descriptions that work at run time.
//!
//! The generator does not depend on the runtime, so each has its own rules for URLs, paths and headers. These tests
//! compare the two sets of rules on tables of known cases and on random strings built from error-prone parts.

mod base_urls;
mod headers;
mod idempotency;
mod paths;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use typefoundry_codegen::source::Source;
use typefoundry_runtime::{
    ApiInfo, Auth, BoxFuture, Bytes, Client, Error, RetryPolicy, Transport, TransportError, http,
};

/// The number of random strings to try.
const TRIES: usize = 1500;

static ACME: ApiInfo = ApiInfo { name: "acme", user_agent: "acme/1", retry_statuses: &[] };

/// Whether the generator accepts an API with this base URL and this operation.
fn is_accepted(url: &str, operation: &str) -> bool {
    let api = format!(
        "doc: Acme.\npackage: {{ name: acme, version: 0.1.0, doc: Acme. }}\n\
         servers: {{ live: {{ url: {}, doc: The server. }} }}\n",
        quoted(url)
    );
    let users = format!("doc: People.\noperations:\n  get: {{ doc: Gets., {operation} }}\n");
    let sources = [Source::new("acme/api.yaml", api), Source::new("acme/users.yaml", users)];
    let (_, apis, problems) = typefoundry_codegen::resolve_all(sources);
    assert_eq!(apis.is_empty(), !problems.is_empty(), "{problems:?}");
    problems.is_empty()
}

/// Quotes a string for YAML, as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Joins parts in random order.
fn random_text(random: &mut fastrand::Rng, parts: &[&str], most: usize) -> String {
    (0..random.usize(0..=most)).map(|_| parts[random.usize(..parts.len())]).collect()
}

/// An in-memory transport that keeps the last request.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Option<http::Request<Bytes>>>>);

impl Memory {
    fn client(&self, base_url: &str) -> Result<Client, Error> {
        let builder = Client::builder(&ACME, base_url, Auth::none()).retry(RetryPolicy::never());
        builder.transport(self.clone()).build()
    }

    fn sent(&self) -> http::Request<Bytes> {
        self.0.lock().expect("no test panicked while sending").take().expect("a request was sent")
    }
}

impl Transport for Memory {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        *self.0.lock().expect("no test panicked while sending") = Some(request);
        Box::pin(std::future::ready(Ok(http::Response::new(Bytes::new()))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}
