//! The body of a streamed response, which gives its connection back to the pool.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{Response, Version};
use http_body::Body;
use hyper::body::Incoming;

use super::errors::body_error;
use super::http1_connection::Connection;
use super::pools::Pool;
use crate::body::{RequestBodyGuard, is_truncated, truncated};
use crate::error::TransportError;

/// The chunks of a response. The HTTP/1 connection goes back to the pool after the last chunk. If the body is dropped
/// before its end or fails, or if the request has not been sent by then, the connection is closed.
pub(super) struct PooledBody {
    body: Incoming,
    is_truncated: fn(&Incoming) -> bool,
    pool: Arc<Pool>,
    connection: Option<Connection>,
    /// Stops the source of the request after the end of the response.
    request: RequestBodyGuard,
}

impl PooledBody {
    /// Returns a response whose body gives the connection back.
    pub(super) fn response(
        response: Response<Incoming>,
        pool: Arc<Pool>,
        connection: Option<Connection>,
        request: RequestBodyGuard,
    ) -> Response<Self> {
        let is_truncated = truncation_check(response.version());
        response.map(|body| Self { body, is_truncated, pool, connection, request })
    }
}

impl Stream for PooledBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => {
                    // Trailers are ignored.
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(self.request.source_error(body_error(error)))));
                }
                None if (self.is_truncated)(&self.body) => return Poll::Ready(Some(Err(truncated()))),
                None => {
                    if self.request.is_finished() {
                        let connection = self.connection.take();
                        self.pool.put(connection);
                    }
                    return Poll::Ready(None);
                }
            }
        }
    }
}

impl Drop for PooledBody {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        // A body without data often is never polled.
        if self.body.is_end_stream() && self.request.is_finished() {
            self.pool.put(Some(connection));
        } else {
            connection.close();
        }
    }
}

/// Returns a function that returns whether a body without further frames is incomplete. hyper reports no error if an
/// HTTP/2 server resets the stream with the code `NO_ERROR`.
pub(super) fn truncation_check(version: Version) -> fn(&Incoming) -> bool {
    match version {
        Version::HTTP_2 => |body| !body.is_end_stream(),
        _ => is_truncated,
    }
}
