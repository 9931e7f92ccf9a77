//! The macros that make a generated type a JSON type.
//!
//! Their expansions are kept small, since a package has hundreds of them:
//! tables behind dynamic traits, no closure, no loop, no generic of their own.
//!
//! All functions are `#[inline]`, which here is said to the compiler for what it
//! leaves out: a package of many types is checked, and what of it a program does
//! not use is never turned into machine code.

mod object;
mod text;
mod union;

/// Serde's two traits, by way of ours.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
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

/// Something or nothing.
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
