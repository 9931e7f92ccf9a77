//! How many repetitions a client may make in all.

use std::time::Duration;

use typefoundry_runtime::http::Request;
use typefoundry_runtime::{Attempt, Bytes, Client, ErrorKind, Hook, RetryBudget, RetryPolicy};

use crate::script::{Ask, Script, Step, Way, both_ways, status};

const SECOND: Duration = Duration::from_secs(1);

fn client(script: &Script, budget: &RetryBudget) -> Client {
    script.builder().retry_budget(budget.clone()).build().expect("a client")
}

/// How often a call was sent.
async fn attempts(way: Way, client: &Client) -> u32 {
    match way.raw(client.request(Ask::<'G'>::default()).send_raw()).await {
        Ok(raw) => raw.attempts(),
        Err(error) => error.attempts(),
    }
}

async fn when_it_is_empty_the_first_outcome_comes_at_once(way: Way) {
    let script = Script::new([Step::Answer(503, vec![("retry-after", "2")])]);
    let client = client(&script, &RetryBudget::new(3));
    assert_eq!(attempts(way, &client).await, 3);
    assert_eq!((attempts(way, &client).await, client.retry_budget().left()), (2, 0));
    let waited = script.elapsed();
    // Three waits, and up to a second of jitter on each.
    assert!((6 * SECOND..10 * SECOND).contains(&waited), "{waited:?}");
    let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("503");
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Api, 1, true));
    assert_eq!((script.elapsed(), script.attempts()), (waited, 6));
}

async fn ten_answers_for_good_put_one_back(way: Way) {
    // 404 is one too: the server works, and nothing is gained by asking again.
    for code in [200, 404] {
        let script = Script::new([status(503), status(code)]);
        let client = client(&script, &RetryBudget::new(1));
        assert_eq!((attempts(way, &client).await, client.retry_budget().left()), (2, 0));
        for _ in 0..8 {
            attempts(way, &client).await;
        }
        assert_eq!(client.retry_budget().left(), 0, "{code}");
        attempts(way, &client).await;
        assert_eq!(client.retry_budget().left(), 1, "{code}");
        attempts(way, &client).await;
        assert_eq!(client.retry_budget().left(), 1, "{code}: it holds no more than at first");
    }
}

async fn what_fails_puts_nothing_back(way: Way) {
    let io = Step::Fault(typefoundry_runtime::TransportErrorKind::Io);
    for step in [status(503), status(409), io, Step::Silence] {
        let script = Script::new([status(503), status(503), step.clone()]);
        let client = client(&script, &RetryBudget::new(1));
        for _ in 0..30 {
            attempts(way, &client).await;
        }
        assert_eq!(client.retry_budget().left(), 0, "{step:?}");
    }
}

async fn clones_share_it_and_other_clients_may(way: Way) {
    let (script, budget) = (Script::new([status(503)]), RetryBudget::new(4));
    let one = client(&script, &budget);
    let clone = one.clone();
    let other = client(&script, &budget);
    assert_eq!(attempts(way, &one).await, 3);
    assert_eq!(attempts(way, &clone).await, 3);
    assert_eq!(attempts(way, &other).await, 1);
    assert_eq!((budget.left(), one.retry_budget().left()), (0, 0));
    assert_eq!(attempts(way, &client(&script, &RetryBudget::new(4))).await, 3);
}

async fn only_what_a_policy_repeats_is_paid_for(way: Way) {
    let script = Script::new([status(503)]);
    let client = client(&script, &RetryBudget::new(5));
    let request = || client.request(Ask::<'G'>::default());
    way.call(request().retry(RetryPolicy::none()).send()).await.expect_err("503");
    way.call(client.request(Ask::<'P'>::default()).send()).await.expect_err("503");
    assert_eq!(client.retry_budget().left(), 5);
    let stubborn = RetryPolicy::default().max_attempts(50);
    let error = way.call(request().retry(stubborn).send()).await.expect_err("503");
    assert_eq!((error.attempts(), client.retry_budget().left()), (6, 0));
}

