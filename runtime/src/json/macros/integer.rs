//! `open_integer_enum!`: enums that are integers in JSON.

/// Implements an open set of integers for an enum with a variant `Unknown(UnknownInteger)`.
///
/// A known wire value always becomes its own variant. Any other integer of 64 bits becomes `Unknown` and is written back.
///
/// ```
/// use typefoundry_runtime::{UnknownInteger, json, open_integer_enum};
///
/// #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
/// enum Level {
///     Low,
///     High,
///     Unknown(UnknownInteger),
/// }
///
/// open_integer_enum!(Level {
///     Low = -1,
///     High = 1,
/// });
///
/// assert_eq!(Level::from(1), Level::High);
/// assert_eq!(json::from_slice::<Level>(b"7")?.as_i64(), 7);
/// # Ok::<(), typefoundry_runtime::DecodeError>(())
/// ```
#[macro_export]
macro_rules! open_integer_enum {
    ($name:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns the wire value.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value.get(),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::Unknown($crate::__private::unknown_integer(other)),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                Ok(Self::from(<i64 as $crate::Decode>::decode(reader)?))
            }
        }

        $crate::__impl_placeholder!($name, Self::Unknown($crate::__private::unknown_integer(0)));

        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::Encode::encode(&self.as_i64(), writer);
            }
        }

        impl $crate::ToParam for $name {
            #[inline]
            fn to_param(&self) -> ::core::option::Option<::std::borrow::Cow<'_, str>> {
                Some(::std::borrow::Cow::Owned(::std::string::ToString::to_string(&self.as_i64())))
            }
        }

        $crate::__impl_serde!($name);
    };
}
