//! The applications that users of an organization have authorized.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{ConnectApplication, OrganizationId, PaginationOrder};

use crate::case::Case;

cases! {
    "organizations.authorized_applications.list": list_required, list_everything;
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

/// Returns the fields that all applications share.
fn application(id: &str, application_type: &str) -> Value {
    json!({
        "object": "connect_application",
        "id": id,
        "client_id": "client_01rota",
        "name": "Rota",
        "description": "Plans shifts",
        "scopes": ["openid", "rota:write"],
        "application_type": application_type,
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

/// Adds fields to an object.
fn with(mut object: Value, fields: Value) -> Value {
    let (Some(object_fields), Value::Object(fields)) = (object.as_object_mut(), fields) else {
        panic!("two objects")
    };
    object_fields.extend(fields);
    object
}

/// Returns a first-party application, which belongs to no organization.
pub(crate) fn first_party() -> Value {
    with(
        application("conn_app_01first", "oauth"),
        json!({
            "redirect_uris": [
                {"uri": "https://rota.example/in?x=1", "default": true},
                {"uri": "rota://in", "default": false},
            ],
            "uses_pkce": true,
            "is_first_party": true,
        }),
    )
}

/// Returns a third-party application of an organization.
pub(crate) fn third_party() -> Value {
    with(
        application("conn_app_02third", "oauth"),
        json!({
            "redirect_uris": [],
            "uses_pkce": false,
            "is_first_party": false,
            "was_dynamically_registered": false,
            "organization_id": "org_01rota",
        }),
    )
}

/// Returns a dynamically registered application, which belongs to no organization.
pub(crate) fn dynamic() -> Value {
    with(
        application("conn_app_03dynamic", "oauth"),
        json!({
            "redirect_uris": [{"uri": "http://localhost:1", "default": true}],
            "uses_pkce": true,
            "is_first_party": false,
            "was_dynamically_registered": true,
        }),
    )
}

/// Returns a machine-to-machine application, which has no user.
pub(crate) fn machine() -> Value {
    with(application("conn_app_04machine", "m2m"), json!({"organization_id": "org_01rota"}))
}

/// Checks the fields that all applications share.
macro_rules! check_application {
    ($application:expr, $id:literal) => {
        let application = $application;
        assert_eq!(application.id.as_str(), $id);
        assert_eq!(application.client_id, "client_01rota");
        assert_eq!(application.name, "Rota");
        assert_eq!(application.description.as_deref(), Some("Plans shifts"));
        assert_eq!(application.scopes, ["openid", "rota:write"]);
        assert_eq!(application.created_at.to_string(), "2031-02-03T04:05:06.789Z");
        assert_eq!(application.updated_at.to_string(), "2032-03-04T05:06:07Z");
    };
}

pub(crate) fn check_first_party(application: &ConnectApplication) {
    let ConnectApplication::OAuth(application) = application else { panic!("OAuth") };
    check_application!(application, "conn_app_01first");
    let [page, app] = application.redirect_uris.as_slice() else { panic!("two pages") };
    assert_eq!((page.uri.as_str(), page.default), ("https://rota.example/in?x=1", true));
    assert_eq!((app.uri.as_str(), app.default), ("rota://in", false));
    assert!(application.uses_pkce && application.is_first_party);
    assert_eq!(application.was_dynamically_registered, None);
    assert_eq!(application.organization_id, None);
}

pub(crate) fn check_third_party(application: &ConnectApplication) {
    let ConnectApplication::OAuth(application) = application else { panic!("OAuth") };
    check_application!(application, "conn_app_02third");
    assert!(application.redirect_uris.is_empty());
    assert!(!application.uses_pkce && !application.is_first_party);
    assert_eq!(application.was_dynamically_registered, Some(false));
    assert_eq!(application.organization_id, Some(OrganizationId::new("org_01rota")));
}

pub(crate) fn check_dynamic(application: &ConnectApplication) {
    let ConnectApplication::OAuth(application) = application else { panic!("OAuth") };
    check_application!(application, "conn_app_03dynamic");
    assert_eq!(application.redirect_uris.len(), 1);
    assert!(application.uses_pkce && !application.is_first_party);
    assert_eq!(application.was_dynamically_registered, Some(true));
    assert_eq!(application.organization_id, None);
}

pub(crate) fn check_machine(application: &ConnectApplication) {
    let ConnectApplication::M2m(application) = application else { panic!("M2M") };
    check_application!(application, "conn_app_04machine");
    assert_eq!(application.organization_id.as_str(), "org_01rota");
}

fn authorized(id: &str, application: &Value) -> Value {
    json!({
        "object": "authorized_connect_application",
        "id": id,
        "granted_scopes": ["openid"],
        "oauth_resource": "https://mcp.zinc.example",
        "application": application,
        "user_id": "user_01grace",
    })
}

async fn list_required(case: Case) {
    let mut bare = application("conn_app_05bare", "oauth");
    bare["description"] = Value::Null;
    bare["scopes"] = json!([]);
    let bare = with(bare, json!({"redirect_uris": [], "uses_pkce": false, "is_first_party": true}));
    let case = case.line("GET /organizations/org_01zinc/authorized_applications").response(json!({
        "object": "list",
        "data": [{
            "object": "authorized_connect_application",
            "id": "auth_app_01bare",
            "granted_scopes": [],
            "application": bare,
            "user_id": "user_01bare",
        }],
        "list_metadata": {"before": null, "after": null},
    }));
    let call =
        |client: &Client| client.organizations().authorized_applications().list(organization_id()).send();
    let response = case.call(call).await;
    let [bare] = response.data.as_slice() else { panic!("one application") };
    assert_eq!(bare.id.as_str(), "auth_app_01bare");
    assert!(bare.granted_scopes.is_empty());
    assert_eq!(bare.oauth_resource, None);
    assert_eq!(bare.user_id.as_str(), "user_01bare");
    let ConnectApplication::OAuth(application) = &bare.application else { panic!("OAuth") };
    assert_eq!(application.description, None);
    assert!(application.scopes.is_empty() && application.redirect_uris.is_empty());
    assert_eq!(response.list_metadata.before, None);
    assert_eq!(response.list_metadata.after, None);
}

async fn list_everything(case: Case) {
    let line = "GET /organizations/org_01zinc/authorized_applications\
                ?before=auth_app_9&after=auth_app_1&limit=4&order=asc";
    let case = case.line(line).response(json!({
        "object": "list",
        "data": [
            authorized("auth_app_01", &first_party()),
            authorized("auth_app_02", &third_party()),
            authorized("auth_app_03", &dynamic()),
            authorized("auth_app_04", &machine()),
        ],
        "list_metadata": {"before": "auth_app_1", "after": "auth_app_9"},
    }));
    let call = |client: &Client| {
        client
            .organizations()
            .authorized_applications()
            .list(organization_id())
            .before("auth_app_9")
            .after("auth_app_1")
            .limit(4)
            .order(PaginationOrder::Asc)
            .send()
    };
    let response = case.call(call).await;
    let [first, second, third, fourth] = response.data.as_slice() else { panic!("four applications") };
    assert_eq!(second.id.as_str(), "auth_app_02");
    for authorized in &response.data {
        assert_eq!(authorized.granted_scopes, ["openid"]);
        assert_eq!(authorized.oauth_resource.as_deref(), Some("https://mcp.zinc.example"));
        assert_eq!(authorized.user_id.as_str(), "user_01grace");
    }
    check_first_party(&first.application);
    check_third_party(&second.application);
    check_dynamic(&third.application);
    check_machine(&fourth.application);
    assert_eq!(response.list_metadata.before.as_deref(), Some("auth_app_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("auth_app_9"));
}
