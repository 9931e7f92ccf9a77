//! Lists with pages of every kind, over a socket.

use std::sync::{Arc, Mutex};

use ::ledger::bookings::params::{ByLinkParams, ByNumberParams};
use ::ledger::bookings::{Booking, BookingId};
use ::ledger::runtime::{Items, PageUrl, Paginated, RetryPolicy};
use ::ledger::{Client, Error, ErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use typefoundry_tests::bounded;

/// A server that sends one response after another and records the requests. `ORIGIN` in a response is replaced with
/// the origin of the server.
struct PageServer {
    origin: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl PageServer {
    async fn start(responses: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let server = Self { origin: origin.clone(), requests: Arc::default() };
        let requests = Arc::clone(&server.requests);
        tokio::spawn(async move {
            for response in responses {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    assert!(stream.read_buf(&mut request).await.expect("a request") > 0, "no whole request");
                }
                requests.lock().expect("a lock").push(String::from_utf8(request).expect("UTF-8"));
                let (head, body) = response.split_once('|').expect("a head and a body");
                let body = body.replace("ORIGIN", &origin);
                let head = head.replace("ORIGIN", &origin);
                let response = format!(
                    "HTTP/1.1 200 OK\r\n{head}connection: close\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(response.as_bytes()).await.expect("a response");
            }
        });
        server
    }

    fn client(&self) -> Client {
        let builder = Client::builder("key_1").base_url(self.origin.as_str());
        builder.retry(RetryPolicy::never()).build().expect("a client")
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("a lock").clone()
    }

    /// Returns the targets of the requests. Each request carries the credentials.
    fn targets(&self) -> Vec<String> {
        let targets = self.requests().into_iter().map(|request| {
            assert!(request.contains("\r\nauthorization: Bearer key_1\r\n"), "{request}");
            let line = request.lines().next().unwrap_or_default();
            line.strip_prefix("GET ")
                .and_then(|line| line.strip_suffix(" HTTP/1.1"))
                .unwrap_or(line)
                .to_owned()
        });
        targets.collect()
    }
}

/// Returns the IDs of all items up to the end or the first error, and the error.
async fn read<E: Paginated<Item = Booking>>(mut items: Items<E>) -> (Vec<String>, Option<Error>) {
    let mut ids = Vec::new();
    while let Some(item) = bounded(items.next()).await {
        match item {
            Ok(booking) => ids.push(booking.id.to_string()),
            Err(error) => {
                assert!(items.next().await.is_none(), "the stream continues after an error");
                return (ids, Some(error));
            }
        }
    }
    (ids, None)
}

/// Reads a list from a server with these responses. Returns the IDs of the items and the targets of the requests.
async fn list<E: Paginated<Item = Booking>>(
    responses: &'static [&'static str],
    list: impl FnOnce(&Client) -> Items<E>,
) -> (Vec<String>, Vec<String>) {
    let server = PageServer::start(responses).await;
    let (ids, error) = read(list(&server.client())).await;
    assert!(error.is_none(), "{error:?}");
    (ids, server.targets())
}

#[tokio::test]
async fn request_of_a_further_page_has_these_bytes() {
    let server = PageServer::start(&[r#"|[{"id":"a"}]"#, "|[]"]).await;
    read(server.client().bookings().by_index(0).items()).await;
    let host = server.origin.strip_prefix("http://").expect("plain HTTP");
    let request = server.requests().pop().expect("two requests").replace(host, "host");
    assert_eq!(
        request,
        "GET /by_index?page=1 HTTP/1.1\r\naccept: application/json\r\nauthorization: Bearer key_1\r\n\
         user-agent: ledger/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

#[tokio::test]
async fn numbered_pages_end_by_the_total() {
    let (ids, targets) = list(
        &[
            r#"|{"bookings":[{"id":"a"},{"id":"b"}],"info":{"total":3}}"#,
            r#"|{"bookings":[{"id":"c"}],"info":{"total":3}}"#,
        ],
        |client| client.bookings().by_number().per_page(2).items(),
    )
    .await;
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(targets, ["/by_number?per_page=2", "/by_number?page=2&per_page=2"]);
}

#[tokio::test]
async fn numbered_pages_end_by_the_number_of_pages() {
    let (ids, targets) = list(
        &[
            r#"|{"bookings":[{"id":"c"}],"info":{"pages":3}}"#,
            r#"|{"bookings":[{"id":"d"}],"info":{"pages":3}}"#,
        ],
        |client| client.bookings().by_number().page(2).items(),
    )
    .await;
    assert_eq!(ids, ["c", "d"]);
    assert_eq!(targets, ["/by_number?page=2", "/by_number?page=3"]);
}

/// The items before the first page of the stream are unknown, so the total does not tell its end.
#[tokio::test]
async fn numbered_pages_end_with_an_empty_page() {
    let (ids, targets) = list(
        &[
            r#"|{"bookings":[{"id":"a"},{"id":"b"}],"info":{"total":3}}"#,
            r#"|{"bookings":[{"id":"c"}],"info":{"total":3}}"#,
            r#"|{"bookings":[],"info":{"total":3}}"#,
        ],
        |client| client.bookings().by_number().items().start_at(4),
    )
    .await;
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(targets, ["/by_number?page=4", "/by_number?page=5", "/by_number?page=6"]);
}

#[tokio::test]
async fn same_page_again_is_an_error() {
    const PAGE: &str = r#"|{"bookings":[{"id":"a"}]}"#;
    let server = PageServer::start(&[PAGE, PAGE, PAGE]).await;
    let (ids, error) = read(server.client().bookings().by_number().items()).await;
    let error = error.expect("an error");
    assert_eq!((ids, error.kind()), (vec!["a".to_owned()], ErrorKind::Pagination));
    assert_eq!(error.to_string(), "bookings.by_number: invalid page: it equals the page before");
    assert_eq!(server.targets(), ["/by_number", "/by_number?page=2"]);
}

#[tokio::test]
async fn list_that_counts_from_zero_is_its_own_page() {
    let responses = &[r#"|[{"id":"a"}]"#, r#"|[{"id":"b"}]"#, "|[]"];
    let (ids, targets) = list(responses, |client| client.bookings().by_index(0).items()).await;
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(targets, ["/by_index?page=0", "/by_index?page=1", "/by_index?page=2"]);
}

#[tokio::test]
async fn offset_grows_by_the_items_and_ends_by_the_total_in_a_header() {
    let (ids, targets) = list(
        &["x-total-count: 3\r\n|[{\"id\":\"a\"},{\"id\":\"b\"}]", "x-total-count: 3\r\n|[{\"id\":\"c\"}]"],
        |client| client.bookings().by_offset().limit(100).items(),
    )
    .await;
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(targets, ["/by_offset?limit=100", "/by_offset?offset=2&limit=100"]);
}

#[tokio::test]
async fn short_page_ends_a_list_whose_pages_are_full() {
    let responses = &[r#"|[{"id":"a"},{"id":"b"}]"#, r#"|[{"id":"c"}]"#];
    let (ids, targets) = list(responses, |client| client.bookings().by_size().items()).await;
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(targets, ["/by_size", "/by_size?start=3"]);
    let responses = &[r#"|[{"id":"a"},{"id":"b"}]"#];
    let (_, targets) = list(responses, |client| client.bookings().by_size().limit(3).items()).await;
    assert_eq!(targets, ["/by_size?limit=3"]);
}

#[tokio::test]
async fn last_item_is_the_position_of_the_next_page() {
    let (ids, targets) = list(
        &[
            r#"|{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#,
            r#"|{"data":[{"id":"c"}],"has_more":false}"#,
        ],
        |client| client.bookings().by_last_item().items(),
    )
    .await;
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(targets, ["/by_last_item", "/by_last_item?starting_after=b"]);
}

#[tokio::test]
async fn repeated_last_item_is_an_error() {
    const PAGE: &str = r#"|{"data":[{"id":"a"}],"has_more":true}"#;
    let server = PageServer::start(&[PAGE, PAGE, PAGE]).await;
    let items = server.client().bookings().by_last_item().items().start_at(BookingId::new("z"));
    let (_, error) = read(items).await;
    assert_eq!(error.map(|error| error.kind()), Some(ErrorKind::Pagination));
    assert_eq!(server.targets(), ["/by_last_item?starting_after=z", "/by_last_item?starting_after=a"]);
}

#[tokio::test]
async fn url_of_the_next_page_is_requested_with_credentials() {
    let (ids, targets) = list(
        &[
            r#"|{"results":[{"id":"a"}],"next":"ORIGIN/v2/by_url?page=2&kind=debit%20card"}"#,
            r#"|{"results":[],"next":"?page=3"}"#,
            r#"|{"results":[{"id":"c"}],"next":"/by_url?page=4"}"#,
            r#"|{"results":[{"id":"d"}],"next":""}"#,
        ],
        |client| client.bookings().by_url().kind("debit card").items(),
    )
    .await;
    assert_eq!(ids, ["a", "c", "d"]);
    assert_eq!(
        targets,
        [
            "/by_url?kind=debit+card",
            "/v2/by_url?page=2&kind=debit%20card",
            "/by_url?page=3",
            "/by_url?page=4"
        ]
    );
}

/// Another host would receive the credentials.
#[tokio::test]
async fn url_of_another_origin_is_an_error_and_not_requested() {
    let target = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = target.local_addr().expect("an address").port();
    let response = format!(r#"|{{"results":[{{"id":"a"}}],"next":"http://127.0.0.1:{port}/by_url?page=2"}}"#);
    let responses: &'static [&'static str] = vec![&*response.leak()].leak();
    let server = PageServer::start(responses).await;
    let (ids, error) = read(server.client().bookings().by_url().items()).await;
    let error = error.expect("an error");
    assert_eq!((ids, error.kind()), (vec!["a".to_owned()], ErrorKind::Pagination));
    assert_eq!(
        error.to_string(),
        "bookings.by_url: invalid URL of the next page: it leads to another origin than the request"
    );
    let connected = tokio::time::timeout(std::time::Duration::from_millis(50), target.accept()).await;
    assert!(connected.is_err(), "the client connected to the target");
}

const LINKED: &[&str] = &[
    "link: <ORIGIN/by_link?page=1>; rel=\"first\", <ORIGIN/by_link?page=2>; rel=\"next\"; title=\"a, b\"\r\n|[{\"id\":\"a\"}]",
    "link: </by_link?page=1>; rel=prev\r\nlink: </by_link?page=3>; rel=next\r\n|[{\"id\":\"b\"}]",
    "link: </by_link?page=1>; rel=first\r\n|[{\"id\":\"c\"}]",
];

#[tokio::test]
async fn link_header_leads_to_the_next_page() {
    let (ids, targets) = list(LINKED, |client| client.bookings().by_link().kind("debit").items()).await;
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(targets, ["/by_link?kind=debit", "/by_link?page=2", "/by_link?page=3"]);
}

#[tokio::test]
async fn list_with_links_is_resumed_from_its_cursor() {
    let server = PageServer::start(LINKED).await;
    let mut pages = server.client().bookings().by_link().pages();
    assert_eq!(pages.cursor(), None);
    pages.next().await.expect("a page").expect("a success");
    pages.next().await.expect("a page").expect("a success");
    let cursor = pages.cursor().expect("a cursor").as_str().to_owned();
    assert_eq!(
        (cursor.as_str(), format!("{:?}", pages.cursor())),
        ("/by_link?page=3", "Some(PageUrl(..))".to_owned())
    );
    let resumed = server.client().bookings().by_link().items().start_at(PageUrl::new(cursor));
    assert_eq!(read(resumed).await.0, ["c"]);
    assert_eq!(server.targets(), ["/by_link", "/by_link?page=2", "/by_link?page=3"]);
}

#[tokio::test]
async fn link_to_an_earlier_page_is_an_error() {
    const PAGE: &str = "link: </by_link?page=2>; rel=next\r\n|[{\"id\":\"a\"}]";
    let server = PageServer::start(&[PAGE, PAGE, PAGE]).await;
    let (_, error) = read(server.client().bookings().by_link().items()).await;
    assert_eq!(error.map(|error| error.kind()), Some(ErrorKind::Pagination));
    assert_eq!(server.targets(), ["/by_link", "/by_link?page=2"]);
}

#[tokio::test]
async fn blocking_iterators_follow_numbers_and_links() {
    let links = PageServer::start(LINKED).await;
    let numbers = PageServer::start(&[
        r#"|{"bookings":[{"id":"a"}],"info":{"pages":2}}"#,
        r#"|{"bookings":[{"id":"b"}],"info":{"pages":2}}"#,
    ])
    .await;
    let clients = [links.client(), numbers.client()];
    let blocking = tokio::task::spawn_blocking(move || {
        let [links, numbers] = clients;
        let ids = |booking: Result<Booking, Error>| booking.expect("a success").id.to_string();
        let links: Vec<_> = links.request(ByLinkParams::new()).items().blocking().map(ids).collect();
        let numbers: Vec<_> = numbers.request(ByNumberParams::new()).items().blocking().map(ids).collect();
        (links, numbers)
    });
    let (by_link, by_number) = bounded(blocking).await.expect("no panic");
    assert_eq!((by_link.concat(), by_number.concat()), ("abc".to_owned(), "ab".to_owned()));
    assert_eq!(links.targets(), ["/by_link", "/by_link?page=2", "/by_link?page=3"]);
    assert_eq!(numbers.targets(), ["/by_number", "/by_number?page=2"]);
}
