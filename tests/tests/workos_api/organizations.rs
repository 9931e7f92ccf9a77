//! Organizations.

use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, cases};
use workos_api::common::{OrganizationId, PaginationOrder};
use workos_api::organizations::{
    AuditLogState, DomainData, DomainDataState, LogStreamState, LogStreamType, Organization,
};
use workos_api::{Client, ErrorKind};

use crate::case::{Case, IDEMPOTENCY_KEY, call};
use crate::organization_domains::{bare_domain, check_bare_domain, check_domain, domain};

cases! {
    "organizations.list": list_required, list_everything;
    "organizations.create": create_required, create_everything;
    "organizations.get_by_external_id": get_by_external_id_required, get_by_external_id_everything;
    "organizations.get": get_required, get_everything;
    "organizations.update": update_required, update_everything;
    "organizations.delete": delete_required, delete_everything;
    "organizations.get_audit_log_configuration":
        get_audit_log_configuration_required, get_audit_log_configuration_everything;
}

fn id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

/// Returns an organization with all fields.
pub(crate) fn organization() -> Value {
    json!({
        "object": "organization",
        "id": "org_01zinc",
        "name": "Zinc \"& Söhne\"",
        "domains": [domain(), bare_domain()],
        "metadata": {"tier": "gold", "": "empty key"},
        "external_id": "crm/77",
        "stripe_customer_id": "cus_77",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "allow_profiles_outside_organization": false,
    })
}

/// Returns an organization with its required fields only.
pub(crate) fn bare_organization() -> Value {
    json!({
        "object": "organization",
        "id": "org_01bare",
        "name": "Bare",
        "domains": [],
        "metadata": {},
        "external_id": null,
        "created_at": "2033-04-05T06:07:08.009Z",
        "updated_at": "2034-05-06T07:08:09.010Z",
    })
}

