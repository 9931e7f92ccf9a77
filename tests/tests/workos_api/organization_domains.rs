//! The domains of organizations.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::OrganizationId;
use workos_api::organization_domains::{
    DomainVerificationStrategy, OrganizationDomain, OrganizationDomainId, OrganizationDomainState,
};

use crate::case::{Case, IDEMPOTENCY_KEY};

cases! {
    "organization_domains.create": create_required, create_everything;
    "organization_domains.get": get_required, get_everything;
    "organization_domains.delete": delete_required, delete_everything;
    "organization_domains.verify": verify_required, verify_everything;
}

fn id() -> OrganizationDomainId {
    OrganizationDomainId::new("org_domain_01zinc")
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

/// Returns a domain with all fields.
pub(crate) fn domain() -> Value {
    json!({
        "object": "organization_domain",
        "id": "org_domain_01zinc",
        "organization_id": "org_01zinc",
        "domain": "zinc.example",
        "state": "legacy_verified",
        "verification_prefix": "_probe",
        "verification_token": "m5Oztg3jdK4NJLgs8uIlIprMw",
        "verification_strategy": "manual",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

/// Returns a domain with its required fields only.
pub(crate) fn bare_domain() -> Value {
    json!({
        "object": "organization_domain",
        "id": "org_domain_01bare",
        "organization_id": "org_01bare",
        "domain": "bare.example",
        "created_at": "2033-04-05T06:07:08.009Z",
        "updated_at": "2034-05-06T07:08:09.010Z",
    })
}

pub(crate) fn check_domain(domain: &OrganizationDomain) {
    assert_eq!(domain.id, id());
    assert_eq!(domain.organization_id, organization_id());
    assert_eq!(domain.domain, "zinc.example");
    assert_eq!(domain.state, Some(OrganizationDomainState::LegacyVerified));
    assert_eq!(domain.verification_prefix.as_deref(), Some("_probe"));
    assert_eq!(domain.verification_token.as_deref(), Some("m5Oztg3jdK4NJLgs8uIlIprMw"));
    assert_eq!(domain.verification_strategy, Some(DomainVerificationStrategy::Manual));
    assert_eq!(domain.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(domain.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

pub(crate) fn check_bare_domain(domain: &OrganizationDomain) {
    assert_eq!(domain.id.as_str(), "org_domain_01bare");
    assert_eq!(domain.organization_id.as_str(), "org_01bare");
    assert_eq!(domain.domain, "bare.example");
    assert_eq!(domain.state, None);
    assert_eq!(domain.verification_prefix, None);
    assert_eq!(domain.verification_token, None);
    assert_eq!(domain.verification_strategy, None);
    assert_eq!(domain.created_at.to_string(), "2033-04-05T06:07:08.009Z");
    assert_eq!(domain.updated_at.to_string(), "2034-05-06T07:08:09.010Z");
}

async fn create_required(case: Case) {
    let case = case
        .line("POST /organization_domains")
        .raw_body(r#"{"domain":"bare.example","organization_id":"org_01bare"}"#)
        .response(bare_domain());
    let call = |client: &Client| {
        let domains = client.organization_domains();
        domains.create("bare.example", OrganizationId::new("org_01bare")).send()
    };
    check_bare_domain(&case.call(call).await);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /organization_domains")
        .raw_body(r#"{"domain":"zinc.example","organization_id":"org_01zinc"}"#)
        .response(domain());
    let call = |client: &Client| {
        let request = client.organization_domains().create("zinc.example", organization_id());
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_domain(&case.call(call).await);
}

async fn get_required(case: Case) {
    let case = case.line("GET /organization_domains/org_domain_01zinc").response(bare_domain());
    check_bare_domain(&case.call(|client| client.organization_domains().get(id()).send()).await);
}

async fn get_everything(case: Case) {
    let case = case.line("GET /organization_domains/org_domain_01zinc").response(domain());
    check_domain(&case.call(|client| client.organization_domains().get(id()).send()).await);
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /organization_domains/org_domain_01zinc");
    case.call(|client| client.organization_domains().delete(id()).send()).await;
}

/// No optional parameters. The ID must be percent-encoded in a URL.
async fn delete_everything(case: Case) {
    let case = case.line("DELETE /organization_domains/..%2F..%3F%23%25%20%C3%A9");
    let id = OrganizationDomainId::new("../..?#% é");
    case.call(|client| client.organization_domains().delete(id).send()).await;
}

async fn verify_required(case: Case) {
    let case = case.line("POST /organization_domains/org_domain_01zinc/verify").response(bare_domain());
    check_bare_domain(&case.call(|client| client.organization_domains().verify(id()).send()).await);
}

async fn verify_everything(case: Case) {
    let case = case.line("POST /organization_domains/org_domain_01zinc/verify").response(domain());
    check_domain(&case.call(|client| client.organization_domains().verify(id()).send()).await);
}

/// Every state and every strategy has a name.
#[test]
fn states_and_strategies_have_names() {
    use DomainVerificationStrategy::{Dns, Manual};
    use OrganizationDomainState::{Failed, LegacyVerified, Pending, Unverified, Verified};
    let states = [Failed, LegacyVerified, Pending, Unverified, Verified];
    let words = ["failed", "legacy_verified", "pending", "unverified", "verified"];
    assert_eq!(states.each_ref().map(OrganizationDomainState::as_str), words);
    assert_eq!(words.map(OrganizationDomainState::from), states);
    let strategies = [Dns, Manual];
    assert_eq!(strategies.each_ref().map(DomainVerificationStrategy::as_str), ["dns", "manual"]);
    assert_eq!(["dns", "manual"].map(DomainVerificationStrategy::from), strategies);
}
