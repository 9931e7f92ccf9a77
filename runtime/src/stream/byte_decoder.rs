//! Bytes, in the chunks in which they arrive.

use bytes::Bytes;

use super::decoder::{Sealed, Step, StreamDecoder};

/// The decoder of a stream of bytes, whose items are the chunks in which they arrive.
#[derive(Debug, Default)]
pub struct ByteDecoder {
    chunk: Bytes,
}

impl ByteDecoder {
    /// Creates a decoder.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Sealed for ByteDecoder {}

impl StreamDecoder for ByteDecoder {
    type Item = Bytes;

    fn push(&mut self, chunk: Bytes) {
        self.chunk = chunk;
    }

    fn step(&mut self, is_end: bool) -> Step<Bytes> {
        match (self.chunk.is_empty(), is_end) {
            (false, _) => Step::Item(std::mem::take(&mut self.chunk)),
            (true, false) => Step::More,
            (true, true) => Step::End,
        }
    }

    fn pending(&self) -> Bytes {
        Bytes::new()
    }

    fn set_max_item_len(&mut self, _: usize) {}
}
