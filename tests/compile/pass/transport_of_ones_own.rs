//! A custom transport takes a few lines: this one returns a fixed response, which is enough to test an application.

use std::future::{pending, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use stytch_b2b::runtime::{BoxFuture, Bytes, Transport, TransportError, http};
use stytch_b2b::Client;

struct Canned(&'static str);

impl Transport for Canned {
    fn send(&self, _: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(ready(Ok(http::Response::new(self.0.into()))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }
}

pub fn main() -> Result<(), stytch_b2b::Error> {
    let body = r#"{"results_metadata": {"total": 7}, "request_id": "r", "status_code": 200}"#;
    let client = Client::builder("project-test-111", "secret-test-111").transport(Canned(body)).build()?;
    let call = pin!(client.organizations().search().send());
    let Poll::Ready(page) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the response is available at once");
    };
    assert_eq!(page?.results_metadata.total, 7);
    Ok(())
}
