//! The implementation of serde's `Deserializer` for a node.

use serde::de::{self, Visitor};

use super::access::{EnumAccess, LenientAccess, MapAccess, SeqAccess, ShorthandAccess, SpannedAccess};
use super::deserializer::{
    LENIENT, NodeDeserializer, ONE_OR_LIST, PROSE, SHORTHANDS, SPANNED, TEXT_OR_INTEGER, visit_integer,
};
use super::kinds;
use super::node::{Key, Kind, Meaning, Node};
use super::problems::Abort;
use crate::diagnostic::{Code, Diagnostic, nearest, quoted};

macro_rules! forward_numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
            let scalar = self.scalar("a number")?;
            match scalar.meaning() {
                Meaning::Int(value) => self.locate(visit_integer(value, visitor)),
                Meaning::Float(value) => self.locate(visitor.visit_f64(value)),
                _ => Err(self.wrong_kind("a number")),
            }
        })*
    };
}

impl<'de> de::Deserializer<'de> for NodeDeserializer<'de> {
    type Error = Abort;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        match &self.node.kind {
            Kind::Unparsed => Err(Abort::Reported),
            Kind::Map(..) => self.visit_entries(self.entries()?, visitor),
            Kind::List(..) => self.deserialize_seq(visitor),
            Kind::Scalar(scalar) => self.locate(match scalar.meaning() {
                Meaning::Null => visitor.visit_unit(),
                Meaning::Bool(value) => visitor.visit_bool(value),
                Meaning::Int(value) => visit_integer(value, visitor),
                Meaning::Float(value) => visitor.visit_f64(value),
                Meaning::Text => visitor.visit_borrowed_str(&scalar.text),
            }),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        match self.scalar("true or false")?.meaning() {
            Meaning::Bool(value) => self.locate(visitor.visit_bool(value)),
            _ => Err(self.wrong_kind("true or false")),
        }
    }

    forward_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        let text = self.text()?;
        self.locate(visitor.visit_borrowed_str(text))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Abort> {
        match name {
            SPANNED => visitor.visit_seq(SpannedAccess::new(self.node.span, self)),
            LENIENT => visitor.visit_seq(LenientAccess::new(self)),
            TEXT_OR_INTEGER => match &self.node.kind {
                Kind::Scalar(scalar) => match scalar.decimal_integer() {
                    Some(value) => self.locate(visit_integer(value, visitor)),
                    None => self.deserialize_str(visitor),
                },
                _ => self.deserialize_str(visitor),
            },
            ONE_OR_LIST => match &self.node.kind {
                Kind::List(items, _) => {
                    self.locate(visitor.visit_seq(SeqAccess::new(items, self.problems).with_key(self.key)))
                }
                _ => visitor.visit_newtype_struct(self),
            },
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        let Kind::List(items, _) = &self.node.kind else {
            return Err(self.wrong_kind("a list"));
        };
        self.locate(visitor.visit_seq(SeqAccess::new(items, self.problems)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        self.visit_entries(self.entries()?, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Abort> {
        let shorthand = SHORTHANDS.iter().find(|(of, _)| *of == name).map(|(_, field)| *field);
        match (&self.node.kind, shorthand) {
            // The key of a scalar names the declaration, and is not its type.
            (Kind::Scalar(_), Some("type")) if self.node.is_nothing() => {
                let help = format!(
                    "write a type after the colon, such as `{}: string`, or remove the key",
                    self.key
                );
                Err(self.report_kind("a type or a map", Some(&help)))
            }
            (Kind::Scalar(_), Some(field)) => {
                if PROSE.contains(&field) {
                    self.check_prose(self.node);
                }
                self.locate(visitor.visit_map(ShorthandAccess::new(field, self)))
            }
            _ => self.visit_entries(self.known_entries(name, fields)?, visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Abort> {
        let expected = one_of(variants);
        let (tag, span, value) = match &self.node.kind {
            Kind::Scalar(_) => (self.text()?, self.node.span, None),
            Kind::Map(entries, _) => match entries.as_slice() {
                [(key, value)] => (key.text.as_str(), key.span, Some((key, value))),
                _ => return Err(self.wrong_kind(&format!("one key, {expected}"))),
            },
            Kind::List(..) | Kind::Unparsed => return Err(self.wrong_kind(&expected)),
        };
        if !variants.contains(&tag) {
            let problem =
                Diagnostic::error(Code::InvalidValue, span, format!("expected {expected}, found `{tag}`"));
            let near = nearest(tag, variants.iter().copied());
            return Err(self.report(match (kinds::word_advice(self.key, tag), near) {
                (Some(advice), _) => problem.label("not one of them").help(advice),
                (None, Some(near)) => problem.label(format!("did you mean `{near}`?")),
                (None, None) => problem.label("not one of them").help(format!("write {expected}")),
            }));
        }
        let value = value.map(|(key, node)| Self::owned_by(node, key, self.problems));
        self.locate(visitor.visit_enum(EnumAccess::new(tag, value)))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Abort> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

impl<'de> NodeDeserializer<'de> {
    fn visit_entries<V: Visitor<'de>>(
        &self,
        entries: Vec<&'de (Key, Node)>,
        visitor: V,
    ) -> Result<V::Value, Abort> {
        self.locate(visitor.visit_map(MapAccess::new(entries, self.problems)))
    }
}

/// Lists the names of variants in backticks, with "or" before the last.
fn one_of(variants: &[&str]) -> String {
    match variants.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or `{last}`", quoted(rest.iter().copied())),
        _ => quoted(variants.iter().copied()),
    }
}
