//! The connection of a request body to its response.

use std::fmt;
use std::sync::Arc;

use super::reader_chunks::read_error;
use super::upload::Upload;
use crate::error::TransportError;

/// A guard that stops the source of a request body when it is dropped.
///
/// An async transport creates one with [`RequestBodyStream::prepare`](crate::RequestBodyStream::prepare) before it passes
/// the body to its HTTP library, and keeps it in the stream of the response. A server can respond before it has received
/// the whole request. Without a guard, the HTTP library would then send the rest of the request after the response.
#[must_use = "the source of the request body is stopped when the guard is dropped"]
pub struct RequestBodyGuard {
    /// `None` for bytes.
    upload: Option<Arc<Upload>>,
}

impl RequestBodyGuard {
    pub(super) fn new(upload: Option<Arc<Upload>>) -> Self {
        if let Some(upload) = &upload {
            upload.set_guarded();
        }
        Self { upload }
    }

    /// Checks the result of the HTTP library that has sent the body.
    ///
    /// # Errors
    /// Returns one of these errors:
    ///
    /// - The error of the source, if it has failed. HTTP libraries often report another error.
    /// - An error of kind [`TransportErrorKind::RequestBody`](crate::TransportErrorKind::RequestBody) if there is a
    ///   response, but the library has not read the body.
    /// - The error of the HTTP library.
    pub fn check<T>(&self, sent: Result<T, TransportError>) -> Result<T, TransportError> {
        match sent {
            Ok(_) if self.upload.as_ref().is_some_and(|upload| upload.is_ignored()) => {
                Err(read_error("the HTTP library sent the request without its body"))
            }
            Ok(response) => Ok(response),
            Err(error) => Err(self.source_error(error)),
        }
    }

    /// Returns the error of the source if it has failed, or else the error of the HTTP library.
    #[must_use]
    pub fn source_error(&self, error: TransportError) -> TransportError {
        self.upload.as_ref().and_then(|upload| upload.take_error()).unwrap_or(error)
    }

    /// Returns whether the whole body was read.
    #[cfg(feature = "hyper")]
    pub(crate) fn is_finished(&self) -> bool {
        self.upload.as_ref().is_none_or(|upload| upload.is_finished())
    }
}

impl Drop for RequestBodyGuard {
    fn drop(&mut self) {
        if let Some(upload) = &self.upload {
            upload.stop();
        }
    }
}

impl fmt::Debug for RequestBodyGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBodyGuard").finish_non_exhaustive()
    }
}
