//! A bare TCP server: it records the bytes of one request, and its response need not be HTTP.

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
    /// Starts a server that reads one request, sends the response and closes the connection.
    pub async fn responding(response: &'static str) -> Self {
        Self::start(response, false).await
    }

    /// Starts a server that reads one request, sends the response and keeps the connection open.
    pub async fn stalling_after(response: &'static str) -> Self {
        Self::start(response, true).await
    }

    async fn start(response: &'static str, stalls: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("failed to bind a port");
        let address = listener.local_addr().expect("failed to read the address");
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("failed to accept a connection");
            let request = read_request(&mut stream).await;
            stream.write_all(response.as_bytes()).await.expect("failed to write");
            if stalls {
                std::future::pending::<()>().await;
            }
            request
        });
        Self { address, served }
    }

    /// Returns the base URL of the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the bytes of the request.
    ///
    /// # Panics
    /// Panics if the request is not UTF-8 or did not arrive.
    pub async fn request(self) -> String {
        crate::bounded(self.served).await.expect("no request arrived")
    }
}

async fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !is_whole(&String::from_utf8_lossy(&bytes)) {
        let read = stream.read_buf(&mut bytes).await.expect("failed to read");
        assert!(read > 0, "the client closed the connection after {bytes:?}");
    }
    String::from_utf8(bytes).expect("the request is UTF-8")
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().expect("content-length is a number"))
}
