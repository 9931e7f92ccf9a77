//! The feature flags of an organization.

use serde_json::json;
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{OrganizationId, PaginationOrder};

use crate::case::Case;

cases! {
    "organizations.feature_flags.list": list_required, list_everything;
}

fn organization_id() -> OrganizationId {
    OrganizationId::new("org_01zinc")
}

async fn list_required(case: Case) {
    let case = case.line("GET /organizations/org_01zinc/feature-flags").response(json!({
        "object": "list",
        "data": [
            {
                "object": "feature_flag",
                "id": "flag_01bare",
                "slug": "bare",
                "name": "Bare",
                "description": null,
                "owner": null,
                "tags": [],
                "enabled": true,
                "default_value": false,
                "created_at": "2031-02-03T04:05:06.789Z",
                "updated_at": "2032-03-04T05:06:07Z",
            },
            {
                "object": "feature_flag",
                "id": "flag_02bare",
                "slug": "bare-2",
                "name": "",
                "description": "",
                "owner": {"email": "grace@zinc.example", "first_name": null, "last_name": null},
                "tags": [],
                "enabled": false,
                "default_value": false,
                "created_at": "2031-02-03T04:05:06.789Z",
                "updated_at": "2032-03-04T05:06:07Z",
            },
        ],
        "list_metadata": {"before": null, "after": null},
    }));
    let call = |client: &Client| client.organizations().feature_flags().list(organization_id()).send();
    let response = case.call(call).await;
    let [first, second] = response.data.as_slice() else { panic!("two flags") };
    assert_eq!((first.slug.as_str(), first.name.as_str()), ("bare", "Bare"));
    assert_eq!((first.description.as_deref(), &first.owner), (None, &None));
    assert!(first.tags.is_empty());
    assert!(first.enabled && !first.default_value);
    assert_eq!((second.id.as_str(), second.slug.as_str()), ("flag_02bare", "bare-2"));
    assert_eq!((second.name.as_str(), second.description.as_deref()), ("", Some("")));
    let owner = second.owner.as_ref().expect("an owner");
    assert_eq!(owner.email, "grace@zinc.example");
    assert_eq!((&owner.first_name, &owner.last_name), (&None, &None));
    assert!(!second.enabled);
    assert_eq!(response.list_metadata.before, None);
    assert_eq!(response.list_metadata.after, None);
}

async fn list_everything(case: Case) {
    let line = "GET /organizations/org_01zinc/feature-flags?before=flag_9&after=flag_1&limit=50&order=normal";
    let case = case.line(line).response(json!({
        "object": "list",
        "data": [{
            "object": "feature_flag",
            "id": "flag_01zinc",
            "slug": "fast-export",
            "name": "Fast export",
            "description": "Exports \"fast\"",
            "owner": {"email": "grace@zinc.example", "first_name": "Grace", "last_name": "Hopper"},
            "tags": ["beta", "export"],
            "enabled": false,
            "default_value": true,
            "created_at": "2031-02-03T04:05:06.789Z",
            "updated_at": "2032-03-04T05:06:07Z",
        }],
        "list_metadata": {"before": "flag_1", "after": "flag_9"},
    }));
    let call = |client: &Client| {
        client
            .organizations()
            .feature_flags()
            .list(organization_id())
            .before("flag_9")
            .after("flag_1")
            .limit(50)
            .order(PaginationOrder::Normal)
            .send()
    };
    let response = case.call(call).await;
    let [flag] = response.data.as_slice() else { panic!("one flag") };
    assert_eq!(flag.id.as_str(), "flag_01zinc");
    assert_eq!((flag.slug.as_str(), flag.name.as_str()), ("fast-export", "Fast export"));
    assert_eq!(flag.description.as_deref(), Some("Exports \"fast\""));
    let owner = flag.owner.as_ref().expect("an owner");
    assert_eq!(owner.email, "grace@zinc.example");
    assert_eq!(owner.first_name.as_deref(), Some("Grace"));
    assert_eq!(owner.last_name.as_deref(), Some("Hopper"));
    assert_eq!(flag.tags, ["beta", "export"]);
    assert!(!flag.enabled && flag.default_value);
    assert_eq!(flag.created_at.to_string(), "2031-02-03T04:05:06.789Z");
    assert_eq!(flag.updated_at.to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(response.list_metadata.before.as_deref(), Some("flag_1"));
    assert_eq!(response.list_metadata.after.as_deref(), Some("flag_9"));
}
