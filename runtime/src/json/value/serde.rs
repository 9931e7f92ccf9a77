//! Serde implementations of free-form JSON.
//!
//! Serde's data model has no numbers of arbitrary length. `serde_json` passes JSON text through its
//! type `RawValue`, in both directions. Other formats receive plain numbers. The feature
//! `raw_value` only adds that type, so it changes nothing for other crates of a program.

use std::any::type_name;
use std::fmt;

use serde_core::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_core::ser::Error as _;
use serde_core::{Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::number::Number;
use super::tree::{Object, Value};
use crate::json::nesting::{MAX_DEPTH, TOO_DEEP};

/// The private name under which `serde_json` passes text. It is the name of `RawValue`.
const RAW: &str = "$serde_json::private::RawValue";
/// The private name under which `serde_json` passes numbers, if another crate enables its feature
/// `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Nested { value: self, depth: 0 }.serialize(serializer)
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_object(self, 0, serializer)
    }
}

fn serialize_object<S: Serializer>(object: &Object, depth: u8, serializer: S) -> Result<S::Ok, S::Error> {
    let depth = nested_depth(depth).map_err(S::Error::custom)?;
    serializer.collect_map(object.iter().map(|(key, value)| (key, Nested { value, depth })))
}

/// A value and the number of lists and objects around it.
struct Nested<'v> {
    value: &'v Value,
    depth: u8,
}

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => number.serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => {
                let depth = nested_depth(self.depth).map_err(S::Error::custom)?;
                serializer.collect_seq(items.iter().map(|value| Nested { value, depth }))
            }
            Value::Object(object) => serialize_object(object, self.depth, serializer),
        }
    }
}

fn nested_depth(depth: u8) -> Result<u8, String> {
    if depth < MAX_DEPTH { Ok(depth + 1) } else { Err(format!("expected {TOO_DEEP}")) }
}

/// Writes the original text with `serde_json`. Other formats receive a 64-bit integer if it fits,
/// and the nearest `f64` otherwise. If that `f64` is not finite, serialization fails.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(text) = self.text() else {
            return match self.as_i64() {
                Some(integer) => serializer.serialize_i64(integer),
                None => Err(S::Error::custom("a JSON number must be finite")),
            };
        };
        if let Ok(integer) = text.parse() {
            return serializer.serialize_u64(integer);
        }
        let float = self.as_f64();
        let is_default_format =
            || float.is_some_and(|float| serde_json::to_string(&float).is_ok_and(|usual| usual == text));
        if is_serde_json::<S>() && !is_default_format() {
            let raw = RawValue::from_string(text.to_owned()).map_err(S::Error::custom)?;
            return raw.serialize(serializer);
        }
        match float {
            Some(float) => serializer.serialize_f64(float),
            None => Err(S::Error::custom("invalid number: out of range for this format")),
        }
    }
}

/// Returns whether a serializer belongs to `serde_json`, according to its error type.
///
/// The type is not necessarily `'static`, so only its name can be compared. If the name ever
/// changes, numbers are rounded to what serde can represent.
fn is_serde_json<S: Serializer>() -> bool {
    type_name::<S::Error>() == type_name::<serde_json::Error>()
}

/// The result of a deserializer: JSON text from `serde_json`, or a value.
pub(crate) enum Received {
    Text(String),
    Value(Value),
}

/// Deserializes any value from a self-describing format, as text if the format is `serde_json`.
pub(crate) fn receive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Received, D::Error> {
    deserializer.deserialize_newtype_struct(RAW, TextOrValue)
}

struct TextOrValue;

impl<'de> Visitor<'de> for TextOrValue {
    type Value = Received;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    /// Formats without special support for the newtype pass the value inside.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Received, D::Error> {
        AnyValue { depth: 0 }.deserialize(deserializer).map(Received::Value)
    }

    /// `serde_json` passes a map with the text.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Received, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == RAW => map.next_value().map(Received::Text),
            first => AnyValue { depth: 0 }.entries(first, map).map(Received::Value),
        }
    }
}

/// A deserializer of any value at a nesting depth.
#[derive(Clone, Copy)]
struct AnyValue {
    depth: u8,
}

impl AnyValue {
    fn inner<E: serde_core::de::Error>(self) -> Result<Self, E> {
        nested_depth(self.depth).map(|depth| Self { depth }).map_err(E::custom)
    }

    fn entries<'de, A: MapAccess<'de>>(self, first: Option<String>, mut map: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut entries = Vec::new();
        let mut next = first;
        while let Some(key) = next {
            entries.push((key, map.next_value_seed(inner)?));
            next = map.next_key()?;
        }
        Ok(Value::Object(Object::from_entries(entries)))
    }
}

impl<'de> DeserializeSeed<'de> for AnyValue {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == NUMBER => {
                let text: String = map.next_value()?;
                text.parse().map(Value::Number).map_err(A::Error::custom)
            }
            first => self.entries(first, map),
        }
    }
}
