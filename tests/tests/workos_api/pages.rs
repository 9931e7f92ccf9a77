//! Paginated lists: cursors in requests and responses, and the iteration over all pages.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, bounded, sorted};
use workos_api::Client;
use workos_api::common::{ListMetadata, PaginationOrder, UserId};
use workos_api::runtime::{BoxFuture, Bytes, Transport, TransportError, http};
use workos_api::user_management::organization_memberships::OrganizationMembershipId;
use workos_api::user_management::users::requests::ListRequest;
use workos_api::user_management::users::{ListResponse, User};

use crate::case::{API_KEY, BASE_URL, CLIENT_ID, call};
use crate::responses::{bare_user, user};

/// Returns a page with these items, between two others.
pub(crate) fn page(items: Value) -> Value {
    json!({"object": "list", "data": items, "list_metadata": {"before": "cursor_b4", "after": "cursor_c5"}})
}

/// Returns the only page of an empty list.
pub(crate) fn empty_page() -> Value {
    json!({"object": "list", "data": [], "list_metadata": {"before": null, "after": null}})
}

/// Checks the cursors of a [`page`].
pub(crate) fn check_between(metadata: &ListMetadata) {
    assert_eq!(metadata.before.as_deref(), Some("cursor_b4"));
    assert_eq!(metadata.after.as_deref(), Some("cursor_c5"));
}

/// Checks the cursors of an [`empty_page`].
pub(crate) fn check_alone(metadata: &ListMetadata) {
    assert_eq!((metadata.before.as_ref(), metadata.after.as_ref()), (None, None));
}

/// Returns the request line of a list of users.
async fn listed(set: impl for<'c> FnOnce(ListRequest<'c>) -> ListRequest<'c>) -> String {
    let send = |client: &Client| set(client.user_management().users().list()).send();
    let (_, received) = call(CannedResponse::json(200, empty_page()), send).await;
    received[0].line()
}

#[tokio::test]
async fn unset_params_are_not_sent() {
    assert_eq!(listed(|list| list).await, "GET /user_management/users");
}

#[tokio::test]
async fn each_param_can_be_set_alone() {
    let before = listed(|list| list.before("cursor_b4")).await;
    assert_eq!(before, "GET /user_management/users?before=cursor_b4");
    let after = listed(|list| list.after("cursor_c5")).await;
    assert_eq!(after, "GET /user_management/users?after=cursor_c5");
    assert_eq!(listed(|list| list.limit(1)).await, "GET /user_management/users?limit=1");
    assert_eq!(listed(|list| list.limit(100)).await, "GET /user_management/users?limit=100");
}

/// The server enforces the range of the limit.
#[tokio::test]
async fn limit_out_of_range_is_sent() {
    assert_eq!(listed(|list| list.limit(0)).await, "GET /user_management/users?limit=0");
    let most = listed(|list| list.limit(u32::MAX)).await;
    assert_eq!(most, "GET /user_management/users?limit=4294967295");
}

#[tokio::test]
async fn known_and_unknown_orders_are_sent() {
    let orders = [PaginationOrder::Normal, PaginationOrder::Desc, PaginationOrder::Asc];
    for (order, word) in orders.into_iter().zip(["normal", "desc", "asc"]) {
        assert_eq!(PaginationOrder::from(word), order);
        let line = listed(|list| list.order(order)).await;
        assert_eq!(line, format!("GET /user_management/users?order={word}"));
    }
    let line = listed(|list| list.order(PaginationOrder::from("by name"))).await;
    assert_eq!(line, "GET /user_management/users?order=by+name");
}

/// A cursor is opaque to the client and returned unchanged.
#[tokio::test]
async fn cursor_is_percent_encoded() {
    let line = listed(|list| list.after("a b+c/d=&e#é")).await;
    assert_eq!(line, "GET /user_management/users?after=a+b%2Bc%2Fd%3D%26e%23%C3%A9");
    assert_eq!(listed(|list| list.after("")).await, "GET /user_management/users?after=");
}

/// Returns a decoded page of users.
async fn read(canned: Value) -> ListResponse {
    let send = |client: &Client| client.user_management().users().list().send();
    call(CannedResponse::json(200, canned), send).await.0.expect("a page")
}

#[tokio::test]
async fn null_and_missing_cursors_end_the_list() {
    check_alone(&read(empty_page()).await.list_metadata);
    let without = json!({"object": "list", "data": [], "list_metadata": {}});
    check_alone(&read(without).await.list_metadata);
    let first = json!({"object": "list", "data": [], "list_metadata": {"before": null, "after": "c"}});
    let first = read(first).await.list_metadata;
    assert_eq!((first.before, first.after.as_deref()), (None, Some("c")));
    let last = json!({"object": "list", "data": [], "list_metadata": {"before": "b", "after": null}});
    let last = read(last).await.list_metadata;
    assert_eq!((last.before.as_deref(), last.after), (Some("b"), None));
}

/// An empty cursor differs from null and is passed on.
#[tokio::test]
async fn empty_cursor_is_kept() {
    let canned = json!({"object": "list", "data": [], "list_metadata": {"before": "", "after": ""}});
    let metadata = read(canned).await.list_metadata;
    assert_eq!((metadata.before.as_deref(), metadata.after.as_deref()), (Some(""), Some("")));
}

