//! Pages and items on a thread that waits for them: what holds for those that are awaited holds here.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use typefoundry_runtime::{Error, ErrorKind, RetryPolicy, TransportErrorKind};

use crate::server::{ListPets, Server, THREE, Trace};

fn page(pets: &str, next: &str) -> String {
    format!(r#"{{"pets":[{pets}],"next":"{next}"}}"#)
}

fn all(server: &Server) -> Result<Vec<String>, Error> {
    server.items().blocking().collect()
}

#[test]
fn a_page_is_asked_for_when_it_is_needed() {
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
fn an_empty_page_ends_nothing_and_an_empty_cursor_does() {
    let server = Server::new(&[&page("", "p2"), &page("", "p3"), &page(r#""Rex""#, "")]);
    assert_eq!(all(&server).expect("all"), ["Rex"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p3"]);
}

#[test]
fn a_cursor_that_comes_again_is_an_error_and_the_end() {
    for circle in [["p2", "p2"].as_slice(), &["p2", "p3", "p2"]] {
        let answers: Vec<_> = circle.iter().map(|cursor| page(r#""Rex""#, cursor)).collect();
        let server = Server::new(&answers.iter().map(String::as_str).collect::<Vec<_>>());
        let mut items = server.items().blocking();
        for _ in circle {
            items.next().expect("an item").expect("no error yet");
        }
        let error = items.next().expect("not the end").expect_err("a circle");
        assert_eq!(error.kind(), ErrorKind::Pages);
        assert!(items.next().is_none() && items.get_ref().cursor().is_none());
        assert_eq!(server.asked().len(), circle.len());
    }
}

#[test]
fn an_error_is_the_end_and_leaves_the_cursor() {
    let server = Server::new(&THREE[..1]);
    server.then(Ok((400, "{}".into())));
    let mut items = server.items().blocking();
    assert_eq!(items.next().expect("an item").expect("a pet"), "Rex");
    assert_eq!(items.next().expect("an item").expect("a pet"), "Tom");
    assert_eq!(items.next().expect("an error").expect_err("refused").kind(), ErrorKind::Api);
    assert!(items.next().is_none());
    let cursor = items.into_inner().cursor().cloned();
    assert_eq!(cursor.as_deref(), Some("p2"));

    // Another day.
    for page in &THREE[1..] {
        server.then(Ok((200, (*page).to_owned())));
    }
    let client = server.client();
    let rest = client.request(ListPets { after: cursor, kind: None }).items().blocking();
    assert_eq!(rest.collect::<Result<Vec<_>, _>>().expect("the rest"), ["Ada", "Joe"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p2", "after=p3"]);
}

#[test]
fn each_page_is_tried_again_as_the_request_says() {
    let server = Server::new(&THREE[..1]);
    server.then(Ok((503, "{}".into())));
    server.then(Err(TransportErrorKind::Io));
    for page in &THREE[1..] {
        server.then(Ok((200, (*page).to_owned())));
    }
    assert_eq!(all(&server).expect("all"), ["Rex", "Tom", "Ada", "Joe"]);
    assert_eq!(server.asked(), ["", "after=p2", "after=p2", "after=p2", "after=p3"]);

    let server = Server::new(&THREE[..1]);
    server.then(Ok((503, "{}".into())));
    let client = server.client();
    let request = client.request(ListPets::default()).options(Trace(Some("t-1".into())));
    let pages = request.retry(RetryPolicy::none()).pages().blocking();
    pages.collect::<Result<Vec<_>, _>>().expect_err("503");
    assert_eq!(server.asked(), [" t-1", "after=p2 t-1"]);
}

/// Nothing is lost and nothing is asked twice where a walk changes its way between two items.
#[tokio::test]
async fn a_walk_may_change_its_way() {
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

/// The page under way belongs to an executor. It is given up, and asked for once more.
#[tokio::test]
async fn a_page_that_is_under_way_is_asked_for_again() {
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
fn debug_shows_no_cursor() {
    let client = Server::default().client();
    let params = ListPets { after: Some("p7".into()), kind: None };
    let pages = client.request(params).pages().blocking();
    assert_eq!(format!("{pages:?}"), r#"Blocking(Pages { operation: "pets.list", .. })"#);
}
