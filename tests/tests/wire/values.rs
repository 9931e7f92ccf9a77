//! Missing, empty, null and unknown values, in requests and in responses.

use serde_json::{Value, json};
use stytch_b2b::Client;
use stytch_b2b::organizations::members::requests::UpdateRequest;
use stytch_b2b::organizations::members::{Member, MemberId, MemberSelector, MemberStatus, RoleSource};
use stytch_b2b::organizations::{EmailInvites, Organization, OrganizationId, SearchOperator, SearchQuery};
use stytch_b2b::runtime::{Object, Timestamp};
use typefoundry_tests::CannedResponse;

use crate::case::{REQUEST_ID, call};
use crate::responses::{bare_member, bare_organization};

fn organization_id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

/// Returns the body of an update of a member.
async fn updated(set: impl for<'c> FnOnce(UpdateRequest<'c>) -> UpdateRequest<'c>) -> String {
    let send = |client: &Client| {
        let members = client.organizations().members();
        set(members.update(organization_id(), MemberId::new("member-test-9ab4"))).send()
    };
    let (_, received) = call(CannedResponse::json(404, json!({})), send).await;
    received[0].text().to_owned()
}

#[tokio::test]
async fn unset_param_is_not_sent() {
    assert_eq!(updated(|update| update).await, "{}");
    assert_eq!(updated(|update| update.name("Ada")).await, r#"{"name":"Ada"}"#);
    let both = updated(|update| update.mfa_enrolled(true).name("Ada")).await;
    assert_eq!(both, r#"{"name":"Ada","mfa_enrolled":true}"#);
    let last = updated(|update| update.name("Ada").name("Grace")).await;
    assert_eq!(last, r#"{"name":"Grace"}"#);
}

#[tokio::test]
async fn empty_or_false_param_is_sent() {
    assert_eq!(updated(|update| update.roles([])).await, r#"{"roles":[]}"#);
    assert_eq!(updated(|update| update.name("")).await, r#"{"name":""}"#);
    assert_eq!(updated(|update| update.is_breakglass(false)).await, r#"{"is_breakglass":false}"#);
    let empty = updated(|update| update.trusted_metadata(Object::new())).await;
    assert_eq!(empty, r#"{"trusted_metadata":{}}"#);
    let null = updated(|update| update.untrusted_metadata([("gone", Value::Null)])).await;
    assert_eq!(null, r#"{"untrusted_metadata":{"gone":null}}"#);
}

#[tokio::test]
async fn empty_lists_of_an_organization_are_sent() {
    let send = |client: &Client| {
        client
            .organizations()
            .update(organization_id())
            .email_allowed_domains(Vec::<String>::new())
            .sso_jit_provisioning_allowed_connections([])
            .allowed_auth_methods([])
            .rbac_email_implicit_role_assignments([])
            .allowed_first_party_connected_apps([])
            .send()
    };
    let (_, received) = call(CannedResponse::json(404, json!({})), send).await;
    let body: Value = serde_json::from_str(received[0].text()).expect("JSON");
    let expected = json!({
        "email_allowed_domains": [],
        "sso_jit_provisioning_allowed_connections": [],
        "allowed_auth_methods": [],
        "rbac_email_implicit_role_assignments": [],
        "allowed_first_party_connected_apps": [],
    });
    assert_eq!(body, expected);
}

/// The list of organizations is required, and can be empty.
#[tokio::test]
async fn required_list_can_be_empty() {
    let send = |client: &Client| client.organizations().members().search(Vec::<OrganizationId>::new()).send();
    let (_, received) = call(CannedResponse::json(400, json!({})), send).await;
    assert_eq!(received[0].text(), r#"{"organization_ids":[]}"#);
}

#[tokio::test]
async fn unknown_enum_value_is_sent() {
    let send = |client: &Client| {
        let request = client.organizations().create("Bare").email_invites(EmailInvites::from("BY_ADMINS"));
        request.send()
    };
    let (_, received) = call(CannedResponse::json(400, json!({})), send).await;
    assert_eq!(received[0].text(), r#"{"organization_name":"Bare","email_invites":"BY_ADMINS"}"#);
}

/// `OR` is deprecated but still supported.
#[tokio::test]
async fn search_can_have_no_operands() {
    let query = SearchQuery::new(SearchOperator::from("OR"), []);
    let send = |client: &Client| client.organizations().search().query(query).send();
    let (_, received) = call(CannedResponse::json(400, json!({})), send).await;
    assert_eq!(received[0].text(), r#"{"query":{"operator":"OR","operands":[]}}"#);
}

#[tokio::test]
async fn text_is_escaped_as_json() {
    let body = updated(|update| update.name("a\"b\\c\nd\u{1}é👩\u{2028}")).await;
    assert_eq!(body, "{\"name\":\"a\\\"b\\\\c\\nd\\u0001é👩\u{2028}\"}");
}

#[tokio::test]
async fn unknown_enum_value_round_trips() {
    let mut member = bare_member();
    member["status"] = json!("hibernating");
    member["default_mfa_method"] = json!("passkey");
    member["roles"] = json!([{"role_id": "r", "sources": [{"type": "written_in_the_stars"}]}]);
    member["is_locked"] = json!(false);
    let read: Member = read_member(&member).await;
    assert!(matches!(&read.status, MemberStatus::Unknown(value) if value.as_str() == "hibernating"));
    assert_eq!(read.status.as_str(), "hibernating");
    assert_eq!(read.status.to_string(), "hibernating");
    assert_eq!(read.default_mfa_method.as_str(), "passkey");
    assert_eq!(read.roles[0].sources[0].r#type.as_str(), "written_in_the_stars");
    let written = serde_json::to_value(&read).expect("JSON");
    for key in ["status", "default_mfa_method", "roles"] {
        assert_eq!(written[key], member[key]);
    }
}

/// Returns a member as decoded from a response.
async fn read_member(member: &Value) -> Member {
    let canned = json!({
        "request_id": REQUEST_ID,
        "member_id": "member-test-b1",
        "member": member,
        "organization": bare_organization(),
        "status_code": 200,
    });
    let send = |client: &Client| {
        let selector = MemberSelector::email_address("grace@nightingale.example");
        client.organizations().members().get(organization_id(), selector).send()
    };
    let (response, _) = call(CannedResponse::json(200, canned), send).await;
    response.expect("a member").member
}

const LISTS_OF_A_MEMBER: [&str; 4] =
    ["sso_registrations", "oauth_registrations", "retired_email_addresses", "roles"];
const OPTIONAL_OF_A_MEMBER: [&str; 8] = [
    "trusted_metadata",
    "untrusted_metadata",
    "created_at",
    "updated_at",
    "scim_registration",
    "external_id",
    "lock_created_at",
    "lock_expires_at",
];

#[tokio::test]
async fn null_is_decoded_like_a_missing_field() {
    let mut with_nulls = bare_member();
    for key in LISTS_OF_A_MEMBER.into_iter().chain(OPTIONAL_OF_A_MEMBER).chain(["is_locked"]) {
        with_nulls[key] = Value::Null;
    }
    assert_eq!(read_member(&with_nulls).await, read_member(&bare_member()).await);
    crate::responses::check_bare_member(&read_member(&with_nulls).await);
}

#[tokio::test]
async fn null_list_or_map_is_decoded_as_empty() {
    let canned = json!({
        "request_id": REQUEST_ID,
        "members": null,
        "results_metadata": {"total": 0, "next_cursor": null},
        "organizations": null,
        "status_code": 200,
    });
    let send = |client: &Client| client.organizations().members().search([organization_id()]).send();
    let (response, _) = call(CannedResponse::json(200, canned), send).await;
    let response = response.expect("an empty page");
    assert!(response.members.is_empty() && response.organizations.is_empty());
    assert_eq!(response.results_metadata.next_cursor, None);
}

#[tokio::test]
async fn unknown_key_is_ignored() {
    let mut member = bare_member();
    member["aura"] = json!({"color": ["violet"], "nested": {"member_id": "not this one"}});
    assert_eq!(read_member(&member).await, read_member(&bare_member()).await);
}

#[tokio::test]
async fn timestamp_is_decoded_in_any_offset_and_encoded_in_utc() {
    let mut member = bare_member();
    member["created_at"] = json!("2031-02-03T05:35:06.25+01:30");
    member["updated_at"] = json!("2031-02-03T04:05:06.000000001Z");
    let read = read_member(&member).await;
    assert_eq!(read.created_at.map(|time| time.unix_seconds()), Some(1_927_857_906));
    assert_eq!(read.created_at.map(|time| time.subsec_nanos()), Some(250_000_000));
    assert_eq!(read.updated_at, Timestamp::from_unix(1_927_857_906, 1).ok());
    let written = serde_json::to_value(&read).expect("JSON");
    assert_eq!(written["created_at"], "2031-02-03T04:05:06.250Z");
    assert_eq!(written["updated_at"], "2031-02-03T04:05:06.000000001Z");
}

#[tokio::test]
async fn arbitrary_json_round_trips() {
    let metadata = json!({"": 0, "big": u64::MAX, "small": i64::MIN, "half": 0.5, "deep": [[[{"a": null}]]]});
    let mut member = bare_member();
    member["trusted_metadata"] = metadata.clone();
    let read = read_member(&member).await;
    assert_eq!(read.trusted_metadata.as_ref(), metadata.as_object().cloned().map(Object::from).as_ref());
}

/// Models can be stored in any serde format.
#[test]
fn models_round_trip_through_serde() {
    let organization: Organization =
        serde_json::from_value(crate::responses::organization()).expect("a model");
    crate::responses::check_organization(&organization);
    let text = serde_json::to_string(&organization).expect("JSON");
    let again: Organization = serde_json::from_str(&text).expect("a model");
    assert_eq!(again, organization);
    let source: RoleSource = serde_json::from_str(r#"{"type":"sso_connection"}"#).expect("a model");
    assert_eq!(serde_json::to_string(&source).expect("JSON"), r#"{"type":"sso_connection"}"#);
}
