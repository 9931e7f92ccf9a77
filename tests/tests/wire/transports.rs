//! A transport of the user's own: no network, no tokio, chosen at run time.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde_json::json;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::{Client, Transport};
use typefoundry_tests::Memory;

use crate::case::{AUTHORIZATION, PROJECT_ID, REQUEST_ID, SECRET};
use crate::responses::{check_organization, organization};

/// Drives a future that waits for nothing, with no runtime there at all.
fn at_once<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("it waits for something"),
    }
}

fn memory() -> Memory {
    Memory::responding(json!({"request_id": REQUEST_ID, "organization": organization(), "status_code": 200}))
}

fn check(transport: impl Transport + 'static, memory: &Memory) {
    let client = Client::builder(PROJECT_ID, SECRET).transport(transport).build().expect("a client");
    let call = client.organizations().get(OrganizationId::new("organization-test-6f1c")).send();
    let response = at_once(call).expect("an Organization");
    check_organization(&response.organization);
    let sent = memory.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].uri(), "https://test.stytch.com/v1/b2b/organizations/organization-test-6f1c");
    assert_eq!(sent[0].headers()["authorization"], AUTHORIZATION);
    assert_eq!(sent[0].headers()["user-agent"], "stytch-b2b/0.1.0");
}

#[test]
fn a_transport_in_memory() {
    let memory = memory();
    check(memory.clone(), &memory);
}

#[test]
fn a_transport_chosen_at_run_time() {
    let memory = memory();
    let transport: Box<dyn Transport> = Box::new(memory.clone());
    check(transport, &memory);
}

#[test]
fn a_transport_that_is_shared() {
    let memory = memory();
    let transport: Arc<dyn Transport> = Arc::new(memory.clone());
    check(Arc::clone(&transport), &memory);
}
