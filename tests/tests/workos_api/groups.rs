//! The groups of a membership.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::PaginationOrder;
use workos_api::user_management::organization_memberships::OrganizationMembershipId;

use crate::case::Case;
use crate::pages::{check_alone, check_between, page};

cases! {
    "user_management.organization_memberships.groups.list": list_required, list_everything;
}

fn membership_id() -> OrganizationMembershipId {
    OrganizationMembershipId::new("om_01zinc")
}

async fn list_required(case: Case) {
    let mut group = group();
    group["description"] = Value::Null;
    let case = case.line("GET /user_management/organization_memberships/om_01zinc/groups").response(json!({
        "object": "list",
        "data": [group],
        "list_metadata": {"before": null, "after": null},
    }));
    let call = |client: &Client| {
        client.user_management().organization_memberships().groups().list(membership_id()).send()
    };
    let groups = case.call(call).await;
    assert_eq!(groups.data.len(), 1);
    assert_eq!(groups.data[0].description, None);
    check_alone(&groups.list_metadata);
}

async fn list_everything(case: Case) {
    let case = case
        .line(
            "GET /user_management/organization_memberships/om_01zinc/groups\
             ?before=cursor_x&after=cursor_y&limit=7&order=desc",
        )
        .response(page(json!([group()])));
    let call = |client: &Client| {
        let request = client.user_management().organization_memberships().groups().list(membership_id());
        let request = request.before("cursor_x").after("cursor_y");
        request.limit(7).order(PaginationOrder::Desc).send()
    };
    let groups = case.call(call).await;
    check_between(&groups.list_metadata);
    let [group] = groups.data.as_slice() else { panic!("one group") };
    assert_eq!(group.id.as_str(), "group_01zinc");
    assert_eq!(group.organization_id.as_str(), "org_01zinc");
    assert_eq!(group.name, "Night shift");
    assert_eq!(group.description.as_deref(), Some("The employees of the night shift"));
    assert_eq!(group.created_at.to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(group.updated_at.to_string(), "2032-03-04T05:06:07Z");
}

fn group() -> Value {
    json!({
        "object": "group",
        "id": "group_01zinc",
        "organization_id": "org_01zinc",
        "name": "Night shift",
        "description": "The employees of the night shift",
        "created_at": "2031-02-03T04:05:06.700Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}
