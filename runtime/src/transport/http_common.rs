//! What the transports do alike in sending a request and reading its response.

use std::error::Error;
use std::iter::successors;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Response};
use http_body_util::BodyExt;
use hyper::body::Frame;

use super::body_collector::{Collector, Decoding};
use crate::error::TransportError;
use crate::request::remove_framing_headers;

pub(crate) const DEFAULT_MAX_RESPONSE_LEN: usize = 64 * 1024 * 1024;

/// An answer that is no HTTP, or whose head is longer than a client reads.
pub(crate) const NO_HTTP: &str = "the answer is no HTTP that can be read";

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

/// Reads a whole body of at most `limit` bytes, piece by piece, so that an endless one is not read first.
///
/// An error keeps the part that was received, except of a body that is too long or cannot be decoded. Trailers are
/// ignored.
pub(crate) async fn read<B>(
    response: Response<B>,
    limit: usize,
    decoding: Decoding,
    failed: impl FnOnce(B::Error) -> TransportError,
) -> Result<Response<Bytes>, TransportError>
where
    B: BodyExt<Data = Bytes> + Unpin,
{
    let (mut head, mut body) = response.into_parts();
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut collector = match Collector::new(decoding, &mut head, announced, limit) {
        Ok(collector) => collector,
        Err(failure) => return Err(failure.into_error(head, limit)),
    };
    while let Some(frame) = body.frame().await {
        let pushed = match frame.map(Frame::into_data) {
            Ok(Ok(piece)) => collector.push(&piece),
            Ok(Err(_)) => Ok(()),
            Err(error) => {
                return Err(failed(error).with_response(Response::from_parts(head, collector.into_part())));
            }
        };
        if let Err(failure) = pushed {
            return Err(failure.into_error(head, limit));
        }
    }
    match collector.finish() {
        Ok(body) => Ok(Response::from_parts(head, body)),
        Err(failure) => Err(failure.into_error(head, limit)),
    }
}

/// Whether something came back that hyper does not take for HTTP.
pub(crate) fn is_no_http(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |error| (*error).source())
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}
