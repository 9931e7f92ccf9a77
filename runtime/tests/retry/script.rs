//! A scripted in-memory server, an operation for every method, and the two ways to call it.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;
use typefoundry_runtime::{
    ApiInfo, ApiResponse, Auth, BoxFuture, Bytes, Call, CallWithMetadata, Client, ClientBuilder, Endpoint,
    Error, ErrorSchema, HeaderWriter, IdempotencyKey, Method, Operation, RequestOptions, RequestWriter,
    Transport, TransportError, TransportErrorKind, http, json_object,
};

pub static API: ApiInfo = ApiInfo { name: "petstore", user_agent: "petstore/1", retry_statuses: &[409] };

const ERROR_SCHEMA: ErrorSchema =
    ErrorSchema { code: &["type"], request_id: &["request_id"], ..ErrorSchema::NONE };

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
        headers.insert("X-Acme-Key", &self.key);
    }
}

/// Calls the server with the method of this letter: `G`et, `H`ead, `O`ptions, p`U`t, `D`elete, `P`ost, p`A`tch.
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
        operation.errors = &ERROR_SCHEMA;
        operation.idempotency_key = IdempotencyKey::CallerProvided("x-acme-key");
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path("id", &self.id.as_deref().unwrap_or("7"));
        if matches!(METHOD, 'P' | 'A' | 'U') {
            request.body("name", &"Rex");
        }
    }
}

/// The way in which a call is made. The result must be the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Awaited,
    #[cfg(feature = "blocking")]
    Blocking,
}

impl Way {
    pub async fn call<R>(self, call: Call<R>) -> Result<R, Error> {
        match self {
            Self::Awaited => call.await,
            #[cfg(feature = "blocking")]
            Self::Blocking => call.wait(),
        }
    }

    pub async fn call_with_metadata<R>(self, call: CallWithMetadata<R>) -> Result<ApiResponse<R>, Error> {
        match self {
            Self::Awaited => call.await,
            #[cfg(feature = "blocking")]
            Self::Blocking => call.wait(),
        }
    }
}

/// Defines two tests for each function that takes a [`Way`], with a paused clock that advances to the next timer.
macro_rules! both_ways {
    ($($case:ident),* $(,)?) => {$(
        mod $case {
            use super::Way;

            #[tokio::test(start_paused = true)]
            async fn awaited() {
                super::$case(Way::Awaited).await;
            }

            #[cfg(feature = "blocking")]
            #[tokio::test(start_paused = true)]
            async fn blocking() {
                super::$case(Way::Blocking).await;
            }
        }
    )*};
}

pub(crate) use both_ways;

#[derive(Clone, Debug)]
pub enum Step {
    /// Responds at once.
    Respond(u16, Vec<(&'static str, &'static str)>),
    /// Responds with 503 after this time, and requests a delay. A blocking call does not spend the time.
    Late(Duration, &'static str),
    /// Begins this response, and ends it early.
    Truncated(u16, Vec<(&'static str, &'static str)>),
    /// Begins this response, whose body exceeds the limit.
    TooLarge(u16, Vec<(&'static str, &'static str)>),
    Fault(TransportErrorKind),
    Silence,
}

pub fn status(status: u16) -> Step {
    Step::Respond(status, Vec::new())
}

/// A request and its time of arrival.
type Seen = (Duration, http::Request<Bytes>);

/// Takes its steps one after another, repeats the last one forever, and records the requests and their times.
#[derive(Clone)]
pub struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    start: Instant,
    /// The time that blocking calls spent. They cannot advance the clock.
    blocked: Arc<Mutex<Duration>>,
    /// The time limit of each blocking attempt.
    limits: Arc<Mutex<Vec<Duration>>>,
}

fn truncated(response: http::Response<Bytes>) -> TransportError {
    let part = response.map(|body| body.slice(..5));
    TransportError::new(TransportErrorKind::Connection, "it broke off").with_response(part)
}

fn too_large(response: http::Response<Bytes>) -> TransportError {
    let head = response.map(|_| Bytes::new());
    TransportError::new(TransportErrorKind::BodyTooLarge, "it is too long").with_response(head)
}

impl Script {
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = Arc::new(Mutex::new(steps.into_iter().collect()));
        let start = Instant::now();
        Self { steps, seen: Arc::default(), start, blocked: Arc::default(), limits: Arc::default() }
    }

    pub fn builder(&self) -> ClientBuilder {
        self.builder_with(Auth::bearer("hush-111"))
    }

    pub fn builder_with(&self, auth: Auth) -> ClientBuilder {
        let builder = Client::builder(&API, "https://api.example.com", auth).transport(self.clone());
        #[cfg(feature = "blocking")]
        let builder = builder.blocking_transport(self.clone());
        builder
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    pub fn elapsed(&self) -> Duration {
        self.start.elapsed() + *self.blocked.lock().expect("a lock")
    }

    pub fn limits(&self) -> Vec<Duration> {
        self.limits.lock().expect("a lock").clone()
    }

    pub fn attempts(&self) -> usize {
        self.seen.lock().expect("a lock").len()
    }

    pub fn seen(&self) -> Vec<http::Request<Bytes>> {
        self.seen.lock().expect("a lock").iter().map(|(_, request)| request.clone()).collect()
    }

    /// Returns the time between each request and the previous one.
    pub fn waits(&self) -> Vec<Duration> {
        let seen = self.seen.lock().expect("a lock");
        seen.windows(2).map(|pair| pair[1].0 - pair[0].0).collect()
    }

    fn pass(&self, duration: Duration) {
        *self.blocked.lock().expect("a lock") += duration;
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
                Step::Respond(status, headers) => Ok(response(status, &headers)),
                Step::Late(delay, retry_after) => {
                    tokio::time::sleep(delay).await;
                    Ok(response(503, &[("retry-after", retry_after)]))
                }
                Step::Truncated(status, headers) => Err(truncated(response(status, &headers))),
                Step::TooLarge(status, headers) => Err(too_large(response(status, &headers))),
                Step::Fault(kind) => Err(TransportError::new(kind, "it went wrong")),
                Step::Silence => pending().await,
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[cfg(feature = "blocking")]
impl typefoundry_runtime::BlockingTransport for Script {
    fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.seen.lock().expect("a lock").push((self.elapsed(), request));
        self.limits.lock().expect("a lock").push(timeout);
        match self.next() {
            Step::Respond(status, headers) => Ok(response(status, &headers)),
            Step::Late(delay, retry_after) => {
                self.pass(delay);
                Ok(response(503, &[("retry-after", retry_after)]))
            }
            Step::Truncated(status, headers) => Err(truncated(response(status, &headers))),
            Step::TooLarge(status, headers) => Err(too_large(response(status, &headers))),
            Step::Fault(kind) => Err(TransportError::new(kind, "it went wrong")),
            Step::Silence => {
                self.pass(timeout);
                Err(TransportError::new(TransportErrorKind::Timeout, "nothing came"))
            }
        }
    }

    fn sleep(&self, duration: Duration) {
        self.pass(duration);
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
