//! What an error keeps of a response.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use crate::api_error::find_text;
use crate::{ErrorShape, Value};

/// Headers in which servers name a request, for bodies that do not.
const REQUEST_ID_HEADERS: [&str; 2] = ["x-request-id", "request-id"];

/// The parts of a response that an error keeps.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: Option<String>,
}

impl Answer {
    pub(crate) fn new(response: &Response<Bytes>) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.body().clone(),
            request_id: None,
        }
    }

    /// With the server's name for the request. The body is read for it only where it may hold one.
    pub(crate) fn named(mut self, shape: &ErrorShape) -> Self {
        let body = match shape.request_id {
            [] => Value::Null,
            _ => serde_json::from_slice(&self.body).unwrap_or_default(),
        };
        self.read_request_id(&body, shape);
        self
    }

    pub(crate) fn read_request_id(&mut self, body: &Value, shape: &ErrorShape) {
        self.request_id = find_text(body, shape.request_id).or_else(|| {
            let mut named = REQUEST_ID_HEADERS.iter().filter_map(|name| self.headers.get(*name));
            named.find_map(|value| value.to_str().ok().map(str::to_owned))
        });
    }
}
