//! Lines of JSON.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use super::decoder::{Sealed, Step, StreamDecoder};
use super::line_buffer::LineBuffer;
use crate::json::{self, Decode};

/// The byte before each text of `application/json-seq`.
const RECORD_SEPARATOR: u8 = 0x1e;

/// The decoder of a stream of JSON texts, each on its own line (`application/jsonl`, `application/x-ndjson`) or after a
/// record separator (`application/json-seq`).
///
/// Blank lines are ignored. The last line needs no line feed.
pub struct JsonLineDecoder<T> {
    lines: LineBuffer,
    is_sequence: bool,
    /// The lines of a text that is not complete after its first line. Only a sequence has such texts.
    text: Vec<u8>,
    item: PhantomData<fn() -> T>,
}

impl<T: Decode> JsonLineDecoder<T> {
    /// Creates a decoder of lines.
    pub fn lines() -> Self {
        Self::new(false)
    }

    /// Creates a decoder of texts after record separators, which can span several lines.
    pub fn sequence() -> Self {
        Self::new(true)
    }

    fn new(is_sequence: bool) -> Self {
        Self { lines: LineBuffer::new(), is_sequence, text: Vec::new(), item: PhantomData }
    }

    /// Decodes a line, or the text that ends with it. Returns `None` if more lines follow.
    fn decode(&mut self, line: Bytes, is_complete: bool) -> Option<Step<T>> {
        if !self.text.is_empty() {
            self.text.extend_from_slice(&line);
            return if is_complete { self.decode_text() } else { self.continue_text() };
        }
        match json::from_slice(&line) {
            _ if json::is_blank(&line) => None,
            Ok(item) => Some(Step::Item(item)),
            Err(error) if is_complete => Some(Step::Invalid(error, line)),
            Err(_) => {
                self.text = line.to_vec();
                self.continue_text()
            }
        }
    }

    fn decode_text(&mut self) -> Option<Step<T>> {
        let text = Bytes::from(std::mem::take(&mut self.text));
        Some(json::from_slice(&text).map_or_else(|error| Step::Invalid(error, text), Step::Item))
    }

    /// Waits for the next line of a text. Only its first and its last line are tried, so the work is linear.
    fn continue_text(&mut self) -> Option<Step<T>> {
        self.text.push(b'\n');
        (self.text.len() > self.lines.max_len).then(|| Step::TooLong(self.lines.max_len))
    }
}

impl<T> Sealed for JsonLineDecoder<T> {}

impl<T: Decode + Send + 'static> StreamDecoder for JsonLineDecoder<T> {
    type Item = T;

    fn push(&mut self, chunk: Bytes) {
        self.lines.push(chunk);
    }

    fn step(&mut self, is_end: bool) -> Step<T> {
        let is_terminator: fn(u8) -> bool = match self.is_sequence {
            true => |byte| matches!(byte, b'\n' | RECORD_SEPARATOR),
            false => |byte| byte == b'\n',
        };
        loop {
            let (line, is_complete, is_last) = match self.lines.take(is_terminator) {
                Ok(Some((line, terminator))) => (line, !self.is_sequence || terminator != b'\n', false),
                Ok(None) if is_end => (self.lines.take_rest(), true, true),
                Ok(None) => return Step::More,
                Err(_) => return Step::TooLong(self.lines.max_len),
            };
            match self.decode(line, is_complete) {
                Some(step) => return step,
                None if is_last => return Step::End,
                None => {}
            }
        }
    }

    fn pending(&self) -> Bytes {
        [self.text.as_slice(), &self.lines.pending()].concat().into()
    }

    fn set_max_item_len(&mut self, bytes: usize) {
        self.lines.max_len = bytes;
    }
}

impl<T> fmt::Debug for JsonLineDecoder<T> {
    /// Omits the received data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLineDecoder").finish_non_exhaustive()
    }
}
