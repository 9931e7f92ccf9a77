//! The decoders of streamed responses: bytes, server-sent events and lines of JSON. They perform no I/O.
//!
//! May use: `json`, `response`, `body` (limits).

mod decoder;
mod line_buffer;
mod byte_decoder;
mod event;
mod event_parser;
mod event_decoder;
mod json_line_decoder;
#[cfg(test)]
mod tests;

pub use self::byte_decoder::ByteDecoder;
pub use self::decoder::{Step, StreamDecoder};
pub use self::event::Event;
pub use self::event_decoder::EventDecoder;
pub use self::json_line_decoder::JsonLineDecoder;

pub(crate) use self::decoder::decode_all;
