//! Blocking pages and items, which behave like the asynchronous ones.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use typefoundry_runtime::{Error, ErrorKind, RetryPolicy, TransportErrorKind};

use super::server::{ListPets, Server, THREE, Trace};

fn page(pets: &str, next: &str) -> String {
    format!(r#"{{"pets":[{pets}],"next":"{next}"}}"#)
}

fn all(server: &Server) -> Result<Vec<String>, Error> {
    server.items().blocking().collect()
}

#[test]
fn page_is_requested_when_needed() {
    let server = Server::new(&THREE);
    let (mut pages, unused) = (server.pages().blocking(), server.items().blocking());
    assert!(server.asked().is_empty());
    drop(unused);
    for (number, pets) in [vec!["Rex", "Tom"], vec!["Ada"], vec!["Joe"]].into_iter().enumerate() {
        assert_eq!(pages.next().expect("a page").expect("no error").pets, pets);
        assert_eq!(server.asked().len(), number + 1);
    }
    assert!(pages.next().is_none() && pages.next().is_none());
    assert_eq!(server.asked(), ["", "after=p2", "after=p3"]);

    let server = Server::new(&THREE);
    let seen: Vec<_> =
        server.items().blocking().map(|pet| (pet.expect("a pet"), server.asked().len())).collect();
    let expected = [("Rex", 1), ("Tom", 1), ("Ada", 2), ("Joe", 3)];
    assert_eq!(seen, expected.map(|(name, asked)| (name.to_owned(), asked)));
}

#[test]
fn empty_cursor_ends_the_list_but_an_empty_page_does_not() {
    let server = Server::new(&[&page("", "p2"), &page("", "p3"), &page(r#""Rex""#, "")]);
    assert_eq!(all(&server).expect("all"), ["Rex"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p3"]);
}

#[test]
fn repeated_cursor_is_an_error_and_ends_the_list() {
    for circle in [["p2", "p2"].as_slice(), &["p2", "p3", "p2"]] {
        let responses: Vec<_> = circle.iter().map(|cursor| page(r#""Rex""#, cursor)).collect();
        let server = Server::new(&responses.iter().map(String::as_str).collect::<Vec<_>>());
        let mut items = server.items().blocking();
        for _ in circle {
            items.next().expect("an item").expect("no error yet");
        }
        let error = items.next().expect("another page").expect_err("a repeated cursor");
        assert_eq!(error.kind(), ErrorKind::Pagination);
        assert!(items.next().is_none() && items.get_ref().cursor().is_none());
        assert_eq!(server.asked().len(), circle.len());
    }
}

#[test]
fn error_ends_the_list_and_keeps_the_cursor() {
    let server = Server::new(&THREE[..1]);
    server.then(Ok((400, "{}".into())));
    let mut items = server.items().blocking();
    assert_eq!(items.next().expect("an item").expect("a pet"), "Rex");
    assert_eq!(items.next().expect("an item").expect("a pet"), "Tom");
    assert_eq!(items.next().expect("an error").expect_err("refused").kind(), ErrorKind::Api);
    assert!(items.next().is_none());
    let cursor = items.into_inner().cursor().cloned();
    assert_eq!(cursor.as_deref(), Some("p2"));

    // Another process continues later.
    for page in &THREE[1..] {
        server.then(Ok((200, (*page).to_owned())));
    }
    let client = server.client();
    let rest = client.request(ListPets { after: cursor, kind: None }).items().blocking();
    assert_eq!(rest.collect::<Result<Vec<_>, _>>().expect("the rest"), ["Ada", "Joe"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p2", "after=p3"]);
}

#[test]
fn each_page_is_retried_by_the_policy_of_the_request() {
    let server = Server::new(&THREE[..1]);
    server.then(Ok((503, "{}".into())));
    server.then(Err(TransportErrorKind::Connection));
    for page in &THREE[1..] {
        server.then(Ok((200, (*page).to_owned())));
    }
    assert_eq!(all(&server).expect("all"), ["Rex", "Tom", "Ada", "Joe"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p2", "after=p2", "after=p3"]);

    let server = Server::new(&THREE[..1]);
    server.then(Ok((503, "{}".into())));
    let client = server.client();
    let request = client.request(ListPets::default()).options(Trace(Some("t-1".into())));
    let pages = request.retry(RetryPolicy::never()).pages().blocking();
    pages.collect::<Result<Vec<_>, _>>().expect_err("503");
    assert_eq!(server.asked(), [" t-1", "after=p2 t-1"]);
}

/// Switching between async and blocking iteration neither loses nor repeats an item.
#[tokio::test]
async fn iteration_can_switch_between_async_and_blocking() {
    let server = Server::new(&THREE);
    let mut items = server.items();
    assert_eq!(items.next().await.expect("an item").expect("a pet"), "Rex");
    let mut items = items.blocking();
    assert_eq!(items.next().expect("an item").expect("a pet"), "Tom");
    assert_eq!(items.next().expect("an item").expect("a pet"), "Ada");
    let items = items.into_inner();
    assert_eq!(items.cursor().map(String::as_str), Some("p3"));
    assert_eq!(items.try_collect().await.expect("the rest"), ["Joe"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p3"]);
}

/// The pending page belongs to an executor. It is dropped and requested again.
#[tokio::test]
async fn pending_page_is_requested_again() {
    let server = Server::new(&THREE);
    let mut pages = server.pages();
    {
        let mut next = pin!(pages.next());
        assert!(next.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    let names: Vec<_> = pages.blocking().map(|page| page.expect("a page").pets).collect();
    assert_eq!(names, [vec!["Rex", "Tom"], vec!["Ada"], vec!["Joe"]]);
    assert_eq!(server.asked(), ["", "", "after=p2", "after=p3"]);
}

#[test]
fn debug_hides_the_cursor() {
    let client = Server::default().client();
    let params = ListPets { after: Some("p7".into()), kind: None };
    let pages = client.request(params).pages().blocking();
    assert_eq!(format!("{pages:?}"), r#"BlockingIter(Pages { operation: "pets.list", .. })"#);
}
