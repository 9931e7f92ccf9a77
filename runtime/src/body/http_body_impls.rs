//! Conversions from and to the bodies of the `http-body` crate.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};

use super::request_body_stream::RequestBodyStream;
use super::response_body::ResponseBody;
use crate::error::{TransportError, TransportErrorKind};

impl Body for RequestBodyStream {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.poll_chunk(cx).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.is_done()
    }

    fn size_hint(&self) -> SizeHint {
        self.remaining().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl ResponseBody {
    /// Creates a body from one of the `http-body` crate. Trailers are ignored. `map_error` converts an error of the HTTP
    /// library.
    pub fn from_http_body<B>(body: B, map_error: impl Fn(B::Error) -> TransportError + Send + 'static) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
    {
        Self::new(DataStream { body: Box::pin(body), map_error })
    }
}

/// The data of a body.
struct DataStream<B, F> {
    body: Pin<Box<B>>,
    map_error: F,
}

// No field is pinned: the body is boxed.
impl<B, F> Unpin for DataStream<B, F> {}

impl<B, F> Stream for DataStream<B, F>
where
    B: Body<Data = Bytes>,
    F: Fn(B::Error) -> TransportError,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match ready!(self.body.as_mut().poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Some(Ok(data)),
                    Err(_) => continue,
                },
                Some(Err(error)) => Some(Err((self.map_error)(error))),
                // hyper reports no error if an HTTP/2 server resets the stream with the code `NO_ERROR`.
                None if is_truncated(&*self.body) => Some(Err(truncated())),
                None => None,
            });
        }
    }
}

/// Returns whether a body without further frames is shorter than its announced length.
///
/// The response to a HEAD request announces the length of another response, but has ended.
pub(crate) fn is_truncated<B: Body>(body: &B) -> bool {
    body.size_hint().lower() > 0 && !body.is_end_stream()
}

/// Returns the error of a truncated body for which the HTTP library reports no error.
pub(crate) fn truncated() -> TransportError {
    TransportError::new(TransportErrorKind::Connection, "the server ended the response before its end")
}
