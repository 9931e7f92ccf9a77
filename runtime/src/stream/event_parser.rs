//! The parser of `text/event-stream`, as the HTML Standard defines it.

use std::mem;
use std::time::Duration;

use bytes::Bytes;

use super::event::Event;
use super::line_buffer::{LineBuffer, TooLong};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The state between two lines.
pub(super) struct EventParser {
    pub(super) lines: LineBuffer,
    /// Whether a line feed that follows belongs to the last line, which ended with a carriage return.
    skips_line_feed: bool,
    is_first_line: bool,
    name: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
    /// `None` before the first field `data`.
    data: Option<Vec<u8>>,
    /// The last ID before the event in progress.
    pub(super) last_id: Option<String>,
}

impl EventParser {
    pub(super) fn new() -> Self {
        Self {
            lines: LineBuffer::new(),
            skips_line_feed: false,
            is_first_line: true,
            name: None,
            id: None,
            retry: None,
            data: None,
            last_id: None,
        }
    }

    /// Returns the next complete event, or `None` if more of the body is required.
    pub(super) fn next(&mut self) -> Result<Option<Event<Bytes>>, TooLong> {
        loop {
            if self.skips_line_feed && self.lines.skip(b'\n').is_some() {
                self.skips_line_feed = false;
            }
            let Some((line, terminator)) = self.lines.take(|byte| matches!(byte, b'\n' | b'\r'))? else {
                return Ok(None);
            };
            self.skips_line_feed = terminator == b'\r';
            let is_first_line = mem::take(&mut self.is_first_line);
            let line = line.strip_prefix(BYTE_ORDER_MARK).filter(|_| is_first_line).unwrap_or(&line);
            if !line.is_empty() {
                self.field(line)?;
            } else if let Some(event) = self.dispatch() {
                return Ok(Some(event));
            }
        }
    }

    /// Completes the event in progress. Without data, there is no event.
    fn dispatch(&mut self) -> Option<Event<Bytes>> {
        let (name, id, retry) = (self.name.take(), self.id.take(), self.retry.take());
        if id.is_some() {
            self.last_id.clone_from(&id);
        }
        let data = self.data.take()?.into();
        Some(Event { name: name.filter(|name| !name.is_empty()), id, retry, data })
    }

    /// Reads a line that is not empty. A line that begins with a colon is a comment, which has an empty name.
    fn field(&mut self, line: &[u8]) -> Result<(), TooLong> {
        let (name, value) = line.split_at(line.iter().position(|byte| *byte == b':').unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"event" => self.name = Some(text(value)),
            b"id" if !value.contains(&0) => self.id = Some(text(value)),
            b"retry" => self.retry = milliseconds(value).or(self.retry),
            b"data" => return self.append(value),
            _ => {}
        }
        Ok(())
    }

    /// Adds a line to the data.
    fn append(&mut self, value: &[u8]) -> Result<(), TooLong> {
        let max_len = self.lines.max_len;
        match &mut self.data {
            Some(data) => {
                data.push(b'\n');
                data.extend_from_slice(value);
            }
            none => *none = Some(value.to_vec()),
        }
        let is_too_long = self.data.as_ref().is_some_and(|data| data.len() > max_len);
        if is_too_long { Err(TooLong) } else { Ok(()) }
    }

    /// Returns the data of the event in progress, or else the line in progress.
    pub(super) fn pending(&self) -> Bytes {
        match &self.data {
            Some(data) => [data.as_slice(), b"\n", &self.lines.pending()].concat().into(),
            None => self.lines.pending(),
        }
    }
}

fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}

/// Returns a time that consists of ASCII digits.
fn milliseconds(value: &[u8]) -> Option<Duration> {
    let digits = std::str::from_utf8(value).ok()?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number).map(Duration::from_millis)
}
