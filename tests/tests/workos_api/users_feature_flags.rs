//! The feature flags that are enabled for a user.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{PaginationOrder, UserId};

use crate::case::Case;
use crate::pages::{check_alone, check_between, empty_page, page};

cases! {
    "user_management.users.feature_flags.list": list_required, list_everything;
}

fn user_id() -> UserId {
    UserId::new("user_01zinc")
}

async fn list_required(case: Case) {
    let case = case.line("GET /user_management/users/user_01zinc/feature-flags").response(empty_page());
    let call = |client: &Client| client.user_management().users().feature_flags().list(user_id()).send();
    let flags = case.call(call).await;
    assert!(flags.data.is_empty());
    check_alone(&flags.list_metadata);
}

async fn list_everything(case: Case) {
    let case = case
        .line(
            "GET /user_management/users/user_01zinc/feature-flags\
             ?before=cursor_x&after=cursor_y&limit=7&order=desc",
        )
        .response(page(json!([flag()])));
    let call = |client: &Client| {
        let request = client.user_management().users().feature_flags().list(user_id());
        let request = request.before("cursor_x").after("cursor_y");
        request.limit(7).order(PaginationOrder::Desc).send()
    };
    let flags = case.call(call).await;
    check_between(&flags.list_metadata);
    let [flag] = flags.data.as_slice() else { panic!("one flag") };
    assert_eq!(flag.id.as_str(), "flag_01zinc");
    assert_eq!(flag.slug, "night-mode");
    assert_eq!(flag.name, "Night mode");
    assert_eq!(flag.description.as_deref(), Some("Dark colors"));
    let owner = flag.owner.as_ref().expect("an owner");
    assert_eq!(owner.email, "grace@ours.example");
    assert_eq!(owner.first_name.as_deref(), Some("Grace"));
    assert_eq!(owner.last_name.as_deref(), Some("Hopper"));
    assert_eq!(flag.tags, ["ui", "beta"]);
    assert_eq!((flag.enabled, flag.default_value), (true, false));
    assert_eq!(flag.created_at.to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(flag.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

fn flag() -> Value {
    json!({
        "object": "feature_flag",
        "id": "flag_01zinc",
        "slug": "night-mode",
        "name": "Night mode",
        "description": "Dark colors",
        "owner": {"email": "grace@ours.example", "first_name": "Grace", "last_name": "Hopper"},
        "tags": ["ui", "beta"],
        "enabled": true,
        "default_value": false,
        "created_at": "2031-02-03T04:05:06.700Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

#[tokio::test]
async fn null_fields_of_a_flag_are_decoded() {
    let mut nobodys = flag();
    (nobodys["description"], nobodys["owner"]) = (Value::Null, Value::Null);
    let mut somebodys = flag();
    somebodys["owner"] = json!({"email": "x@ours.example", "first_name": null, "last_name": null});
    let canned = typefoundry_tests::CannedResponse::json(200, page(json!([nobodys, somebodys])));
    let send = |client: &Client| client.user_management().users().feature_flags().list(user_id()).send();
    let flags = crate::case::call(canned, send).await.0.expect("flags").data;
    assert_eq!((flags[0].description.as_ref(), flags[0].owner.as_ref()), (None, None));
    let owner = flags[1].owner.as_ref().expect("an owner");
    assert_eq!((owner.first_name.as_ref(), owner.last_name.as_ref()), (None, None));
}
