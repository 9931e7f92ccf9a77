//! The authentication factors of one user.

use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, cases};
use workos_api::Client;
use workos_api::common::{PaginationOrder, UserId};
use workos_api::multi_factor_auth::{AuthenticationFactor, AuthenticationFactorEnrolled};

use crate::case::{Case, IDEMPOTENCY_KEY, call};
use crate::responses::{
    bare_challenge, challenge, check_bare_challenge, check_challenge, check_enrolled, enrolled, factors,
};

cases! {
    "user_management.users.auth_factors.list": list_required, list_everything;
    "user_management.users.auth_factors.enroll": enroll_required, enroll_everything;
}

fn user_id() -> UserId {
    UserId::new("user_a1")
}

async fn list_required(case: Case) {
    let case = case.line("GET /user_management/users/user_a1/auth_factors").response(json!({
        "object": "list",
        "data": [],
        "list_metadata": {"before": null, "after": null},
    }));
    let call = |client: &Client| client.user_management().users().auth_factors().list(user_id()).send();
    let response = case.call(call).await;
    assert!(response.data.is_empty());
    assert_eq!((response.list_metadata.before, response.list_metadata.after), (None, None));
}

async fn list_everything(case: Case) {
    let case = case.line(concat!(
        "GET /user_management/users/user_a1/auth_factors",
        "?before=factor%2F9&after=factor_0&limit=4&order=asc",
    ));
    let case = case.response(json!({
        "object": "list",
        "data": factors(),
        "list_metadata": {"before": "factor_1", "after": "factor_4"},
    }));
    let call = |client: &Client| {
        let request = client.user_management().users().auth_factors().list(user_id());
        request.before("factor/9").after("factor_0").limit(4).order(PaginationOrder::Asc).send()
    };
    let response = case.call(call).await;
    let [
        AuthenticationFactor::Totp(totp),
        AuthenticationFactor::Sms(sms),
        AuthenticationFactor::GenericOtp(generic),
        AuthenticationFactor::WebAuthn(key),
    ] = response.data.as_slice()
    else {
        panic!("one factor of each kind")
    };
    assert_eq!((totp.totp.issuer.as_str(), totp.totp.user.as_str()), ("Nightingale", "ada@y.example"));
    assert_eq!(sms.sms.phone_number, "+12025550199");
    assert_eq!([&totp.id, &sms.id, &generic.id, &key.id].map(|id| id.as_str()), IDS);
    let users = [&totp.user_id, &sms.user_id, &generic.user_id, &key.user_id];
    assert!(users.into_iter().all(|user| *user == Some(user_id())));
    assert_eq!(sms.created_at.unix_seconds(), 1_927_857_906);
    assert_eq!(key.updated_at.unix_seconds(), 1_961_989_567);
    assert_eq!(response.list_metadata.before.as_deref(), Some("factor_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("factor_4"));
}

const IDS: [&str; 4] = ["factor_1", "factor_2", "factor_3", "factor_4"];

async fn enroll_required(case: Case) {
    let case = case.line("POST /user_management/users/user_a1/auth_factors").raw_body(r#"{"type":"totp"}"#);
    let case = case.response(json!({
        "authentication_factor": enrolled(),
        "authentication_challenge": bare_challenge(),
    }));
    let call = |client: &Client| client.user_management().users().auth_factors().enroll(user_id()).send();
    let response = case.call(call).await;
    check_enrolled(&response.authentication_factor);
    check_bare_challenge(&response.authentication_challenge);
}

async fn enroll_everything(case: Case) {
    let case = case.line("POST /user_management/users/user_a1/auth_factors").body(json!({
        "type": "totp",
        "totp_issuer": "Nightingale",
        "totp_user": "ada@y.example",
        "totp_secret": "hush-JBSWY3DPEHPK3PXP",
    }));
    let case = case.response(json!({
        "authentication_factor": enrolled(),
        "authentication_challenge": challenge(),
    }));
    let call = |client: &Client| {
        let request = client.user_management().users().auth_factors().enroll(user_id());
        request
            .totp_issuer("Nightingale")
            .totp_user("ada@y.example")
            .totp_secret("hush-JBSWY3DPEHPK3PXP")
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    let response = case.call(call).await;
    check_enrolled(&response.authentication_factor);
    check_challenge(&response.authentication_challenge);
}

/// A factor of an unknown kind does not hide the known factors.
#[tokio::test]
async fn unknown_factor_is_decoded_beside_known_factors() {
    let [totp, ..] = factors();
    let unknown =
        json!({"object": "authentication_factor", "id": "factor_9", "type": "smell", "smell": "rose"});
    let page =
        json!({"object": "list", "data": [unknown, totp], "list_metadata": {"before": null, "after": null}});
    let send = |client: &Client| client.user_management().users().auth_factors().list(user_id()).send();
    let (response, _) = call(CannedResponse::json(200, &page), send).await;
    let response = response.expect("a page");
    let [AuthenticationFactor::Unknown(smell), AuthenticationFactor::Totp(_)] = response.data.as_slice()
    else {
        panic!("an unknown factor and a known one")
    };
    assert_eq!(smell.as_value(), &unknown_factor());
    assert_eq!(serde_json::to_value(&response).expect("JSON")["data"], page["data"]);
}

fn unknown_factor() -> Value {
    json!({"object": "authentication_factor", "id": "factor_9", "type": "smell", "smell": "rose"})
}

/// The response type is shared with the enrollment without a user, so it covers every kind of factor.
#[tokio::test]
async fn enroll_can_return_another_kind_of_factor() {
    let [_, sms, ..] = factors();
    let canned = json!({"authentication_factor": sms, "authentication_challenge": bare_challenge()});
    let send = |client: &Client| client.user_management().users().auth_factors().enroll(user_id()).send();
    let (response, _) = call(CannedResponse::json(201, canned), send).await;
    let factor = response.expect("a factor").authentication_factor;
    assert!(matches!(factor, AuthenticationFactorEnrolled::Sms(_)));
}
