//! Macros that implement the JSON traits for generated types.
//!
//! A package expands them hundreds of times, so expansions are small: tables behind dynamic traits,
//! without loops or generics of their own, and with closures only for the defaults of fields.
//!
//! All functions are `#[inline]`, so that the compiler emits machine code only for the types that a
//! program uses.

mod integer;
mod object;
mod text;
mod union;

/// Implements serde's `Serialize` and `Deserialize` through `Encode` and `Decode`.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_serde {
    ($name:ident) => {
        impl $crate::__private::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::serialize(self, serializer)
            }
        }

        impl<'de> $crate::__private::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::deserialize(deserializer)
            }
        }
    };
}

/// Implements `DecodeInPlace` with a placeholder.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_placeholder {
    ($name:ident, $placeholder:expr) => {
        impl $crate::json::DecodeInPlace for $name {
            #[inline]
            fn placeholder() -> Self {
                $placeholder
            }
        }
    };
}

/// An optional expression as an `Option`.
#[doc(hidden)]
#[macro_export]
macro_rules! __option {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}
