//! Members: the operations that create, update and search members.

use serde_json::{Value, json};
use stytch_b2b::Client;
use stytch_b2b::organizations::members::{EmailDeliveryMethod, EmailId, EmailTemplateId, Locale, MemberId};
use stytch_b2b::organizations::{
    MfaMethod, OrganizationId, RoleId, SearchOperand, SearchOperator, SearchQuery,
};
use typefoundry_tests::cases;

use crate::case::{Case, REQUEST_ID, SESSION_JWT, SESSION_TOKEN};
use crate::responses::{
    bare_member_and_organization, check_bare_member_and_organization, check_bare_organization, check_member,
    check_member_and_organization, check_organization, member, member_and_organization, organization,
};

cases! {
    "organizations.members.create": create_required, create_everything;
    "organizations.members.update": update_required, update_everything;
    "organizations.members.reactivate": reactivate_required, reactivate_everything;
    "organizations.members.search": search_required, search_everything;
    "organizations.members.start_email_update":
        start_email_update_required, start_email_update_everything;
    "organizations.members.unlink_retired_email":
        unlink_retired_email_required, unlink_retired_email_everything;
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

fn member_id() -> MemberId {
    MemberId::new("member-test-9ab4")
}

async fn create_required(case: Case) {
    let case = case
        .line("POST /v1/b2b/organizations/organization-test-6f1c/members")
        .raw_body(r#"{"email_address":"bare@bare.example"}"#)
        .response(bare_member_and_organization());
    let call = |client: &Client| {
        client.organizations().members().create(organization_id(), "bare@bare.example").send()
    };
    check_bare_member_and_organization!(case.call(call).await);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /v1/b2b/organizations/organization-test-6f1c/members")
        .raw_body(concat!(
            r#"{"email_address":"grace@nightingale.example","name":"Grace \"Amazing\" Hopper","#,
            r#""trusted_metadata":{"rank":"rear admiral"},"untrusted_metadata":{"theme":{"dark":true}},"#,
            r#""create_member_as_pending":true,"is_breakglass":false,"mfa_phone_number":"+12025550199","#,
            r#""mfa_enrolled":true,"roles":["reader","editor"],"external_id":"hr-1906"}"#,
        ))
        .status(201)
        .response(member_and_organization());
    let call = |client: &Client| {
        client
            .organizations()
            .members()
            .create(organization_id(), "grace@nightingale.example")
            .name("Grace \"Amazing\" Hopper")
            .trusted_metadata([("rank", "rear admiral")])
            .untrusted_metadata([("theme", json!({"dark": true}))])
            .create_member_as_pending(true)
            .is_breakglass(false)
            .mfa_phone_number("+12025550199")
            .mfa_enrolled(true)
            .roles([RoleId::new("reader"), RoleId::new("editor")])
            .external_id("hr-1906")
            .session_token(SESSION_TOKEN)
            .session_jwt(SESSION_JWT)
            .send()
    };
    check_member_and_organization!(case.call(call).await);
}

async fn update_required(case: Case) {
    let case = case
        .line("PUT /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4")
        .raw_body("{}")
        .response(bare_member_and_organization());
    let call =
        |client: &Client| client.organizations().members().update(organization_id(), member_id()).send();
    check_bare_member_and_organization!(case.call(call).await);
}

async fn update_everything(case: Case) {
    let case = case
        .line("PUT /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4")
        .body(json!({
            "name": "Ada",
            "trusted_metadata": {"rank": null},
            "untrusted_metadata": {},
            "is_breakglass": true,
            "mfa_phone_number": "+12025550177",
            "mfa_enrolled": false,
            "roles": ["reviewer"],
            "preserve_existing_sessions": false,
            "default_mfa_method": "totp",
            "email_address": "ada@nightingale.example",
            "external_id": "hr-1815",
            "unlink_email": true,
        }))
        .response(member_and_organization());
    let call = |client: &Client| {
        client
            .organizations()
            .members()
            .update(organization_id(), member_id())
            .name("Ada")
            .trusted_metadata([("rank", Value::Null)])
            .untrusted_metadata(serde_json::Map::new())
            .is_breakglass(true)
            .mfa_phone_number("+12025550177")
            .mfa_enrolled(false)
            .roles([RoleId::new("reviewer")])
            .preserve_existing_sessions(false)
            .default_mfa_method(MfaMethod::Totp)
            .email_address("ada@nightingale.example")
            .external_id("hr-1815")
            .unlink_email(true)
            .session_token(SESSION_TOKEN)
            .session_jwt(SESSION_JWT)
            .send()
    };
    check_member_and_organization!(case.call(call).await);
}

async fn reactivate_required(case: Case) {
    let case = case
        .line("PUT /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/reactivate")
        .raw_body("{}")
        .response(bare_member_and_organization());
    let call =
        |client: &Client| client.organizations().members().reactivate(organization_id(), member_id()).send();
    check_bare_member_and_organization!(case.call(call).await);
}

async fn reactivate_everything(case: Case) {
    let case = case
        .line("PUT /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/reactivate")
        .raw_body("{}")
        .response(member_and_organization());
    let call = |client: &Client| {
        let request = client.organizations().members().reactivate(organization_id(), member_id());
        request.session_token(SESSION_TOKEN).session_jwt(SESSION_JWT).send()
    };
    check_member_and_organization!(case.call(call).await);
}

async fn search_required(case: Case) {
    let case = case
        .line("POST /v1/b2b/organizations/members/search")
        .raw_body(r#"{"organization_ids":["organization-test-6f1c"]}"#)
        .response(json!({
            "request_id": REQUEST_ID,
            "results_metadata": {"total": 0, "next_cursor": ""},
            "status_code": 200,
        }));
    let call = |client: &Client| client.organizations().members().search([organization_id()]).send();
    let response = case.call(call).await;
    assert!(response.members.is_empty() && response.organizations.is_empty());
    assert_eq!(response.results_metadata.next_cursor.as_deref(), Some(""));
}

async fn search_everything(case: Case) {
    let case = case
        .line("POST /v1/b2b/organizations/members/search")
        .body(json!({
            "organization_ids": ["organization-test-6f1c", "organization-test-6f1d"],
            "cursor": "c3RhcnQ=",
            "limit": 1000,
            "query": {"operator": "AND", "operands": [
                {"filter_name": "member_emails", "filter_value": ["grace@nightingale.example"]},
                {"filter_name": "is_breakglass", "filter_value": true},
            ]},
        }))
        .response(found());
    let operands = [
        SearchOperand::new("member_emails", ["grace@nightingale.example"]),
        SearchOperand::new("is_breakglass", true),
    ];
    let call = |client: &Client| {
        client
            .organizations()
            .members()
            .search(["organization-test-6f1c", "organization-test-6f1d"].map(OrganizationId::new))
            .cursor("c3RhcnQ=")
            .limit(1000)
            .query(SearchQuery::new(SearchOperator::And, operands))
            .session_token(SESSION_TOKEN)
            .session_jwt(SESSION_JWT)
            .send()
    };
    let response = case.call(call).await;
    assert_eq!((response.request_id.as_str(), response.status_code), (REQUEST_ID, 200));
    assert_eq!(response.members.len(), 2);
    response.members.iter().for_each(check_member);
    assert_eq!(response.results_metadata.total, 2);
    assert_eq!(response.results_metadata.next_cursor.as_deref(), Some("bmV4dA=="));
    let ids: Vec<_> = response.organizations.keys().map(String::as_str).collect();
    assert_eq!(ids, ["organization-test-a2", "organization-test-e1"]);
    response.organizations.values().for_each(check_organization);
}

fn found() -> Value {
    json!({
        "request_id": REQUEST_ID,
        "members": [member(), member()],
        "results_metadata": {"total": 2, "next_cursor": "bmV4dA=="},
        "organizations": {"organization-test-a2": organization(), "organization-test-e1": organization()},
        "status_code": 200,
    })
}

async fn start_email_update_required(case: Case) {
    let case = case
        .line("POST /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/start_email_update")
        .raw_body(r#"{"email_address":"new@bare.example"}"#)
        .response(bare_member_and_organization());
    let call = |client: &Client| {
        let members = client.organizations().members();
        members.start_email_update(organization_id(), member_id(), "new@bare.example").send()
    };
    check_bare_member_and_organization!(case.call(call).await);
}

async fn start_email_update_everything(case: Case) {
    let case = case
        .line("POST /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/start_email_update")
        .raw_body(concat!(
            r#"{"email_address":"new@nightingale.example","login_redirect_url":"https://app.example/in?x=1","#,
            r#""locale":"pt-br","login_template_id":"template-7","delivery_method":"EMAIL_OTP"}"#,
        ))
        .response(member_and_organization());
    let call = |client: &Client| {
        client
            .organizations()
            .members()
            .start_email_update(organization_id(), member_id(), "new@nightingale.example")
            .login_redirect_url("https://app.example/in?x=1")
            .locale(Locale::PtBr)
            .login_template_id(EmailTemplateId::new("template-7"))
            .delivery_method(EmailDeliveryMethod::EmailOtp)
            .session_token(SESSION_TOKEN)
            .session_jwt(SESSION_JWT)
            .send()
    };
    check_member_and_organization!(case.call(call).await);
}

async fn unlink_retired_email_required(case: Case) {
    let mut canned = bare_member_and_organization();
    canned["organization_id"] = json!("organization-test-b2");
    let case = case
        .line(
            "POST /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/unlink_retired_email",
        )
        .raw_body("{}")
        .response(canned);
    let call = |client: &Client| {
        client.organizations().members().unlink_retired_email(organization_id(), member_id()).send()
    };
    let response = case.call(call).await;
    assert_eq!(response.organization_id, response.organization.organization_id);
    check_bare_organization(&response.organization);
}

async fn unlink_retired_email_everything(case: Case) {
    let mut canned = member_and_organization();
    canned["organization_id"] = json!("organization-test-a2");
    let case = case
        .line(
            "POST /v1/b2b/organizations/organization-test-6f1c/members/member-test-9ab4/unlink_retired_email",
        )
        .body(json!({"email_id": "email-test-c6", "email_address": "g.hopper@old.example"}))
        .response(canned);
    let call = |client: &Client| {
        client
            .organizations()
            .members()
            .unlink_retired_email(organization_id(), member_id())
            .email_id(EmailId::new("email-test-c6"))
            .email_address("g.hopper@old.example")
            .session_token(SESSION_TOKEN)
            .session_jwt(SESSION_JWT)
            .send()
    };
    let response = case.call(call).await;
    assert_eq!(response.organization_id.as_str(), "organization-test-a2");
    check_member_and_organization!(response);
}
