//! The error response of a server.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::json::Value;
use crate::operation::ErrorSchema;
use crate::response::ResponseSnapshot;
use crate::text::{Sanitized, sanitized};

/// The error response of a server: any response without a success status.
///
/// The body does not have to match the API description; a proxy can respond with an HTML page, for
/// example. In that case [`ApiError::code`] and [`ApiError::message`] are `None`, and
/// [`ApiError::body`] contains the bytes as received. The same applies to a body over 1 MiB, which is
/// not searched.
#[derive(Clone)]
pub struct ApiError {
    snapshot: ResponseSnapshot,
    code: Option<String>,
    message: Option<String>,
    url: Option<String>,
    details: Option<Value>,
}

impl ApiError {
    pub(crate) fn new(snapshot: ResponseSnapshot, schema: &ErrorSchema) -> Self {
        let ErrorSchema { code, message, url, details, request_id } = *schema;
        let paths = [code, message, url, details, request_id].into_iter().flatten().copied();
        let found = snapshot.find(paths);
        Self {
            code: found.text(code),
            message: found.text(message),
            url: found.text(url),
            details: found.value(details).filter(|details| !details.is_null()).cloned(),
            snapshot: snapshot.with_request_id_of(schema, &found),
        }
    }

    /// Returns the status of the response. A status in the body is ignored.
    pub fn status(&self) -> StatusCode {
        self.snapshot.status
    }

    /// Returns the machine-readable error code, such as `pet_not_found`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the human-readable error message.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Returns the URL of a page about the error.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Returns further details as free-form JSON.
    pub fn details(&self) -> Option<&Value> {
        self.details.as_ref()
    }

    /// Returns the request ID, to be quoted in support requests: from the body, or else from the
    /// header `x-request-id` or `request-id`.
    pub fn request_id(&self) -> Option<&str> {
        self.snapshot.request_id.as_deref()
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.snapshot.headers
    }

    /// Returns the body as received, in any format.
    pub fn body(&self) -> &Bytes {
        &self.snapshot.body
    }

    pub(crate) fn snapshot(&self) -> &ResponseSnapshot {
        &self.snapshot
    }
}

impl ApiError {
    fn display(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server responded with {}", self.status())?;
        let texts = [self.code().map(Sanitized::identifier), self.message().map(Sanitized::message)];
        texts.into_iter().flatten().try_for_each(|text| write!(f, ": {text}"))?;
        match self.snapshot.sanitized_request_id() {
            Some(request_id) => write!(f, " (request {request_id})"),
            None => Ok(()),
        }
    }

    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status())
            .field("code", &self.code().map(Sanitized::identifier))
            .field("message", &self.message().map(Sanitized::message))
            .field("request_id", &self.snapshot.sanitized_request_id())
            .field("body_len", &self.snapshot.body.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.display(f)
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sanitized::debug(f, &|f| self.debug(f))
    }
}

impl std::error::Error for ApiError {}
