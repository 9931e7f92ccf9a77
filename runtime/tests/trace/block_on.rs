//! The trace of a call that another thread drives.

use std::time::Duration;

use typefoundry_runtime::{Auth, BlockingAdapter, Client, RetryPolicy};

use crate::capture::Capture;
use crate::script::{API, Ask, Script, Step, status};

fn client(step: Step) -> Client {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let script = runtime.block_on(async { Script::new([step]) });
    let builder = Client::builder(&API, "https://a.example", Auth::none()).retry(RetryPolicy::never());
    builder.blocking_transport(BlockingAdapter::new(script)).build().expect("a client")
}

/// A program that ends after its last call would lose an open span.
#[test]
fn span_ends_with_its_call() {
    let silence = (Step::Silence, Duration::from_millis(2));
    for (step, timeout) in [(status(200), Duration::from_secs(60)), silence] {
        let client = client(step.clone());
        let capture = Capture::default();
        let guard = capture.listen();
        for _ in 0..300 {
            let outcome = client.request(Ask::<'G'>::default()).timeout(timeout).send().wait();
            assert_eq!(outcome.is_err(), matches!(step, Step::Silence));
            let journal = capture.journal();
            let opened = journal.iter().filter(|line| line.starts_with("open")).count();
            assert_eq!(journal.len(), 2 * opened, "{step:?}: {:?}", journal.last());
        }
        drop(guard);
    }
}
