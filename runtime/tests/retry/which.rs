//! The conditions under which a call is retried.

use typefoundry_runtime::TransportErrorKind::{BodyTooLarge, Connect, Connection, Other, Tls};
use typefoundry_runtime::{
    Client, Endpoint, Error, ErrorKind, Method, Operation, RequestWriter, RetryPolicy,
};

use crate::script::{Ask, Name, Options, Script, Step, Way, both_ways, status};

async fn ask<const METHOD: char>(way: Way, client: &Client) -> Result<Name, Error> {
    way.call(client.request(Ask::<METHOD>::default()).send()).await
}

/// Returns the number of attempts of a call that never succeeds.
async fn attempts<const METHOD: char>(way: Way, step: Step) -> usize {
    let script = Script::new([step]);
    let timeout = std::time::Duration::from_secs(1);
    let client = script.builder().attempt_timeout(timeout).build().expect("a client");
    let error = ask::<METHOD>(way, &client).await.expect_err("an error");
    assert_eq!(error.attempts() as usize, script.attempts());
    script.attempts()
}

async fn transient_status_is_retried(way: Way) {
    // This API adds 409.
    for code in [408, 409, 429, 500, 502, 503, 504] {
        let script = Script::new([status(code)]);
        let error = ask::<'G'>(way, &script.client()).await.expect_err("an error");
        assert_eq!((script.attempts(), error.attempts()), (3, 3), "{code}");
        assert_eq!(
            (error.kind(), error.status().map(|status| status.as_u16())),
            (ErrorKind::Api, Some(code))
        );
        assert!(error.is_retryable(), "{code}");
    }
}

async fn permanent_status_is_not_retried(way: Way) {
    for code in [301, 304, 400, 401, 403, 404, 410, 422, 425, 501, 505] {
        let script = Script::new([status(code)]);
        let error = ask::<'G'>(way, &script.client()).await.expect_err("an error");
        assert_eq!((script.attempts(), error.attempts()), (1, 1), "{code}");
        assert!(!error.is_retryable(), "{code}");
    }
}

async fn transient_fault_is_retried(way: Way) {
    for (kind, expected) in [(Connect, 3), (Connection, 3), (Tls, 1), (BodyTooLarge, 1), (Other, 1)] {
        assert_eq!(attempts::<'G'>(way, Step::Fault(kind)).await, expected, "{kind:?}");
    }
    assert_eq!(attempts::<'G'>(way, Step::Silence).await, 3);
}

async fn only_idempotent_calls_are_retried(way: Way) {
    for step in [status(503), status(429), Step::Fault(Connection), Step::Silence] {
        assert_eq!(attempts::<'G'>(way, step.clone()).await, 3, "GET {step:?}");
        assert_eq!(attempts::<'H'>(way, step.clone()).await, 3, "HEAD {step:?}");
        assert_eq!(attempts::<'O'>(way, step.clone()).await, 3, "OPTIONS {step:?}");
        assert_eq!(attempts::<'U'>(way, step.clone()).await, 3, "PUT {step:?}");
        assert_eq!(attempts::<'D'>(way, step.clone()).await, 3, "DELETE {step:?}");
        assert_eq!(attempts::<'P'>(way, step.clone()).await, 1, "POST {step:?}");
        assert_eq!(attempts::<'A'>(way, step.clone()).await, 1, "PATCH {step:?}");
    }
}

/// Overrides its method: a search by POST, or a PUT that is not idempotent.
struct Otherwise<const IDEMPOTENT: bool>;

impl<const IDEMPOTENT: bool> Endpoint for Otherwise<IDEMPOTENT> {
    type Options = ();
    type Response = Name;
    const OPERATION: Operation = {
        let method = if IDEMPOTENT { Method::POST } else { Method::PUT };
        let mut operation = Operation::new("pets.otherwise", method, "/otherwise");
        operation.idempotent = IDEMPOTENT;
        operation
    };

