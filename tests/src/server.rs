//! A local HTTP server that sends prepared responses and records every request.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The maximum length of a request body. All tests send less.
const MAX_BODY: usize = 1024 * 1024;

/// Listens on its own port until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    serving: JoinHandle<()>,
}

impl Server {
    /// Starts a server that sends the same response to every request.
    ///
    /// # Panics
    /// Panics if no port is free.
    pub async fn start(response: CannedResponse) -> Self {
        Self::start_with([response]).await
    }

    /// Starts a server that sends these responses in order and repeats the last one.
    ///
    /// # Panics
    /// Panics if no port is free.
    pub async fn start_with(responses: impl IntoIterator<Item = CannedResponse>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("failed to bind a port");
        Self::listen(listener, responses.into_iter().collect())
    }

    /// Serves in the background. Without type parameters, so that the server is compiled once and not in every test
    /// binary.
    fn listen(listener: TcpListener, responses: Arc<[CannedResponse]>) -> Self {
        let address = listener.local_addr().expect("failed to read the address");
        let received = Arc::default();
        // A router with routes would parse the request target.
        let router =
            Router::new().fallback(record).with_state(Shared { responses, received: Arc::clone(&received) });
        let serving = tokio::spawn(async move {
            let _ended = axum::serve(listener, router).await;
        });
        Self { address, received, serving }
    }

    /// Returns the value of the `host` header in requests to this server.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Returns the base URL of the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns all requests received so far.
    ///
    /// # Panics
    /// Panics if a handler panicked.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("no handler panicked").clone()
    }

    /// Returns the only request.
    ///
    /// # Panics
    /// Panics unless exactly one request was received.
    #[must_use]
    pub fn only_request(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// A request as the server received it.
#[derive(Clone, Debug)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The path and query of the request line, neither decoded nor normalized.
    pub target: String,
    /// All headers, sorted by name.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Received {
    /// Returns the request line without the version.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    /// Returns the body as text.
    ///
    /// # Panics
    /// Panics if the body is not UTF-8.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }
}

/// A prepared response.
#[derive(Clone, Debug)]
pub struct CannedResponse {
    status: u16,
    headers: Vec<(HeaderName, String)>,
    body: String,
}

impl CannedResponse {
    /// Creates a response with a JSON body.
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string() }
            .header(header::CONTENT_TYPE, "application/json")
    }

    /// Creates a response with an HTML page, as proxies send it.
    pub fn html(status: u16, body: impl ToString) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string() }.header(header::CONTENT_TYPE, "text/html")
    }

    /// Creates a response without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new() }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        *response.status_mut() = StatusCode::from_u16(self.status).expect("the status is valid");
        for (name, value) in &self.headers {
            let value = HeaderValue::from_str(value).expect("the header value is valid");
            response.headers_mut().append(name, value);
        }
        response
    }
}

#[derive(Clone)]
struct Shared {
    responses: Arc<[CannedResponse]>,
    received: Arc<Mutex<Vec<Received>>>,
}

async fn record(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let received = Received {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: by_name(&parts.headers),
        body: to_bytes(body, MAX_BODY).await.expect("failed to read the body"),
    };
    let turn = {
        let mut all = shared.received.lock().expect("no handler panicked");
        all.push(received);
        all.len() - 1
    };
    let response = shared.responses.get(turn).or(shared.responses.last());
    response.expect("the server has at least one response").response()
}

fn by_name(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut pairs: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    pairs.sort();
    pairs
}
