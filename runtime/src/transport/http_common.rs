//! Building blocks for transports over any HTTP library.

#[cfg(feature = "http-body")]
use bytes::Bytes as Data;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Request, Version};
#[cfg(feature = "http-body")]
use {
    super::body_collector::{Collector, Decoding},
    crate::body::{is_truncated, truncated},
    http::Response,
    http_body::{Body, Frame},
    http_body_util::BodyExt as _,
};

use crate::body::RequestBody;
use crate::error::{TransportError, TransportErrorKind};
use crate::request::remove_framing_headers;

/// Leaves the framing of a request to the HTTP library. A [`Transport`](crate::Transport) calls this function before it
/// sends a request.
///
/// Removes the headers that frame a message or manage the connection, such as `transfer-encoding` and `connection`,
/// which layers around the transport may have added. Sets `content-length: 0` for a POST, PUT or PATCH request without
/// a body: HTTP libraries omit that header, and some servers then reject the request.
///
/// ```
/// use typefoundry_runtime::http::Request;
/// use typefoundry_runtime::set_framing_headers;
///
/// let mut request = Request::post("https://api.acme.test/").header("connection", "close").body(Default::default())?;
/// set_framing_headers(&mut request);
/// assert!(!request.headers().contains_key("connection"));
/// assert_eq!(request.headers()["content-length"], "0");
/// # Ok::<(), typefoundry_runtime::http::Error>(())
/// ```
pub fn set_framing_headers(request: &mut Request<bytes::Bytes>) {
    let is_empty = request.body().is_empty();
    set_headers(request, is_empty);
}

/// Leaves the framing of a request to the HTTP library, as [`set_framing_headers`] does. A
/// [`Transport`](crate::Transport) calls this function in `send_streaming`.
///
/// The HTTP library sets `content-length` if [`RequestBody::content_length`] returns a length, and otherwise sends the body
/// in chunks.
///
/// # Errors
/// Returns an error of kind [`TransportErrorKind::RequestBody`] if the body has no known length, but cannot be sent in
/// chunks: HTTP libraries omit such a body if the method is GET, HEAD or CONNECT, or if the version is HTTP/1.0.
pub fn set_streaming_framing_headers(request: &mut Request<RequestBody>) -> Result<(), TransportError> {
    let len = request.body().content_length();
    set_headers(request, len == Some(0));
    let cannot_be_chunked = request.version() == Version::HTTP_10
        || matches!(*request.method(), Method::GET | Method::HEAD | Method::CONNECT);
    if len.is_none() && cannot_be_chunked {
        let message = format!(
            "the body of a {} request in {:?} must have a length",
            request.method(),
            request.version()
        );
        return Err(TransportError::new(TransportErrorKind::RequestBody, message));
    }
    Ok(())
}

fn set_headers<B>(request: &mut Request<B>, is_empty: bool) {
    remove_framing_headers(request.headers_mut());
    let has_body = matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH | Method::QUERY);
    if has_body && is_empty {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// Reads a response body of at most `limit` bytes, for a [`Transport`](crate::Transport) over an HTTP library whose
/// bodies implement `http_body::Body` 1.x.
///
/// The limit is checked for each piece, so an endless body is not read to its end. Trailers are ignored. `map_error`
/// converts an error of the HTTP library.
///
/// # Errors
/// Returns one of these errors:
///
/// - An error of kind [`TransportErrorKind::BodyTooLarge`](crate::TransportErrorKind::BodyTooLarge) if the body is
///   longer than `limit`. The error contains the head of the response.
/// - The error of `map_error` if the body is truncated. The error contains the head and the received part of the body.
#[cfg(feature = "http-body")]
pub async fn read_response<B>(
    response: Response<B>,
    limit: usize,
    map_error: impl FnOnce(B::Error) -> TransportError,
) -> Result<Response<Data>, TransportError>
where
    B: Body<Data = Data> + Unpin,
{
    read_decoded(response, limit, Decoding::None, is_truncated, map_error).await
}

/// Reads a body as [`read_response`] does, and decodes it. The limit is that of the decoded body. `is_truncated` returns
/// whether a body without further frames is incomplete.
#[cfg(feature = "http-body")]
pub(crate) async fn read_decoded<B>(
    response: Response<B>,
    limit: usize,
    decoding: Decoding,
    is_truncated: fn(&B) -> bool,
    map_error: impl FnOnce(B::Error) -> TransportError,
) -> Result<Response<Data>, TransportError>
where
    B: Body<Data = Data> + Unpin,
{
    let (mut head, mut body) = response.into_parts();
    let expected_len = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut collector = match Collector::new(decoding, &mut head, expected_len, limit) {
        Ok(collector) => collector,
        Err(error) => return Err(error.into_transport_error(head, limit)),
    };
    while let Some(frame) = body.frame().await {
        let pushed = match frame.map(Frame::into_data) {
            Ok(Ok(chunk)) => collector.push(&chunk),
            Ok(Err(_)) => Ok(()),
            Err(error) => {
                return Err(
                    map_error(error).with_response(Response::from_parts(head, collector.into_received()))
                );
            }
        };
        if let Err(error) = pushed {
            return Err(error.into_transport_error(head, limit));
        }
    }
    if is_truncated(&body) {
        return Err(truncated().with_response(Response::from_parts(head, collector.into_received())));
    }
    match collector.finish() {
        Ok(body) => Ok(Response::from_parts(head, body)),
        Err(error) => Err(error.into_transport_error(head, limit)),
    }
}
