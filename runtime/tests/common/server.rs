//! A scripted server on a socket, with one connection for each response.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Accepts a connection for each response, closes it after the response, and returns the requests. A connection whose
/// response is `None` stays silent.
pub struct Server {
    pub url: String,
    served: JoinHandle<Vec<String>>,
}

impl Server {
    pub async fn start(responses: Vec<Option<String>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let served = tokio::spawn(async move {
            let (mut requests, mut silent) = (Vec::new(), Vec::new());
            for canned in responses {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                requests.push(read(&mut stream).await);
                match canned {
                    Some(canned) => stream.write_all(canned.as_bytes()).await.expect("failed to write"),
                    None => silent.push(stream),
                }
            }
            requests
        });
        Self { url, served }
    }

    /// Returns the requests after all responses were sent.
    pub async fn requests(self) -> Vec<String> {
        let served = tokio::time::timeout(Duration::from_secs(10), self.served);
        served.await.expect("every response is requested").expect("requests")
    }
}

async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().expect("a length")) {
                return text.into_owned();
            }
        }
        assert!(
            stream.read_buf(&mut bytes).await.expect("failed to read") > 0,
            "the client closed the connection"
        );
    }
}
