//! What comes back: the response, read whole, or why there is none.

use std::io::Read;

use bytes::Bytes;
use http::Response;
use ureq::{Body, Error};

use crate::exchange::{check_announced, too_large};
use crate::{TransportError, TransportErrorKind};

/// Reads a whole body that may have `limit` bytes.
pub(super) fn read(response: Response<Body>, limit: usize) -> Result<Response<Bytes>, TransportError> {
    let (parts, body) = response.into_parts();
    check_announced(body.content_length().unwrap_or(0), limit)?;
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut read = Vec::new();
    body.into_reader().take(most).read_to_end(&mut read).map_err(|error| broken_off(error.into()))?;
    if read.len() > limit {
        return Err(too_large(limit));
    }
    Ok(Response::from_parts(parts, read.into()))
}

/// Says which part failed. What may repeat the URL is not passed on.
pub(super) fn failed(error: Error) -> TransportError {
    let (kind, what) = match &error {
        Error::Timeout(_) => return too_slow(),
        Error::Io(_) | Error::Protocol(_) => (TransportErrorKind::Io, "the connection failed"),
        Error::LargeResponseHeader(..) => (TransportErrorKind::Other, "the response has too many headers"),
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
