//! What is traced of a call that a thread of its own carries on.

use typefoundry_runtime::{Auth, BlockOn, Client};

use crate::capture::Capture;
use crate::script::{API, Ask, Script, status};

/// Whoever ends the program after its last call would lose a span that is open still.
#[test]
fn no_span_outlives_its_call() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let script = runtime.block_on(async { Script::new([status(200)]) });
    let builder = Client::builder(&API, "https://a.example", Auth::none());
    let client = builder.blocking_transport(BlockOn::new(script)).build().expect("a client");
    let capture = Capture::default();
    let guard = capture.listen();
    for _ in 0..300 {
        client.request(Ask::<'G'>::default()).send().wait().expect("a name");
        let journal = capture.journal();
        let opened = journal.iter().filter(|line| line.starts_with("open")).count();
        assert_eq!(journal.len(), 2 * opened, "{:?}", journal.last());
    }
    drop(guard);
}
