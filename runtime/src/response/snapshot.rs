//! What an error keeps of a response.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::json_lookup::lookup_text;
use crate::operation::ErrorSchema;
use crate::text::Sanitized;

/// Headers in which servers name a request, for bodies that do not.
const REQUEST_ID_HEADERS: [&str; 2] = ["x-request-id", "request-id"];

/// The parts of a response that an error keeps.
#[derive(Clone)]
pub(crate) struct ResponseSnapshot {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: Option<String>,
}

impl ResponseSnapshot {
    pub(crate) fn new(response: &Response<Bytes>) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body: response.body().clone(),
            request_id: None,
        }
    }

    /// With the server's name for the request.
    pub(crate) fn named(mut self, shape: &ErrorSchema) -> Self {
        self.request_id = lookup_text(&self.body, shape.request_id).or_else(|| {
            let mut named = REQUEST_ID_HEADERS.iter().filter_map(|name| self.headers.get(*name));
            named.find_map(|value| value.to_str().ok().map(str::to_owned))
        });
        self
    }

    /// That name, fit for a log.
    pub(crate) fn shown_id(&self) -> Option<Sanitized<'_>> {
        self.request_id.as_deref().map(Sanitized::name)
    }
}
