//! The trait of the decoders of streamed responses.

use bytes::Bytes;

use crate::body::DEFAULT_MAX_RESPONSE_LEN;
use crate::json::DecodeError;

/// The default of the maximum length of an item in bytes.
pub(super) const DEFAULT_MAX_ITEM_LEN: usize = DEFAULT_MAX_RESPONSE_LEN;

/// A decoder of the items of a streamed response: [`ByteDecoder`](super::ByteDecoder),
/// [`EventDecoder`](super::EventDecoder) or [`JsonLineDecoder`](super::JsonLineDecoder).
///
/// Other types cannot implement this trait.
pub trait StreamDecoder: Sealed + Send + Unpin + 'static {
    /// An item of the stream.
    type Item: Send + 'static;

    /// Adds a chunk of the body.
    #[doc(hidden)]
    fn push(&mut self, chunk: Bytes);

    /// Takes the next item. `is_end` states that the body has ended.
    #[doc(hidden)]
    fn step(&mut self, is_end: bool) -> Step<Self::Item>;

    /// Returns the received part of the next item.
    #[doc(hidden)]
    fn pending(&self) -> Bytes;

    /// Sets the maximum length of an item in bytes.
    #[doc(hidden)]
    fn set_max_item_len(&mut self, bytes: usize);
}

/// Prevents other implementations of [`StreamDecoder`].
pub trait Sealed {}

/// The next step of a stream.
#[doc(hidden)]
#[derive(Debug)]
pub enum Step<T> {
    Item(T),
    /// An item that cannot be decoded, with its text. The next item can follow.
    Invalid(DecodeError, Bytes),
    /// An item exceeds this length in bytes.
    TooLong(usize),
    /// More of the body is required.
    More,
    /// The stream has ended, although the body may continue.
    End,
}

/// Decodes all items of a whole body.
pub(crate) fn decode_all<D: StreamDecoder>(
    mut decoder: D,
    body: &Bytes,
) -> Result<Vec<D::Item>, DecodeError> {
    // The transport has limited the body.
    decoder.set_max_item_len(usize::MAX);
    decoder.push(body.clone());
    let mut items = Vec::new();
    loop {
        match decoder.step(true) {
            Step::Item(item) => items.push(item),
            Step::Invalid(error, _) => return Err(error.in_item(items.len()).in_part()),
            Step::TooLong(_) | Step::More | Step::End => return Ok(items),
        }
    }
}
