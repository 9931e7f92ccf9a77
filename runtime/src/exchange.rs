//! What the transports do alike in sending a request and reading its response.

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::response::Parts;
use http::{HeaderValue, Method, Request, Response};

use crate::{TransportError, TransportErrorKind};

pub(crate) const DEFAULT_MAX_RESPONSE_LEN: usize = 64 * 1024 * 1024;

/// Room that is made for a body that is only announced.
const RESERVED: usize = 64 * 1024;

/// Says the length of a body that is empty where the method has one: HTTP libraries say nothing then, and some
/// servers refuse that.
pub(crate) fn announce_empty_body(request: &mut Request<Bytes>) {
    let has_body = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH);
    if has_body && request.body().is_empty() {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// A response whose body is being read, piece by piece, so that one without end is not swallowed whole.
pub(crate) struct Reading {
    head: Parts,
    body: BytesMut,
    limit: usize,
}

impl Reading {
    /// Begins with a head that announces a body of so many bytes, or of none where it does not say.
    pub(crate) fn new(head: Parts, announced: u64, limit: usize) -> Result<Self, TransportError> {
        let len = usize::try_from(announced).unwrap_or(usize::MAX);
        let body = BytesMut::with_capacity(len.min(limit).min(RESERVED));
        let reading = Self { head, body, limit };
        if len > limit { Err(reading.too_large()) } else { Ok(reading) }
    }

    /// Adds a piece and goes on, unless the body is longer than it may be by now.
    pub(crate) fn with(mut self, piece: &[u8]) -> Result<Self, TransportError> {
        if piece.len() > self.limit.saturating_sub(self.body.len()) {
            return Err(self.too_large());
        }
        self.body.extend_from_slice(piece);
        Ok(self)
    }

    /// The response, when the body is whole.
    pub(crate) fn whole(self) -> Response<Bytes> {
        Response::from_parts(self.head, self.body.freeze())
    }

    /// The error with all that came before it.
    pub(crate) fn broken_off(self, error: TransportError) -> TransportError {
        error.with_response(self.whole())
    }

    /// Nobody wants so much; what was read of it goes.
    fn too_large(mut self) -> TransportError {
        self.body = BytesMut::new();
        let what = format!("the body of the response is longer than {} bytes", self.limit);
        self.broken_off(TransportError::new(TransportErrorKind::BodyTooLarge, what))
    }
}

/// Reads a whole body that may have `limit` bytes. Trailers say nothing that anybody asks for.
#[cfg(any(feature = "hyper", feature = "reqwest"))]
pub(crate) async fn read<B>(
    response: Response<B>,
    limit: usize,
    failed: impl FnOnce(B::Error) -> TransportError,
) -> Result<Response<Bytes>, TransportError>
where
    B: http_body_util::BodyExt<Data = Bytes> + Unpin,
{
    let (head, mut body) = response.into_parts();
    let mut reading = Reading::new(head, body.size_hint().lower(), limit)?;
    while let Some(frame) = body.frame().await {
        reading = match frame.map(hyper::body::Frame::into_data) {
            Ok(Ok(piece)) => reading.with(&piece)?,
            Ok(Err(_)) => reading,
            Err(error) => return Err(reading.broken_off(failed(error))),
        };
    }
    Ok(reading.whole())
}

/// Whether something came back that hyper does not take for HTTP.
#[cfg(any(feature = "hyper", feature = "reqwest"))]
pub(crate) fn is_no_http(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}

/// An answer that is no HTTP, or whose head is longer than a client reads.
pub(crate) const NO_HTTP: &str = "the answer is no HTTP that can be read";
