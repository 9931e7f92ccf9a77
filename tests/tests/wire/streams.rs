//! Searches as streams: each page sends the cursor in the body and repeats all other parameters.

use std::time::Duration;

use serde_json::{Value, json};
use stytch_b2b::ErrorKind;
use stytch_b2b::organizations::{OrganizationId, SearchOperand, SearchOperator, SearchQuery};
use stytch_b2b::runtime::RetryPolicy;
use typefoundry_tests::{CannedResponse, Server, bounded};

use crate::case::{REQUEST_ID, SESSION_TOKEN, client_of};
use crate::responses::{bare_member, bare_organization};

fn page(key: &str, items: Value, next: Value) -> CannedResponse {
    let metadata = json!({"total": 3, "next_cursor": next});
    let mut body = json!({"request_id": REQUEST_ID, "results_metadata": metadata, "status_code": 200});
    body[key] = items;
    CannedResponse::json(200, body)
}

fn bodies(server: &Server) -> Vec<Value> {
    let received = server.received();
    received.iter().map(|request| serde_json::from_str(request.text()).expect("JSON")).collect()
}

#[tokio::test]
async fn search_is_read_to_its_last_page() {
    let one = || json!([bare_organization()]);
    let responses = [
        page("organizations", one(), json!("bmV4dA==")),
        page("organizations", json!([]), json!("bGFzdA==")),
        page("organizations", one(), json!("")),
    ];
    let server = Server::start_with(responses).await;
    let client = client_of(&server.url());
    let query = SearchQuery::new(SearchOperator::And, [SearchOperand::new("organization_slugs", ["bare"])]);
    let found = client.organizations().search().limit(1).query(query).items();
    assert_eq!(bounded(found.try_collect()).await.expect("all").len(), 2);

    let operands = json!([{"filter_name": "organization_slugs", "filter_value": ["bare"]}]);
    let query = json!({"operator": "AND", "operands": operands});
    let expected = [
        json!({"limit": 1, "query": query}),
        json!({"cursor": "bmV4dA==", "limit": 1, "query": query}),
        json!({"cursor": "bGFzdA==", "limit": 1, "query": query}),
    ];
    assert_eq!(bodies(&server), expected);
    for request in server.received() {
        assert_eq!(request.line(), "POST /v1/b2b/organizations/search");
    }
}

/// A search only reads, so a failed page is retried although it is a POST.
#[tokio::test]
async fn failed_page_of_a_search_is_retried() {
    let later = || CannedResponse::json(503, json!({"status_code": 503, "error_type": "later"}));
    let organizations = || json!([bare_organization()]);
    let responses = [
        page("organizations", organizations(), json!("c1")),
        later(),
        page("organizations", organizations(), json!("")),
        later(),
        page("members", json!([bare_member()]), json!("")),
    ];
    let server = Server::start_with(responses).await;
    let client = client_of(&server.url());
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(5));
    let found = client.organizations().search().retry(policy.clone()).items();
    assert_eq!(bounded(found.try_collect()).await.expect("all").len(), 2);
    let members = client.organizations().members();
    let found = members.search([OrganizationId::new("organization-test-6f1c")]).retry(policy).items();
    assert_eq!(bounded(found.try_collect()).await.expect("all").len(), 1);
    let cursors: Vec<_> = bodies(&server).iter().map(|body| body["cursor"].clone()).collect();
    assert_eq!(cursors, [json!(null), json!("c1"), json!("c1"), json!(null), json!(null)]);
}

#[tokio::test]
async fn every_page_is_requested_with_the_session() {
    let responses =
        [page("members", json!([bare_member()]), json!("c1")), page("members", json!([]), json!(null))];
    let server = Server::start_with(responses).await;
    let client = client_of(&server.url());
    let members = client.organizations().members();
    let search = members.search([OrganizationId::new("organization-test-6f1c")]).session_token(SESSION_TOKEN);
    let mut members = search.items();
    assert!(server.received().is_empty());
    bounded(members.next()).await.expect("an item").expect("a member");
    assert_eq!(server.received().len(), 1);
    assert!(bounded(members.next()).await.is_none());
    let session = ("x-stytch-member-session".to_owned(), SESSION_TOKEN.to_owned());
    assert!(server.received().iter().all(|request| request.headers.contains(&session)));
    assert_eq!(bodies(&server).len(), 2);
}

#[tokio::test]
async fn repeated_cursor_is_an_error() {
    let again = || page("organizations", json!([bare_organization()]), json!("c1"));
    let server = Server::start_with([again()]).await;
    let client = client_of(&server.url());
    let mut pages = client.organizations().search().cursor("c1").pages();
    bounded(pages.next()).await.expect("a page").expect("the first page");
    let error = bounded(pages.next()).await.expect("another page").expect_err("a repeated cursor");
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert_eq!(server.received().len(), 1);
}

/// A rejected page is not retried. The stream ends, and its cursor remains available.
#[tokio::test]
async fn failed_search_keeps_its_cursor() {
    let responses = [
        page("organizations", json!([]), json!("c1")),
        CannedResponse::json(400, json!({"status_code": 400})),
    ];
    let server = Server::start_with(responses).await;
    let client = client_of(&server.url());
    let mut pages = client.organizations().search().pages();
    bounded(pages.next()).await.expect("a page").expect("the first");
    let error = bounded(pages.next()).await.expect("an error").expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(pages.cursor().map(String::as_str), Some("c1"));
    assert!(bounded(pages.next()).await.is_none());
    assert_eq!(server.received().len(), 2);
}
