//! Access types through which serde visits the parts of a node.

use serde::de::value::{BorrowedStrDeserializer, U64Deserializer};
use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};

use super::deserializer::{NodeDeserializer, SPANNED, TEXT_OR_INTEGER, visit_integer};
use super::node::{Key, Node};
use super::problems::{Abort, Problems};
use crate::source::Span;

/// Yields the entries of a map, in the order of the file.
pub(super) struct MapAccess<'de> {
    entries: std::vec::IntoIter<&'de (Key, Node)>,
    value: Option<&'de (Key, Node)>,
    problems: &'de Problems,
}

impl<'de> MapAccess<'de> {
    pub(super) fn new(entries: Vec<&'de (Key, Node)>, problems: &'de Problems) -> Self {
        Self { entries: entries.into_iter(), value: None, problems }
    }
}

impl<'de> MapAccess<'de> {
    /// Reads a value, and marks the innermost invalid value only: the values around it can contain further problems.
    fn read_value<V: DeserializeSeed<'de>>(
        &self,
        seed: V,
        key: &'de Key,
        node: &'de Node,
    ) -> Result<V::Value, Abort> {
        let before = self.problems.bad_count();
        let node = NodeDeserializer::owned_by(node, key, self.problems);
        let value = node.locate(seed.deserialize(node));
        if value.is_err() && self.problems.bad_count() == before {
            self.problems.mark_bad(key.span);
        }
        value
    }
}

impl<'de> de::MapAccess<'de> for MapAccess<'de> {
    type Error = Abort;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Abort> {
        self.value = self.entries.next();
        self.value.map(|(key, _)| seed.deserialize(KeyDeserializer(key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Abort> {
        match self.value.take() {
            Some((key, node)) => self.read_value(seed, key, node),
            None => Err(Abort::Message("a value was requested before its key".to_owned())),
        }
    }
}

/// Yields the items of a list.
pub(super) struct SeqAccess<'de> {
    items: std::slice::Iter<'de, Node>,
    /// The key that selects the advice for an item. Empty for most lists.
    key: &'de str,
    problems: &'de Problems,
}

impl<'de> SeqAccess<'de> {
    pub(super) fn new(items: &'de [Node], problems: &'de Problems) -> Self {
        Self { items: items.iter(), key: "", problems }
    }

    /// Gives advice as for a single value of a key.
    pub(super) fn with_key(self, key: &'de str) -> Self {
        Self { key, ..self }
    }
}

impl<'de> de::SeqAccess<'de> for SeqAccess<'de> {
    type Error = Abort;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Abort> {
        self.items
            .next()
            .map(|node| {
                let mut item = NodeDeserializer::item(node, self.problems);
                item.key = self.key;
                seed.deserialize(item)
            })
            .transpose()
    }
}

/// Reads a value repeatedly, as long as each reading makes progress: it skips the parts that earlier readings found invalid.
///
/// Yields nothing if no reading succeeds.
pub(super) struct LenientAccess<'de> {
    node: NodeDeserializer<'de>,
    /// The number of invalid values before the last reading.
    known_bad: Option<usize>,
}

impl<'de> LenientAccess<'de> {
    pub(super) fn new(node: NodeDeserializer<'de>) -> Self {
        Self { node, known_bad: None }
    }
}

impl<'de> de::SeqAccess<'de> for LenientAccess<'de> {
    type Error = Abort;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Abort> {
        let bad = self.node.bad_count();
        if self.known_bad.replace(bad) == Some(bad) {
            self.node.mark_unparsed();
            return Ok(None);
        }
        self.node.locate(seed.deserialize(self.node)).map(Some)
    }
}

/// Yields a scalar as a map with one key.
pub(super) struct ShorthandAccess<'de> {
    field: Option<&'static str>,
    value: NodeDeserializer<'de>,
}

impl<'de> ShorthandAccess<'de> {
    pub(super) fn new(field: &'static str, value: NodeDeserializer<'de>) -> Self {
        Self { field: Some(field), value }
    }
}

impl<'de> de::MapAccess<'de> for ShorthandAccess<'de> {
    type Error = Abort;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Abort> {
        self.field.take().map(|field| seed.deserialize(BorrowedStrDeserializer::new(field))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Abort> {
        seed.deserialize(self.value)
    }
}

/// Yields the location of a value (file, start and end), and then the value.
pub(super) struct SpannedAccess<D> {
    span: std::array::IntoIter<usize, 3>,
    value: Option<D>,
}

impl<D> SpannedAccess<D> {
    pub(super) fn new(span: Span, value: D) -> Self {
        Self { span: [span.file, span.start, span.end].into_iter(), value: Some(value) }
    }
}

impl<'de, D: de::Deserializer<'de, Error = Abort>> de::SeqAccess<'de> for SpannedAccess<D> {
    type Error = Abort;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Abort> {
        if let Some(number) = self.span.next() {
            let number: U64Deserializer<Abort> = (number as u64).into_deserializer();
            return seed.deserialize(number).map(Some);
        }
        self.value.take().map(|value| seed.deserialize(value)).transpose()
    }
}

/// Yields a key as text, with its span for types that request it.
struct KeyDeserializer<'de>(&'de Key);

impl<'de> de::Deserializer<'de> for KeyDeserializer<'de> {
    type Error = Abort;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        visitor.visit_borrowed_str(&self.0.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Abort> {
        if name == SPANNED {
            visitor.visit_seq(SpannedAccess::new(self.0.span, KeyDeserializer(self.0)))
        } else if let (TEXT_OR_INTEGER, Some(value)) = (name, self.0.decimal_integer()) {
            visit_integer(value, visitor)
        } else if name == TEXT_OR_INTEGER {
            visitor.visit_borrowed_str(&self.0.text)
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Yields an enum variant by its name, with or without a value.
pub(super) struct EnumAccess<'de> {
    tag: &'de str,
    value: Option<NodeDeserializer<'de>>,
}

impl<'de> EnumAccess<'de> {
    pub(super) fn new(tag: &'de str, value: Option<NodeDeserializer<'de>>) -> Self {
        Self { tag, value }
    }
}

impl<'de> de::EnumAccess<'de> for EnumAccess<'de> {
    type Error = Abort;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Abort> {
        Ok((seed.deserialize(BorrowedStrDeserializer::<Abort>::new(self.tag))?, self))
    }
}

impl EnumAccess<'_> {
    fn needs_value(&self) -> Abort {
        Abort::Message(format!("`{}` needs its details: `{}: {{ … }}`", self.tag, self.tag))
    }
}

impl<'de> de::VariantAccess<'de> for EnumAccess<'de> {
    type Error = Abort;

    fn unit_variant(self) -> Result<(), Abort> {
        match self.value {
            None => Ok(()),
            Some(_) => Err(Abort::Message(format!("`{}` has no keys of its own", self.tag))),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Abort> {
        match self.value {
            Some(value) => seed.deserialize(value),
            None => Err(self.needs_value()),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Abort> {
        match self.value {
            Some(value) => de::Deserializer::deserialize_seq(value, visitor),
            None => Err(self.needs_value()),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Abort> {
        match self.value {
            Some(value) => de::Deserializer::deserialize_struct(value, "", fields, visitor),
            None => Err(self.needs_value()),
        }
    }
}
