//! Retry budgets, which limit the retries of a client.

use std::time::Duration;

use typefoundry_runtime::http::Request;
use typefoundry_runtime::{Attempt, Bytes, Client, ErrorKind, Interceptor, RetryBudget, RetryPolicy};

use crate::script::{Ask, Script, Step, Way, both_ways, status};

const SECOND: Duration = Duration::from_secs(1);

fn client(script: &Script, budget: &RetryBudget) -> Client {
    script.builder().retry_budget(budget.clone()).build().expect("a client")
}

/// Makes a call that never succeeds, and returns the number of its attempts.
async fn attempts(way: Way, client: &Client) -> u32 {
    match way.call_with_metadata(client.request(Ask::<'G'>::default()).send_with_metadata()).await {
        Ok(response) => response.attempts(),
        Err(error) => error.attempts(),
    }
}

async fn empty_budget_prevents_retries(way: Way) {
    let script = Script::new([Step::Respond(503, vec![("retry-after", "2")])]);
    let client = client(&script, &RetryBudget::new(3));
    assert_eq!(attempts(way, &client).await, 3);
    assert_eq!((attempts(way, &client).await, client.retry_budget().available()), (2, 0));
    let waited = script.elapsed();
    // Three delays, with up to a second of jitter each.
    assert!((6 * SECOND..10 * SECOND).contains(&waited), "{waited:?}");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("503");
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Api, 1, true));
    assert_eq!((script.elapsed(), script.attempts()), (waited, 6));
}

async fn ten_final_responses_deposit_one_token(way: Way) {
    // 404 counts too: the server works, and a retry would not help.
    for code in [200, 404] {
        let script = Script::new([status(503), status(code)]);
        let client = client(&script, &RetryBudget::new(1));
        assert_eq!((attempts(way, &client).await, client.retry_budget().available()), (2, 0));
        for _ in 0..8 {
            attempts(way, &client).await;
        }
        assert_eq!(client.retry_budget().available(), 0, "{code}");
        attempts(way, &client).await;
        assert_eq!(client.retry_budget().available(), 1, "{code}");
        attempts(way, &client).await;
        assert_eq!(client.retry_budget().available(), 1, "{code}: it holds no more than at first");
    }
}

async fn failure_deposits_no_token(way: Way) {
    let io = Step::Fault(typefoundry_runtime::TransportErrorKind::Connection);
    for step in [status(503), status(409), io, Step::Silence] {
        let script = Script::new([status(503), status(503), step.clone()]);
        let client = client(&script, &RetryBudget::new(1));
        for _ in 0..30 {
            attempts(way, &client).await;
        }
        assert_eq!(client.retry_budget().available(), 0, "{step:?}");
    }
}

async fn budget_is_shared_by_clones_and_other_clients(way: Way) {
    let (script, budget) = (Script::new([status(503)]), RetryBudget::new(4));
    let one = client(&script, &budget);
    let clone = one.clone();
    let other = client(&script, &budget);
    assert_eq!(attempts(way, &one).await, 3);
    assert_eq!(attempts(way, &clone).await, 3);
    assert_eq!(attempts(way, &other).await, 1);
    assert_eq!((budget.available(), one.retry_budget().available()), (0, 0));
    assert_eq!(attempts(way, &client(&script, &RetryBudget::new(4))).await, 3);
}

async fn only_retries_use_a_token(way: Way) {
    let script = Script::new([status(503)]);
    let client = client(&script, &RetryBudget::new(5));
    let request = || client.request(Ask::<'G'>::default());
    way.call(request().retry(RetryPolicy::never()).send()).await.expect_err("503");
    way.call(client.request(Ask::<'P'>::default()).send()).await.expect_err("503");
    assert_eq!(client.retry_budget().available(), 5);
    let stubborn = RetryPolicy::default().max_attempts(50);
    let error = way.call(request().retry(stubborn).send()).await.expect_err("503");
    assert_eq!((error.attempts(), client.retry_budget().available()), (6, 0));
}

