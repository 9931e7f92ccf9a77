//! What comes back: the response, read whole, or why there is none.

use std::io::{ErrorKind, Read};

use bytes::Bytes;
use http::Response;
use ureq::{Body, Error};

use crate::exchange::{NO_HTTP, Reading};
use crate::{TransportError, TransportErrorKind};

/// How much of a body is read at once.
const AT_ONCE: usize = 16 * 1024;

/// Reads a whole body that may have `limit` bytes.
pub(super) fn read(response: Response<Body>, limit: usize) -> Result<Response<Bytes>, TransportError> {
    let (head, body) = response.into_parts();
    let mut reading = Reading::new(head, body.content_length().unwrap_or(0), limit)?;
    let mut reader = body.into_reader();
    let mut buffer = vec![0; AT_ONCE];
    loop {
        reading = match reader.read(&mut buffer) {
            Ok(0) => return Ok(reading.whole()),
            Ok(len) => reading.with(buffer.get(..len).unwrap_or_default())?,
            Err(error) if error.kind() == ErrorKind::Interrupted => reading,
            Err(error) => return Err(reading.broken_off(broken_off(error.into()))),
        };
    }
}

/// Says which part failed. What may repeat the URL is not passed on.
pub(super) fn failed(error: Error) -> TransportError {
    let (kind, what) = match &error {
        Error::Timeout(_) => return too_slow(),
        Error::Io(_) => (TransportErrorKind::Io, "the connection failed"),
        Error::Protocol(_) | Error::LargeResponseHeader(..) => (TransportErrorKind::Protocol, NO_HTTP),
        _ => (TransportErrorKind::Other, "the request cannot be sent"),
    };
    because_of(error, TransportError::new(kind, what))
}

/// Says that a response ended before its body did. The request has been sent by then, whatever ureq calls it.
fn broken_off(error: Error) -> TransportError {
    match error {
        Error::Timeout(_) => too_slow(),
        error => because_of(error, TransportError::new(TransportErrorKind::Io, "the response broke off")),
    }
}

fn because_of(error: Error, failed: TransportError) -> TransportError {
    match error {
        Error::Other(error) => error.downcast().map_or_else(|error| failed.with_source(error), |ours| *ours),
        Error::Io(error) => failed.with_source(error),
        Error::Protocol(error) => failed.with_source(error),
        Error::Http(error) => failed.with_source(error),
        error @ Error::BodyStalled => failed.with_source(error),
        _ => failed,
    }
}

pub(super) fn too_slow() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, "there was no response in time")
}
