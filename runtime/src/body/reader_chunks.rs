//! The chunks of a reader.

use std::io::{self, Read};

use bytes::{Bytes, BytesMut};

use crate::error::{TransportError, TransportErrorKind};

/// The maximum length in bytes of a chunk.
const CHUNK_LEN: usize = 64 * 1024;

/// The chunks of a reader.
pub(super) struct ReaderChunks {
    reader: Box<dyn Read + Send>,
    buffer: BytesMut,
}

impl ReaderChunks {
    pub(super) fn new(reader: impl Read + Send + 'static) -> Self {
        Self { reader: Box::new(reader), buffer: BytesMut::new() }
    }

    /// Returns the next chunk, or `None` at the end.
    pub(super) fn read(&mut self) -> Result<Option<Bytes>, TransportError> {
        self.buffer.resize(CHUNK_LEN, 0);
        loop {
            match self.reader.read(&mut self.buffer) {
                Ok(0) => return Ok(None),
                Ok(len) => return Ok(Some(self.buffer.split_to(len.min(CHUNK_LEN)).freeze())),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(read_error(error)),
            }
        }
    }
}

/// Returns the error of a source.
pub(super) fn read_error(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::RequestBody, "failed to read the body of the request")
        .with_source(error)
}
