//! The building blocks of declarations: values with spans, ordered maps, and free values.

use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::source::Span;
use crate::value::Value;
use crate::yaml::{LENIENT, ONE_OR_LIST, SPANNED};

/// A value and its span in the source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spanned<T> {
    pub span: Span,
    pub value: T,
}

impl<T> Spanned<T> {
    /// Creates a value with a span.
    pub fn new(span: Span, value: T) -> Self {
        Self { span, value }
    }
}

impl Spanned<String> {
    /// Returns the span of a part of the text, from its byte offset and its length in bytes.
    ///
    /// Returns the whole span if escapes or line breaks shift the offsets.
    pub fn part(&self, start: usize, len: usize) -> Span {
        match (self.span.end - self.span.start).checked_sub(self.value.len()) {
            Some(0) => self.span.part(start, len),
            // The text follows a quotation mark.
            Some(2) => self.span.part(start + 1, len),
            _ => self.span,
        }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SpannedVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
            type Value = Spanned<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value with a place")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Spanned<T>, A::Error> {
                let incomplete = || serde::de::Error::custom("a place needs a file, a start and an end");
                let file = parts.next_element()?.ok_or_else(incomplete)?;
                let start = parts.next_element()?.ok_or_else(incomplete)?;
                let end = parts.next_element()?.ok_or_else(incomplete)?;
                let value = parts.next_element()?.ok_or_else(incomplete)?;
                Ok(Spanned { span: Span { file, start, end }, value })
            }
        }

        deserializer.deserialize_newtype_struct(SPANNED, SpannedVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A value without its invalid parts, or `None` if no part is valid.
///
/// The errors are reported, and the siblings of the value are still read.
#[derive(Clone, Debug, PartialEq)]
pub struct Lenient<T>(pub Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LenientVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for LenientVisitor<T> {
            type Value = Lenient<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut readings: A) -> Result<Lenient<T>, A::Error> {
                loop {
                    // The deserializer has already reported the error.
                    if let Ok(value) = readings.next_element() {
                        return Ok(Lenient(value));
                    }
                }
            }
        }

        deserializer.deserialize_newtype_struct(LENIENT, LenientVisitor(PhantomData))
    }
}

/// The items of a list, or one item in place of a list of one.
#[derive(Clone, Debug)]
pub struct OneOrList<T>(pub Vec<Spanned<T>>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrListVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrListVisitor<T> {
            type Value = OneOrList<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or a list of values")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(self, item: D) -> Result<OneOrList<T>, D::Error> {
                Ok(OneOrList(vec![Spanned::deserialize(item)?]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OneOrList<T>, A::Error> {
                let mut list = Vec::new();
                // An invalid item is reported, and the others are still read.
                while let Some(Lenient(item)) = items.next_element()? {
                    list.extend(item);
                }
                Ok(OneOrList(list))
            }
        }

        deserializer.deserialize_newtype_struct(ONE_OR_LIST, OneOrListVisitor(PhantomData))
    }
}

/// A map with names as keys, in the order of the file.
#[derive(Clone, Debug)]
pub struct Entries<T>(Vec<(Spanned<String>, Lenient<T>)>);

/// An entry of such a map.
pub type Entry<'a, T> = (&'a Spanned<String>, &'a T);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    /// Returns the valid entries.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_, T>> {
        self.0.iter().filter_map(|(key, value)| Some((key, value.0.as_ref()?)))
    }

    /// Returns the valid entries, whose values can be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (&Spanned<String>, &mut T)> {
        self.0.iter_mut().filter_map(|(key, value)| Some((&*key, value.0.as_mut()?)))
    }

    /// Returns all entries. An invalid entry has no value.
    pub fn all(&self) -> impl Iterator<Item = (&Spanned<String>, Option<&T>)> {
        self.0.iter().map(|(key, value)| (key, value.0.as_ref()))
    }

    /// Returns all keys, including those of invalid entries.
    pub fn keys(&self) -> impl Iterator<Item = &Spanned<String>> + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    /// Returns the entry of a key, if it is valid.
    pub fn get(&self, name: &str) -> Option<Entry<'_, T>> {
        self.iter().find(|(key, _)| key.value == name)
    }

    /// Whether the map has no entries, valid or not.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn from_lenient(entries: Vec<(Spanned<String>, Lenient<T>)>) -> Self {
        Self(entries)
    }

    pub(super) fn visit<'de, A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error>
    where
        T: Deserialize<'de>,
    {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Self(entries))
    }
}

impl<T> FromIterator<(Spanned<String>, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (Spanned<String>, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key, Lenient(Some(value)))).collect())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entries<T>, A::Error> {
                Entries::visit(map)
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("EntriesOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// A value of any form, such as an example, with the span of each part.
#[derive(Clone, Debug, PartialEq)]
pub struct SpannedValue {
    pub span: Span,
    pub kind: SpannedKind,
}

/// The content of a [`SpannedValue`].
#[derive(Clone, Debug, PartialEq)]
pub enum SpannedKind {
    Scalar(Value),
    List(Vec<SpannedValue>),
    Map(Vec<(Spanned<String>, SpannedValue)>),
}

impl SpannedValue {
    /// Returns the value without spans.
    pub fn to_value(&self) -> Value {
        match &self.kind {
            SpannedKind::Scalar(value) => value.clone(),
            SpannedKind::List(items) => Value::List(items.iter().map(Self::to_value).collect()),
            SpannedKind::Map(entries) => {
                Value::Map(entries.iter().map(|(key, value)| (key.value.clone(), value.to_value())).collect())
            }
        }
    }

    /// Returns the span for a diagnostic about the whole value: its first line.
    pub fn head(&self) -> Span {
        match &self.kind {
            SpannedKind::Scalar(_) => self.span,
            SpannedKind::List(items) => items.first().map_or(self.span, Self::head),
            SpannedKind::Map(entries) => entries.first().map_or(self.span, |(key, _)| key.span),
        }
    }
}

impl<'de> Deserialize<'de> for SpannedValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { span, value } = Spanned::<SpannedKind>::deserialize(deserializer)?;
        Ok(Self { span, kind: value })
    }
}

impl<'de> Deserialize<'de> for SpannedKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = SpannedKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<SpannedKind, E> {
        Ok(SpannedKind::Scalar(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<SpannedKind, E> {
        Ok(SpannedKind::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<SpannedKind, E> {
        Ok(SpannedKind::Scalar(Value::Int(value.into())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<SpannedKind, E> {
        Ok(SpannedKind::Scalar(Value::Int(value.into())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<SpannedKind, E> {
        Ok(SpannedKind::Scalar(Value::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<SpannedKind, E> {
        Ok(SpannedKind::Scalar(Value::Text(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<SpannedKind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(SpannedKind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<SpannedKind, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(SpannedKind::Map(map))
    }
}

impl JsonSchema for SpannedValue {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AnyValue".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!(true)
    }
}
