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

use crate::trace::carried_on;
use crate::{BlockingTransport, Transport, TransportError, TransportErrorKind};

/// How long a task may take to end that is told to.
const A_MOMENT: Duration = Duration::from_millis(250);

/// Sends requests over a transport that is awaited, and blocks the thread until there is a response.
///
/// It has a thread of its own, with a runtime of tokio, from the first request on; that runs the transport, so whoever
/// waits needs no runtime. Clones share both, and threads may share it. It goes with the last clone.
///
/// Give it a transport that nothing else uses: connections that another runtime made come to a stop when that does.
///
/// ```
/// # #[cfg(feature = "hyper")] {
/// use typefoundry_runtime::{BlockOn, HyperTransport};
///
/// let transport = HyperTransport::builder().max_response_len(1024 * 1024).build()?;
/// let transport = BlockOn::new(transport);
/// # let _: &dyn typefoundry_runtime::BlockingTransport = &transport;
/// # }
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
pub struct BlockOn<T> {
    transport: Arc<T>,
    /// None until it is needed.
    background: Arc<Mutex<Option<Running>>>,
}

impl<T: Transport + 'static> BlockOn<T> {
    /// Blocks on this transport. No thread is started yet.
    pub fn new(transport: T) -> Self {
        Self { transport: Arc::new(transport), background: Arc::default() }
    }
}

impl<T> Clone for BlockOn<T> {
    fn clone(&self) -> Self {
        Self { transport: Arc::clone(&self.transport), background: Arc::clone(&self.background) }
    }
}

impl<T: fmt::Debug> fmt::Debug for BlockOn<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BlockOn").field(&self.transport).finish()
    }
}

impl<T: Transport + 'static> BlockingTransport for BlockOn<T> {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        let (sender, receiver) = sync_channel(1);
        let transport = Arc::clone(&self.transport);
        // It may have a time of its own, and say that this was up.
        let exchange =
            carried_on(async move { transport.send(request).await.map_err(TransportError::early) });
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

impl<T> BlockOn<T> {
    fn runtime(&self) -> Result<Handle, TransportError> {
        // Nothing is half done where somebody panics.
        let mut background = self.background.lock().unwrap_or_else(PoisonError::into_inner);
        let running = match &mut *background {
            Some(running) => running,
            none => none.insert(Running::start().map_err(|error| {
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
}

impl Running {
    /// On a thread of our own: one that tokio starts panics where there can be none.
    fn start() -> io::Result<Self> {
        let (sender, receiver) = sync_channel(1);
        thread::Builder::new().name("blocking-transport".to_owned()).spawn(move || Self::run(&sender))?;
        receiver.recv().unwrap_or_else(|_| Err(io::Error::other("the thread ended at once")))
    }

    /// Made and dropped here, where no task is in the way.
    fn run(sender: &SyncSender<io::Result<Self>>) {
        let runtime = match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                let _ = sender.send(Err(error));
                return;
            }
        };
        let life = runtime.spawn(pending::<()>());
        let _ = sender.send(Ok(Self { runtime: runtime.handle().clone(), stop: life.abort_handle() }));
        // It ends by being stopped.
        let _ = runtime.block_on(life);
        // Whoever looks for the address of a server is not waited for.
        runtime.shutdown_background();
    }
}

impl Drop for Running {
    /// Without waiting, which is not allowed to those that run tasks.
    fn drop(&mut self) {
        self.stop.abort();
    }
}
