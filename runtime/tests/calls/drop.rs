//! Calls that are dropped before they end.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use typefoundry_runtime::{Auth, BoxFuture, Bytes, Client, RetryPolicy, Transport, TransportError, http};

use crate::script::{API, Ask};

const SECOND: Duration = Duration::from_secs(1);

/// Never responds, and counts started and dropped requests and waits.
#[derive(Clone, Default)]
struct Mute {
    sent: Arc<AtomicUsize>,
    under_way: Arc<AtomicUsize>,
}

impl Mute {
    fn client(&self) -> Client {
        let builder = Client::builder(&API, "https://a.example", Auth::none()).transport(self.clone());
        let retry = RetryPolicy::default().initial_backoff(Duration::ZERO);
        builder.attempt_timeout(5 * SECOND).timeout(12 * SECOND).retry(retry).build().expect("a client")
    }

    fn counts(&self) -> (usize, usize) {
        (self.sent.load(Ordering::Relaxed), self.under_way.load(Ordering::Relaxed))
    }
}

/// Increments a counter when it is dropped.
struct Work(Arc<AtomicUsize>);

impl Work {
    fn begin(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Transport for Mute {
    fn send(
        &self,
        _request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let work = Work::begin(&self.under_way);
        Box::pin(async move {
            let _work = work;
            pending().await
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_call_drops_its_request() {
    let mute = Mute::default();
    let client = mute.client();
    let budget = client.retry_budget().clone();
    for (patience, sent) in [(SECOND, 1), (7 * SECOND, 2)] {
        let before = mute.counts().0;
        let mut call = Box::pin(client.request(Ask::<'G'>::default()).send());
        tokio::time::timeout(patience, &mut call).await.expect_err("the call is still pending");
        assert_eq!(mute.counts(), (before + sent, 1));
        drop(call);
        assert_eq!(mute.counts(), (before + sent, 0));
        tokio::time::sleep(60 * SECOND).await;
        assert_eq!(mute.counts(), (before + sent, 0), "nothing is sent after");
    }
    assert_eq!(budget.available(), 99);
    drop(client);
}

#[tokio::test(start_paused = true)]
async fn timed_out_attempt_is_dropped_before_the_next() {
    let mute = Mute::default();
    let client = mute.client();
    let call = tokio::spawn(client.request(Ask::<'G'>::default()).send());
    // One attempt of 5 seconds, one until second 10, and one until the call times out.
    for (attempt, seconds) in [(1, 4), (2, 5), (3, 2)] {
        tokio::time::sleep(seconds * SECOND).await;
        assert_eq!(mute.counts(), (attempt, 1));
    }
    call.await.expect("no panic").expect_err("a timeout");
    assert_eq!(mute.counts(), (3, 0));
}

/// Only the call owns its state.
#[tokio::test(start_paused = true)]
async fn call_that_is_never_awaited_does_nothing() {
    let mute = Mute::default();
    let call = mute.client().request(Ask::<'G'>::default()).send();
    assert_eq!(Arc::strong_count(&mute.sent), 2);
    drop(call);
    assert_eq!((Arc::strong_count(&mute.sent), mute.counts()), (1, (0, 0)));
}
