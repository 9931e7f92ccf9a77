//! The parts of a response that an error keeps.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::json_lookup::FoundValues;
use crate::operation::ErrorSchema;
use crate::text::Sanitized;

/// Headers that contain the request ID, for bodies without one.
const REQUEST_ID_HEADERS: [&str; 2] = ["x-request-id", "request-id"];

/// The maximum length of a searched error body in bytes. A longer one is not an error body that an API
/// describes, and reading it would delay the thread of the call.
const MAX_SEARCHED_ERROR_LEN: usize = 1024 * 1024;

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

    /// Finds the values at the paths in the body. An error body over 1 MiB is not searched.
    pub(crate) fn find(&self, paths: impl IntoIterator<Item = &'static str>) -> FoundValues {
        if !self.status.is_success() && self.body.len() > MAX_SEARCHED_ERROR_LEN {
            return FoundValues::default();
        }
        FoundValues::find(&self.body, paths)
    }

    /// Sets the request ID of the server.
    pub(crate) fn with_request_id(self, schema: &ErrorSchema) -> Self {
        let found = self.find(schema.request_id.iter().copied());
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

#[cfg(test)]
mod tests {
    use super::{MAX_SEARCHED_ERROR_LEN, ResponseSnapshot};
    use crate::operation::ErrorSchema;
    use http::Response;

    fn request_id(status: u16, body_len: usize) -> Option<String> {
        let start = r#"{"id": "x"}"#;
        let body = format!("{start}{}", " ".repeat(body_len - start.len()));
        let mut response = Response::new(body.into());
        *response.status_mut() = status.try_into().expect("a status");
        let schema = ErrorSchema { request_id: &["id"], ..ErrorSchema::NONE };
        ResponseSnapshot::new(&response).with_request_id(&schema).request_id
    }

    #[test]
    fn only_an_error_body_has_a_size_limit_for_searches() {
        for (status, body_len, is_searched) in [
            (400, MAX_SEARCHED_ERROR_LEN, true),
            (400, MAX_SEARCHED_ERROR_LEN + 1, false),
            (200, MAX_SEARCHED_ERROR_LEN + 1, true),
        ] {
            let expected = is_searched.then(|| "x".to_owned());
            assert_eq!(request_id(status, body_len), expected, "{status} {body_len}");
        }
    }
}
