//! `json_union!`: enums as JSON unions.

/// Implements the JSON traits for an enum whose last variant is `Unknown(UnknownVariant)`, as a
/// JSON union.
///
/// The traits are [`Decode`](crate::Decode), [`Encode`](crate::Encode), and serde's `Serialize` and
/// `Deserialize`.
///
/// # Tagged unions
///
/// `by ["type"]` names the tag: the field that selects the variant. If several names are listed,
/// the first whose value is a string, a boolean or a number is used. The first name is the one that
/// is written.
///
/// Each variant is declared with its tag value, and with `(_)` if it has a payload. The payload is
/// decoded from the same object and does not include the tag. With `in "key"`, the payload is the
/// value of that key instead. A payload can be in a `Box`.
///
/// A payload can itself be a tagged union with another tag, and can have the tag among its fields:
/// the tag of the variant is written in place of such a field.
///
/// `at ["meta", "type"]` names a tag in an inner object. Every variant then has a payload, which
/// contains the tag.
///
/// A missing or unknown tag decodes as `Unknown`. A value that is not an object is an error, and so
/// is a known tag whose payload does not match.
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
/// # Untagged unions
///
/// Without `by`, every variant has a payload, and the first variant that matches the value is used.
/// If none matches, the value decodes as `Unknown`. With `in "key"`, the variant matches an object
/// that has this key, and the payload is the value of the key.
///
/// With `if "kind" = "cat"`, the variant matches only an object in which the key has this value.
///
/// List variants with more required fields first. Null matches no variant and is an error.
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
                match $crate::__private::peek_tag(reader, &[$tag $(, $other)*])?.as_deref() {
                    $(Some(concat!($value)) => {
                        $crate::__decode_variant!(reader $variant [$($payload)?] $crate::__option!($($key)?))
                    })*
                    _ => Ok(Self::Unknown($crate::__private::decode_unknown_variant(reader)?)),
                }
            }
        }

        $crate::__impl_placeholder!($name, Self::Unknown($crate::__private::placeholder_variant()));

        #[allow(deprecated)]
        impl $crate::Encode for $name {
            #[inline]
            #[allow(clippy::redundant_pattern)]
            fn encode(&self, writer: &mut $crate::Writer) {
                match self {
                    // Expands to `payload @ _` for a variant with a payload.
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

        $crate::__impl_serde!($name);
    };
    ($name:ident at [$($path:literal),+ $(,)?] { $($variant:ident (_) = $value:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                match $crate::__private::peek_tag_at(reader, &[$($path),+])?.as_deref() {
                    $(Some(concat!($value)) => Ok(Self::$variant($crate::Decode::decode(reader)?)),)*
                    _ => Ok(Self::Unknown($crate::__private::decode_unknown_variant(reader)?)),
                }
            }
        }

        $crate::__impl_placeholder!($name, Self::Unknown($crate::__private::placeholder_variant()));

        #[allow(deprecated)]
        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                match self {
                    $(Self::$variant(payload) => $crate::Encode::encode(payload, writer),)*
                    Self::Unknown(variant) => $crate::Encode::encode(variant, writer),
                }
            }
        }

        $crate::__impl_serde!($name);
    };
    ($name:ident {
        $($variant:ident (_) $(in $key:literal)? $(if $constant:literal = $expected:literal)*),* $(,)?
    }) => {
        #[allow(deprecated)]
        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                $(if $($crate::__private::has_constant(reader, $constant, concat!($expected))? &&)*
                    let Some(payload) = $crate::__private::try_variant(reader, $crate::__option!($($key)?))?
                {
                    return Ok(Self::$variant(payload));
                })*
                Ok(Self::Unknown($crate::__private::decode_unknown_variant(reader)?))
            }
        }

        $crate::__impl_placeholder!($name, Self::Unknown($crate::__private::placeholder_variant()));

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

        $crate::__impl_serde!($name);
    };
}

/// Decodes a variant whose tag was found, with its payload if it has one.
#[doc(hidden)]
#[macro_export]
macro_rules! __decode_variant {
    ($reader:ident $variant:ident [] $key:expr) => {{
        $reader.skip()?;
        Ok(Self::$variant)
    }};
    ($reader:ident $variant:ident [_] $key:expr) => {
        Ok(Self::$variant($crate::__private::decode_payload($reader, $key)?))
    };
}

/// The payload of a variant as an `Option`.
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
