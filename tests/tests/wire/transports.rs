//! A custom transport: no network, no tokio, selected at run time.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde_json::json;
use stytch_b2b::Client;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::runtime::Transport;
use typefoundry_tests::Memory;

use crate::case::{AUTHORIZATION, PROJECT_ID, REQUEST_ID, SECRET};
use crate::responses::{check_organization, organization};

/// Polls a future that never waits, without an async runtime.
fn poll_once<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("the future is pending"),
    }
}

fn memory() -> Memory {
    Memory::responding(json!({"request_id": REQUEST_ID, "organization": organization(), "status_code": 200}))
}

fn check(transport: impl Transport + 'static, memory: &Memory) {
    let client = Client::builder(PROJECT_ID, SECRET).transport(transport).build().expect("a client");
    let call = client.organizations().get(OrganizationId::new("organization-test-6f1c")).send();
    let response = poll_once(call).expect("an organization");
    check_organization(&response.organization);
    let sent = memory.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].uri(), "https://test.stytch.com/v1/b2b/organizations/organization-test-6f1c");
    assert_eq!(sent[0].headers()["authorization"], AUTHORIZATION);
    assert_eq!(sent[0].headers()["user-agent"], "stytch-b2b/0.1.0");
}

#[test]
fn in_memory_transport_sends_a_call() {
    let memory = memory();
    check(memory.clone(), &memory);
}

#[test]
fn boxed_transport_sends_a_call() {
    let memory = memory();
    let transport: Box<dyn Transport> = Box::new(memory.clone());
    check(transport, &memory);
}

#[test]
fn shared_transport_sends_a_call() {
    let memory = memory();
    let transport: Arc<dyn Transport> = Arc::new(memory.clone());
    check(Arc::clone(&transport), &memory);
}
