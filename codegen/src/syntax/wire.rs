//! Keys and values that are text or an integer.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use crate::yaml::TEXT_OR_INTEGER;

/// The wire value of an enum value, or the key of a response.
#[derive(Debug)]
pub(super) struct WireDecl {
    pub(super) text: String,
    pub(super) is_integer: bool,
}

impl<'de> Deserialize<'de> for WireDecl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WireVisitor;

        impl Visitor<'_> for WireVisitor {
            type Value = WireDecl;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text or an integer")
            }

            fn visit_str<E>(self, text: &str) -> Result<WireDecl, E> {
                Ok(WireDecl { text: text.to_owned(), is_integer: false })
            }

            fn visit_i64<E>(self, value: i64) -> Result<WireDecl, E> {
                Ok(WireDecl { text: value.to_string(), is_integer: true })
            }

            fn visit_u64<E>(self, value: u64) -> Result<WireDecl, E> {
                Ok(WireDecl { text: value.to_string(), is_integer: true })
            }
        }

        deserializer.deserialize_newtype_struct(TEXT_OR_INTEGER, WireVisitor)
    }
}
