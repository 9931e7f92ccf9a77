//! Missing, null, empty and unknown values in requests.

use serde_json::{Value, json};
use typefoundry_tests::CannedResponse;
use workos_api::Client;
use workos_api::common::{OrganizationId, UserId};
use workos_api::runtime::Patch;
use workos_api::user_management::invitations::Locale;
use workos_api::user_management::users;

use crate::case::call;

/// Returns the body of an update of a user.
pub(crate) async fn updated(
    set: impl for<'c> FnOnce(users::requests::UpdateRequest<'c>) -> users::requests::UpdateRequest<'c>,
) -> String {
    let send = |client: &Client| set(client.user_management().users().update(UserId::new("user_a1"))).send();
    let (_, received) = call(CannedResponse::json(404, json!({})), send).await;
    received[0].text().to_owned()
}

/// Returns the body of the creation of a user.
pub(crate) async fn created(
    set: impl for<'c> FnOnce(users::requests::CreateRequest<'c>) -> users::requests::CreateRequest<'c>,
) -> String {
    let send = |client: &Client| set(client.user_management().users().create("x@y.example")).send();
    let (_, received) = call(CannedResponse::json(400, json!({})), send).await;
    received[0].text().to_owned()
}

#[tokio::test]
async fn unset_param_is_not_sent() {
    assert_eq!(updated(|update| update).await, "{}");
    assert_eq!(created(|create| create).await, r#"{"email":"x@y.example"}"#);
}

#[tokio::test]
async fn text_param_can_be_set_empty_or_cleared() {
    assert_eq!(updated(|update| update.external_id("hr-1")).await, r#"{"external_id":"hr-1"}"#);
    assert_eq!(updated(|update| update.external_id("")).await, r#"{"external_id":""}"#);
    assert_eq!(updated(|update| update.clear_external_id()).await, r#"{"external_id":null}"#);
    assert_eq!(updated(|update| update.locale("de")).await, r#"{"locale":"de"}"#);
    assert_eq!(updated(|update| update.clear_locale()).await, r#"{"locale":null}"#);
}

#[tokio::test]
async fn last_value_of_a_param_is_sent() {
    let cleared = updated(|update| update.external_id("hr-1").clear_external_id()).await;
    assert_eq!(cleared, r#"{"external_id":null}"#);
    let set = updated(|update| update.clear_external_id().external_id("hr-1")).await;
    assert_eq!(set, r#"{"external_id":"hr-1"}"#);
    let twice = updated(|update| update.name("Ada").name("Grace")).await;
    assert_eq!(twice, r#"{"name":"Grace"}"#);
}

/// All nullable parameters of the creation of a user.
#[tokio::test]
async fn nullable_params_of_a_new_user_can_be_cleared() {
    let body = created(|create| {
        create
            .clear_first_name()
            .clear_last_name()
            .clear_name()
            .clear_email_verified()
            .clear_metadata()
            .clear_external_id()
            .clear_ip_address()
            .clear_user_agent()
    });
    let expected = json!({
        "email": "x@y.example",
        "first_name": null,
        "last_name": null,
        "name": null,
        "email_verified": null,
        "metadata": null,
        "external_id": null,
        "ip_address": null,
        "user_agent": null,
    });
    assert_eq!(serde_json::from_str::<Value>(&body.await).expect("JSON"), expected);
}

#[tokio::test]
async fn false_is_sent() {
    let body = created(|create| create.email_verified(false)).await;
    assert_eq!(body, r#"{"email":"x@y.example","email_verified":false}"#);
    assert_eq!(updated(|update| update.email_verified(false)).await, r#"{"email_verified":false}"#);
}

/// A missing map, a null map, an empty map and a null entry have four different meanings.
#[tokio::test]
async fn metadata_of_an_update_is_sent() {
    let none: [(&str, Option<&str>); 0] = [];
    assert_eq!(updated(|update| update.metadata(none)).await, r#"{"metadata":{}}"#);
    assert_eq!(updated(|update| update.clear_metadata()).await, r#"{"metadata":null}"#);
    let removed = updated(|update| update.metadata([("gone", None::<String>)])).await;
    assert_eq!(removed, r#"{"metadata":{"gone":null}}"#);
    let both = updated(|update| update.metadata([("gone", None), ("kept", Some(""))])).await;
    assert_eq!(both, r#"{"metadata":{"gone":null,"kept":""}}"#);
}

#[tokio::test]
async fn metadata_of_a_new_user_is_sent() {
    let none: [(&str, &str); 0] = [];
    let body = created(|create| create.metadata(none)).await;
    assert_eq!(body, r#"{"email":"x@y.example","metadata":{}}"#);
    let body = created(|create| create.metadata([("b", "2"), ("a", "1"), ("b", "3")])).await;
    assert_eq!(body, r#"{"email":"x@y.example","metadata":{"a":"1","b":"3"}}"#);
}

/// [`Patch`] expresses the same states without a builder.
#[tokio::test]
async fn patch_states_are_sent() {
    let states = [
        (Patch::Absent, "{}"),
        (Patch::Null, r#"{"external_id":null}"#),
        (Patch::Value("hr-1".to_owned()), r#"{"external_id":"hr-1"}"#),
        (Patch::from("hr-2".to_owned()), r#"{"external_id":"hr-2"}"#),
        (Patch::or_null(None), r#"{"external_id":null}"#),
    ];
    for (state, body) in states {
        let mut params = users::params::UpdateParams::new(UserId::new("user_a1"));
        params.external_id = state;
        let send = |client: &Client| client.request(params).send();
        let (_, received) = call(CannedResponse::json(404, json!({})), send).await;
        assert_eq!(received[0].text(), body);
    }
}

#[tokio::test]
async fn unknown_enum_value_is_sent() {
    let send = |client: &Client| {
        let request = client.user_management().invitations().send("x@y.example");
        request.locale(Locale::from("tlh")).send()
    };
    let (_, received) = call(CannedResponse::json(400, json!({})), send).await;
    assert_eq!(received[0].text(), r#"{"email":"x@y.example","locale":"tlh"}"#);
}

#[tokio::test]
async fn text_is_escaped_as_json() {
    let body = updated(|update| update.name("a\"b\\c\nd\u{1}é👩\u{2028}")).await;
    assert_eq!(body, "{\"name\":\"a\\\"b\\\\c\\nd\\u0001é👩\u{2028}\"}");
}

#[tokio::test]
async fn timestamps_are_sent_in_utc_with_full_precision() {
    for (given, sent) in [
        ("2032-03-04T06:36:07+01:30", "2032-03-04T05:06:07Z"),
        ("2032-03-04T05:06:07.25Z", "2032-03-04T05:06:07.250Z"),
        ("2032-03-04T05:06:07.000000001Z", "2032-03-04T05:06:07.000000001Z"),
    ] {
        let send = |client: &Client| {
            let keys = client.user_management().users().api_keys();
            let request = keys.create(UserId::new("user_a1"), "n", OrganizationId::new("org_a1"));
            request.expires_at(given.parse().expect("a time")).send()
        };
        let (_, received) = call(CannedResponse::json(400, json!({})), send).await;
        let expected = format!(r#"{{"name":"n","organization_id":"org_a1","expires_at":"{sent}"}}"#);
        assert_eq!(received[0].text(), expected);
    }
}

/// An empty list of permissions differs from a missing one.
#[tokio::test]
async fn empty_list_is_sent() {
    let send = |client: &Client| {
        let keys = client.user_management().users().api_keys();
        let request = keys.create(UserId::new("user_a1"), "n", OrganizationId::new("org_a1"));
        request.permissions(Vec::<String>::new()).send()
    };
    let (_, received) = call(CannedResponse::json(400, json!({})), send).await;
    assert_eq!(received[0].text(), r#"{"name":"n","organization_id":"org_a1","permissions":[]}"#);
}