    fn write(&self, _request: &mut RequestWriter) {}
}

async fn operation_overrides_the_idempotency_of_its_method(way: Way) {
    for step in [status(503), Step::Fault(Connection)] {
        let (search, count) = (Script::new([step.clone()]), Script::new([step]));
        let error = way.call(search.client().request(Otherwise::<true>).send()).await.expect_err("an error");
        assert_eq!((search.attempts(), error.attempts()), (3, 3));
        let error = way.call(count.client().request(Otherwise::<false>).send()).await.expect_err("an error");
        assert_eq!((count.attempts(), error.attempts(), error.is_retryable()), (1, 1, true));
    }
}

async fn unsent_request_is_always_retried(way: Way) {
    assert_eq!(attempts::<'P'>(way, Step::Fault(Connect)).await, 3);
    assert_eq!(attempts::<'A'>(way, Step::Fault(Connect)).await, 3);
    // The connection is established before the server fails, so the request might have been processed.
    let script = Script::new([Step::Fault(Connect), status(500), status(200)]);
    let error = ask::<'P'>(way, &script.client()).await.expect_err("an error");
    assert_eq!((script.attempts(), error.attempts()), (2, 2));
    assert!(error.is_retryable());
}

async fn call_with_an_idempotency_key_is_retried_unchanged(way: Way) {
    let script = Script::new([status(500), Step::Fault(Connection), status(200)]);
    let options = Options { key: Some("key-1".into()) };
    let client = script.client();
    let name = way.call(client.request(Ask::<'P'>::default()).options(options).send()).await.expect("a name");
    assert_eq!(name.name, "Rex");
    let seen = script.seen();
    assert_eq!(seen.len(), 3);
    for request in &seen {
        assert_eq!(request.headers()["x-acme-key"], "key-1");
        assert_eq!(request.body().as_ref(), br#"{"name":"Rex"}"#);
        assert_eq!(request.headers(), seen[0].headers());
        assert_eq!((request.method(), request.uri()), (seen[0].method(), seen[0].uri()));
        assert!(request.headers()["authorization"].is_sensitive());
    }
}

async fn policy_limits_the_number_of_attempts(way: Way) {
    let counts = [(RetryPolicy::never(), 1), (RetryPolicy::default().max_attempts(5), 5)];
    for (policy, expected) in counts {
        let script = Script::new([status(503)]);
        let client = script.builder().retry(policy.clone()).build().expect("a client");
        ask::<'G'>(way, &client).await.expect_err("an error");
        assert_eq!(script.attempts(), expected);
        // The setting of the request takes precedence.
        let other = RetryPolicy::default().max_attempts(2);
        way.call(client.request(Ask::<'G'>::default()).retry(other).send()).await.expect_err("an error");
        assert_eq!(script.attempts(), expected + 2);

        let script = Script::new([status(503)]);
        let client = script.client();
        way.call(client.request(Ask::<'G'>::default()).retry(policy).send()).await.expect_err("an error");
        assert_eq!(script.attempts(), expected);
    }
}

async fn successful_or_rejected_call_is_not_retried(way: Way) {
    let script = Script::new([status(200)]);
    ask::<'G'>(way, &script.client()).await.expect("a name");
    assert_eq!(script.attempts(), 1);
    let params = Ask::<'G'> { id: Some(String::new()) };
    let error = way.call(script.client().request(params).send()).await.expect_err("refused");
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::InvalidRequest, 0, false));
    assert_eq!(script.attempts(), 1);
}

both_ways!(
    transient_status_is_retried,
    permanent_status_is_not_retried,
    transient_fault_is_retried,
    only_idempotent_calls_are_retried,
    operation_overrides_the_idempotency_of_its_method,
    unsent_request_is_always_retried,
    call_with_an_idempotency_key_is_retried_unchanged,
    policy_limits_the_number_of_attempts,
    successful_or_rejected_call_is_not_retried,
);
