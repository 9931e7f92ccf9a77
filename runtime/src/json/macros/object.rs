//! `json_object!`: structs as JSON objects.

/// Implements the JSON traits for a struct with named fields, as a JSON object.
///
/// The traits are [`Decode`](crate::Decode), [`DecodeInPlace`](crate::json::DecodeInPlace),
/// [`Encode`](crate::Encode), and serde's `Serialize` and `Deserialize`. Decoding requires that the
/// types of the fields implement `DecodeInPlace`.
///
/// Each field is declared as one of:
///
/// - `name`: the key is the name of the field.
/// - `name = "wire"`: the key differs from the name.
/// - `name else value`: a missing or null key decodes as `value`.
/// - `name default "json"`: a missing or null key decodes as this JSON, which must match the type.
/// - `name in utc`, before any `default` or `else`: a time without an offset is UTC.
///
/// A final `..name` is a field for additional keys: an [`Object`](crate::Object), or a `BTreeMap`
/// with values of one type. They are written back when the struct is encoded.
///
/// Before all fields, `const "wire" = value` declares a key with a constant value of a type that
/// implements [`Encode`](crate::Encode). The key is encoded, ignored when decoding, and not a field
/// of the struct.
///
/// `Pet or empty { … }` is a response without a described body. Any body is accepted; one that is
/// not a matching object decodes as `{}`. Every field must have a default.
///
/// ```
/// use typefoundry_runtime::{json, json_object};
///
/// #[derive(Debug, PartialEq)]
/// struct Pet {
///     name: String,
///     r#type: Option<String>,
///     is_good: bool,
/// }
///
/// json_object!(Pet {
///     const "object" = "pet",
///     name,
///     r#type = "type",
///     is_good else true,
/// });
///
/// let pet: Pet = json::from_slice(br#"{"name": "Rex", "type": "dog"}"#)?;
/// assert!(pet.is_good);
/// assert_eq!(json::to_vec(&pet)?, br#"{"object":"pet","name":"Rex","type":"dog","is_good":true}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! json_object {
    // Moves the constants before the braces, one by one. Inside the braces, a macro would also
    // accept `const` as the name of a field.
    ($name:ident $(or $empty:ident)? $(const [$($key:literal = $value:expr;)*])? {
        const $next:literal = $one:expr $(, $($fields:tt)*)?
    }) => {
        $crate::json_object!($name $(or $empty)? const [$($($key = $value;)*)? $next = $one;] { $($($fields)*)? });
    };
    ($name:ident $(or $empty:ident)? $(const [$($key:literal = $value:expr;)*])? {
        $($field:ident $(= $wire:literal)? $(in $zone:ident)? $(default $json:literal)? $(else $default:expr)?,)*
        $(.. $additional:ident $(,)?)?
    }) => {
        #[allow(deprecated)]
        impl $crate::Decode for $name {
            const ACCEPTS_ANY_BODY: bool = $crate::__is_present!($($empty)?);

            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                $crate::__private::decode_from_placeholder(reader)
            }
        }

        #[allow(deprecated)]
        impl $crate::json::DecodeInPlace for $name {
            #[inline]
            fn placeholder() -> Self {
                Self {
                    $($field: $crate::json::DecodeInPlace::placeholder(),)*
                    $($additional: $crate::json::DecodeInPlace::placeholder(),)?
                }
            }

            #[inline]
            fn decode_in_place(
                &mut self,
                reader: &mut $crate::Reader<'_>,
            ) -> ::core::result::Result<(), $crate::DecodeError> {
                reader.read_object(
                    &mut [
                        $($(($key, &mut $crate::__private::Ignored),)*)?
                        $((
                            $crate::__wire_name!($field $($wire)?),
                            $crate::__slot!([$($zone)?] [$($json)?] &mut self.$field $(, $default)?),
                        ),)*
                    ],
                    $crate::__option!($(&mut self.$additional)?),
                )
            }
        }

        #[allow(deprecated)]
        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.write_object(
                    &[
                        $($(($key, &$value),)*)?
                        $(($crate::__wire_name!($field $($wire)?), &self.$field),)*
                    ],
                    $crate::__option!($(&self.$additional)?),
                );
            }
        }

        $crate::__impl_serde!($name);
    };
    // Accepts fields without a trailing comma.
    ($name:ident $(or $empty:ident)? $(const [$($constant:tt)*])? {
        $($field:ident $(= $wire:literal)? $(in $zone:ident)? $(default $json:literal)? $(else $default:expr)?),+
    }) => {
        $crate::json_object!($name $(or $empty)? $(const [$($constant)*])? { $($field $(= $wire)? $(in $zone)? $(default $json)? $(else $default)?,)+ });
    };
}

/// Whether an optional part of a macro is present.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_present {
    () => {
        false
    };
    ($part:ident) => {
        true
    };
}

/// The slot of a field, with its zone and its default if it has them.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    ([utc] $($slot:tt)*) => {
        &mut $crate::__private::AssumeUtc($crate::__slot!([] $($slot)*))
    };
    ([] [] $field:expr) => {
        $field
    };
    ([] [] $field:expr, $default:expr) => {
        &mut $crate::__private::WithDefault($field, || $default)
    };
    ([] [$json:literal] $field:expr) => {
        &mut $crate::__private::WithJsonDefault($field, $json)
    };
}

/// The key of a field: the explicit one, or else the name of the field.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}
