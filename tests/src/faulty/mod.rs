//! A server that misbehaves as scripted, and counts the requests, connections and bytes that it sees.

mod connection;
mod script;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::task::{JoinHandle, JoinSet};

use self::connection::Connection;
use self::script::Script;

pub use self::script::Action;

/// Listens on its own port until it is dropped.
#[derive(Debug)]
pub struct FaultyServer {
    address: SocketAddr,
    log: Arc<Log>,
    serving: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Log {
    connections: AtomicUsize,
    requests: AtomicUsize,
    sent: AtomicUsize,
    open: AtomicUsize,
    /// The bytes received on each connection.
    received: Mutex<Vec<Vec<u8>>>,
}

impl Log {
    /// Counts a connection and returns its index.
    fn open(&self) -> usize {
        self.open.fetch_add(1, Ordering::SeqCst);
        self.received.lock().expect("no connection panicked").push(Vec::new());
        self.connections.fetch_add(1, Ordering::SeqCst)
    }
}

impl FaultyServer {
    /// Starts a server that takes these turns in order and repeats the last one. Without any turn, it refuses all
    /// connections.
    ///
    /// A connection takes a turn when a request begins to arrive. If the turn does not begin by waiting for a
    /// request, the connection takes it as soon as it is established. The connection stays open unless the turn ends
    /// it.
    ///
    /// # Panics
    /// Panics if no port is free.
    pub async fn start(turns: Vec<Vec<Action>>) -> Self {
        if turns.is_empty() {
            return Self::refusing();
        }
        Self::serving(Script::turns(turns)).await
    }

    /// Starts a server that reads each request to its end and passes it to `respond`, which returns the actions to
    /// take.
    ///
    /// # Panics
    /// Panics if no port is free.
    pub async fn start_with(respond: impl Fn(&str) -> Vec<Action> + Send + Sync + 'static) -> Self {
        Self::serving(Script::Respond(Box::new(respond))).await
    }

    async fn serving(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("failed to bind a port");
        let address = listener.local_addr().expect("failed to read the address");
        let log = Arc::<Log>::default();
        let serving = tokio::spawn(accept(listener, Arc::new(script), Arc::clone(&log)));
        Self { address, log, serving }
    }

    /// Reserves a port without listening on it, so that no other process can use it.
    fn refusing() -> Self {
        let socket = TcpSocket::new_v4().expect("failed to create a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("failed to bind a port");
        let address = socket.local_addr().expect("failed to read the address");
        let serving = tokio::spawn(async move {
            std::future::pending::<()>().await;
            drop(socket);
        });
        Self { address, log: Arc::default(), serving }
    }

    /// Returns the base URL of the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the number of connections.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }

    /// Returns the number of requests that were read to the end.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.log.requests.load(Ordering::SeqCst)
    }

    /// Returns the number of bytes written.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.log.sent.load(Ordering::SeqCst)
    }

    /// Returns all bytes received, by connection.
    ///
    /// # Panics
    /// Panics if a connection panicked.
    #[must_use]
    pub fn received(&self) -> Vec<Vec<u8>> {
        self.log.received.lock().expect("no connection panicked").clone()
    }

    /// Waits until no connection is open.
    pub async fn wait_until_closed(&self) {
        let ended = async {
            while self.log.open.load(Ordering::SeqCst) > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        crate::bounded(ended).await;
    }
}

impl Drop for FaultyServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn accept(listener: TcpListener, script: Arc<Script>, log: Arc<Log>) {
    // Dropping this set aborts all connections.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let _delays = stream.set_nodelay(true);
        let mut connection = Connection::new(stream, Arc::clone(&script), Arc::clone(&log));
        connections.spawn(async move {
            // A client that closes its connection is not a fault of the server.
            let _hung_up = connection.serve().await;
        });
        while connections.try_join_next().is_some() {}
    }
}
