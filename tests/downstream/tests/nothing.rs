//! With all features off, the client and the runtime are available; only a transport is missing.

use std::future::{Future, pending, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use downstream::Settings;
use stytch_b2b::runtime::{BoxFuture, Bytes, Decode, DecodeError, Endpoint, Method, Operation, Reader, RequestWriter, Transport, TransportError, http};
use stytch_b2b::{Client, Error};

/// An operation that the package does not have, written by hand.
struct Ping;

#[derive(Debug, PartialEq)]
struct Pong(String);

impl Endpoint for Ping {
    type Options = ();
    type Response = Pong;
    const OPERATION: Operation = Operation::new("ping", Method::GET, "/ping");

    fn write(&self, _: &mut RequestWriter) {}
}

impl Decode for Pong {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        String::decode(reader).map(Self)
    }
}

/// Responds with the path of the request.
struct Echo;

impl Transport for Echo {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let body = format!("{:?}", request.uri().path());
        Box::pin(ready(Ok(http::Response::new(body.into()))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }
}

fn settings() -> Settings {
    Settings { project_id: "project-test-111".into(), secret: "secret-test-111".into(), base_url: None }
}

#[test]
fn client_uses_a_custom_transport() -> Result<(), Error> {
    let client = settings().client_over(Echo)?;
    let call = pin!(client.request(Ping).send());
    let Poll::Ready(pong) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the response is available at once");
    };
    assert_eq!(pong?, Pong("/ping".into()));
    Ok(())
}

#[test]
fn client_of_another_package_accepts_the_same_operation() -> Result<(), Error> {
    let client = workos_api::Client::builder("sk_test_111", "client_111").transport(Echo).build()?;
    let call = pin!(client.request(Ping).send());
    let Poll::Ready(pong) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the response is available at once");
    };
    assert_eq!(pong?, Pong("/ping".into()));
    Ok(())
}

#[test]
fn client_is_send_and_sync() {
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<Client>();
    is_shared::<workos_api::Client>();
    is_shared::<Error>();
}

#[test]
fn settings_do_not_print_their_secret() {
    assert!(!format!("{:?}", settings()).contains("secret-test"));
}

#[cfg(not(feature = "full"))]
#[test]
fn client_without_a_transport_is_an_error_that_names_the_feature() {
    let error =
        Client::builder("project-test-111", "secret-test-111").build().expect_err("there is no transport");
    assert_eq!(error.kind(), stytch_b2b::ErrorKind::Config);
    assert!(error.to_string().contains("the `hyper` feature"), "{error}");

    let other = workos_api::Client::builder("sk_test_111", "client_111").build();
    assert_eq!(other.expect_err("there is no transport").to_string(), error.to_string());
}