#[tokio::test]
async fn items_keep_their_order() {
    let users = read(page(json!([user(), bare_user(), user()]))).await;
    check_between(&users.list_metadata);
    let ids: Vec<_> = users.data.iter().map(|user| user.id.as_str()).collect();
    assert_eq!(ids, ["user_a1", "user_b1", "user_a1"]);
}

/// The vendor documents every field of this response as optional.
#[tokio::test]
async fn list_of_sessions_can_be_an_empty_object() {
    let send =
        |client: &Client| client.user_management().users().list_sessions(UserId::new("user_a1")).send();
    let (response, _) = call(CannedResponse::json(200, json!({})), send).await;
    let response = response.expect("an empty response");
    assert!(response.data.is_empty());
    assert_eq!(response.list_metadata, None);
}

/// In all other lists, the cursors are required.
#[tokio::test]
async fn page_without_metadata_is_a_decode_error() {
    let send = |client: &Client| {
        let groups = client.user_management().organization_memberships().groups();
        groups.list(OrganizationMembershipId::new("om_a1")).send()
    };
    let (response, _) = call(CannedResponse::json(200, json!({"object": "list", "data": []})), send).await;
    let error = response.expect_err("no metadata");
    assert!(matches!(error.kind(), workos_api::ErrorKind::Decode), "{error}");
}

/// A server with five users and two users per page. Its cursors are the user IDs.
#[derive(Clone, Debug, Default)]
struct FiveUsers {
    queries: Arc<Mutex<Vec<String>>>,
}

const IDS: [&str; 5] = ["user_e5", "user_d4", "user_c3", "user_b2", "user_a1"];

impl FiveUsers {
    fn client(&self) -> Client {
        let builder = Client::builder(API_KEY, CLIENT_ID).base_url(BASE_URL);
        builder.transport(self.clone()).build().expect("a client")
    }

    fn queries(&self) -> Vec<String> {
        self.queries.lock().expect("the queries").clone()
    }

    /// Returns the page for a query.
    fn respond(query: &str) -> Value {
        let place = |id: &str| IDS.iter().position(|known| *known == id).expect("a known cursor");
        let param = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name));
        let range = match (param("after="), param("before=")) {
            (Some(id), None) => place(id) + 1..(place(id) + 3).min(IDS.len()),
            (None, Some(id)) => place(id).saturating_sub(2)..place(id),
            (None, None) => 0..2,
            (Some(_), Some(_)) => panic!("at most one cursor"),
        };
        let users = IDS[range.clone()].iter().map(|id| {
            let mut user = bare_user();
            user["id"] = json!(id);
            user
        });
        let before = (range.start > 0).then(|| IDS[range.start]);
        let after = (range.end < IDS.len()).then(|| IDS[range.end - 1]);
        json!({
            "object": "list",
            "data": users.collect::<Vec<_>>(),
            "list_metadata": {"before": before, "after": after},
        })
    }
}

impl Transport for FiveUsers {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let canned = Self::respond(&query).to_string();
        self.queries.lock().expect("the queries").push(query);
        Box::pin(std::future::ready(Ok(http::Response::new(canned.into()))))
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

/// Reads all users with the `after` cursor until the cursor is null.
#[tokio::test]
async fn after_cursor_reads_all_pages() {
    let server = FiveUsers::default();
    let client = server.client();
    let mut users: Vec<User> = Vec::new();
    let mut sizes = Vec::new();
    let mut after = None;
    loop {
        let mut request = client.user_management().users().list().limit(2);
        if let Some(cursor) = after {
            request = request.after(cursor);
        }
        let page = bounded(request.send()).await.expect("a page");
        sizes.push(page.data.len());
        users.extend(page.data);
        after = page.list_metadata.after;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [2, 2, 1]);
    let ids: Vec<_> = users.iter().map(|user| user.id.as_str()).collect();
    assert_eq!(ids, IDS);
    assert_eq!(server.queries(), ["limit=2", "after=user_d4&limit=2", "after=user_b2&limit=2"]);
}

/// The `before` cursor leads back through the same pages until it is null.
#[tokio::test]
async fn before_cursor_returns_to_the_first_page() {
    let server = FiveUsers::default();
    let client = server.client();
    let list = || client.user_management().users().list().limit(2);
    let first = bounded(list().send()).await.expect("a page");
    let on = first.list_metadata.after.as_deref().expect("more");
    let second = bounded(list().after(on).send()).await.expect("a page");
    let back = second.list_metadata.before.as_deref().expect("the first one");
    let again = bounded(list().before(back).send()).await.expect("a page");
    assert_eq!(again, first);
    assert_eq!(again.list_metadata.before, None);
    assert_eq!(server.queries(), ["limit=2", "after=user_d4&limit=2", "before=user_c3&limit=2"]);
}

/// Parameters can be kept and sent again with the cursor of the previous page.
#[tokio::test]
async fn params_are_reused_for_the_next_page() {
    use workos_api::user_management::users::params::ListParams;
    let server = FiveUsers::default();
    let client = server.client();
    let mut params = ListParams::new();
    params.limit = Some(2);
    let mut ids = Vec::new();
    while ids.len() < IDS.len() {
        let page = bounded(client.request(params.clone()).send()).await.expect("a page");
        ids.extend(page.data.into_iter().map(|user| user.id.as_str().to_owned()));
        params.after = page.list_metadata.after;
    }
    assert_eq!(params.after, None);
    assert_eq!(sorted(ids.into_iter()), sorted(IDS.into_iter().map(str::to_owned)));
}
