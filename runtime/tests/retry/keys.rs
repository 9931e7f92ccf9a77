//! Names of calls that the client makes up.

use std::collections::BTreeSet;

use typefoundry_runtime::http::HeaderMap;
use typefoundry_runtime::{
    Client, Endpoint, ErrorKind, IdempotencyKey, Method, Operation, Paginated, RequestWriter, RetryPolicy,
    TransportErrorKind,
};

use crate::script::{Ask, Name, Options, Script, Step, Way, both_ways, status};

/// Pays, and the server wants a name for each call. It answers page by page.
#[derive(Clone, Debug, Default)]
struct Pay<const METHOD: char> {
    after: Option<String>,
}

impl<const METHOD: char> Endpoint for Pay<METHOD> {
    type Options = Options;
    type Response = Name;
    const OPERATION: Operation = {
        let method = if METHOD == 'P' { Method::POST } else { Method::PATCH };
        let mut operation = Operation::new("pets.pay", method, "/pay");
        operation.idempotency_key = IdempotencyKey::Made("X-Acme-Key");
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.body("after", &self.after);
    }
}

impl Paginated for Pay<'P'> {
    type Item = String;
    type Cursor = String;

    fn cursor(&self) -> Option<&String> {
        self.after.as_ref()
    }

    fn set_cursor(&mut self, cursor: String) {
        self.after = Some(cursor);
    }

    /// Any page leads to one of the same name.
    fn next_cursor(page: &Name) -> Option<&String> {
        Some(&page.name)
    }

    fn into_items(page: Name) -> Vec<String> {
        vec![page.name]
    }
}

fn key(headers: &HeaderMap) -> Option<String> {
    assert!(headers.get_all("x-acme-key").iter().count() <= 1);
    headers.get("x-acme-key").map(|key| key.to_str().expect("text").to_owned())
}

fn keys(script: &Script) -> Vec<Option<String>> {
    script.seen().iter().map(|request| key(request.headers())).collect()
}

async fn pay<const METHOD: char>(way: Way, client: &Client) {
    way.call(client.request(Pay::<METHOD>::default()).send()).await.expect("it was paid");
}

async fn a_call_keeps_its_key_and_the_next_has_another(way: Way) {
    let faults = [status(503), Step::Fault(TransportErrorKind::Io)];
    let script = Script::new([faults.as_slice(), &[status(200)], &faults, &[status(200)]].concat());
    let client = script.client();
    pay::<'P'>(way, &client).await;
    pay::<'A'>(way, &client).await;
    let keys = keys(&script);
    assert_eq!(keys.len(), 6);
    assert!(keys[..3].iter().all(|key| key.is_some() && *key == keys[0]), "{keys:?}");
    assert!(keys[3..].iter().all(|key| key.is_some() && *key == keys[3]), "{keys:?}");
    assert_ne!(keys[0], keys[3]);
}

async fn every_page_has_a_key_of_its_own(way: Way) {
    let script = Script::new([status(200), status(503), status(200)]);
    let client = script.client();
    let pages = client.request(Pay::<'P'>::default()).pages();
    let error = match way {
        Way::Awaited => pages.try_collect().await,
        #[cfg(feature = "blocking")]
        Way::Blocking => pages.blocking().collect(),
    };
    assert_eq!(error.expect_err("the third page is the second").kind(), ErrorKind::Pages);
    let keys = keys(&script);
    assert_eq!(keys.len(), 3);
    assert!(keys[0].is_some() && keys[0] != keys[1] && keys[1] == keys[2], "{keys:?}");
}

async fn one_that_is_given_wins(way: Way) {
    let script = Script::new([status(503), status(200)]);
    let client = script.client();
    let options = Options { key: Some("mine".into()) };
    let request = client.request(Pay::<'P'>::default()).options(options);
    way.call(request.send()).await.expect("it was paid");
    assert_eq!(keys(&script), [Some("mine".to_owned()), Some("mine".to_owned())]);
}

async fn none_is_made_where_nothing_is_repeated(way: Way) {
    let script = Script::new([status(200)]);
    let client = script.builder().retry(RetryPolicy::none()).build().expect("a client");
    pay::<'P'>(way, &client).await;
    // The request has the last word.
    let twice = RetryPolicy::none().max_attempts(2);
    way.call(client.request(Pay::<'P'>::default()).retry(twice).send()).await.expect("it was paid");
    let client = script.client();
    let request = client.request(Pay::<'P'>::default()).retry(RetryPolicy::none());
    way.call(request.send()).await.expect("it was paid");
    let made: Vec<_> = keys(&script).iter().map(Option::is_some).collect();
    assert_eq!(made, [false, true, false]);
}

async fn none_is_made_where_the_caller_is_to_give_it(way: Way) {
    let script = Script::new([status(503)]);
    let client = script.client();
    way.call(client.request(Ask::<'P'>::default()).send()).await.expect_err("503");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("503");
    assert_eq!(keys(&script), [None, None, None, None]);
}

async fn clients_and_threads_do_not_repeat_each_other(way: Way) {
    let script = Script::new([status(200)]);
    for _ in 0..20 {
        pay::<'P'>(way, &script.client()).await;
        pay::<'P'>(way, &script.client().clone()).await;
    }
    let keys: BTreeSet<_> = keys(&script).into_iter().map(|key| key.expect("a key")).collect();
    assert_eq!(keys.len(), 40);
}

both_ways!(
    a_call_keeps_its_key_and_the_next_has_another,
    every_page_has_a_key_of_its_own,
    one_that_is_given_wins,
    none_is_made_where_nothing_is_repeated,
    none_is_made_where_the_caller_is_to_give_it,
    clients_and_threads_do_not_repeat_each_other,
);
