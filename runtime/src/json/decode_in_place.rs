//! The trait of types whose values can be replaced while they are decoded.

use std::collections::BTreeMap;

use super::decode::Decode;
use super::decode_error::DecodeError;
use super::reader::Reader;
use super::value::{Number, Object, Value};
use crate::value::{
    Base64, Date, Decimal, IsoDuration, Patch, Secret, Time, Timestamp, UnixSeconds, Url, Uuid,
};

/// A type whose values can be decoded in place, as the fields of a [`json_object!`](crate::json_object).
///
/// A struct is created from placeholders, and each field is decoded into its final place. Fields that
/// are `Option`s until all of them are decoded would have to be moved, and each type would need code
/// to unwrap them.
///
/// A type with its own [`Decode`] only needs a placeholder:
///
/// ```
/// use typefoundry_runtime::{Decode, DecodeError, Encode, Reader, Writer, json, json_object};
///
/// #[derive(Debug, PartialEq)]
/// struct Cents(i64);
///
/// impl Decode for Cents {
///     fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
///         i64::decode(reader).map(Self)
///     }
/// }
///
/// impl json::DecodeInPlace for Cents {
///     fn placeholder() -> Self {
///         Self(0)
///     }
/// }
///
/// impl Encode for Cents {
///     fn encode(&self, writer: &mut Writer) {
///         self.0.encode(writer);
///     }
/// }
///
/// #[derive(Debug, PartialEq)]
/// struct Order {
///     total: Cents,
/// }
///
/// json_object!(Order { total });
///
/// let order: Order = json::from_slice(br#"{"total": 250}"#)?;
/// assert_eq!(order, Order { total: Cents(250) });
/// # Ok::<(), DecodeError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of `json_object!`",
    label = "does not implement `DecodeInPlace`",
    note = "a type with its own `Decode` only needs a placeholder: implement `json::DecodeInPlace::placeholder`"
)]
pub trait DecodeInPlace: Decode {
    /// Returns any value that is cheap to create. Decoding never returns it.
    fn placeholder() -> Self;

    /// Replaces the value with the next value of the document.
    ///
    /// # Errors
    /// Returns an error if the value does not match the type. The old value may then be partly
    /// replaced.
    fn decode_in_place(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Self::decode(reader)?;
        Ok(())
    }
}

/// Implements [`Decode::decode`] with [`DecodeInPlace::decode_in_place`]. Only `json_object!` calls
/// this function.
///
/// # Errors
/// Returns an error if the value does not match the type.
#[inline]
pub fn decode_from_placeholder<T: DecodeInPlace>(reader: &mut Reader<'_>) -> Result<T, DecodeError> {
    let mut value = T::placeholder();
    value.decode_in_place(reader)?;
    Ok(value)
}

impl<T: Decode> DecodeInPlace for Vec<T> {
    fn placeholder() -> Self {
        Self::new()
    }
}

impl<T: Decode> DecodeInPlace for BTreeMap<String, T> {
    fn placeholder() -> Self {
        Self::new()
    }
}

impl<T: Decode> DecodeInPlace for Option<T> {
    fn placeholder() -> Self {
        None
    }
}

impl<T: Decode> DecodeInPlace for Patch<T> {
    fn placeholder() -> Self {
        Self::Absent
    }
}

impl<T: DecodeInPlace> DecodeInPlace for Box<T> {
    fn placeholder() -> Self {
        Self::new(T::placeholder())
    }

    fn decode_in_place(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        T::decode_in_place(self, reader)
    }
}

impl DecodeInPlace for () {
    fn placeholder() -> Self {}
}

crate::__impl_placeholder!(bool, false);
crate::__impl_placeholder!(i8, 0);
crate::__impl_placeholder!(i16, 0);
crate::__impl_placeholder!(i32, 0);
crate::__impl_placeholder!(i64, 0);
crate::__impl_placeholder!(u8, 0);
crate::__impl_placeholder!(u16, 0);
crate::__impl_placeholder!(u32, 0);
crate::__impl_placeholder!(u64, 0);
crate::__impl_placeholder!(f64, 0.0);
crate::__impl_placeholder!(String, Self::new());
crate::__impl_placeholder!(Secret, Self::new(String::new()));
crate::__impl_placeholder!(Timestamp, Self::UNIX_EPOCH);
crate::__impl_placeholder!(UnixSeconds, Self::new(0));
crate::__impl_placeholder!(Date, Self::UNIX_EPOCH);
crate::__impl_placeholder!(Time, Self::MIDNIGHT);
crate::__impl_placeholder!(IsoDuration, Self::default());
crate::__impl_placeholder!(Url, Self::placeholder());
crate::__impl_placeholder!(Uuid, Self::from_bytes([0; 16]));
crate::__impl_placeholder!(Decimal, Self::placeholder());
crate::__impl_placeholder!(Base64, Self::from(Vec::new()));
crate::__impl_placeholder!(Number, Self::from(0));
crate::__impl_placeholder!(Object, Self::new());
crate::__impl_placeholder!(Value, Self::Null);
