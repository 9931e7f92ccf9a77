//! `string_id!`, `secret_id!` and `open_enum!`: types that are strings in JSON.

/// Implements an opaque identifier for a newtype over `Box<str>`.
///
/// An identifier is created with `new` or `parse`, and never converts implicitly into another type
/// of identifier.
///
/// ```
/// use typefoundry_runtime::string_id;
///
/// #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// struct PetId(Box<str>);
/// string_id!(PetId);
///
/// let id = PetId::new("pet-111");
/// assert_eq!(id.to_string(), "pet-111");
/// assert_eq!(format!("{id:?}"), r#"PetId("pet-111")"#);
/// ```
#[macro_export]
macro_rules! string_id {
    ($name:ident) => {
        impl $name {
            /// Creates an identifier from text, which is not validated.
            #[inline]
            pub fn new(id: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(id.into().into_boxed_str())
            }

            /// Returns the text of the identifier.
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Converts the identifier into its text, without copying.
            #[inline]
            pub fn into_string(self) -> ::std::string::String {
                self.0.into_string()
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), &self.0)
            }
        }

        impl ::core::borrow::Borrow<str> for $name {
            #[inline]
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl ::core::convert::From<&$name> for $name {
            #[inline]
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(id: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                Ok(Self(id.into()))
            }
        }

        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                Ok(Self(reader.read_str("a string")?.into()))
            }
        }

        $crate::__impl_placeholder!($name, Self(::core::default::Default::default()));

        $crate::__impl_string_traits!($name);
        $crate::__impl_serde!($name);
    };
}

/// Implements an opaque, secret identifier for a newtype over [`Secret`](crate::Secret).
///
/// Like a [`string_id!`](crate::string_id), it never converts implicitly into another type. Like a
/// secret, its text is not shown in `Debug` output or in errors.
///
/// ```
/// use typefoundry_runtime::{Secret, secret_id};
///
/// #[derive(Clone, PartialEq, Eq)]
/// struct StepToken(Secret);
/// secret_id!(StepToken);
///
/// let token = StepToken::new("hush-111");
/// assert_eq!(format!("{token:?}"), "StepToken(redacted)");
/// assert_eq!(token.expose(), "hush-111");
/// ```
#[macro_export]
macro_rules! secret_id {
    ($name:ident) => {
        impl $name {
            /// Creates an identifier from text, which is not validated.
            #[inline]
            pub fn new(text: impl ::core::convert::Into<$crate::Secret>) -> Self {
                Self(text.into())
            }

            /// Returns the plain text. Do not log or display it.
            #[inline]
            pub fn expose(&self) -> &str {
                self.0.expose()
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }

        impl ::core::convert::From<&$name> for $name {
            #[inline]
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                <$crate::Secret as $crate::Decode>::decode(reader).map(Self)
            }
        }

        $crate::__impl_placeholder!($name, Self($crate::json::DecodeInPlace::placeholder()));

        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                $crate::Encode::encode(&self.0, writer);
            }
        }

        impl $crate::ToParam for $name {
            #[inline]
            fn to_param(&self) -> ::core::option::Option<::std::borrow::Cow<'_, str>> {
                $crate::ToParam::to_param(&self.0)
            }

            #[inline]
            fn is_secret(&self) -> bool {
                true
            }
        }

        $crate::__impl_serde!($name);
    };
}

/// Implements an open set of strings for an enum with a variant `Unknown(UnknownValue)`.
///
/// A known wire value always becomes its own variant. Any other value becomes `Unknown` and is
/// written back unchanged.
///
/// ```
/// use typefoundry_runtime::{UnknownValue, open_enum};
///
/// #[derive(Clone, Debug, PartialEq, Eq, Hash)]
/// enum Size {
///     Small,
///     Large,
///     Unknown(UnknownValue),
/// }
///
/// open_enum!(Size {
///     Small = "small",
///     Large = "large",
/// });
///
/// assert_eq!(Size::from("large"), Size::Large);
/// assert_eq!(Size::from("huge").as_str(), "huge");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $name {
            /// Returns the wire value.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::Unknown($crate::__private::unknown_value(other)),
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                Ok(Self::from(reader.read_str("a string")?))
            }
        }

        $crate::__impl_placeholder!($name, Self::Unknown($crate::__private::unknown_value("")));

        $crate::__impl_string_traits!($name);
        $crate::__impl_serde!($name);
    };
}

/// Implements the traits that identifiers and enums share, based on `as_str`.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_string_traits {
    ($name:ident) => {
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::Encode for $name {
            #[inline]
            fn encode(&self, writer: &mut $crate::Writer) {
                writer.write_str(self.as_str());
            }
        }

        impl $crate::ToParam for $name {
            #[inline]
            fn to_param(&self) -> ::core::option::Option<::std::borrow::Cow<'_, str>> {
                Some(::std::borrow::Cow::Borrowed(self.as_str()))
            }
        }
    };
}
