//! Functions that read whole responses of other media types than JSON.

use bytes::Bytes;
use http::Response;

use super::streamed::Streamed;
use crate::json::DecodeError;
use crate::response::{check_charset, check_content_type};
use crate::stream::{StreamDecoder, decode_all};

/// Reads the text of a response, for [`Endpoint::read`](crate::Endpoint::read). A byte order mark is removed.
///
/// # Errors
/// Returns an error if the body is a page of HTML that the media type `accept` excludes, has another character set than
/// UTF-8, or is not valid UTF-8.
pub fn read_text(response: &Response<Bytes>, accept: &str) -> Result<String, DecodeError> {
    check_content_type(response.headers(), accept)?;
    check_charset(response.headers())?;
    let body = response.body().strip_prefix(b"\xef\xbb\xbf").unwrap_or(response.body());
    let text = std::str::from_utf8(body);
    text.map(str::to_owned).map_err(|error| DecodeError::invalid_utf8(body, error.valid_up_to()))
}

/// Reads the bytes of a response, for [`Endpoint::read`](crate::Endpoint::read).
///
/// # Errors
/// Returns an error if the body is a page of HTML that the media type `accept` excludes.
pub fn read_bytes(response: &Response<Bytes>, accept: &str) -> Result<Bytes, DecodeError> {
    check_content_type(response.headers(), accept)?;
    Ok(response.body().clone())
}

/// Reads all items of a streamed response that was received as a whole, for
/// [`Endpoint::read`](crate::Endpoint::read).
///
/// # Errors
/// Returns an error if the content type shows that the body is not the stream, or if an item cannot be decoded.
pub fn read_items<E: Streamed>(
    response: &Response<Bytes>,
) -> Result<Vec<<E::Decoder as StreamDecoder>::Item>, DecodeError> {
    check_content_type(response.headers(), E::ACCEPT)?;
    decode_all(E::decoder(), response.body())
}
