//! The IT contacts of an organization.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::OrganizationId;
use workos_api::organizations::it_contacts::{ItContact, ItContactId, ItContactIntent};

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "organizations.it_contacts.list": list_required, list_everything;
    "organizations.it_contacts.create": create_required, create_everything;
    "organizations.it_contacts.delete": delete_required, delete_everything;
    "organizations.it_contacts.invite": invite_required, invite_everything;
    "organizations.it_contacts.revoke": revoke_required, revoke_everything;
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

fn contact_id() -> ItContactId {
    ItContactId::new("it_contact_01grace")
}

/// All fields are required.
fn contact() -> Value {
    json!({
        "object": "it_contact",
        "id": "it_contact_01grace",
        "email": "grace+it@zinc.example",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_contact(contact: &ItContact) {
    assert_eq!(contact.id, contact_id());
    assert_eq!(contact.email, "grace+it@zinc.example");
    assert_eq!(contact.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(contact.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

async fn list_required(case: Case) {
    let case = case.line("GET /organizations/org_01zinc/it_contacts").response(json!({
        "object": "list",
        "data": [],
        "list_metadata": {},
    }));
    let call = |client: &Client| client.organizations().it_contacts().list(organization_id()).send();
    let response = case.call(call).await;
    assert!(response.data.is_empty());
    assert_eq!(response.list_metadata.before, None);
    assert_eq!(response.list_metadata.after, None);
}

async fn list_everything(case: Case) {
    let case = case.line("GET /organizations/org_01zinc/it_contacts").response(json!({
        "object": "list",
        "data": [contact(), contact()],
        "list_metadata": {"before": "it_contact_1", "after": "it_contact_9"},
    }));
    let call = |client: &Client| client.organizations().it_contacts().list(organization_id()).send();
    let response = case.call(call).await;
    assert_eq!(response.data.len(), 2);
    response.data.iter().for_each(check_contact);
    assert_eq!(response.list_metadata.before.as_deref(), Some("it_contact_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("it_contact_9"));
}

async fn create_required(case: Case) {
    let case = case
        .line("POST /organizations/org_01zinc/it_contacts")
        .raw_body(r#"{"email":"grace+it@zinc.example"}"#)
        .response(contact());
    let call = |client: &Client| {
        client.organizations().it_contacts().create(organization_id(), "grace+it@zinc.example").send()
    };
    check_contact(&case.call(call).await);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /organizations/org_01zinc/it_contacts")
        .raw_body(r#"{"email":"grace+it@zinc.example"}"#)
        .response(contact());
    let call = |client: &Client| {
        let contacts = client.organizations().it_contacts();
        let request = contacts.create(organization_id(), "grace+it@zinc.example");
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_contact(&case.call(call).await);
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /organizations/org_01zinc/it_contacts/it_contact_01grace");
    let call =
        |client: &Client| client.organizations().it_contacts().delete(organization_id(), contact_id()).send();
    case.call(call).await;
}

/// No optional parameters. The IDs must be percent-encoded in a URL.
async fn delete_everything(case: Case) {
    let case = case.line("DELETE /organizations/a%2Fb/it_contacts/c%3Fd");
    let call = |client: &Client| {
        let contacts = client.organizations().it_contacts();
        contacts.delete(OrganizationId::new("a/b"), ItContactId::new("c?d")).send()
    };
    case.call(call).await;
}

async fn invite_required(case: Case) {
    let case = case
        .line("POST /organizations/org_01zinc/it_contacts/it_contact_01grace/invite")
        .raw_body(r#"{"intents":["sso"]}"#);
    let call = |client: &Client| {
        let contacts = client.organizations().it_contacts();
        contacts.invite(organization_id(), contact_id(), [ItContactIntent::Sso]).send()
    };
    case.call(call).await;
}

async fn invite_everything(case: Case) {
    let case =
        case.line("POST /organizations/org_01zinc/it_contacts/it_contact_01grace/invite").raw_body(concat!(
            r#"{"intents":["sso","directory_sync","log_streams","domain_verification","#,
            r#""bring_your_own_key"]}"#,
        ));
    let intents = [
        ItContactIntent::Sso,
        ItContactIntent::DirectorySync,
        ItContactIntent::LogStreams,
        ItContactIntent::DomainVerification,
        ItContactIntent::BringYourOwnKey,
    ];
    let call = |client: &Client| {
        let contacts = client.organizations().it_contacts();
        let request = contacts.invite(organization_id(), contact_id(), intents);
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    case.call(call).await;
}

async fn revoke_required(case: Case) {
    let line = "POST /organizations/org_01zinc/it_contacts/it_contact_01grace/revoke";
    let case = case.line(line);
    let call =
        |client: &Client| client.organizations().it_contacts().revoke(organization_id(), contact_id()).send();
    case.call(call).await;
}

async fn revoke_everything(case: Case) {
    let line = "POST /organizations/org_01zinc/it_contacts/it_contact_01grace/revoke";
    let case = case.line(line);
    let call =
        |client: &Client| client.organizations().it_contacts().revoke(organization_id(), contact_id()).send();
    case.call(call).await;
}
