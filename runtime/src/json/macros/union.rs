//! `json_union!`: values of one of several shapes.

/// Makes an enum with a last variant `Unknown(UnknownVariant)` a JSON union.
///
/// Implements [`Decode`](crate::Decode), [`Encode`](crate::Encode) and serde's two traits.
///
/// # Told apart by a field
///
/// `by ["type"]` names the field that tells the variants apart. Where it lists several, the first that leads to a
/// string, a boolean or a number counts, and the first name is the one written. Each variant is given its value of
/// that field. A variant with a payload says so by `(_)`: a type that is read from the same object and does not
/// list the tag, or, behind `in "key"`, the value of one other key. The payload may be in a `Box`.
///
/// A tag of another value or none at all reads as `Unknown`. A known tag with a payload that does not fit is an
/// error, and so is a value that is no object.
///
/// ```
/// use typefoundry_runtime::{Secret, UnknownVariant, json, json_object, json_union};
///
/// #[derive(Debug, PartialEq)]
/// enum Factor {
///     Totp(Totp),
///     Backup(Secret),
///     None,
///     Unknown(UnknownVariant),
/// }
///
/// #[derive(Debug, PartialEq)]
/// struct Totp {
///     issuer: String,
/// }
///
/// json_object!(Totp { issuer });
/// json_union!(Factor by ["type"] {
///     Totp(_) = "totp",
///     Backup(_) = "backup" in "code",
///     None = "none",
/// });
///
/// let text = br#"[{"type":"totp","issuer":"Acme"},{"type":"backup","code":"7"},{"type":"none"},{"type":"new"}]"#;
/// let factors: Vec<Factor> = json::from_slice(text)?;
/// assert_eq!(factors[0], Factor::Totp(Totp { issuer: "Acme".into() }));
/// assert_eq!(factors[1], Factor::Backup("7".into()));
/// assert_eq!(factors[2], Factor::None);
/// assert!(matches!(factors[3], Factor::Unknown(_)));
/// assert_eq!(json::to_vec(&factors)?, text);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Told apart by what stands there
///
/// Without `by`, each variant has a payload, and the first that the value can be read as counts; `Unknown`, if none.
/// `in "key"` is an object with that key, whose value is the payload. So the variant that asks for more stands
/// first. Null fits none and is an error.
///
/// ```
/// use typefoundry_runtime::{UnknownVariant, json, json_union};
///
/// #[derive(Debug, PartialEq)]
/// enum Size {
///     Exact(i64),
///     Named(String),
///     AtMost(i64),
///     Unknown(UnknownVariant),
/// }
///
/// json_union!(Size { Exact(_), Named(_), AtMost(_) in "max" });
///
/// let sizes: Vec<Size> = json::from_slice(br#"[7, "large", {"max": 9}]"#)?;
/// assert_eq!(sizes, [Size::Exact(7), Size::Named("large".into()), Size::AtMost(9)]);
/// # Ok::<(), json::DecodeError>(())
/// ```
#[macro_export]
macro_rules! json_union {
    ($name:ident by [$tag:literal $(, $other:literal)* $(,)?] {
        $($variant:ident $(($payload:tt))? = $value:literal $(in $key:literal)?),* $(,)?
    }) => {
        #[allow(deprecated)]
        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                match $crate::__private::find_tag(reader, &[$tag $(, $other)*])?.as_deref() {
                    $(Some(concat!($value)) => {
                        $crate::__variant!(reader $variant [$($payload)?] $crate::__option!($($key)?))
                    })*
                    _ => Ok(Self::Unknown($crate::__private::decode_unknown_variant(reader)?)),
                }
            }
        }

        #[allow(deprecated)]
        impl $crate::Encode for $name {
            #[inline]
            #[allow(clippy::redundant_pattern)]
            fn encode(&self, writer: &mut $crate::Writer) {
                match self {
                    // `payload @ _`, with the `_` that says that there is one.
                    $(Self::$variant $((payload @ $payload))? => $crate::__private::write_variant(
                        writer,
                        Some(($tag, &$value)),
                        $crate::__option!($($key)?),
                        $crate::__payload!(payload $($payload)?),
                    ),)*
                    Self::Unknown(variant) => $crate::Encode::encode(variant, writer),
                }
            }
        }

        $crate::__serde!($name);
    };
    ($name:ident { $($variant:ident (_) $(in $key:literal)?),* $(,)? }) => {
        #[allow(deprecated)]
        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                $(if let Some(payload) = $crate::__private::try_variant(reader, $crate::__option!($($key)?))? {
                    return Ok(Self::$variant(payload));
                })*
                Ok(Self::Unknown($crate::__private::decode_unknown_variant(reader)?))
            }
        }

        #[allow(deprecated)]
        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                match self {
                    $(Self::$variant(payload) => {
                        $crate::__private::write_variant(writer, None, $crate::__option!($($key)?), Some(payload))
                    })*
                    Self::Unknown(variant) => $crate::Encode::encode(variant, writer),
                }
            }
        }

        $crate::__serde!($name);
    };
}

/// Reads a variant whose tag was found, with its payload if it has one.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant {
    ($reader:ident $variant:ident [] $key:expr) => {{
        $reader.skip()?;
        Ok(Self::$variant)
    }};
    ($reader:ident $variant:ident [_] $key:expr) => {
        Ok(Self::$variant($crate::__private::decode_payload($reader, $key)?))
    };
}

/// The payload of a variant that has one.
#[doc(hidden)]
#[macro_export]
macro_rules! __payload {
    ($payload:ident) => {
        None
    };
    ($payload:ident _) => {
        Some($payload)
    };
}