async fn budget_can_be_zero_or_unlimited(way: Way) {
    let stubborn = RetryPolicy::default().max_attempts(200).max_backoff(Duration::ZERO);
    for (budget, expected, left) in [(RetryBudget::new(0), 1, 0), (RetryBudget::unlimited(), 200, u32::MAX)] {
        let script = Script::new([status(503)]);
        let builder = script.builder().retry_budget(budget).retry(stubborn.clone());
        let client = builder.build().expect("a client");
        assert_eq!((attempts(way, &client).await, client.retry_budget().available()), (expected, left));
    }
}

/// No token is used if the server requests a longer delay than the call has time for.
async fn delay_beyond_the_timeout_uses_no_token(way: Way) {
    let script = Script::new([Step::Respond(503, vec![("retry-after", "60")])]);
    let client = client(&script, &RetryBudget::new(5));
    assert_eq!((attempts(way, &client).await, client.retry_budget().available()), (1, 5));
}

/// Allows the first attempt only.
struct Once;

impl Interceptor for Once {
    fn before_attempt(
        &self,
        attempt: &Attempt<'_>,
        _request: &mut Request<Bytes>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if attempt.number() == 1 { Ok(()) } else { Err("once is enough".into()) }
    }
}

async fn token_of_a_rejected_retry_is_released(way: Way) {
    let script = Script::new([status(503)]);
    let builder = script.builder().retry_budget(RetryBudget::new(5)).interceptor(Once);
    let client = builder.build().expect("a client");
    assert_eq!((attempts(way, &client).await, client.retry_budget().available()), (1, 5));
}

both_ways!(
    empty_budget_prevents_retries,
    ten_final_responses_deposit_one_token,
    failure_deposits_no_token,
    budget_is_shared_by_clones_and_other_clients,
    only_retries_use_a_token,
    budget_can_be_zero_or_unlimited,
    delay_beyond_the_timeout_uses_no_token,
    token_of_a_rejected_retry_is_released,
);

#[tokio::test(start_paused = true)]
async fn token_of_a_timed_out_retry_is_released() {
    let script = Script::new([Step::Late(4 * SECOND, "8")]);
    let builder = script.builder().retry_budget(RetryBudget::new(5)).timeout(10 * SECOND);
    let client = builder.build().expect("a client");
    assert_eq!((attempts(Way::Awaited, &client).await, client.retry_budget().available()), (1, 5));
}

#[tokio::test(start_paused = true)]
async fn token_of_a_dropped_call_is_released_before_the_retry() {
    let script = Script::new([Step::Respond(503, vec![("retry-after", "8")])]);
    let client = client(&script, &RetryBudget::new(5));
    for _ in 0..10 {
        let call = client.request(Ask::<'G'>::default()).send();
        tokio::time::timeout(3 * SECOND, call).await.expect_err("the call is still pending");
    }
    assert_eq!((script.attempts(), client.retry_budget().available()), (10, 5));
}

#[tokio::test(start_paused = true)]
async fn token_of_a_dropped_call_is_not_released_after_the_retry() {
    let script = Script::new([status(503), Step::Late(5 * SECOND, "0")]);
    let client = client(&script, &RetryBudget::new(1));
    let call = client.request(Ask::<'G'>::default()).send();
    tokio::time::timeout(3 * SECOND, call).await.expect_err("the call is still pending");
    assert_eq!((script.attempts(), client.retry_budget().available()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn many_tasks_share_the_tokens() {
    let script = Script::new([status(503)]);
    let client = client(&script, &RetryBudget::new(37));
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { attempts(Way::Awaited, &client).await })
        })
        .collect();
    let mut sent = 0;
    for task in tasks {
        sent += task.await.expect("a call");
    }
    assert_eq!((sent, script.attempts(), client.retry_budget().available()), (137, 137, 0));
}

#[cfg(feature = "blocking")]
#[test]
fn many_threads_share_the_tokens() {
    let script = Script::new([status(503)]);
    let client = client(&script, &RetryBudget::new(37));
    let call = || client.request(Ask::<'G'>::default()).send().wait().expect_err("503").attempts();
    let sent: u32 = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| (0..10).map(|_| call()).sum::<u32>())).collect();
        threads.into_iter().map(|thread| thread.join().expect("a count")).sum()
    });
    assert_eq!((sent, script.attempts(), client.retry_budget().available()), (117, 117, 0));
}
