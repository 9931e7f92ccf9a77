//! Server-sent events whose data is decoded.

use std::fmt;

use bytes::Bytes;
use http::Response;

use super::decoder::{Sealed, Step, StreamDecoder, decode_all};
use super::event::Event;
use super::event_parser::EventParser;
use crate::json::{self, Decode, DecodeError};
use crate::response::FromResponse;

/// The decoder of a `text/event-stream`, whose items are [`Event`]s.
///
/// Comments and unknown fields are ignored, and so is an event that the server did not complete with an empty line.
///
/// ```
/// use typefoundry_runtime::{Event, EventDecoder};
///
/// let decoder = EventDecoder::<i64>::json().ending_with("[DONE]");
/// # let _ = decoder;
/// assert_eq!(Event::new(7).data, 7);
/// ```
pub struct EventDecoder<T> {
    parser: EventParser,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
    end_marker: Option<&'static str>,
    is_done: bool,
}

impl<T: Decode> EventDecoder<T> {
    /// Creates a decoder of events whose data is JSON.
    pub fn json() -> Self {
        Self::new(json::from_slice)
    }
}

impl EventDecoder<String> {
    /// Creates a decoder of events whose data is text.
    pub fn text() -> Self {
        Self::new(|data| Ok(String::from_utf8_lossy(data).into_owned()))
    }
}

impl<T> EventDecoder<T> {
    fn new(decode: fn(&[u8]) -> Result<T, DecodeError>) -> Self {
        Self { parser: EventParser::new(), decode, end_marker: None, is_done: false }
    }

    /// Ends the stream at an event with this data, such as `[DONE]`, which is not an item.
    #[must_use]
    pub fn ending_with(mut self, data: &'static str) -> Self {
        self.end_marker = Some(data);
        self
    }

    /// Returns the last ID that the server has set. A client that connects again sends it as `last-event-id`.
    pub fn last_event_id(&self) -> Option<&str> {
        self.parser.last_id.as_deref()
    }
}

impl<T> Sealed for EventDecoder<T> {}

impl<T: Send + 'static> StreamDecoder for EventDecoder<T> {
    type Item = Event<T>;

    fn push(&mut self, chunk: Bytes) {
        self.parser.lines.push(chunk);
    }

    fn step(&mut self, is_end: bool) -> Step<Event<T>> {
        if self.is_done {
            return Step::End;
        }
        let Event { name, id, retry, data } = match self.parser.next() {
            Ok(Some(event)) => event,
            Ok(None) if is_end => return Step::End,
            Ok(None) => return Step::More,
            Err(_) => return Step::TooLong(self.parser.lines.max_len),
        };
        if self.end_marker.is_some_and(|marker| marker.as_bytes() == data) {
            self.is_done = true;
            return Step::End;
        }
        match (self.decode)(&data) {
            Ok(data) => Step::Item(Event { name, id, retry, data }),
            Err(error) => Step::Invalid(error, data),
        }
    }

    fn pending(&self) -> Bytes {
        self.parser.pending()
    }

    fn set_max_item_len(&mut self, bytes: usize) {
        self.parser.lines.max_len = bytes;
    }
}

impl<T: Decode + Send + 'static> FromResponse for Vec<Event<T>> {
    /// Reads a whole stream of events whose data is JSON.
    fn from_response(response: &Response<Bytes>) -> Result<Self, DecodeError> {
        decode_all(EventDecoder::json(), response.body())
    }
}

impl<T> fmt::Debug for EventDecoder<T> {
    /// Omits the received data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventDecoder").field("end_marker", &self.end_marker).finish_non_exhaustive()
    }
}
