//! A request body while it is sent.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::request_body_guard::RequestBodyGuard;
use super::source::BodySource;
use super::upload::Upload;
use crate::error::TransportError;

/// The chunks of a [`RequestBody`](crate::RequestBody) that a transport sends: a [`Stream`], and with the feature
/// `http-body` also an `http_body::Body`.
///
/// A body that is shorter or longer than its declared length ends with an error, so that no server mistakes the rest for
/// another request. The last chunk of a body with a declared length is therefore sent after the end of the source.
pub struct RequestBodyStream {
    kind: Kind,
    /// The declared length that is not yet sent.
    remaining: Option<u64>,
}

enum Kind {
    Bytes(Bytes),
    Source(Sent),
}

/// A source that is sent.
struct Sent(Arc<Upload>);

impl RequestBodyStream {
    pub(super) fn new(source: BodySource, len: Option<u64>) -> Self {
        match source {
            BodySource::Bytes(bytes) => Self::from(bytes),
            source => Self { kind: Kind::Source(Sent(Arc::new(Upload::new(source, len)))), remaining: len },
        }
    }

    /// Returns the declared length that is not yet sent, if it is known.
    pub fn remaining(&self) -> Option<u64> {
        self.remaining
    }

    /// Prepares the body for an HTTP library that sends it while the response arrives. The source is stopped when the
    /// guard is dropped.
    ///
    /// # Errors
    /// Returns an error of kind [`TransportErrorKind::RequestBody`](crate::TransportErrorKind::RequestBody) if the declared
    /// length is 0, but the source is not empty: HTTP libraries do not read such a body.
    pub async fn prepare(&mut self) -> Result<RequestBodyGuard, TransportError> {
        let Kind::Source(Sent(upload)) = &self.kind else { return Ok(RequestBodyGuard::new(None)) };
        if self.remaining == Some(0) {
            poll_fn(|cx| upload.poll_chunk(cx)).await.transpose()?;
        }
        Ok(RequestBodyGuard::new(Some(Arc::clone(upload))))
    }

    /// Returns whether the body has ended.
    #[cfg(feature = "http-body")]
    pub(super) fn is_done(&self) -> bool {
        match &self.kind {
            Kind::Bytes(bytes) => bytes.is_empty(),
            Kind::Source(Sent(upload)) => upload.is_over(),
        }
    }

    /// Reads the rest of the body into memory. Other tasks run between the chunks, because a reader is always ready.
    pub(super) async fn into_bytes(mut self) -> Result<Bytes, TransportError> {
        if let Kind::Bytes(bytes) = self.kind {
            return Ok(bytes);
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = poll_fn(|cx| self.poll_chunk(cx)).await {
            body.extend_from_slice(&chunk?);
            yield_now().await;
        }
        Ok(body.freeze())
    }

    /// Returns the next chunk, or `None` at the end and after an error.
    pub(super) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let next = match &mut self.kind {
            Kind::Bytes(bytes) => Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty()).map(Ok),
            Kind::Source(Sent(upload)) => ready!(upload.poll_chunk(cx)),
        };
        if let (Some(remaining), Some(Ok(chunk))) = (&mut self.remaining, &next) {
            *remaining = remaining.saturating_sub(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        }
        Poll::Ready(next)
    }
}

/// Returns a future that is ready when it is polled again.
async fn yield_now() {
    let mut is_ready = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut is_ready, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

impl Drop for Sent {
    fn drop(&mut self) {
        self.0.set_dropped();
    }
}

impl From<Bytes> for RequestBodyStream {
    fn from(bytes: Bytes) -> Self {
        Self { remaining: u64::try_from(bytes.len()).ok(), kind: Kind::Bytes(bytes) }
    }
}

impl Stream for RequestBodyStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for RequestBodyStream {
    /// Omits the content, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBodyStream").field("remaining", &self.remaining).finish_non_exhaustive()
    }
}
