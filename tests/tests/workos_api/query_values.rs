//! Query parameters: lists, order, and deprecated names.

use serde_json::json;
use typefoundry_tests::CannedResponse;
use workos_api::common::{OrganizationId, UserId};
use workos_api::user_management::organization_memberships::OrganizationMembershipStatus;
use workos_api::user_management::organization_memberships::requests::ListRequest;
use workos_api::{Client, ErrorKind};

use crate::case::call;

/// Returns the request line of a list of memberships, or the error.
async fn listed(set: impl for<'c> FnOnce(ListRequest<'c>) -> ListRequest<'c>) -> Result<String, String> {
    let send = |client: &Client| set(client.user_management().organization_memberships().list()).send();
    let (response, received) = call(CannedResponse::json(422, json!({})), send).await;
    let error = response.expect_err("an error");
    match received.as_slice() {
        [] => {
            assert!(matches!(error.kind(), ErrorKind::InvalidRequest), "{error}");
            Err(error.to_string())
        }
        [request] => Ok(request.line()),
        _ => panic!("{received:?}"),
    }
}

#[tokio::test]
async fn list_is_joined_with_commas() {
    use OrganizationMembershipStatus::{Active, Pending};
    let path = "GET /user_management/organization_memberships";
    let two = listed(|list| list.statuses([Pending, Active])).await;
    assert_eq!(two, Ok(format!("{path}?statuses=pending%2Cactive")));
    let one = listed(|list| list.statuses(vec![Active])).await;
    assert_eq!(one, Ok(format!("{path}?statuses=active")));
    let twice = listed(|list| list.statuses([Active, Active])).await;
    assert_eq!(twice, Ok(format!("{path}?statuses=active%2Cactive")));
    let tomorrow = OrganizationMembershipStatus::from("on leave");
    let unknown = listed(|list| list.statuses([tomorrow, Active])).await;
    assert_eq!(unknown, Ok(format!("{path}?statuses=on+leave%2Cactive")));
    assert_eq!(listed(|list| list.statuses([])).await, Ok(format!("{path}?statuses=")));
}

/// An item that contains a comma or is empty is ambiguous, so it is rejected.
#[tokio::test]
async fn ambiguous_list_item_is_rejected() {
    for item in ["active,pending", ""] {
        let refused = listed(|list| list.statuses([OrganizationMembershipStatus::from(item)])).await;
        assert!(refused.expect_err("the item is rejected").contains("statuses"));
    }
}

/// The order of the query does not depend on the order of the setters.
#[tokio::test]
async fn query_params_have_a_fixed_order() {
    use OrganizationMembershipStatus::Active;
    let organization = || OrganizationId::new("org_a1");
    let user = || UserId::new("user_a1");
    let one = listed(|list| {
        list.limit(1).after("c").user_id(user()).statuses([Active]).organization_id(organization())
    });
    let other = listed(|list| {
        list.organization_id(organization()).statuses([Active]).user_id(user()).after("c").limit(1)
    });
    let expected = "GET /user_management/organization_memberships\
                    ?organization_id=org_a1&statuses=active&user_id=user_a1&after=c&limit=1";
    assert_eq!((one.await.as_deref(), other.await.as_deref()), (Ok(expected), Ok(expected)));
}

/// The deprecated name of a parameter still works, alone and together with the new one.
#[tokio::test]
#[expect(deprecated, reason = "existing programs can still use it")]
async fn deprecated_param_is_sent() {
    let send = |client: &Client| {
        client.user_management().users().list().organization(OrganizationId::new("org_a1")).send()
    };
    let (_, received) = call(CannedResponse::json(422, json!({})), send).await;
    assert_eq!(received[0].line(), "GET /user_management/users?organization=org_a1");
}
