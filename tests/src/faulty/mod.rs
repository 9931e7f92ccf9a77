//! A server that misbehaves as it is told to, and keeps count of what reaches it.

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

pub use self::script::Act;

/// Misbehaves on a port of its own until it is dropped.
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
    /// What came over each connection.
    received: Mutex<Vec<Vec<u8>>>,
}

impl Log {
    /// Counts a connection, and gives its place among them.
    fn open(&self) -> usize {
        self.open.fetch_add(1, Ordering::SeqCst);
        self.received.lock().expect("the bytes").push(Vec::new());
        self.connections.fetch_add(1, Ordering::SeqCst)
    }
}

impl FaultyServer {
    /// Starts a server that takes one turn after the other, and the last one from then on. Without any turn, it
    /// refuses all connections.
    ///
    /// A connection takes a turn when a request begins to arrive on it. A turn that begins otherwise than by waiting
    /// for one is taken as soon as the connection is made. It is kept unless the turn ends it.
    ///
    /// # Panics
    /// When this machine has no port to listen on.
    pub async fn start(turns: Vec<Vec<Act>>) -> Self {
        if turns.is_empty() {
            return Self::refusing();
        }
        Self::serving(Script::turns(turns)).await
    }

    /// Starts a server that reads each request whole and is told by it what to do then.
    ///
    /// # Panics
    /// When this machine has no port to listen on.
    pub async fn start_with(answers: impl Fn(&str) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Self::serving(Script::Answers(Box::new(answers))).await
    }

    async fn serving(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let log = Arc::<Log>::default();
        let serving = tokio::spawn(accept(listener, Arc::new(script), Arc::clone(&log)));
        Self { address, log, serving }
    }

    /// Takes a port, so that nobody else does, and does not listen.
    fn refusing() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
        let address = socket.local_addr().expect("an address");
        let serving = tokio::spawn(async move {
            std::future::pending::<()>().await;
            drop(socket);
        });
        Self { address, log: Arc::default(), serving }
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections were made.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.log.connections.load(Ordering::SeqCst)
    }

    /// How many requests were read to their last byte.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.log.requests.load(Ordering::SeqCst)
    }

    /// How many bytes it could write.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.log.sent.load(Ordering::SeqCst)
    }

    /// Every byte that was read, by connection.
    ///
    /// # Panics
    /// When a connection panicked.
    #[must_use]
    pub fn received(&self) -> Vec<Vec<u8>> {
        self.log.received.lock().expect("the bytes").clone()
    }

    /// Waits until no connection is open.
    pub async fn hung_up(&self) {
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
    // When this ends, so do they.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let _delays = stream.set_nodelay(true);
        let mut connection = Connection::new(stream, Arc::clone(&script), Arc::clone(&log));
        connections.spawn(async move {
            // A client that hangs up is no fault of the server.
            let _hung_up = connection.serve().await;
        });
        while connections.try_join_next().is_some() {}
    }
}