async fn none_and_no_limit_are_budgets_too(way: Way) {
    let stubborn = RetryPolicy::default().max_attempts(200).cap(Duration::ZERO);
    for (budget, expected, left) in [(RetryBudget::new(0), 1, 0), (RetryBudget::unlimited(), 200, u32::MAX)] {
        let script = Script::new([status(503)]);
        let builder = script.builder().retry_budget(budget).retry(stubborn.clone());
        let client = builder.build().expect("a client");
        assert_eq!((attempts(way, &client).await, client.retry_budget().left()), (expected, left));
    }
}

/// A server that asks for more time than there is costs nothing: nobody presses it.
async fn a_wait_that_is_not_begun_costs_nothing(way: Way) {
    let script = Script::new([Step::Answer(503, vec![("retry-after", "60")])]);
    let client = client(&script, &RetryBudget::new(5));
    assert_eq!((attempts(way, &client).await, client.retry_budget().left()), (1, 5));
}

/// Lets the first attempt out, and no other.
struct Once;

impl Hook for Once {
    fn before(
        &self,
        attempt: &Attempt<'_>,
        _request: &mut Request<Bytes>,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if attempt.number() == 1 { Ok(()) } else { Err("once is enough".into()) }
    }
}

async fn a_repetition_that_a_hook_refuses_is_put_back(way: Way) {
    let script = Script::new([status(503)]);
    let builder = script.builder().retry_budget(RetryBudget::new(5)).hook(Once);
    let client = builder.build().expect("a client");
    assert_eq!((attempts(way, &client).await, client.retry_budget().left()), (1, 5));
}

both_ways!(
    when_it_is_empty_the_first_outcome_comes_at_once,
    ten_answers_for_good_put_one_back,
    what_fails_puts_nothing_back,
    clones_share_it_and_other_clients_may,
    only_what_a_policy_repeats_is_paid_for,
    none_and_no_limit_are_budgets_too,
    a_wait_that_is_not_begun_costs_nothing,
    a_repetition_that_a_hook_refuses_is_put_back,
);

#[tokio::test(start_paused = true)]
async fn a_repetition_that_the_time_of_the_call_prevents_is_put_back() {
    let script = Script::new([Step::Late(4 * SECOND, "8")]);
    let builder = script.builder().retry_budget(RetryBudget::new(5)).timeout(10 * SECOND);
    let client = builder.build().expect("a client");
    assert_eq!((attempts(Way::Awaited, &client).await, client.retry_budget().left()), (1, 5));
}

#[tokio::test(start_paused = true)]
async fn a_repetition_that_nobody_waits_for_is_put_back() {
    let script = Script::new([Step::Answer(503, vec![("retry-after", "8")])]);
    let client = client(&script, &RetryBudget::new(5));
    for _ in 0..10 {
        let call = client.request(Ask::<'G'>::default()).send();
        tokio::time::timeout(3 * SECOND, call).await.expect_err("it waits still");
    }
    assert_eq!((script.attempts(), client.retry_budget().left()), (10, 5));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_after_its_repetition_puts_nothing_back() {
    let script = Script::new([status(503), Step::Late(5 * SECOND, "0")]);
    let client = client(&script, &RetryBudget::new(1));
    let call = client.request(Ask::<'G'>::default()).send();
    tokio::time::timeout(3 * SECOND, call).await.expect_err("it waits still");
    assert_eq!((script.attempts(), client.retry_budget().left()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn many_tasks_make_no_more_repetitions_than_there_are() {
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
    assert_eq!((sent, script.attempts(), client.retry_budget().left()), (137, 137, 0));
}

#[cfg(feature = "blocking")]
#[test]
fn many_threads_make_no_more_repetitions_than_there_are() {
    let script = Script::new([status(503)]);
    let client = client(&script, &RetryBudget::new(37));
    let call = || client.request(Ask::<'G'>::default()).send().wait().expect_err("503").attempts();
    let sent: u32 = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| (0..10).map(|_| call()).sum::<u32>())).collect();
        threads.into_iter().map(|thread| thread.join().expect("a count")).sum()
    });
    assert_eq!((sent, script.attempts(), client.retry_budget().left()), (117, 117, 0));
}
