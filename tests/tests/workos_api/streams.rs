//! Lists as streams over a real socket: the query of each page, and the items.

use serde_json::{Value, json};
use typefoundry_tests::{CannedResponse, Server, bounded};
use workos_api::common::UserId;
use workos_api::runtime::{RetryPolicy, http};
use workos_api::user_management::users::User;
use workos_api::{Error, ErrorKind};

use crate::case::{builder_of, client_of};
use crate::responses::bare_user;

/// Returns a page of users with these IDs.
fn page(ids: &[&str], after: Value) -> CannedResponse {
    let users = ids.iter().map(|id| {
        let mut user = bare_user();
        user["id"] = json!(id);
        user
    });
    let data: Vec<_> = users.collect();
    CannedResponse::json(
        200,
        json!({"object": "list", "data": data, "list_metadata": {"before": "b0", "after": after}}),
    )
}

fn lines(server: &Server) -> Vec<String> {
    server.received().iter().map(|request| request.line()).collect()
}

fn ids(users: &[User]) -> Vec<&str> {
    users.iter().map(|user| user.id.as_str()).collect()
}

/// Returns all users from a server with these responses, and the request lines.
async fn collect_all(responses: Vec<CannedResponse>) -> (Result<Vec<User>, Error>, Vec<String>) {
    let server = Server::start_with(responses).await;
    let client = client_of(&server.url());
    let users = bounded(client.user_management().users().list().limit(2).items().try_collect()).await;
    (users, lines(&server))
}

#[tokio::test]
async fn list_is_read_to_its_last_page() {
    let responses = vec![
        page(&["user_a", "user_b"], json!("c 1")),
        page(&[], json!("c2")),
        page(&["user_c"], json!(null)),
    ];
    let (users, lines) = collect_all(responses).await;
    assert_eq!(ids(&users.expect("all")), ["user_a", "user_b", "user_c"]);
    let list = "GET /user_management/users";
    let expected = ["?limit=2", "?after=c+1&limit=2", "?after=c2&limit=2"];
    assert_eq!(lines, expected.map(|query| format!("{list}{query}")));
}

#[tokio::test]
async fn empty_cursor_ends_the_list() {
    let (users, lines) = collect_all(vec![page(&["user_a"], json!(""))]).await;
    assert_eq!(ids(&users.expect("all")), ["user_a"]);
    assert_eq!(lines.len(), 1);
}

#[tokio::test]
async fn repeated_cursor_is_an_error() {
    let (users, lines) =
        collect_all(vec![page(&["user_a"], json!("c1")), page(&["user_b"], json!("c1"))]).await;
    let error = users.expect_err("a repeated cursor");
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert!(error.to_string().starts_with("user_management.users.list: "), "{error}");
    assert!(!error.to_string().contains("c1"), "{error}");
    assert_eq!(lines.len(), 2);
}

/// A stream that starts before a cursor continues with `after`, and each request has at most one cursor.
#[tokio::test]
async fn next_page_replaces_the_before_cursor() {
    let server = Server::start_with([page(&["user_a"], json!("c1")), page(&["user_b"], json!(null))]).await;
    let client = client_of(&server.url());
    let pages = client.user_management().users().list().before("c9").pages();
    assert_eq!(bounded(pages.try_collect()).await.expect("all").len(), 2);
    let list = "GET /user_management/users";
    assert_eq!(lines(&server), [format!("{list}?before=c9"), format!("{list}?after=c1")]);
}

#[tokio::test]
async fn stream_resumes_from_a_stored_cursor() {
    let server = Server::start_with([page(&["user_a"], json!("c1")), page(&["user_b"], json!(null))]).await;
    let client = client_of(&server.url());
    let list = || client.user_management().users().list();
    let mut pages = list().pages();
    bounded(pages.next()).await.expect("a page").expect("the first");
    let cursor = pages.cursor().cloned().expect("a second page");
    drop(pages);
    let rest = bounded(list().after(cursor).items().try_collect()).await.expect("the rest");
    assert_eq!(ids(&rest), ["user_b"]);
    assert_eq!(server.received().len(), 2);
}

/// Only this list can omit the cursors.
#[tokio::test]
async fn page_without_cursors_is_the_last_page() {
    let server = Server::start_with([CannedResponse::json(200, json!({}))]).await;
    let client = client_of(&server.url());
    let sessions = client.user_management().users().list_sessions(UserId::new("user_a")).items();
    assert!(bounded(sessions.try_collect()).await.expect("none").is_empty());
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn failed_page_is_retried_unless_disabled_for_the_request() {
    let busy = || CannedResponse::json(503, json!({})).header(http::header::RETRY_AFTER, "0");
    let responses = || [page(&["user_a"], json!("c1")), busy(), page(&["user_b"], json!(null))];
    let server = Server::start_with(responses()).await;
    let client = builder_of(&server.url()).retry(RetryPolicy::default()).build().expect("a client");
    let users = bounded(client.user_management().users().list().items().try_collect()).await;
    assert_eq!(ids(&users.expect("all")), ["user_a", "user_b"]);
    assert_eq!(server.received().len(), 3);

    let server = Server::start_with(responses()).await;
    let client = builder_of(&server.url()).retry(RetryPolicy::default()).build().expect("a client");
    let request = client.user_management().users().list().retry(RetryPolicy::never());
    let error = bounded(request.items().try_collect()).await.expect_err("busy");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(server.received().len(), 2);
}
