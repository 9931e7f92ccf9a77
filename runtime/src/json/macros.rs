//! The three macros that make a generated type a JSON type.
//!
//! Their expansions are kept small, since a package has hundreds of them:
//! tables behind dynamic traits, no closure, no loop, no generic of their own.
//!
//! All functions are `#[inline]`, which here is said to the compiler for what it
//! leaves out: a package of many types is checked, and what of it a program does
//! not use is never turned into machine code.

/// Makes a struct with named fields a JSON object.
///
/// Each field is written `name`, or `name = "wire"` where the wire spells it
/// otherwise, or `name else value` where a missing or null key reads as `value`.
/// A last `..name` is a field of type [`Object`](crate::Object) that keeps the
/// keys no field has; they are written back.
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
///     name,
///     r#type = "type",
///     is_good else true,
/// });
///
/// let pet: Pet = json::from_slice(br#"{"name": "Rex", "type": "dog"}"#)?;
/// assert!(pet.is_good);
/// assert_eq!(json::to_vec(&pet), br#"{"name":"Rex","type":"dog","is_good":true}"#);
/// # Ok::<(), json::DecodeError>(())
/// ```
#[macro_export]
macro_rules! json_object {
    ($name:ident {
        $($field:ident $(= $wire:literal)? $(else $default:expr)?,)*
        $(.. $rest:ident $(,)?)?
    }) => {
        #[allow(deprecated)]
        impl $crate::Decode for $name {
            #[inline]
            fn decode(reader: &mut $crate::Reader<'_>) -> ::core::result::Result<Self, $crate::DecodeError> {
                $(let mut $field = $crate::__slot!($($default)?);)*
                $(let mut $rest = $crate::Object::new();)?
                reader.object(
                    &mut [$(($crate::__wire!($field $($wire)?), &mut $field)),*],
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
                    &[$(($crate::__wire!($field $($wire)?), &self.$field)),*],
                    $crate::__option!($(&self.$rest)?),
                );
            }
        }

        $crate::__serde!($name);
    };
    // Without the last comma.
    ($name:ident {
        $($field:ident $(= $wire:literal)? $(else $default:expr)?),+
    }) => {
        $crate::json_object!($name { $($field $(= $wire)? $(else $default)?,)+ });
    };
}

/// Makes a newtype over `Box<str>` an opaque identifier.
///
/// It is made on purpose, by `new` or from text with `parse`, and never turns
/// silently into another kind of identifier.
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
            /// Makes an identifier of any text. Nothing is checked.
            #[inline]
            pub fn new(id: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(id.into().into_boxed_str())
            }

            /// The text of the identifier.
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text of the identifier, without a copy.
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
                Ok(Self(reader.str("a string")?.into()))
            }
        }

        $crate::__text!($name);
        $crate::__serde!($name);
    };
}

/// Makes an enum with a variant `Unknown(UnknownValue)` an open set of strings.
///
/// A known wire value always gives its variant; any other is kept in `Unknown`
/// and written back as it came.
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
            /// The value as the wire spells it.
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
                    other => Self::Unknown($crate::__private::unknown(other)),
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
                Ok(Self::from(reader.str("a string")?))
            }
        }

        $crate::__text!($name);
        $crate::__serde!($name);
    };
}

/// What identifiers and enums have in common: they are text, by `as_str`.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
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
                writer.str(self.as_str());
            }
        }

        impl $crate::WireText for $name {
            #[inline]
            fn wire_text(&self) -> ::core::option::Option<::std::borrow::Cow<'_, str>> {
                Some(::std::borrow::Cow::Borrowed(self.as_str()))
            }
        }
    };
}

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

/// The slot of a field without or with a default.
#[doc(hidden)]
#[macro_export]
macro_rules! __slot {
    () => {
        $crate::__private::Slot { value: None, default: None }
    };
    ($default:expr) => {
        $crate::__private::Slot { value: None, default: Some($default) }
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
