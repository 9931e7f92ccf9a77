//! Waitlists and their entries.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::PaginationOrder;
use workos_api::user_management::waitlists::entries::{WaitlistEntry, WaitlistEntryId, WaitlistEntryState};
use workos_api::user_management::waitlists::{Waitlist, WaitlistId};

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "user_management.waitlists.list": list_required, list_everything;
    "user_management.waitlists.get": get_required, get_everything;
    "user_management.waitlists.entries.list": entries_list_required, entries_list_everything;
    "user_management.waitlists.entries.create": entries_create_required, entries_create_everything;
    "user_management.waitlists.entries.delete": entries_delete_required, entries_delete_everything;
    "user_management.waitlists.entries.approve": entries_approve_required, entries_approve_everything;
    "user_management.waitlists.entries.deny": entries_deny_required, entries_deny_everything;
}

fn id() -> WaitlistId {
    WaitlistId::new("waitlist_01zinc")
}

fn entry_id() -> WaitlistEntryId {
    WaitlistEntryId::new("waitlist_entry_01grace")
}

/// All fields are required.
fn waitlist() -> Value {
    json!({
        "object": "waitlist",
        "id": "waitlist_01zinc",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_waitlist(waitlist: &Waitlist) {
    assert_eq!(waitlist.id, id());
    assert_eq!(waitlist.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(waitlist.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

/// Returns an entry with all fields.
fn entry(state: &str) -> Value {
    json!({
        "object": "waitlist_entry",
        "id": "waitlist_entry_01grace",
        "email": "grace@zinc.example",
        "state": state,
        "approved_at": "2033-04-05T06:07:08.009Z",
        "additional_fields": {"company": "Zinc", "größe": ""},
        "waitlist_id": "waitlist_01zinc",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

/// Returns an entry with its required fields only.
fn bare_entry(state: &str) -> Value {
    json!({
        "object": "waitlist_entry",
        "id": "waitlist_entry_01bare",
        "email": "bare@bare.example",
        "state": state,
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_entry(entry: &WaitlistEntry, state: &WaitlistEntryState) {
    assert_eq!(entry.id, entry_id());
    assert_eq!(entry.email, "grace@zinc.example");
    assert_eq!(entry.state, *state);
    assert_eq!(entry.approved_at.expect("a time").to_string(), "2033-04-05T06:07:08.009Z");
    let fields: Vec<_> = entry.additional_fields.iter().map(|(key, value)| (&**key, &**value)).collect();
    assert_eq!(fields, [("company", "Zinc"), ("größe", "")]);
    assert_eq!(entry.waitlist_id, Some(id()));
    assert_eq!(entry.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(entry.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

fn check_bare_entry(entry: &WaitlistEntry, state: &WaitlistEntryState) {
    assert_eq!(entry.id.as_str(), "waitlist_entry_01bare");
    assert_eq!(entry.email, "bare@bare.example");
    assert_eq!(entry.state, *state);
    assert_eq!(entry.approved_at, None);
    assert!(entry.additional_fields.is_empty());
    assert_eq!(entry.waitlist_id, None);
    assert_eq!(entry.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(entry.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

async fn list_required(case: Case) {
    let case = case.line("GET /user_management/waitlists").response(json!({
        "object": "list",
        "data": [],
        "list_metadata": {"before": null, "after": null},
    }));
    let call = |client: &Client| client.user_management().waitlists().list().send();
    let response = case.call(call).await;
    assert!(response.data.is_empty());
    assert_eq!(response.list_metadata.before, None);
    assert_eq!(response.list_metadata.after, None);
}

async fn list_everything(case: Case) {
    let case = case.line("GET /user_management/waitlists").response(json!({
        "object": "list",
        "data": [waitlist(), waitlist()],
        "list_metadata": {"before": "waitlist_1", "after": "waitlist_9"},
    }));
    let call = |client: &Client| client.user_management().waitlists().list().send();
    let response = case.call(call).await;
    assert_eq!(response.data.len(), 2);
    response.data.iter().for_each(check_waitlist);
    assert_eq!(response.list_metadata.before.as_deref(), Some("waitlist_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("waitlist_9"));
}

async fn get_required(case: Case) {
    let case = case.line("GET /user_management/waitlists/waitlist_01zinc").response(waitlist());
    let call = |client: &Client| client.user_management().waitlists().get(id()).send();
    check_waitlist(&case.call(call).await);
}

async fn get_everything(case: Case) {
    let case = case.line("GET /user_management/waitlists/a%20b").response(waitlist());
    let call = |client: &Client| client.user_management().waitlists().get(WaitlistId::new("a b")).send();
    check_waitlist(&case.call(call).await);
}

async fn entries_list_required(case: Case) {
    let case = case.line("GET /user_management/waitlists/waitlist_01zinc/entries").response(json!({
        "object": "list",
        "data": [bare_entry("pending")],
        "list_metadata": {"before": null, "after": null},
    }));
    let call = |client: &Client| client.user_management().waitlists().entries().list(id()).send();
    let response = case.call(call).await;
    let [entry] = response.data.as_slice() else { panic!("one entry") };
    check_bare_entry(entry, &WaitlistEntryState::Pending);
    assert_eq!(response.list_metadata.before, None);
    assert_eq!(response.list_metadata.after, None);
}

async fn entries_list_everything(case: Case) {
    let line = "GET /user_management/waitlists/waitlist_01zinc/entries?state=approved\
                &email=grace%2Bw%40zinc.example&before=entry_9&after=entry_1&limit=100&order=desc";
    let case = case.line(line).response(json!({
        "object": "list",
        "data": [entry("approved"), entry("denied")],
        "list_metadata": {"before": "entry_1", "after": "entry_9"},
    }));
    let call = |client: &Client| {
        client
            .user_management()
            .waitlists()
            .entries()
            .list(id())
            .state(WaitlistEntryState::Approved)
            .email("grace+w@zinc.example")
            .before("entry_9")
            .after("entry_1")
            .limit(100)
            .order(PaginationOrder::Desc)
            .send()
    };
    let response = case.call(call).await;
    let [approved, denied] = response.data.as_slice() else { panic!("two entries") };
    check_entry(approved, &WaitlistEntryState::Approved);
    check_entry(denied, &WaitlistEntryState::Denied);
    assert_eq!(response.list_metadata.before.as_deref(), Some("entry_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("entry_9"));
}

async fn entries_create_required(case: Case) {
    let case = case
        .line("POST /user_management/waitlists/waitlist_01zinc/entries")
        .raw_body(r#"{"email":"bare@bare.example"}"#)
        .response(bare_entry("pending"));
    let call = |client: &Client| {
        client.user_management().waitlists().entries().create(id(), "bare@bare.example").send()
    };
    check_bare_entry(&case.call(call).await, &WaitlistEntryState::Pending);
}

async fn entries_create_everything(case: Case) {
    let case = case
        .line("POST /user_management/waitlists/waitlist_01zinc/entries")
        .raw_body(concat!(
            r#"{"email":"grace@zinc.example","additional_fields":{"company":"Zinc","größe":""},"#,
            r#""send_confirmation_email":false}"#,
        ))
        .response(entry("pending"));
    let call = |client: &Client| {
        client
            .user_management()
            .waitlists()
            .entries()
            .create(id(), "grace@zinc.example")
            .additional_fields([("größe", ""), ("company", "Zinc")])
            .send_confirmation_email(false)
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    check_entry(&case.call(call).await, &WaitlistEntryState::Pending);
}

async fn entries_delete_required(case: Case) {
    let case = case.line("DELETE /user_management/waitlist_entries/waitlist_entry_01grace");
    let call = |client: &Client| client.user_management().waitlists().entries().delete(entry_id()).send();
    case.call(call).await;
}

/// No optional parameters. The ID must be percent-encoded in a URL.
async fn entries_delete_everything(case: Case) {
    let case = case.line("DELETE /user_management/waitlist_entries/%F0%9F%91%A9");
    let id = WaitlistEntryId::new("👩");
    case.call(|client| client.user_management().waitlists().entries().delete(id).send()).await;
}

async fn entries_approve_required(case: Case) {
    let case = case
        .line("POST /user_management/waitlist_entries/waitlist_entry_01grace/approve")
        .response(bare_entry("approved"));
    let call = |client: &Client| client.user_management().waitlists().entries().approve(entry_id()).send();
    check_bare_entry(&case.call(call).await, &WaitlistEntryState::Approved);
}

async fn entries_approve_everything(case: Case) {
    let case = case
        .line("POST /user_management/waitlist_entries/waitlist_entry_01grace/approve")
        .response(entry("approved"));
    let call = |client: &Client| {
        let request = client.user_management().waitlists().entries().approve(entry_id());
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_entry(&case.call(call).await, &WaitlistEntryState::Approved);
}

async fn entries_deny_required(case: Case) {
    let case = case
        .line("POST /user_management/waitlist_entries/waitlist_entry_01grace/deny")
        .response(bare_entry("denied"));
    let call = |client: &Client| client.user_management().waitlists().entries().deny(entry_id()).send();
    check_bare_entry(&case.call(call).await, &WaitlistEntryState::Denied);
}

async fn entries_deny_everything(case: Case) {
    let case = case
        .line("POST /user_management/waitlist_entries/waitlist_entry_01grace/deny")
        .response(entry("denied"));
    let call = |client: &Client| client.user_management().waitlists().entries().deny(entry_id()).send();
    check_entry(&case.call(call).await, &WaitlistEntryState::Denied);
}
