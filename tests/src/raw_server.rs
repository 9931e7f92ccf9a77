//! A bare TCP server: the bytes of one request, and an answer that need be no HTTP.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Listens for one connection.
#[derive(Debug)]
pub struct RawServer {
    address: SocketAddr,
    served: JoinHandle<String>,
}

impl RawServer {
    /// Starts a server that reads one request, writes the answer and hangs up.
    pub async fn answering(answer: &'static str) -> Self {
        Self::start(answer, false).await
    }

    /// Starts a server that reads one request, writes the answer and then keeps silent.
    pub async fn stalling_after(answer: &'static str) -> Self {
        Self::start(answer, true).await
    }

    async fn start(answer: &'static str, stalls: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let request = read_request(&mut stream).await;
            stream.write_all(answer.as_bytes()).await.expect("to write");
            if stalls {
                std::future::pending::<()>().await;
            }
            request
        });
        Self { address, served }
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The request, byte by byte.
    ///
    /// # Panics
    /// When it is no text, or did not come.
    pub async fn request(self) -> String {
        crate::bounded(self.served).await.expect("a request")
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !is_whole(&String::from_utf8_lossy(&bytes)) {
        let read = stream.read_buf(&mut bytes).await.expect("to read");
        assert!(read > 0, "the client hung up after {bytes:?}");
    }
    String::from_utf8(bytes).expect("text")
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().expect("a length"))
}
