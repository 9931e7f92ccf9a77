//! The trait of types that can be read from a response.

use bytes::Bytes;
use http::Response;

use crate::json::{Decode, DecodeError};

/// A type that can be read from a successful response: its status, headers and body.
///
/// A type that implements [`Decode`] is read from a JSON body. Implement this trait for a type that
/// does not implement `Decode` and is read from other parts of a response.
///
/// ```
/// use typefoundry_runtime::{Bytes, DecodeError, FromResponse, http};
///
/// struct Export {
///     status: http::StatusCode,
///     content: Bytes,
/// }
///
/// impl FromResponse for Export {
///     fn from_response(response: &http::Response<Bytes>) -> Result<Self, DecodeError> {
///         Ok(Self { status: response.status(), content: response.body().clone() })
///     }
/// }
///
/// let response = http::Response::new(Bytes::from("a;b"));
/// assert_eq!(Export::from_response(&response)?.content, "a;b");
/// # Ok::<(), DecodeError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a response",
    label = "expected a type that implements `Decode` or `FromResponse`"
)]
pub trait FromResponse: Sized {
    /// Whether [`FromResponse::from_response`] accepts any body, even one that exceeds the size
    /// limit. Defaults to `false`.
    const ACCEPTS_ANY_BODY: bool = false;

    /// Reads a response. Its status is a success status of the operation.
    ///
    /// # Errors
    /// Returns an error if a header or the body does not match the type.
    fn from_response(response: &Response<Bytes>) -> Result<Self, DecodeError>;
}

impl<T: Decode> FromResponse for T {
    const ACCEPTS_ANY_BODY: bool = T::ACCEPTS_ANY_BODY;

    #[inline]
    fn from_response(response: &Response<Bytes>) -> Result<Self, DecodeError> {
        T::from_body(response.body())
    }
}

impl FromResponse for Bytes {
    fn from_response(response: &Response<Bytes>) -> Result<Self, DecodeError> {
        Ok(response.body().clone())
    }
}
