//! Memberships of users in organizations.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{OrganizationId, PaginationOrder, UserId};
use workos_api::runtime::Object;
use workos_api::user_management::organization_memberships::{
    MembershipRole, OrganizationMembership, OrganizationMembershipId, OrganizationMembershipStatus,
};

use crate::case::{Case, IDEMPOTENCY_KEY};
use crate::pages::{check_alone, check_between, empty_page, page};
use crate::responses::{check_user, user};

cases! {
    "user_management.organization_memberships.list": list_required, list_everything;
    "user_management.organization_memberships.create": create_required, create_everything;
    "user_management.organization_memberships.get": get_required, get_everything;
    "user_management.organization_memberships.update": update_required, update_everything;
    "user_management.organization_memberships.delete": delete_required, delete_everything;
    "user_management.organization_memberships.deactivate": deactivate_required, deactivate_everything;
    "user_management.organization_memberships.reactivate": reactivate_required, reactivate_everything;
}

fn id() -> OrganizationMembershipId {
    OrganizationMembershipId::new("om_01zinc")
}

fn user_id() -> UserId {
    UserId::new("user_01zinc")
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

pub(crate) fn membership() -> Value {
    json!({
        "object": "organization_membership",
        "id": "om_01zinc",
        "user_id": "user_01zinc",
        "organization_id": "org_01zinc",
        "status": "inactive",
        "directory_managed": true,
        "organization_name": "Nightingale & Söhne",
        "custom_attributes": {"department": "Wards", "floors": [1, 2], "chief": null},
        "created_at": "2031-02-03T04:05:06.700Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "role": {"slug": "night-watch"},
        "roles": [{"slug": "night-watch"}, {"slug": "editor"}],
        "user": user(),
    })
}

fn check_membership(membership: &OrganizationMembership) {
    assert_eq!(membership.id, id());
    assert_eq!((&membership.user_id, &membership.organization_id), (&user_id(), &organization_id()));
    assert_eq!(membership.status, OrganizationMembershipStatus::Inactive);
    assert_eq!(membership.directory_managed, Some(true));
    assert_eq!(membership.organization_name.as_deref(), Some("Nightingale & Söhne"));
    let attributes = json!({"department": "Wards", "floors": [1, 2], "chief": null});
    assert_eq!(membership.custom_attributes, attributes.as_object().cloned().map(Object::from));
    assert_eq!(membership.created_at.to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(membership.updated_at.to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(membership.role.slug, "night-watch");
    let roles: Vec<_> = membership.roles.iter().map(|role| role.slug.as_str()).collect();
    assert_eq!(roles, ["night-watch", "editor"]);
    check_user(membership.user.as_ref().expect("a user"));
}

/// Without the fields that recorded responses omit.
fn bare_membership() -> Value {
    json!({
        "object": "organization_membership",
        "id": "om_01bare",
        "user_id": "user_01bare",
        "organization_id": "org_01bare",
        "status": "pending",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
        "role": {"slug": "member"},
        "roles": [],
    })
}

fn check_bare_membership(membership: &OrganizationMembership) {
    assert_eq!(membership.id.as_str(), "om_01bare");
    assert_eq!(membership.user_id.as_str(), "user_01bare");
    assert_eq!(membership.organization_id.as_str(), "org_01bare");
    assert_eq!(membership.status, OrganizationMembershipStatus::Pending);
    assert_eq!(membership.directory_managed, None);
    assert_eq!(membership.organization_name, None);
    assert_eq!(membership.custom_attributes, None);
    assert_eq!(membership.role.slug, "member");
    assert!(membership.roles.is_empty());
    assert_eq!(membership.user, None);
}

async fn list_required(case: Case) {
    let case = case.line("GET /user_management/organization_memberships").response(empty_page());
    let call = |client: &Client| client.user_management().organization_memberships().list().send();
    let memberships = case.call(call).await;
    assert!(memberships.data.is_empty());
    check_alone(&memberships.list_metadata);
}

async fn list_everything(case: Case) {
    let case = case
        .line(
            "GET /user_management/organization_memberships?organization_id=org_01zinc\
             &statuses=active%2Cinactive%2Cpending&user_id=user_01zinc\
             &before=cursor_x&after=cursor_y&limit=7&order=asc",
        )
        .response(page(json!([membership()])));
    let call = |client: &Client| {
        client
            .user_management()
            .organization_memberships()
            .list()
            .before("cursor_x")
            .after("cursor_y")
            .limit(7)
            .order(PaginationOrder::Asc)
            .organization_id(organization_id())
            .statuses([
                OrganizationMembershipStatus::Active,
                OrganizationMembershipStatus::Inactive,
                OrganizationMembershipStatus::Pending,
            ])
            .user_id(user_id())
            .send()
    };
    let memberships = case.call(call).await;
    assert_eq!(memberships.data.len(), 1);
    check_membership(&memberships.data[0]);
    check_between(&memberships.list_metadata);
}

async fn create_required(case: Case) {
    let case = case
        .line("POST /user_management/organization_memberships")
        .raw_body(r#"{"user_id":"user_01zinc","organization_id":"org_01zinc"}"#)
        .response(bare_membership());
    let call = |client: &Client| {
        client.user_management().organization_memberships().create(user_id(), organization_id()).send()
    };
    check_bare_membership(&case.call(call).await);
}

async fn create_everything(case: Case) {
    let case = case
        .line("POST /user_management/organization_memberships")
        .raw_body(concat!(
            r#"{"user_id":"user_01zinc","organization_id":"org_01zinc","#,
            r#""role_slugs":["night-watch","editor"]}"#,
        ))
        .response(membership());
    let call = |client: &Client| {
        let memberships = client.user_management().organization_memberships();
        let request = memberships.create(user_id(), organization_id());
        let request = request.role(MembershipRole::multiple(["night-watch", "editor"]));
        request.idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_membership(&case.call(call).await);
}

async fn get_required(case: Case) {
    let case =
        case.line("GET /user_management/organization_memberships/om_01zinc").response(bare_membership());
    let call = |client: &Client| client.user_management().organization_memberships().get(id()).send();
    check_bare_membership(&case.call(call).await);
}

/// No optional parameters. The ID resembles the name of another operation.
async fn get_everything(case: Case) {
    let case =
        case.line("GET /user_management/organization_memberships/om_01zinc%2Fgroups").response(membership());
    let id = OrganizationMembershipId::new("om_01zinc/groups");
    let call = |client: &Client| client.user_management().organization_memberships().get(id).send();
    check_membership(&case.call(call).await);
}

/// The request has a body even if no parameter is set.
async fn update_required(case: Case) {
    let case = case
        .line("PUT /user_management/organization_memberships/om_01zinc")
        .raw_body("{}")
        .response(bare_membership());
    let call = |client: &Client| client.user_management().organization_memberships().update(id()).send();
    check_bare_membership(&case.call(call).await);
}

async fn update_everything(case: Case) {
    let case = case
        .line("PUT /user_management/organization_memberships/om_01zinc")
        .raw_body(r#"{"role_slug":"night-watch"}"#)
        .response(membership());
    let call = |client: &Client| {
        let request = client.user_management().organization_memberships().update(id());
        request.role(MembershipRole::single("night-watch")).send()
    };
    check_membership(&case.call(call).await);
}

async fn delete_required(case: Case) {
    let case = case.line("DELETE /user_management/organization_memberships/om_01zinc");
    case.call(|client| client.user_management().organization_memberships().delete(id()).send()).await;
}

/// No optional parameters. The ID must be percent-encoded in a URL.
async fn delete_everything(case: Case) {
    let case = case.line("DELETE /user_management/organization_memberships/a%2Fb");
    let id = OrganizationMembershipId::new("a/b");
    case.call(|client| client.user_management().organization_memberships().delete(id).send()).await;
}

/// The request has no body, not even an empty object.
async fn deactivate_required(case: Case) {
    let case = case
        .line("PUT /user_management/organization_memberships/om_01zinc/deactivate")
        .response(bare_membership());
    let call = |client: &Client| client.user_management().organization_memberships().deactivate(id()).send();
    check_bare_membership(&case.call(call).await);
}

async fn deactivate_everything(case: Case) {
    let case =
        case.line("PUT /user_management/organization_memberships/a%2Fb/deactivate").response(membership());
    let id = OrganizationMembershipId::new("a/b");
    let call = |client: &Client| client.user_management().organization_memberships().deactivate(id).send();
    check_membership(&case.call(call).await);
}

/// The request has no body, not even an empty object.
async fn reactivate_required(case: Case) {
    let case = case
        .line("PUT /user_management/organization_memberships/om_01zinc/reactivate")
        .response(bare_membership());
    let call = |client: &Client| client.user_management().organization_memberships().reactivate(id()).send();
    check_bare_membership(&case.call(call).await);
}

async fn reactivate_everything(case: Case) {
    let case =
        case.line("PUT /user_management/organization_memberships/a%2Fb/reactivate").response(membership());
    let id = OrganizationMembershipId::new("a/b");
    let call = |client: &Client| client.user_management().organization_memberships().reactivate(id).send();
    check_membership(&case.call(call).await);
}

#[test]
fn membership_statuses_have_names() {
    use OrganizationMembershipStatus::{Active, Inactive, Pending};
    for (status, word) in [Active, Inactive, Pending].into_iter().zip(["active", "inactive", "pending"]) {
        assert_eq!((status.as_str(), OrganizationMembershipStatus::from(word)), (word, status.clone()));
    }
}
