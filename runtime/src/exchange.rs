//! What the transports do alike in sending a request and reading its response.

use std::error::Error;
use std::iter::successors;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::response::Parts;
use http::{HeaderValue, Method, Request, Response};
use http_body_util::BodyExt;
use hyper::body::Frame;

use crate::framing::remove_framing_headers;
use crate::{TransportError, TransportErrorKind};

pub(crate) const DEFAULT_MAX_RESPONSE_LEN: usize = 64 * 1024 * 1024;

/// An answer that is no HTTP, or whose head is longer than a client reads.
pub(crate) const NO_HTTP: &str = "the answer is no HTTP that can be read";

/// Room that is made for a body that is only announced.
const RESERVED: usize = 64 * 1024;

/// Leaves the framing of a request to the HTTP library, whatever the code around the transport wrote.
///
/// Adds the length of an empty body where the method has a body: HTTP libraries leave it out, and some servers refuse
/// such a request.
pub(crate) fn frame(request: &mut Request<Bytes>) {
    remove_framing_headers(request.headers_mut());
    let has_body = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
    if has_body && request.body().is_empty() {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// Reads a whole body that may have `limit` bytes, piece by piece, so that one without end is not swallowed first.
///
/// An error keeps what came before it, but for a body that is too long, which nobody wants. Trailers say nothing that
/// anybody asks for.
pub(crate) async fn read<B>(
    response: Response<B>,
    limit: usize,
    failed: impl FnOnce(B::Error) -> TransportError,
) -> Result<Response<Bytes>, TransportError>
where
    B: BodyExt<Data = Bytes> + Unpin,
{
    let (head, mut body) = response.into_parts();
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(too_large(head, limit));
    }
    let mut read = BytesMut::with_capacity(announced.min(RESERVED));
    while let Some(frame) = body.frame().await {
        match frame.map(Frame::into_data) {
            Ok(Ok(piece)) if piece.len() > limit.saturating_sub(read.len()) => {
                return Err(too_large(head, limit));
            }
            Ok(Ok(piece)) => read.extend_from_slice(&piece),
            Ok(Err(_)) => {}
            Err(error) => return Err(failed(error).with_response(Response::from_parts(head, read.freeze()))),
        }
    }
    Ok(Response::from_parts(head, read.freeze()))
}

fn too_large(head: Parts, limit: usize) -> TransportError {
    let what = format!("the body of the response is longer than {limit} bytes");
    let part = Response::from_parts(head, Bytes::new());
    TransportError::new(TransportErrorKind::BodyTooLarge, what).with_response(part)
}

/// Whether something came back that hyper does not take for HTTP.
pub(crate) fn is_no_http(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |error| (*error).source())
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}
