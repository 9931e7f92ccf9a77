//! Transports in several runtimes, with a paused clock, and in child processes.

use std::cell::Cell;

use tokio::runtime::{Builder, Runtime};

use super::*;

/// Returns the number of the connection on which the server received the request.
async fn connection_of(transport: &HyperTransport, url: &str) -> String {
    let sent = tokio::time::timeout(Duration::from_secs(20), transport.send(request(url))).await;
    let body = sent.expect("it ends").expect("a response").into_body();
    run_pool_tasks().await;
    String::from_utf8(body.to_vec()).expect("text")
}

fn runtimes(make: fn() -> Builder) -> [Runtime; 3] {
    [(); 3].map(|()| make().enable_all().build().expect("a runtime"))
}

#[test]
fn each_runtime_has_its_own_connections() {
    for make in [Builder::new_current_thread, Builder::new_multi_thread] {
        let url = serve_numbered();
        let transport = direct();
        let [first, second, third] = runtimes(make);
        let get = |runtime: &Runtime| runtime.block_on(connection_of(&transport, &url));
        // No runtime runs while another does.
        assert_eq!([get(&first), get(&second), get(&first), get(&second)], ["0", "1", "0", "1"]);
        drop(first);
        assert_eq!(get(&second), "1", "the connection does not depend on the first runtime");
        assert_eq!(get(&third), "2");
        assert_eq!(transport.pools.len(), 2, "the pool of a runtime is dropped with the runtime");
    }
}

#[test]
fn pools_of_dropped_runtimes_are_removed() {
    let url = serve_numbered();
    let transport = direct();
    for number in 0..20 {
        let [runtime, ..] = runtimes(Builder::new_current_thread);
        assert_eq!(runtime.block_on(connection_of(&transport, &url)), number.to_string());
        assert_eq!(transport.pools.len(), 1);
    }
}

#[test]
fn runtime_does_not_keep_a_dropped_transport() {
    let [runtime, ..] = runtimes(Builder::new_current_thread);
    let url = serve_numbered();
    let transport = direct();
    runtime.block_on(connection_of(&transport, &url));
    assert!(runtime.metrics().num_alive_tasks() > 0);
    drop(transport);
    runtime.block_on(run_pool_tasks());
    assert_eq!(runtime.metrics().num_alive_tasks(), 0);
}

thread_local! {
    static PROCESS: Cell<u32> = const { Cell::new(1) };
}

/// A fork requires `unsafe`, so the test only changes the process ID.
#[test]
fn child_process_never_uses_a_connection_of_its_parent() {
    let url = serve_numbered();
    let mut transport = direct();
    Arc::get_mut(&mut transport.pools).expect("the only one").process_id = || PROCESS.get();
    let [runtime, ..] = runtimes(Builder::new_current_thread);
    let get = || runtime.block_on(connection_of(&transport, &url));
    assert_eq!([get(), get()], ["0", "0"]);
    PROCESS.set(2);
    assert_eq!([get(), get()], ["1", "1"]);
}

/// The clock jumps to the next timer when all tasks wait, here for the network.
#[tokio::test(start_paused = true)]
async fn paused_clock_does_not_end_a_connection_attempt_without_timeout() {
    let url = serve_numbered();
    for timeout in [None, Some(Duration::MAX)] {
        let builder = HyperTransport::builder().no_proxy().connect_timeout(timeout);
        let transport = builder.build().expect("a transport");
        transport.send(request(&url)).await.expect("a response");
    }
}
