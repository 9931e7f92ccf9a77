//! Clients that are connected to a server.

use std::sync::{Mutex, PoisonError};

use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use workos_api::runtime::Bytes;
use workos_api::runtime::http::header::HOST;
use workos_api::runtime::http::{HeaderValue, Request, Response};

use crate::floors::client::{Client, HttpClient};
use crate::server::Server;

type Error = Box<dyn std::error::Error>;

const AUTHORIZATION: &str = "Bearer sk_test_111";

pub(super) async fn workos(server: &Server) -> workos_api::Client {
    let builder = workos_api::Client::builder("sk_test_111", "client_111");
    builder.base_url(server.base_url()).build().expect("a client")
}

pub(super) async fn stytch(server: &Server) -> stytch_b2b::Client {
    let builder = stytch_b2b::Client::builder("project-test-111", "secret-test-111");
    builder.base_url(server.base_url()).build().expect("a client")
}

/// One connection of `hyper` that stays open.
pub struct BareHyper {
    sender: Mutex<SendRequest<Full<Bytes>>>,
    host: HeaderValue,
}

/// The client of `hyper-util`, with a pool of connections.
pub struct HyperUtil(legacy::Client<HttpConnector, Full<Bytes>>);

/// Connects to the server.
///
/// # Panics
/// Panics if the server is not available.
pub async fn bare_hyper(server: &Server) -> Client<BareHyper> {
    let stream = TcpStream::connect(("127.0.0.1", server.port())).await.expect("a connection");
    stream.set_nodelay(true).expect("an open connection");
    let (sender, connection) = handshake(TokioIo::new(stream)).await.expect("a handshake");
    tokio::spawn(connection);
    let host = format!("127.0.0.1:{}", server.port()).parse().expect("a valid header");
    // The request line contains the path only.
    Client::new(BareHyper { sender: Mutex::new(sender), host }, "", AUTHORIZATION)
}

/// Creates a client, which connects when it sends the first request.
pub async fn hyper_util(server: &Server) -> Client<HyperUtil> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let client = HyperUtil(legacy::Client::builder(TokioExecutor::new()).build(connector));
    Client::new(client, server.base_url(), AUTHORIZATION)
}

impl HttpClient for BareHyper {
    type Error = Error;

    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let mut request = request.map(Full::new);
        request.headers_mut().insert(HOST, self.host.clone());
        let sender = || self.sender.lock().unwrap_or_else(PoisonError::into_inner);
        std::future::poll_fn(|context| sender().poll_ready(context)).await?;
        let response = sender().send_request(request);
        collected(response.await?).await
    }
}

impl HttpClient for HyperUtil {
    type Error = Error;

    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        collected(self.0.request(request.map(Full::new)).await?).await
    }
}

async fn collected(response: Response<hyper::body::Incoming>) -> Result<Response<Bytes>, Error> {
    let (head, body) = response.into_parts();
    Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
}
