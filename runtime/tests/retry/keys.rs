//! Generated idempotency keys.

use std::collections::BTreeSet;

use typefoundry_runtime::http::HeaderMap;
use typefoundry_runtime::{
    Client, Endpoint, ErrorKind, IdempotencyKey, Method, Operation, Paginated, RequestWriter, RetryPolicy,
    TransportErrorKind,
};

use crate::script::{Ask, Name, Options, Script, Step, Way, both_ways, status};

/// A payment whose server requires an idempotency key for each call, and whose response is paginated.
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
        let header = if METHOD == 'C' { "Connection" } else { "X-Acme-Key" };
        operation.idempotency_key = IdempotencyKey::Generated(header);
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

    /// Every page leads to another page.
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
    way.call(client.request(Pay::<METHOD>::default()).send()).await.expect("a token was acquired");
}

async fn key_is_the_same_for_every_attempt_and_different_for_every_call(way: Way) {
    let faults = [status(503), Step::Fault(TransportErrorKind::Connection)];
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

async fn key_in_a_framing_header_is_rejected(way: Way) {
    let script = Script::new([status(200)]);
    let call = script.client().request(Pay::<'C'>::default()).send();
    let error = way.call(call).await.expect_err("only the transport sets the header");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(
        error.to_string().ends_with("invalid header `connection`: only the transport sets it"),
        "{error}"
    );
    assert!(script.seen().is_empty());
}

async fn every_page_has_its_own_key(way: Way) {
    let script = Script::new([status(200), status(503), status(200)]);
    let client = script.client();
    let pages = client.request(Pay::<'P'>::default()).pages();
    let error = match way {
        Way::Awaited => pages.try_collect().await,
        #[cfg(feature = "blocking")]
        Way::Blocking => pages.blocking().collect(),
    };
    assert_eq!(error.expect_err("the third page is the second").kind(), ErrorKind::Pagination);
    let keys = keys(&script);
    assert_eq!(keys.len(), 3);
    assert!(keys[0].is_some() && keys[0] != keys[1] && keys[1] == keys[2], "{keys:?}");
}

async fn caller_key_takes_precedence(way: Way) {
    let script = Script::new([status(503), status(200)]);
    let client = script.client();
    let options = Options { key: Some("mine".into()) };
    let request = client.request(Pay::<'P'>::default()).options(options);
    way.call(request.send()).await.expect("a token was acquired");
    assert_eq!(keys(&script), [Some("mine".to_owned()), Some("mine".to_owned())]);
}

async fn no_key_is_generated_without_retries(way: Way) {
    let script = Script::new([status(200)]);
    let client = script.builder().retry(RetryPolicy::never()).build().expect("a client");
    pay::<'P'>(way, &client).await;
    // The setting of the request takes precedence.
    let twice = RetryPolicy::never().max_attempts(2);
    way.call(client.request(Pay::<'P'>::default()).retry(twice).send()).await.expect("a token was acquired");
    let client = script.client();
    let request = client.request(Pay::<'P'>::default()).retry(RetryPolicy::never());
    way.call(request.send()).await.expect("a token was acquired");
    let made: Vec<_> = keys(&script).iter().map(Option::is_some).collect();
    assert_eq!(made, [false, true, false]);
}

async fn no_key_is_generated_if_the_caller_provides_it(way: Way) {
    let script = Script::new([status(503)]);
    let client = script.client();
    way.call(client.request(Ask::<'P'>::default()).send()).await.expect_err("503");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("503");
    assert_eq!(keys(&script), [None, None, None, None]);
}

async fn keys_are_unique_across_clients_and_threads(way: Way) {
    let script = Script::new([status(200)]);
    for _ in 0..20 {
        pay::<'P'>(way, &script.client()).await;
        pay::<'P'>(way, &script.client().clone()).await;
    }
    let keys: BTreeSet<_> = keys(&script).into_iter().map(|key| key.expect("a key")).collect();
    assert_eq!(keys.len(), 40);
}

both_ways!(
    key_is_the_same_for_every_attempt_and_different_for_every_call,
    key_in_a_framing_header_is_rejected,
    every_page_has_its_own_key,
    caller_key_takes_precedence,
    no_key_is_generated_without_retries,
    no_key_is_generated_if_the_caller_provides_it,
    keys_are_unique_across_clients_and_threads,
);