#[expect(deprecated, reason = "deprecated fields are decoded as long as the server sends them")]
fn check_organization(organization: &Organization) {
    assert_eq!(organization.id, id());
    assert_eq!(organization.name, "Zinc \"& Söhne\"");
    let [zinc, bare] = organization.domains.as_slice() else { panic!("two domains") };
    check_domain(zinc);
    check_bare_domain(bare);
    let metadata: Vec<_> = organization.metadata.iter().map(|(key, value)| (&**key, &**value)).collect();
    assert_eq!(metadata, [("", "empty key"), ("tier", "gold")]);
    assert_eq!(organization.external_id.as_deref(), Some("crm/77"));
    assert_eq!(organization.stripe_customer_id.as_deref(), Some("cus_77"));
    assert_eq!(organization.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(organization.updated_at.to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(organization.allow_profiles_outside_organization, Some(false));
}

#[expect(deprecated, reason = "deprecated fields are decoded as long as the server sends them")]
fn check_bare_organization(organization: &Organization) {
    assert_eq!(organization.id.as_str(), "org_01bare");
    assert_eq!(organization.name, "Bare");
    assert!(organization.domains.is_empty() && organization.metadata.is_empty());
    assert_eq!(organization.external_id, None);
    assert_eq!(organization.stripe_customer_id, None);
    assert_eq!(organization.created_at.to_string(), "2033-04-05T06:07:08.009Z");
    assert_eq!(organization.updated_at.to_string(), "2034-05-06T07:08:09.010Z");
    assert_eq!(organization.allow_profiles_outside_organization, None);
}

async fn list_required(case: Case) {
    let case = case.line("GET /organizations").response(json!({
        "object": "list",
        "data": [],
        "list_metadata": {"before": null, "after": null},
    }));
    let response = case.call(|client| client.organizations().list().send()).await;
    assert!(response.data.is_empty());
    assert_eq!(response.list_metadata.before, None);
    assert_eq!(response.list_metadata.after, None);
}

async fn list_everything(case: Case) {
    let line = "GET /organizations?domains=zinc.example%2Cb%C3%BCro.example&search=z%26i+n%2Fc\
                &before=org_9&after=org_1&limit=100&order=asc";
    let case = case.line(line).response(json!({
        "object": "list",
        "data": [organization(), organization()],
        "list_metadata": {"before": "org_1", "after": "org_9"},
    }));
    let call = |client: &Client| {
        client
            .organizations()
            .list()
            .order(PaginationOrder::Asc)
            .limit(100)
            .after("org_1")
            .before("org_9")
            .search("z&i n/c")
            .domains(["zinc.example", "büro.example"])
            .send()
    };
    let response = case.call(call).await;
    assert_eq!(response.data.len(), 2);
    response.data.iter().for_each(check_organization);
    assert_eq!(response.list_metadata.before.as_deref(), Some("org_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("org_9"));
}

async fn create_required(case: Case) {
    let case = case.line("POST /organizations").raw_body(r#"{"name":"Bare"}"#).response(bare_organization());
    check_bare_organization(&case.call(|client| client.organizations().create("Bare").send()).await);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /organizations")
        .raw_body(concat!(
            r#"{"name":"Zinc \"& Söhne\"","allow_profiles_outside_organization":true,"#,
            r#""domains":["zinc.example","büro.example"],"#,
            r#""domain_data":[{"domain":"zinc.example","state":"verified"},"#,
            r#"{"domain":"büro.example","state":"pending"}],"#,
            r#""metadata":{"":"empty key","tier":"gold"},"external_id":"crm/77"}"#,
        ))
        .response(organization());
    let call = |client: &Client| {
        client
            .organizations()
            .create("Zinc \"& Söhne\"")
            .allow_profiles_outside_organization(true)
            .domains(["zinc.example", "büro.example"])
            .domain_data([
                DomainData::new("zinc.example", DomainDataState::Verified),
                DomainData::new("büro.example", DomainDataState::Pending),
            ])
            .metadata([("tier", "gold"), ("", "empty key")])
            .external_id("crm/77")
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    check_organization(&case.call(call).await);
}

async fn get_by_external_id_required(case: Case) {
    let case = case.line("GET /organizations/external_id/77").response(bare_organization());
    let call = |client: &Client| client.organizations().get_by_external_id("77").send();
    check_bare_organization(&case.call(call).await);
}

/// External IDs are defined by the caller and can contain any characters.
async fn get_by_external_id_everything(case: Case) {
    let case =
        case.line("GET /organizations/external_id/crm%2F77%3Fa%3Db%26c%23%20%2B").response(organization());
    let call = |client: &Client| client.organizations().get_by_external_id("crm/77?a=b&c# +").send();
    check_organization(&case.call(call).await);
}

/// Some IDs cannot be represented in a path, even when percent-encoded.
#[tokio::test]
async fn external_id_that_changes_the_path_is_rejected() {
    for external_id in ["", ".", ".."] {
        let send = |client: &Client| client.organizations().get_by_external_id(external_id).send();
        let (response, received) = call(CannedResponse::json(200, organization()), send).await;
        let error = response.expect_err("the ID is rejected");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.operation(), Some("organizations.get_by_external_id"));
        assert!(error.to_string().contains("external_id"), "{error}");
        assert!(received.is_empty());
    }
}

async fn get_required(case: Case) {
    let case = case.line("GET /organizations/org_01zinc").response(bare_organization());
    check_bare_organization(&case.call(|client| client.organizations().get(id()).send()).await);
}

async fn get_everything(case: Case) {
    let case = case.line("GET /organizations/org_01zinc").response(organization());
    check_organization(&case.call(|client| client.organizations().get(id()).send()).await);
}

async fn update_required(case: Case) {
    let case = case.line("PUT /organizations/org_01zinc").raw_body("{}").response(bare_organization());
    check_bare_organization(&case.call(|client| client.organizations().update(id()).send()).await);
}

#[expect(deprecated, reason = "deprecated params are sent as long as the server accepts them")]
async fn update_everything(case: Case) {
    let case = case
        .line("PUT /organizations/org_01zinc")
        .raw_body(concat!(
            r#"{"name":"Zinc","allow_profiles_outside_organization":false,"domains":["zinc.example"],"#,
            r#""domain_data":[{"domain":"zinc.example","state":"pending"}],"stripe_customer_id":"cus_77","#,
            r#""metadata":{"gone":null,"tier":"gold"},"external_id":"crm/77"}"#,
        ))
        .response(organization());
    let call = |client: &Client| {
        client
            .organizations()
            .update(id())
            .name("Zinc")
            .allow_profiles_outside_organization(false)
            .domains(["zinc.example"])
            .domain_data([DomainData::new("zinc.example", DomainDataState::Pending)])
            .stripe_customer_id("cus_77")
            .metadata([("tier", Some("gold")), ("gone", None)])
            .external_id("crm/77")
            .send()
    };
    check_organization(&case.call(call).await);
}

/// The deletion can still be in progress when the response arrives.
async fn delete_required(case: Case) {
    let case = case.line("DELETE /organizations/org_01zinc").status(202);
    case.call(|client| client.organizations().delete(id()).send()).await;
}

async fn delete_everything(case: Case) {
    let case = case.line("DELETE /organizations/org_01zinc");
    case.call(|client| client.organizations().delete(id()).send()).await;
}

async fn get_audit_log_configuration_required(case: Case) {
    let case = case.line("GET /organizations/org_01zinc/audit_log_configuration").response(json!({
        "organization_id": "org_01zinc",
        "retention_period_in_days": 30,
        "state": "inactive",
    }));
    let call = |client: &Client| client.organizations().get_audit_log_configuration(id()).send();
    let response = case.call(call).await;
    assert_eq!(response.organization_id, id());
    assert_eq!(response.retention_period_in_days, 30);
    assert_eq!(response.state, AuditLogState::Inactive);
    assert_eq!(response.log_stream, None);
}

async fn get_audit_log_configuration_everything(case: Case) {
    let case = case.line("GET /organizations/org_01zinc/audit_log_configuration").response(json!({
        "organization_id": "org_01zinc",
        "retention_period_in_days": 3_000_000_000_u32,
        "state": "active",
        "log_stream": {
            "id": "log_stream_01zinc",
            "type": "GoogleCloudStorage",
            "state": "invalid",
            "last_synced_at": "2031-02-03T04:05:06.789Z",
            "created_at": "2030-01-02T03:04:05Z",
        },
    }));
    let call = |client: &Client| client.organizations().get_audit_log_configuration(id()).send();
    let response = case.call(call).await;
    assert_eq!(response.organization_id, id());
    assert_eq!(response.retention_period_in_days, 3_000_000_000);
    assert_eq!(response.state, AuditLogState::Active);
    let stream = response.log_stream.expect("a stream");
    assert_eq!(stream.id.as_str(), "log_stream_01zinc");
    assert_eq!(stream.r#type, LogStreamType::GoogleCloudStorage);
    assert_eq!(stream.state, LogStreamState::Invalid);
    assert_eq!(stream.last_synced_at.expect("a time").to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(stream.created_at.to_string(), "2030-01-02T03:04:05Z");
}

/// Most values are in snake case, some are not.
#[test]
fn audit_log_values_have_names() {
    let types =
        ["AzureSentinel", "Datadog", "GenericHttps", "GoogleCloudStorage", "S3", "Snowflake", "Splunk"];
    let states = ["active", "inactive", "error", "invalid"];
    for word in types {
        assert!(!matches!(LogStreamType::from(word), LogStreamType::Unknown(_)), "{word}");
    }
    for word in states {
        assert!(!matches!(LogStreamState::from(word), LogStreamState::Unknown(_)), "{word}");
    }
    for word in ["active", "inactive", "disabled"] {
        assert!(!matches!(AuditLogState::from(word), AuditLogState::Unknown(_)), "{word}");
    }
    for word in ["pending", "verified"] {
        assert!(!matches!(DomainDataState::from(word), DomainDataState::Unknown(_)), "{word}");
    }
}
