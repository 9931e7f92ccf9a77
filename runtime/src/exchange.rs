//! What the transports do alike in sending a request and reading its response.

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request};

use crate::{TransportError, TransportErrorKind};

#[cfg(any(feature = "hyper", feature = "ureq"))]
pub(crate) const DEFAULT_CONNECT_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);
pub(crate) const DEFAULT_MAX_RESPONSE_LEN: usize = 64 * 1024 * 1024;

/// Says the length of a body that is empty where the method has one: HTTP libraries say nothing then, and some
/// servers refuse that.
pub(crate) fn announce_empty_body(request: &mut Request<Bytes>) {
    let has_body = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
    if has_body && request.body().is_empty() {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// Refuses a body that is announced to be longer than `limit`, before it is read.
pub(crate) fn check_announced(len: u64, limit: usize) -> Result<(), TransportError> {
    let fits = usize::try_from(len).is_ok_and(|len| len <= limit);
    if fits { Ok(()) } else { Err(too_large(limit)) }
}

pub(crate) fn too_large(limit: usize) -> TransportError {
    let what = format!("the body of the response is longer than {limit} bytes");
    TransportError::new(TransportErrorKind::BodyTooLarge, what)
}
