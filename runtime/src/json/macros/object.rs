//! `json_object!`: structs.

/// Makes a struct with named fields a JSON object.
///
/// Each field is written `name`, or `name = "wire"` where the wire spells it
/// otherwise, or `name else value` where a missing or null key reads as `value`.
/// With `name in utc` (before `else`), a time without an offset is UTC.
/// A last `..name` is a field of type [`Object`](crate::Object) that keeps the
/// keys no field has; they are written back.
///
/// Before all fields, `const "wire" = literal` is a key that always has one value and
/// is no field in Rust. It is written, and passed over when it is read.
///
/// `Pet or empty { … }` is the response of an operation that describes none of its own: any body is accepted, and one that is
/// not such an object is read as `{}`. Every field needs a value for a missing key.
///
/// Implements [`Decode`](crate::Decode), [`Encode`](crate::Encode) and serde's two traits.
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
    // Moves the constants in front of the braces, one by one: inside of them, the rules of macros would let `const`
    // be the name of a field as well.
    ($name:ident $(or $empty:ident)? $(const [$($key:literal = $value:literal)*])? {
        const $next:literal = $one:literal $(, $($fields:tt)*)?
    }) => {
        $crate::json_object!($name $(or $empty)? const [$($($key = $value)*)? $next = $one] { $($($fields)*)? });
    };
    ($name:ident $(or $empty:ident)? $(const [$($key:literal = $value:literal)*])? {
        $($field:ident $(= $wire:literal)? $(in $zone:ident)? $(else $default:expr)?,)*
        $(.. $rest:ident $(,)?)?
    }) => {
        #[allow(deprecated)]
        impl $crate::Decode for $name {
            const ACCEPTS_ANY_BODY: bool = $crate::__is_given!($($empty)?);

            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                $(let mut $field = $crate::__slot!($($default)?);)*
                $(let mut $rest = $crate::Object::new();)?
                reader.object(
                    &mut [
                        $($(($key, &mut $crate::__private::Ignored),)*)?
                        $(($crate::__wire!($field $($wire)?), $crate::__place!($field $($zone)?)),)*
                    ],
                    $crate::__option!($(&mut $rest)?),
                )?;
                // The reader has seen to it that every slot holds a value.
                #[allow(irrefutable_let_patterns)]
                let ($(Some($field),)*) = ($($field.value,)*) else {
                    return Err(reader.problem("all fields", "fewer"));
                };
                Ok(Self { $($field,)* $($rest,)? })
            }
        }

        #[allow(deprecated)]
        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.object(
                    &[
                        $($(($key, &$value),)*)?
                        $(($crate::__wire!($field $($wire)?), &self.$field),)*
                    ],
                    $crate::__option!($(&self.$rest)?),
                );
            }
        }

        $crate::__serde!($name);
    };
    // Without the last comma.
    ($name:ident $(or $empty:ident)? $(const [$($constant:tt)*])? {
        $($field:ident $(= $wire:literal)? $(in $zone:ident)? $(else $default:expr)?),+
    }) => {
        $crate::json_object!($name $(or $empty)? $(const [$($constant)*])? { $($field $(= $wire)? $(in $zone)? $(else $default)?,)+ });
    };
}

/// Whether an optional part of a macro is there.
#[doc(hidden)]
#[macro_export]
macro_rules! __is_given {
    () => {
        false
    };
    ($part:ident) => {
        true
    };
}

/// The slot of a field without or with a default.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    () => {
        $crate::__private::FieldSlot { value: None, default: None }
    };
    ($default:expr) => {
        $crate::__private::FieldSlot { value: None, default: Some($default) }
    };
}

/// Where the value of a field goes to.
#[doc(hidden)]
#[macro_export]
macro_rules! __place {
    ($field:ident) => {
        &mut $field
    };
    ($field:ident utc) => {
        &mut $crate::__private::AssumeUtc(&mut $field)
    };
}

/// The wire name of a field: the one that is given, else its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}
