//! The applications that a user has authorized.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{ApplicationId, ConnectApplication, PaginationOrder, UserId};

use crate::case::Case;
use crate::pages::{check_alone, check_between, empty_page, page};

cases! {
    "user_management.users.authorized_applications.list": list_required, list_everything;
    "user_management.users.authorized_applications.delete": delete_required, delete_everything;
}

fn user_id() -> UserId {
    UserId::new("user_01zinc")
}

async fn list_required(case: Case) {
    let case =
        case.line("GET /user_management/users/user_01zinc/authorized_applications").response(empty_page());
    let call =
        |client: &Client| client.user_management().users().authorized_applications().list(user_id()).send();
    let consents = case.call(call).await;
    assert!(consents.data.is_empty());
    check_alone(&consents.list_metadata);
}

async fn list_everything(case: Case) {
    let case = case
        .line(
            "GET /user_management/users/user_01zinc/authorized_applications\
             ?before=cursor_x&after=cursor_y&limit=7&order=asc",
        )
        .response(page(json!([
            {
                "object": "authorized_connect_application",
                "id": "authorized_01own",
                "granted_scopes": ["openid", "profile"],
                "oauth_resource": "https://api.example/mcp",
                "application": own_application(),
            },
            {
                "object": "authorized_connect_application",
                "id": "authorized_01theirs",
                "granted_scopes": [],
                "application": their_application(),
            },
            {
                "object": "authorized_connect_application",
                "id": "authorized_01machine",
                "granted_scopes": ["reports:read"],
                "application": machine(),
            },
        ])));
    let call = |client: &Client| {
        let consents = client.user_management().users().authorized_applications();
        let request = consents.list(user_id()).limit(7).order(PaginationOrder::Asc);
        request.before("cursor_x").after("cursor_y").send()
    };
    let consents = case.call(call).await;
    check_between(&consents.list_metadata);
    let [own, theirs, machine] = consents.data.as_slice() else { panic!("three") };
    assert_eq!(own.id.as_str(), "authorized_01own");
    assert_eq!(own.granted_scopes, ["openid", "profile"]);
    assert_eq!(own.oauth_resource.as_deref(), Some("https://api.example/mcp"));
    check_own_application(&own.application);
    assert_eq!((theirs.id.as_str(), theirs.oauth_resource.as_ref()), ("authorized_01theirs", None));
    assert!(theirs.granted_scopes.is_empty());
    check_their_application(&theirs.application);
    assert_eq!(machine.granted_scopes, ["reports:read"]);
    check_machine(&machine.application);
}

fn own_application() -> Value {
    json!({
        "object": "connect_application",
        "id": "conn_app_01own",
        "client_id": "client_01own",
        "description": "Keeps notes",
        "name": "Notes",
        "scopes": ["openid", "profile"],
        "application_type": "oauth",
        "redirect_uris": [
            {"uri": "https://notes.example/back", "default": true},
            {"uri": "notes://back", "default": false},
        ],
        "uses_pkce": true,
        "is_first_party": true,
        "created_at": "2031-02-03T04:05:06.700Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_own_application(application: &ConnectApplication) {
    let ConnectApplication::OAuth(application) = application else { panic!("{application:?}") };
    assert_eq!(application.id.as_str(), "conn_app_01own");
    assert_eq!(application.client_id, "client_01own");
    assert_eq!(application.description.as_deref(), Some("Keeps notes"));
    assert_eq!(application.name, "Notes");
    assert_eq!(application.scopes, ["openid", "profile"]);
    let uris: Vec<_> = application.redirect_uris.iter().map(|uri| (uri.uri.as_str(), uri.default)).collect();
    assert_eq!(uris, [("https://notes.example/back", true), ("notes://back", false)]);
    assert!(application.uses_pkce && application.is_first_party);
    assert_eq!(application.was_dynamically_registered, None);
    assert_eq!(application.organization_id, None);
    assert_eq!(application.created_at.to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(application.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

fn their_application() -> Value {
    json!({
        "object": "connect_application",
        "id": "conn_app_01theirs",
        "client_id": "client_01theirs",
        "description": "",
        "name": "Calendar",
        "scopes": [],
        "application_type": "oauth",
        "redirect_uris": [],
        "uses_pkce": false,
        "is_first_party": false,
        "was_dynamically_registered": false,
        "organization_id": "org_01theirs",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_their_application(application: &ConnectApplication) {
    let ConnectApplication::OAuth(application) = application else { panic!("{application:?}") };
    assert_eq!(application.id.as_str(), "conn_app_01theirs");
    assert!(application.scopes.is_empty() && application.redirect_uris.is_empty());
    assert!(!application.uses_pkce && !application.is_first_party);
    assert_eq!(application.was_dynamically_registered, Some(false));
    let organization_id = application.organization_id.as_ref().expect("an organization");
    assert_eq!(organization_id.as_str(), "org_01theirs");
}

fn machine() -> Value {
    json!({
        "object": "connect_application",
        "id": "conn_app_01machine",
        "client_id": "client_01machine",
        "description": "Prints reports",
        "name": "Printer",
        "scopes": ["reports:read"],
        "application_type": "m2m",
        "organization_id": "org_01zinc",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn check_machine(application: &ConnectApplication) {
    let ConnectApplication::M2m(application) = application else { panic!("{application:?}") };
    assert_eq!(application.id.as_str(), "conn_app_01machine");
    assert_eq!(application.client_id, "client_01machine");
    assert_eq!(application.description.as_deref(), Some("Prints reports"));
    assert_eq!(application.name, "Printer");
    assert_eq!(application.scopes, ["reports:read"]);
    assert_eq!(application.organization_id.as_str(), "org_01zinc");
    assert_eq!(application.created_at.to_string(), "2031-02-03T04:05:06Z");
    assert_eq!(application.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

/// Only a dynamically registered application has this null value.
#[tokio::test]
async fn dynamically_registered_application_is_decoded() {
    let mut application = their_application();
    application["description"] = Value::Null;
    application["was_dynamically_registered"] = json!(true);
    application.as_object_mut().expect("an object").remove("organization_id");
    let read: ConnectApplication = serde_json::from_value(application).expect("an application");
    let ConnectApplication::OAuth(read) = read else { panic!("{read:?}") };
    assert_eq!((read.description, read.organization_id), (None, None));
    assert_eq!(read.was_dynamically_registered, Some(true));
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /user_management/users/user_01zinc/authorized_applications/conn_app_01own");
    let call = |client: &Client| {
        let consents = client.user_management().users().authorized_applications();
        consents.delete(user_id(), ApplicationId::new("conn_app_01own")).send()
    };
    case.call(call).await;
}

/// No optional parameters. The IDs must be percent-encoded in a URL.
async fn delete_everything(case: Case) {
    let case = case.line("DELETE /user_management/users/u%2Fv/authorized_applications/a%3Fb");
    let call = |client: &Client| {
        let consents = client.user_management().users().authorized_applications();
        consents.delete(UserId::new("u/v"), ApplicationId::new("a?b")).send()
    };
    case.call(call).await;
}
