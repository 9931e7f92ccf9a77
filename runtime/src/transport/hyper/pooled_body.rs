//! The body of a streamed response, which gives its connection back to the pool.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body;
use hyper::body::Incoming;

use super::errors::body_error;
use super::http1_connection::Connection;
use super::pools::Pool;
use crate::error::TransportError;

/// The chunks of a response. The HTTP/1 connection goes back to the pool after the last chunk. If the body is dropped
/// before its end or fails, the connection is closed.
pub(super) struct PooledBody {
    body: Incoming,
    pool: Arc<Pool>,
    connection: Option<Connection>,
    /// Whether the body of the request is a stream. The server does not need its rest after the response.
    is_request_streamed: bool,
}

impl PooledBody {
    pub(super) fn new(
        body: Incoming,
        pool: Arc<Pool>,
        connection: Option<Connection>,
        is_request_streamed: bool,
    ) -> Self {
        Self { body, pool, connection, is_request_streamed }
    }

    /// Gives the connection back, unless it still sends a request that the server has already answered.
    fn release(&mut self) {
        let connection = self.connection.take();
        self.pool.put(connection.filter(|connection| !self.is_request_streamed || connection.is_ready()));
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
                Some(Err(error)) => return Poll::Ready(Some(Err(body_error(error)))),
                None => {
                    self.release();
                    return Poll::Ready(None);
                }
            }
        }
    }
}
