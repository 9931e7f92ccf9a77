//! Calls can run on any thread, so a transport must be `Send` and `Sync`.

use std::cell::Cell;
use std::time::Duration;

use stytch_b2b::runtime::{BoxFuture, Bytes, Transport, TransportError, http};
use stytch_b2b::Client;

fn main() {}

struct Counting {
    calls: Cell<u32>,
}

impl Transport for Counting {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.calls.set(self.calls.get() + 1);
        Box::pin(async { Ok(http::Response::default()) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

pub fn connect(transport: Counting) {
    let _builder = Client::builder("project-test-111", "secret-test-111").transport(transport);
}
