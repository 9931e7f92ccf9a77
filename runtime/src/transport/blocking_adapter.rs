//! A blocking transport over an async transport.

use std::fmt;
use std::future::{pending, poll_fn};
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
use crate::body::{BlockingResponseBody, RequestBody, ResponseBody};
use crate::error::{TransportError, TransportErrorKind};
use crate::trace::in_current_context;

/// The time that an aborted task may take to end.
const ABORT_GRACE_PERIOD: Duration = Duration::from_millis(250);

/// A blocking transport that runs an async [`Transport`] on a background thread.
///
/// The first request starts the thread and its tokio runtime, so the caller needs no runtime. Clones share the thread
/// and can be used from several threads. The thread ends when the last clone is dropped.
///
/// A child process does not inherit the thread from `fork()`. The first request of the child process starts a new
/// thread.
///
/// Pass a transport that nothing else uses, unless it is a [`HyperTransport`](crate::HyperTransport). The connections
/// of other libraries may depend on the runtime that opened them.
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
    /// `None` until the first request, which starts the thread.
    worker: Arc<Mutex<Option<Worker>>>,
    process_id: ProcessId,
}

/// A function that returns the ID of this process. Tests replace it.
type ProcessId = fn() -> u32;

impl<T: Transport + 'static> BlockingAdapter<T> {
    /// Creates a blocking transport over `transport`. The first request starts the thread.
    pub fn new(transport: T) -> Self {
        Self { transport: Arc::new(transport), worker: Arc::default(), process_id: std::process::id }
    }
}

impl<T> Clone for BlockingAdapter<T> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            worker: Arc::clone(&self.worker),
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
        let transport = Arc::clone(&self.transport);
        // The transport may report a timeout of its own, which is marked as early.
        let response = async move { transport.send(request).await.map_err(TransportError::before_timeout) };
        run(&self.runtime()?, response, timeout)?
    }

    fn send_streaming(
        &self,
        request: Request<RequestBody>,
        timeout: Duration,
    ) -> Result<Response<BlockingResponseBody>, TransportError> {
        let runtime = self.runtime()?;
        let transport = Arc::clone(&self.transport);
        // A reader that waits must not stop the thread of the transport.
        let request = request.map(|body| body.offloaded(&runtime));
        let response =
            async move { transport.send_streaming(request).await.map_err(TransportError::before_timeout) };
        let response = run(&runtime, response, timeout)??;
        // The worker must not end before the body.
        let worker = Arc::clone(&self.worker);
        Ok(response.map(|body| {
            let max_len = body.max_len();
            let mut body = Some(body);
            BlockingResponseBody::new(move |timeout| {
                let _worker = &worker;
                next_chunk(&runtime, &mut body, timeout)
            })
            .with_max_len(max_len)
        }))
    }
}

/// Returns the next chunk of a body, which the thread of the transport polls only now. A body whose chunk does not arrive
/// in time is dropped.
fn next_chunk(
    runtime: &Handle,
    slot: &mut Option<ResponseBody>,
    timeout: Duration,
) -> Option<Result<Bytes, TransportError>> {
    let mut body = slot.take()?;
    let next = async move {
        let chunk = poll_fn(|cx| body.poll_chunk(cx)).await;
        (chunk, body)
    };
    match run(runtime, next, timeout) {
        Ok((chunk, body)) => {
            *slot = Some(body);
            // The transport may report a timeout of its own.
            chunk.map(|chunk| chunk.map_err(TransportError::before_timeout))
        }
        Err(error) => Some(Err(error)),
    }
}

/// Runs a future on the thread of the transport, and blocks this thread until the future ends or the time is over.
fn run<T: Send + 'static>(
    runtime: &Handle,
    future: impl Future<Output = T> + Send + 'static,
    timeout: Duration,
) -> Result<T, TransportError> {
    let (sender, receiver) = sync_channel(1);
    let future = in_current_context(future);
    let task = runtime.spawn(async move {
        // The request is finished before its result is sent, so that its span is closed by then.
        let result = future.await;
        // The receiver no longer exists after a timeout.
        let _ = sender.send(result);
    });
    receiver.recv_timeout(timeout).or_else(|error| match error {
        RecvTimeoutError::Timeout => {
            task.abort();
            // The aborted task ends when its sender is dropped. A transport that blocks its thread can delay that; this
            // code does not wait for it.
            receiver.recv_timeout(ABORT_GRACE_PERIOD).map_err(|_| timeout_error())
        }
        RecvTimeoutError::Disconnected => {
            Err(TransportError::new(TransportErrorKind::Other, "the transport panicked"))
        }
    })
}

impl<T> BlockingAdapter<T> {
    fn runtime(&self) -> Result<Handle, TransportError> {
        // A panic leaves no partial change behind.
        let mut slot = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        // The thread of a parent process does not exist in this process.
        slot.take_if(|worker| !worker.is_of_this_process());
        let worker = match &mut *slot {
            Some(worker) => worker,
            empty => empty.insert(Worker::start(self.process_id).map_err(|error| {
                TransportError::new(TransportErrorKind::Other, "failed to start the thread of the transport")
                    .with_source(error)
            })?),
        };
        Ok(worker.runtime.clone())
    }
}

fn timeout_error() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, "no response arrived within the timeout")
}

/// The background thread of a transport.
struct Worker {
    runtime: Handle,
    /// Stops the thread.
    abort_handle: AbortHandle,
    /// The ID of the process that started the thread.
    started_in: u32,
    process_id: ProcessId,
}

impl Worker {
    /// Starts the thread. The function of tokio that starts a thread panics if that fails.
    fn start(process_id: ProcessId) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(1);
        thread::Builder::new().name("blocking-transport".to_owned()).spawn(move || Self::run(&sender))?;
        let started = receiver
            .recv()
            .unwrap_or_else(|_| Err(io::Error::other("the thread ended before its runtime started")));
        let (runtime, abort_handle) = started?;
        Ok(Self { runtime, abort_handle, started_in: process_id(), process_id })
    }

    /// Runs the runtime, which is also built and dropped on this thread: a task must not drop a runtime.
    fn run(sender: &SyncSender<io::Result<(Handle, AbortHandle)>>) {
        let runtime = match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                let _ = sender.send(Err(error));
                return;
            }
        };
        let keep_alive = runtime.spawn(pending::<()>());
        let _ = sender.send(Ok((runtime.handle().clone(), keep_alive.abort_handle())));
        // The task ends when it is aborted.
        let _ = runtime.block_on(keep_alive);
        // Does not wait for threads that resolve host names.
        runtime.shutdown_background();
    }

    fn is_of_this_process(&self) -> bool {
        self.started_in == (self.process_id)()
    }
}

impl Drop for Worker {
    /// Stops the thread without waiting for it, because a thread that runs tasks must not block.
    ///
    /// In a child process there is no thread to stop, and another thread may have locked the runtime during the fork.
    fn drop(&mut self) {
        if self.is_of_this_process() {
            self.abort_handle.abort();
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

    /// A fork requires `unsafe`, so the test only changes the process ID. The child process must use neither the thread
    /// nor the connections of its parent.
    #[test]
    fn child_process_starts_its_own_thread() {
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
