//! A blocking transport over one that is awaited.

use std::fmt;
use std::future::pending;
use std::io;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::runtime::{Builder, Handle};
use tokio::task::AbortHandle;

use super::async_transport::Transport;
use super::blocking_transport::BlockingTransport;
use crate::error::{TransportError, TransportErrorKind};
use crate::trace::in_current_context;

/// How long a task may take to end that is told to.
const A_MOMENT: Duration = Duration::from_millis(250);

/// Sends requests over a transport that is awaited, and blocks the thread until there is a response.
///
/// The first request starts a thread with a tokio runtime, which runs the transport; the caller needs no runtime.
/// Clones share the thread, and threads may share a clone. The thread ends with the last clone.
///
/// A `fork()` copies no thread but the one that called it. The first request of the child process starts a new one.
///
/// Give it a transport that nothing else uses, unless that is a [`HyperTransport`](crate::HyperTransport): the
/// connections of other libraries may depend on the runtime that opened them.
///
/// ```
/// # #[cfg(feature = "hyper")] {
/// use typefoundry_runtime::{BlockingAdapter, HyperTransport};
///
/// let transport = HyperTransport::builder().max_response_len(1024 * 1024).build()?;
/// let transport = BlockingAdapter::new(transport);
/// # let _: &dyn typefoundry_runtime::BlockingTransport = &transport;
/// # }
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
pub struct BlockingAdapter<T> {
    transport: Arc<T>,
    /// None until it is needed.
    background: Arc<Mutex<Option<Running>>>,
    process_id: ProcessId,
}

/// Returns the id of this process; a test has its own.
type ProcessId = fn() -> u32;

impl<T: Transport + 'static> BlockingAdapter<T> {
    /// Blocks on this transport. No thread is started yet.
    pub fn new(transport: T) -> Self {
        Self { transport: Arc::new(transport), background: Arc::default(), process_id: std::process::id }
    }
}

impl<T> Clone for BlockingAdapter<T> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            background: Arc::clone(&self.background),
            process_id: self.process_id,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for BlockingAdapter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockingAdapter").field(&self.transport).finish()
    }
}

impl<T: Transport + 'static> BlockingTransport for BlockingAdapter<T> {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        let (sender, receiver) = sync_channel(1);
        let transport = Arc::clone(&self.transport);
        // It may have a time of its own, and say that this was up.
        let exchange =
            in_current_context(async move { transport.send(request).await.map_err(TransportError::early) });
        let task = self.runtime()?.spawn(async move {
            // Nothing is left of the exchange by then, such as its span.
            let sent = exchange.await;
            // Whoever waited may have gone.
            let _ = sender.send(sent);
        });
        receiver.recv_timeout(timeout).unwrap_or_else(|why| match why {
            RecvTimeoutError::Timeout => {
                task.abort();
                // The task is over when its sender goes. It takes long where the transport blocks its thread, which is
                // not waited for.
                receiver.recv_timeout(A_MOMENT).unwrap_or_else(|_| Err(late()))
            }
            RecvTimeoutError::Disconnected => {
                Err(TransportError::new(TransportErrorKind::Other, "the transport panicked"))
            }
        })
    }
}

impl<T> BlockingAdapter<T> {
    fn runtime(&self) -> Result<Handle, TransportError> {
        // Nothing is half done where somebody panics.
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        // The thread of a parent process does not run in this one.
        background.take_if(|running| !running.is_of_this_process());
        let running = match &mut *background {
            Some(running) => running,
            none => none.insert(Running::start(self.process_id).map_err(|error| {
                TransportError::new(TransportErrorKind::Other, "no thread can be started").with_source(error)
            })?),
        };
        Ok(running.runtime.clone())
    }
}

fn late() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, "there was no response in time")
}

/// The thread that runs a transport.
struct Running {
    runtime: Handle,
    /// Ends the thread.
    stop: AbortHandle,
    /// The process that has the thread.
    process: u32,
    process_id: ProcessId,
}

impl Running {
    /// Starts the thread itself: the call that lets tokio start one panics where there can be none.
    fn start(process_id: ProcessId) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(1);
        thread::Builder::new().name("blocking-transport".to_owned()).spawn(move || Self::run(&sender))?;
        let started = receiver.recv().unwrap_or_else(|_| Err(io::Error::other("the thread ended at once")));
        let (runtime, stop) = started?;
        Ok(Self { runtime, stop, process: process_id(), process_id })
    }

    /// Builds and drops the runtime here, where no task is in the way.
    fn run(sender: &SyncSender<io::Result<(Handle, AbortHandle)>>) {
        let runtime = match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                let _ = sender.send(Err(error));
                return;
            }
        };
        let life = runtime.spawn(pending::<()>());
        let _ = sender.send(Ok((runtime.handle().clone(), life.abort_handle())));
        // It ends by being stopped.
        let _ = runtime.block_on(life);
        // A thread that looks up the address of a server is not waited for.
        runtime.shutdown_background();
    }

    fn is_of_this_process(&self) -> bool {
        self.process == (self.process_id)()
    }
}

impl Drop for Running {
    /// Does not wait, which is not allowed to a thread that runs tasks. In a child process there is no thread to stop,
    /// and another thread may have held the locks of its runtime during the fork.
    fn drop(&mut self) {
        if self.is_of_this_process() {
            self.stop.abort();
        }
    }
}

#[cfg(all(test, feature = "hyper"))]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::transport::hyper::HyperTransport;
    use crate::transport::hyper::tests::serve_numbered;

    thread_local! {
        static PROCESS: Cell<u32> = const { Cell::new(1) };
    }

    /// A fork needs `unsafe`, so that only the id of the process changes here: whatever the parent started must not be
    /// used then, neither its thread nor its connections.
    #[test]
    fn child_process_starts_a_thread_of_its_own() {
        let url = serve_numbered();
        let transport = HyperTransport::builder().no_proxy().build().expect("a transport");
        let parent = BlockingAdapter { process_id: || PROCESS.get(), ..BlockingAdapter::new(transport) };
        let connection = |transport: &BlockingAdapter<_>| {
            let request = Request::get(&url).body(Bytes::new()).expect("a request");
            let response = transport.send(request, Duration::from_secs(20)).expect("a response");
            String::from_utf8(response.into_body().to_vec()).expect("text")
        };
        let thread = |transport: &BlockingAdapter<_>| transport.runtime().expect("a runtime").id();
        assert_eq!([connection(&parent), connection(&parent)], ["0", "0"]);
        let (child, of_parent) = (parent.clone(), thread(&parent));
        PROCESS.set(2);
        assert_ne!(thread(&child), of_parent);
        assert_eq!([connection(&child), connection(&child)], ["1", "1"]);
        assert_eq!(thread(&child), thread(&child));
    }
}
