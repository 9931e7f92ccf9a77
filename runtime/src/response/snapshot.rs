//! The parts of a response that an error keeps.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::json_lookup::FoundValues;
use crate::operation::ErrorSchema;
use crate::text::Sanitized;

/// Headers that contain the request ID, for bodies without one.
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

    /// Sets the request ID of the server.
    pub(crate) fn with_request_id(self, schema: &ErrorSchema) -> Self {
        let found = FoundValues::find(&self.body, schema.request_id.iter().copied());
        self.with_request_id_of(schema, &found)
    }

    /// Sets the request ID of the server, whose values in the body are already known.
    pub(crate) fn with_request_id_of(mut self, schema: &ErrorSchema, found: &FoundValues) -> Self {
        self.request_id = found.text(schema.request_id).or_else(|| {
            let mut values = REQUEST_ID_HEADERS.iter().filter_map(|name| self.headers.get(*name));
            values.find_map(|value| value.to_str().ok().map(str::to_owned))
        });
        self
    }

    /// Returns the request ID, sanitized for logs.
    pub(crate) fn sanitized_request_id(&self) -> Option<Sanitized<'_>> {
        self.request_id.as_deref().map(Sanitized::identifier)
    }
}
