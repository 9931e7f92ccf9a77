//! Asynchronous pages and items.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

use typefoundry_runtime::{ErrorKind, RetryPolicy, Stream, TransportErrorKind};

use super::server::{ListPets, Server, THREE, Trace};

#[tokio::test]
async fn pages_are_returned_in_order() {
    let server = Server::new(&THREE);
    let mut pages = server.pages();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        names.push(page.expect("a page").pets);
        assert_eq!(server.asked().len(), names.len(), "a page was asked for too soon");
    }
    assert_eq!(names, [vec!["Rex", "Tom"], vec!["Ada"], vec!["Joe"]]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p3"]);
    assert!(pages.next().await.is_none(), "an ended stream stays ended");
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn next_page_is_requested_when_the_items_are_used_up() {
    let server = Server::new(&THREE);
    let mut items = server.items();
    let mut seen = Vec::new();
    while let Some(item) = items.next().await {
        seen.push((item.expect("a pet"), server.asked().len()));
    }
    let expected = [("Rex", 1), ("Tom", 1), ("Ada", 2), ("Joe", 3)];
    assert_eq!(seen, expected.map(|(name, asked)| (name.to_owned(), asked)));
}

#[tokio::test]
async fn all_items_are_collected() {
    let names = Server::new(&THREE).items().try_collect().await.expect("all");
    assert_eq!(names, ["Rex", "Tom", "Ada", "Joe"]);
    let pages = Server::new(&THREE).pages().try_collect().await.expect("all");
    assert_eq!(pages.len(), 3);
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_poll() {
    let server = Server::new(&THREE);
    let (pages, items) = (server.pages(), server.items());
    assert!(server.asked().is_empty());
    drop((pages, items));
    let mut pages = server.pages();
    let unpolled = pages.next();
    drop(unpolled);
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn empty_page_does_not_end_the_list() {
    let empty = r#"{"pets":[],"next":"p2"}"#;
    let server = Server::new(&[empty, r#"{"pets":[],"next":"p3"}"#, r#"{"pets":["Rex"]}"#]);
    assert_eq!(server.items().try_collect().await.expect("all"), ["Rex"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p3"]);
    let server = Server::new(&[empty, r#"{"pets":[]}"#]);
    assert_eq!(server.pages().try_collect().await.expect("all").len(), 2);
}

#[tokio::test]
async fn missing_null_or_empty_cursor_ends_the_list() {
    for last in [r#"{"pets":["Rex"]}"#, r#"{"pets":["Rex"],"next":null}"#, r#"{"pets":["Rex"],"next":""}"#] {
        let server = Server::new(&[last]);
        assert_eq!(server.items().try_collect().await.expect(last), ["Rex"]);
        assert_eq!(server.asked().len(), 1, "{last}");
    }
}

/// A server with a cyclic list returns its pages, then an error.
#[tokio::test]
async fn repeated_cursor_is_an_error() {
    let to = |cursor: &str| format!(r#"{{"pets":["Rex"],"next":"{cursor}"}}"#);
    for circle in [["p2", "p2"].as_slice(), &["p2", "p3", "p2"], &["p2", "p3", "p4", "p3"]] {
        let responses: Vec<_> = circle.iter().map(|cursor| to(cursor)).collect();
        let server = Server::new(&responses.iter().map(String::as_str).collect::<Vec<_>>());
        let mut pages = server.pages();
        for _ in circle {
            pages.next().await.expect("a page").expect("no error yet");
        }
        let error = pages.next().await.expect("another page").expect_err("a repeated cursor");
        assert_eq!(error.kind(), ErrorKind::Pagination);
        let text = "pets.list: invalid next cursor: it points to an earlier page";
        assert_eq!(error.to_string(), text);
        assert!(pages.next().await.is_none());
        assert_eq!(pages.cursor(), None);
        assert_eq!(server.asked().len(), circle.len());
    }
}

/// The first page's cursor counts too.
#[tokio::test]
async fn cycle_through_the_first_page_is_detected() {
    let server = Server::new(&[r#"{"pets":["Rex"],"next":"p7"}"#]);
    let params = ListPets { after: Some("p7".into()), kind: None };
    let error = server.client().request(params).items().try_collect().await.expect_err("a repeated cursor");
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert_eq!(server.asked(), ["after=p7"]);
}

#[tokio::test]
async fn every_page_repeats_the_params_and_options() {
    let server = Server::new(&THREE);
    let params = ListPets { kind: Some("cat".into()), after: Some("p1".into()) };
    let request = server.client().request(params.clone()).options(Trace(Some("t-1".into()))).pages();
    request.try_collect().await.expect("all");
    let asked = ["kind=cat&after=p1 t-1", "kind=cat&after=p2 t-1", "kind=cat&after=p3 t-1"];
    assert_eq!(server.asked(), asked);
}

#[tokio::test]
async fn list_resumes_from_its_cursor() {
    let server = Server::new(&THREE);
    let mut pages = server.pages();
    assert_eq!(pages.cursor(), None);
    pages.next().await.expect("a page").expect("the first");
    let kept = pages.cursor().cloned();
    assert_eq!(kept.as_deref(), Some("p2"));
    drop(pages);

    let params = ListPets { after: kept, kind: None };
    let mut pages = server.client().request(params).pages();
    assert_eq!(pages.cursor().map(String::as_str), Some("p2"));
    pages.next().await.expect("a page").expect("the second");
    pages.next().await.expect("a page").expect("the third");
    assert_eq!(pages.cursor(), None);
    assert_eq!(server.asked(), ["", "after=p2", "after=p3"]);
}

#[tokio::test]
async fn used_stream_starts_again_at_a_cursor() {
    let server = Server::new(&[THREE[0], THREE[1], THREE[2], THREE[2]]);
    let mut pages = server.pages();
    while let Some(page) = pages.next().await {
        page.expect("a page");
    }
    let mut pages = pages.start_at("p3".into());
    assert_eq!(pages.next().await.expect("a page").expect("the third").pets, ["Joe"]);
    assert!(pages.next().await.is_none());
    assert_eq!(server.asked(), ["", "after=p2", "after=p3", "after=p3"]);
}

/// An error does not repeat forever, and the cursor remains available.
#[tokio::test]
async fn error_ends_the_list_and_keeps_the_cursor() {
    let server = Server::new(&THREE[..1]);
    server.then(Ok((400, "{}".into())));
    let mut pages = server.pages();
    pages.next().await.expect("a page").expect("the first");
    let error = pages.next().await.expect("an error").expect_err("refused");
    assert_eq!((error.kind(), error.status().map(|it| it.as_u16())), (ErrorKind::Api, Some(400)));
    assert_eq!(pages.cursor().map(String::as_str), Some("p2"));
    assert!(pages.next().await.is_none());
    assert_eq!(server.asked().len(), 2);

    let server = Server::new(&THREE[..1]);
    server.then(Ok((200, "[]".into())));
    let error = server.items().try_collect().await.expect_err("no page");
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn error_follows_the_items_before_it() {
    let server = Server::new(&THREE[..1]);
    server.then(Ok((400, "{}".into())));
    let mut items = server.items();
    assert_eq!(items.next().await.expect("an item").expect("a pet"), "Rex");
    assert_eq!(items.next().await.expect("an item").expect("a pet"), "Tom");
    items.next().await.expect("an error").expect_err("refused");
    assert!(items.next().await.is_none());
}

/// Dropping the future of an item neither loses nor repeats a page.
#[tokio::test]
async fn future_of_an_item_can_be_dropped() {
    let server = Server::new(&THREE);
    let mut items = server.items();
    {
        let mut next = pin!(items.next());
        let mut context = Context::from_waker(Waker::noop());
        assert!(next.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(server.asked(), [""]);
    assert_eq!(items.next().await.expect("an item").expect("a pet"), "Rex");
    assert_eq!(server.asked(), [""]);
}

#[tokio::test(start_paused = true)]
async fn each_page_is_retried() {
    let server = Server::new(&THREE[..1]);
    server.then(Ok((503, "{}".into())));
    server.then(Err(TransportErrorKind::Connection));
    for page in &THREE[1..] {
        server.then(Ok((200, (*page).to_owned())));
    }
    let names = server.items().try_collect().await.expect("all");
    assert_eq!(names, ["Rex", "Tom", "Ada", "Joe"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p2", "after=p2", "after=p3"]);
}

/// The retry policy of the request applies to all of its pages.
#[tokio::test(start_paused = true)]
async fn list_without_retries_retries_no_page() {
    let server = Server::new(&THREE[..1]);
    server.then(Ok((503, "{}".into())));
    let client = server.client();
    let mut pages = client.request(ListPets::default()).retry(RetryPolicy::never()).pages();
    pages.next().await.expect("a page").expect("the first");
    let error = pages.next().await.expect("an error").expect_err("503");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(503));
    assert_eq!(server.asked().len(), 2);
}

/// Other libraries can use the stream.
#[tokio::test]
async fn pages_and_items_are_streams() {
    async fn count<S: Stream + Unpin>(mut stream: S) -> usize {
        let mut count = 0;
        while std::future::poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await.is_some() {
            count += 1;
        }
        count
    }
    assert_eq!(count(Server::new(&THREE).pages()).await, 3);
    assert_eq!(count(Server::new(&THREE).items()).await, 4);
}

#[tokio::test]
async fn pages_and_items_outlive_the_client_and_are_send() {
    fn is_send<T: Send + 'static>(value: T) -> T {
        value
    }
    let server = Server::new(&THREE);
    let mut items = is_send(server.items());
    let walk = is_send(async move {
        let mut count = 0;
        while let Some(item) = items.next().await {
            item.expect("a pet");
            count += 1;
        }
        count
    });
    assert_eq!(tokio::spawn(walk).await.expect("the walk"), 4);
    drop(is_send(server.pages().try_collect()));
}

#[test]
fn debug_hides_the_cursor() {
    let params = ListPets { after: Some("p7".into()), kind: None };
    let client = Server::default().client();
    let pages = client.request(params.clone()).pages();
    assert_eq!(format!("{pages:?}"), r#"Pages { operation: "pets.list", .. }"#);
    let items = client.request(params).items();
    assert_eq!(format!("{items:?}"), r#"Items { pages: Pages { operation: "pets.list", .. }, .. }"#);
}
