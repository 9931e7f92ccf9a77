//! An HTTP server on this machine that gives the answers it was told and keeps every request.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The longest body that is read. No test sends more.
const MAX_BODY: usize = 1024 * 1024;

/// Listens on a port of its own until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    serving: JoinHandle<()>,
}

impl Server {
    /// Starts a server that gives every request the same answer.
    ///
    /// # Panics
    /// When this machine has no port to listen on.
    pub async fn start(answer: Answer) -> Self {
        Self::start_with([answer]).await
    }

    /// Starts a server that gives one answer after the other, and the last one from then on.
    ///
    /// # Panics
    /// When this machine has no port to listen on.
    pub async fn start_with(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let received = Arc::default();
        // No route: the target of the request is never taken apart.
        let router = Router::new()
            .fallback(record)
            .with_state(Shared { answers: answers.into_iter().collect(), received: Arc::clone(&received) });
        let serving = tokio::spawn(async move {
            let _ended = axum::serve(listener, router).await;
        });
        Self { address, received, serving }
    }

    /// What stands in the `host` header of its requests.
    #[must_use]
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request until now.
    ///
    /// # Panics
    /// When a handler panicked.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("the requests").clone()
    }

    /// The request, of which there must be exactly one.
    ///
    /// # Panics
    /// When there is none or there are several.
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

/// A request as it reached the server.
#[derive(Clone, Debug)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The path and the query as they stood on the request line, nothing decoded or folded.
    pub target: String,
    /// All headers, by name.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Received {
    /// The request line, without the version.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    /// The body as text.
    ///
    /// # Panics
    /// When it is none.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}

/// What a server answers.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(HeaderName, String)>,
    body: String,
}

impl Answer {
    /// A JSON text.
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string() }
            .header(header::CONTENT_TYPE, "application/json")
    }

    /// A page for people, as proxies send it.
    pub fn html(status: u16, body: impl ToString) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string() }.header(header::CONTENT_TYPE, "text/html")
    }

    /// Nothing beside the status.
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
        *response.status_mut() = StatusCode::from_u16(self.status).expect("a status");
        for (name, value) in &self.headers {
            let value = HeaderValue::from_str(value).expect("a value");
            response.headers_mut().append(name, value);
        }
        response
    }
}

#[derive(Clone)]
struct Shared {
    answers: Arc<[Answer]>,
    received: Arc<Mutex<Vec<Received>>>,
}

async fn record(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let received = Received {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: by_name(&parts.headers),
        body: to_bytes(body, MAX_BODY).await.expect("a body"),
    };
    let turn = {
        let mut all = shared.received.lock().expect("the requests");
        all.push(received);
        all.len() - 1
    };
    let answer = shared.answers.get(turn).or(shared.answers.last());
    answer.expect("one answer at least").response()
}

fn by_name(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut pairs: Vec<_> = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    pairs.sort();
    pairs
}
