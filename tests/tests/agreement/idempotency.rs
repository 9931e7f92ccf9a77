//! A POST with a generated key is retried only if the description enables generated keys.

use std::time::Duration;

use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;
use typefoundry_runtime::{
    Auth, Client, Endpoint, HeaderWriter, HyperTransport, IdempotencyKey, Method, Operation, RequestOptions,
    RequestWriter, RetryPolicy,
};
use typefoundry_tests::{CannedResponse, Server, bounded};

use crate::ACME;

const HEADER: &str = "Idempotency-Key";

const API: &str = "
doc: Acme.
package: { name: acme, version: 0.1.0, doc: Acme. }
servers: { live: { url: https://api.acme.test, doc: The server. } }
options:
  idempotency:
    doc: Identifies a request.
    headers:
      idempotency_key: { header: Idempotency-Key, type: string, doc: A random value. }
retry: { idempotency_key: idempotency.idempotency_key }
";

const EVENTS: &str = "
doc: Events.
operations:
  generated: { doc: Is known to deduplicate., http: POST /events, options: [idempotency], generate_idempotency_key: true }
  given: { doc: Leaves it to the caller., http: POST /given, options: [idempotency] }
  unsupported: { doc: Accepts no key., http: POST /unsupported }
";

#[derive(Clone, Debug, Default)]
struct Key(Option<String>);

impl RequestOptions for Key {
    fn write(&self, headers: &mut HeaderWriter) {
        headers.insert("idempotency-key", &self.0);
    }
}

/// The operations that the generator emits: 0 generates a key, 1 accepts a key, 2 does neither.
struct Create<const KIND: usize>;

const KINDS: [(IdempotencyKey, &str, &str); 3] = [
    (IdempotencyKey::Generated(HEADER), "generated", "Generated(\"Idempotency-Key\")"),
    (IdempotencyKey::CallerProvided(HEADER), "given", "CallerProvided(\"Idempotency-Key\")"),
    (IdempotencyKey::Unsupported, "unsupported", "Unsupported"),
];

impl<const KIND: usize> Endpoint for Create<KIND> {
    type Options = Key;
    type Response = ();
    const OPERATION: Operation = {
        let mut operation = Operation::new("events.create", Method::POST, "/events");
        operation.idempotency_key = KINDS[KIND].0;
        operation
    };

    fn write(&self, _request: &mut RequestWriter) {}
}

/// Calls an operation of a server that fails once, and returns the keys that the server received.
async fn keys<const KIND: usize>(given: Option<&str>) -> Vec<Option<String>> {
    let server = Server::start_with([CannedResponse::empty(503), CannedResponse::empty(200)]).await;
    let transport = HyperTransport::builder().no_proxy().build().expect("a transport");
    let policy = RetryPolicy::default().initial_backoff(Duration::from_millis(5));
    let builder = Client::builder(&ACME, server.url(), Auth::none()).retry(policy);
    let client = builder.transport(transport).build().expect("a client");
    let call = client.request(Create::<KIND>).options(Key(given.map(str::to_owned))).send();
    let ended = bounded(call).await;
    let received = server.received();
    assert_eq!(ended.is_ok(), received.len() == 2, "{ended:?}");
    let key = |headers: &[(String, String)]| {
        let mut keys = headers.iter().filter(|(name, _)| name == "idempotency-key");
        let key = keys.next().map(|(_, key)| key.clone());
        assert_eq!(keys.next(), None, "a request has at most one key");
        key
    };
    received.iter().map(|request| key(&request.headers)).collect()
}

#[test]
fn operation_descriptor_states_the_source_of_the_key() {
    let sources = [Source::new("acme/api.yaml", API), Source::new("acme/events.yaml", EVENTS)];
    let generated = typefoundry_codegen::generate(sources, &Settings::default());
    let files = generated.output.as_ref().unwrap_or_else(|| panic!("{}", generated.render(false)));
    for (_, operation, key) in KINDS {
        let path = format!("generated/acme/src/events/{operation}.rs");
        let file = files.files.iter().find(|file| file.path == path).expect(&path);
        assert!(file.text.contains(&format!("idempotency_key: IdempotencyKey::{key},")), "{}", file.text);
    }
}

#[tokio::test]
async fn generated_key_is_the_same_for_every_attempt() {
    let first = keys::<0>(None).await;
    assert!(first[0].as_ref().is_some_and(|key| key.len() == 36), "{first:?}");
    assert_eq!(first, [first[0].clone(), first[0].clone()]);
    assert_ne!(first, keys::<0>(None).await);
    // A key of the caller replaces the generated key.
    let own = Some("own-1".to_owned());
    assert_eq!(keys::<0>(Some("own-1")).await, [own.clone(), own]);
}

#[tokio::test]
async fn post_without_a_generated_key_is_retried_only_with_a_caller_key() {
    let own = Some("own-1".to_owned());
    assert_eq!(keys::<1>(Some("own-1")).await, [own.clone(), own]);
    assert_eq!(keys::<1>(None).await, [None]);
    assert_eq!(keys::<2>(None).await, [None]);
}
