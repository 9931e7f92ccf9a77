//! A custom transport that sends requests over a Unix socket, for example to a daemon or sidecar on the same machine.
//!
//! `cargo run --example own_transport --features hyper -- /var/run/docker.sock /version` sends a request and prints the
//! response.

#![cfg(unix)]

use std::path::PathBuf;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::net::UnixStream;
use typefoundry_runtime::http::{Request, Response, header::HOST};
use typefoundry_runtime::{BoxFuture, Bytes, Transport, TransportError, TransportErrorKind};

/// A transport that opens a connection to the socket at this path for each request.
pub struct UnixSocket(pub PathBuf);

impl UnixSocket {
    async fn exchange(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let host = request.uri().host().unwrap_or("localhost").parse().map_err(failed)?;
        request.headers_mut().entry(HOST).or_insert(host);
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        *request.uri_mut() = path.parse().map_err(failed)?;

        let socket = UnixStream::connect(&self.0).await.map_err(|error| {
            TransportError::new(TransportErrorKind::Connect, "failed to connect to the socket")
                .with_source(error)
        })?;
        let (mut sender, connection) = handshake(TokioIo::new(socket)).await.map_err(failed)?;
        tokio::spawn(connection);
        let response = sender.send_request(request.map(Full::new)).await.map_err(failed)?;
        let (parts, body) = response.into_parts();
        Ok(Response::from_parts(parts, body.collect().await.map_err(failed)?.to_bytes()))
    }
}

impl Transport for UnixSocket {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> TransportError {
    TransportError::new(TransportErrorKind::Connection, "the connection failed").with_source(error)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (socket, path) = (args.next().ok_or("missing socket")?, args.next().ok_or("missing path")?);
    let request = Request::get(format!("http://localhost{path}")).body(Bytes::new())?;
    let response = UnixSocket(socket.into()).send(request).await?;
    println!("{}\n{}", response.status(), String::from_utf8_lossy(response.body()));
    Ok(())
}
