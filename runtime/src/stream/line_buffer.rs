//! Splits a body into lines, which can begin and end in any chunk.

use bytes::{Buf, Bytes};

use super::decoder::DEFAULT_MAX_ITEM_LEN;

/// The received part of a body that is not yet split.
pub(super) struct LineBuffer {
    /// The begin of a line, from earlier chunks.
    line: Vec<u8>,
    chunk: Bytes,
    pub(super) max_len: usize,
}

/// A line exceeds the maximum length.
#[derive(Debug)]
pub(super) struct TooLong;

impl LineBuffer {
    pub(super) fn new() -> Self {
        Self { line: Vec::new(), chunk: Bytes::new(), max_len: DEFAULT_MAX_ITEM_LEN }
    }

    /// Adds a chunk. All lines of the last one have been taken.
    pub(super) fn push(&mut self, chunk: Bytes) {
        self.line.extend_from_slice(&self.chunk);
        self.chunk = chunk;
    }

    /// Takes the next line that ends in the received part, and returns it with its terminator.
    pub(super) fn take(&mut self, is_terminator: fn(u8) -> bool) -> Result<Option<(Bytes, u8)>, TooLong> {
        let end = self.chunk.iter().position(|byte| is_terminator(*byte));
        let len = end.unwrap_or(self.chunk.len());
        if len > self.max_len.saturating_sub(self.line.len()) {
            return Err(TooLong);
        }
        let part = self.chunk.split_to(len);
        if end.is_none() {
            self.line.extend_from_slice(&part);
            return Ok(None);
        }
        let terminator = self.chunk.get_u8();
        Ok(Some((self.join(part), terminator)))
    }

    /// Takes the last line, which has no terminator.
    pub(super) fn take_rest(&mut self) -> Bytes {
        let part = std::mem::take(&mut self.chunk);
        self.join(part)
    }

    fn join(&mut self, part: Bytes) -> Bytes {
        if self.line.is_empty() {
            return part;
        }
        let mut line = std::mem::take(&mut self.line);
        line.extend_from_slice(&part);
        line.into()
    }

    /// Skips the next byte if it has this value. Returns `None` if there is no next byte yet.
    pub(super) fn skip(&mut self, byte: u8) -> Option<()> {
        if *self.chunk.first()? == byte {
            self.chunk.advance(1);
        }
        Some(())
    }

    /// Returns the received part of the next line.
    pub(super) fn pending(&self) -> Bytes {
        [self.line.as_slice(), &self.chunk].concat().into()
    }
}
