//! A transport for async calls does not serve blocking calls.

use std::time::Duration;

use stytch_b2b::runtime::{BoxFuture, Bytes, Transport, TransportError, http};
use stytch_b2b::Client;

fn main() {}

struct Http;

impl Transport for Http {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::pending())
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

pub fn connect() {
    let _builder = Client::builder("project-test-111", "secret-test-111").blocking_transport(Http);
}
