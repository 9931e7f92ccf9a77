//! Responses of the vendors' servers.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use workos_api::runtime::{BoxFuture, Bytes, Transport, TransportError, http};
use workos_api::Client;

pub fn member(email_address: &str, status: &str) -> Value {
    json!({
        "organization_id": "organization-111",
        "member_id": "member-111",
        "email_address": email_address,
        "status": status,
        "name": "",
        "is_breakglass": false,
        "member_password_id": "",
        "email_address_verified": true,
        "mfa_phone_number_verified": false,
        "is_admin": false,
        "totp_registration_id": "",
        "mfa_enrolled": false,
        "mfa_phone_number": "",
        "default_mfa_method": "",
    })
}

pub fn organization() -> Value {
    json!({
        "organization_id": "organization-111",
        "organization_name": "Acme",
        "organization_logo_url": "",
        "organization_slug": "acme",
        "sso_jit_provisioning": "RESTRICTED",
        "email_jit_provisioning": "RESTRICTED",
        "email_invites": "ALL_ALLOWED",
        "auth_methods": "ALL_ALLOWED",
        "mfa_policy": "OPTIONAL",
        "mfa_methods": "ALL_ALLOWED",
        "oauth_tenant_jit_provisioning": "NOT_ALLOWED",
        "first_party_connected_apps_allowed_type": "ALL_ALLOWED",
        "third_party_connected_apps_allowed_type": "ALL_ALLOWED",
    })
}

/// Sends one response to every request, and keeps the last request.
#[derive(Clone, Default)]
pub struct Canned {
    status: u16,
    body: String,
    last_request: Arc<Mutex<Option<http::Request<Bytes>>>>,
}

impl Canned {
    pub fn responding(status: u16, body: Value) -> Self {
        Self { status, body: body.to_string(), last_request: Arc::default() }
    }

    pub fn client(&self) -> Result<Client, workos_api::Error> {
        Client::builder("sk_test_111", "client_111").transport(self.clone()).build()
    }

    /// Takes the last request.
    pub fn last_request(&self) -> http::Request<Bytes> {
        self.last_request.lock().expect("no test panicked").take().expect("a request")
    }

    pub fn is_idle(&self) -> bool {
        self.last_request.lock().expect("no test panicked").is_none()
    }
}

impl Transport for Canned {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        *self.last_request.lock().expect("no test panicked") = Some(request);
        let response = http::Response::builder().status(self.status).body(self.body.clone().into());
        Box::pin(async move { Ok(response.expect("a valid response")) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(pending())
    }
}
