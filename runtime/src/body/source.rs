//! The source of a request body.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::chunks::Chunks;
use super::reader_chunks::read_error;
use crate::error::TransportError;

/// The source of a body.
#[derive(Clone)]
pub(super) enum BodySource {
    Bytes(Bytes),
    /// A source that can be read once. `None` after that.
    Once(Arc<Mutex<Option<Chunks>>>),
    /// A function that opens the source for each attempt.
    Open(Arc<dyn Fn() -> Result<Chunks, TransportError> + Send + Sync>),
}

impl BodySource {
    /// Opens the source.
    pub(super) fn open(&self) -> Result<Chunks, TransportError> {
        match self {
            Self::Bytes(bytes) => Ok(Chunks::reader(io::Cursor::new(bytes.clone()))),
            Self::Once(chunks) => {
                let chunks = chunks.lock().unwrap_or_else(PoisonError::into_inner).take();
                chunks.ok_or_else(|| read_error("a reader or stream can be sent only once"))
            }
            Self::Open(open) => open(),
        }
    }
}
