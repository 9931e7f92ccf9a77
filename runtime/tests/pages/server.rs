//! A small API with a paginated list, and its in-memory server.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use typefoundry_runtime::{
    Auth, BoxFuture, Bytes, Client, Endpoint, HeaderWriter, Items, Method, Operation, Pages, Paginated,
    RequestOptions, RequestWriter, Transport, TransportError, TransportErrorKind, http, json_object,
};

use crate::common::API;

#[derive(Clone, Debug, Default)]
pub struct ListPets {
    pub kind: Option<String>,
    pub after: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Trace(pub Option<String>);

impl RequestOptions for Trace {
    fn write(&self, headers: &mut HeaderWriter) {
        headers.insert("x-trace", &self.0);
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct PetPage {
    pub pets: Vec<String>,
    pub next: Option<String>,
}

json_object!(PetPage { pets, next });

impl Endpoint for ListPets {
    type Options = Trace;
    type Response = PetPage;
    const OPERATION: Operation = Operation::new("pets.list", Method::GET, "/pets");

    fn write(&self, request: &mut RequestWriter) {
        request.query("kind", &self.kind);
        request.query("after", &self.after);
    }
}

impl Paginated for ListPets {
    type Item = String;
    type Cursor = String;

    fn cursor(&self) -> Option<&String> {
        self.after.as_ref()
    }

    fn set_cursor(&mut self, cursor: String) {
        self.after = Some(cursor);
    }

    fn next_cursor(page: &PetPage) -> Option<&String> {
        page.next.as_ref()
    }

    fn into_items(page: PetPage) -> Vec<String> {
        page.pets
    }
}

/// A status and a body, or no response.
pub type CannedResponse = Result<(u16, String), TransportErrorKind>;

/// Returns one page after another, whatever the request, and records the requests.
#[derive(Clone, Default)]
pub struct Server {
    responses: Arc<Mutex<VecDeque<CannedResponse>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub fn new(pages: &[&str]) -> Self {
        let server = Self::default();
        for page in pages {
            server.then(Ok((200, (*page).to_owned())));
        }
        server
    }

    pub fn then(&self, canned: CannedResponse) {
        self.responses.lock().expect("a lock").push_back(canned);
    }

    pub fn client(&self) -> Client {
        let builder = Client::builder(&API, "https://api.example.com", Auth::none()).transport(self.clone());
        #[cfg(feature = "blocking")]
        let builder = builder.blocking_transport(self.clone());
        builder.build().expect("a client")
    }

    pub fn pages(&self) -> Pages<ListPets> {
        self.client().request(ListPets::default()).pages()
    }

    pub fn items(&self) -> Items<ListPets> {
        self.client().request(ListPets::default()).items()
    }

    /// Returns the queries received so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a lock").clone()
    }

    fn canned(&self) -> Result<http::Response<Bytes>, TransportError> {
        let canned = self.responses.lock().expect("a lock").pop_front().expect("one more request");
        let (status, body) = canned.map_err(|kind| TransportError::new(kind, "no response"))?;
        Ok(http::Response::builder().status(status).body(body.into()).expect("a response"))
    }
}

impl Transport for Server {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let asked = asked(&request);
        Box::pin(async move {
            // A request is sent when its future is polled, and needs one more poll to complete.
            self.asked.lock().expect("a lock").push(asked);
            tokio::task::yield_now().await;
            self.canned()
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Returns the part of the request that identifies the page.
fn asked(request: &http::Request<Bytes>) -> String {
    let query = request.uri().query().unwrap_or_default();
    let trace = request.headers().get("x-trace").map(|value| value.to_str().expect("text"));
    trace.map_or_else(|| query.to_owned(), |trace| format!("{query} {trace}"))
}

#[cfg(feature = "blocking")]
impl typefoundry_runtime::BlockingTransport for Server {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.asked.lock().expect("a lock").push(asked(&request));
        self.canned()
    }

    fn sleep(&self, _duration: Duration) {}
}

pub const THREE: [&str; 3] = [
    r#"{"pets":["Rex","Tom"],"next":"p2"}"#,
    r#"{"pets":["Ada"],"next":"p3"}"#,
    r#"{"pets":["Joe"],"next":null}"#,
];
