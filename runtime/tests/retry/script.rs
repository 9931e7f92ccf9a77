//! A server in memory that plays a script, and an operation of every method to play it for.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;
use typefoundry_runtime::{
    Api, Auth, BoxFuture, Bytes, Client, ClientBuilder, Endpoint, ErrorShape, HeaderWriter, IdempotencyKey,
    Method, Operation, RequestOptions, RequestWriter, Transport, TransportError, TransportErrorKind, http,
    json_object,
};

pub static API: Api = Api { name: "petstore", user_agent: "petstore/1", retry_statuses: &[409] };

const ERRORS: ErrorShape = ErrorShape { code: &["type"], request_id: &["request_id"], ..ErrorShape::NONE };

#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub name: String,
}
json_object!(Name { name });

#[derive(Clone, Debug, Default)]
pub struct Options {
    pub key: Option<String>,
}

impl RequestOptions for Options {
    fn write(&self, headers: &mut HeaderWriter) {
        headers.put("X-Acme-Key", &self.key);
    }
}

/// Calls the server by the method of this letter: `G`et, `H`ead, `O`ptions, p`U`t, `D`elete, `P`ost, p`A`tch.
#[derive(Clone, Debug, Default)]
pub struct Ask<const METHOD: char> {
    pub id: Option<String>,
}

impl<const METHOD: char> Endpoint for Ask<METHOD> {
    type Options = Options;
    type Response = Name;
    const OPERATION: Operation = {
        let method = match METHOD {
            'G' => Method::GET,
            'H' => Method::HEAD,
            'O' => Method::OPTIONS,
            'U' => Method::PUT,
            'D' => Method::DELETE,
            'P' => Method::POST,
            _ => Method::PATCH,
        };
        let mut operation = Operation::new("pets.ask", method, "/ask/{id}");
        operation.errors = &ERRORS;
        operation.idempotency_key = IdempotencyKey::Given("x-acme-key");
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path("id", &self.id.as_deref().unwrap_or("7"));
        if matches!(METHOD, 'P' | 'A' | 'U') {
            request.body("name", &"Rex");
        }
    }
}

#[derive(Clone, Debug)]
pub enum Step {
    /// Answers at once.
    Answer(u16, Vec<(&'static str, &'static str)>),
    /// Answers with 503 after a while, and asks for a wait.
    Late(Duration, &'static str),
    Fault(TransportErrorKind),
    Silence,
}

pub fn status(status: u16) -> Step {
    Step::Answer(status, Vec::new())
}

/// A request, and when it came.
type Seen = (Duration, http::Request<Bytes>);

/// Plays its steps one by one, the last of them for ever, and keeps what was sent and when.
#[derive(Clone)]
pub struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    start: Instant,
}

impl Script {
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = Arc::new(Mutex::new(steps.into_iter().collect()));
        Self { steps, seen: Arc::default(), start: Instant::now() }
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder(&API, "https://api.example.com", Auth::bearer("hush-111")).transport(self.clone())
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    pub fn attempts(&self) -> usize {
        self.seen.lock().expect("a lock").len()
    }

    pub fn seen(&self) -> Vec<http::Request<Bytes>> {
        self.seen.lock().expect("a lock").iter().map(|(_, request)| request.clone()).collect()
    }

    /// The time between each request and the one before it.
    pub fn waits(&self) -> Vec<Duration> {
        let seen = self.seen.lock().expect("a lock");
        seen.windows(2).map(|pair| pair[1].0 - pair[0].0).collect()
    }

    fn next(&self) -> Step {
        let mut steps = self.steps.lock().expect("a lock");
        if steps.len() > 1 { steps.pop_front() } else { steps.front().cloned() }.expect("a step")
    }
}

impl Transport for Script {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.seen.lock().expect("a lock").push((self.elapsed(), request));
        let step = self.next();
        Box::pin(async move {
            match step {
                Step::Answer(status, headers) => Ok(response(status, &headers)),
                Step::Late(delay, retry_after) => {
                    tokio::time::sleep(delay).await;
                    Ok(response(503, &[("retry-after", retry_after)]))
                }
                Step::Fault(kind) => Err(TransportError::new(kind, "it went wrong")),
                Step::Silence => pending().await,
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn response(status: u16, headers: &[(&'static str, &'static str)]) -> http::Response<Bytes> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let body = if status < 300 { r#"{"name":"Rex","request_id":"r-1"}"# } else { r#"{"type":"hush_hush"}"# };
    response.body(Bytes::from_static(body.as_bytes())).expect("a response")
}
