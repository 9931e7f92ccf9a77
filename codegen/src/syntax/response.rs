//! The responses of operations.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::common::{Entries, Lenient, Spanned};
use super::field::FieldDecl;
use super::rules;
use super::wire::WireDecl;
use crate::source::Span;

/// The success responses of an operation.
#[derive(Debug)]
pub enum ResponseDecl {
    /// A type, without envelope fields.
    Type(Spanned<String>),
    /// An object that only this operation has.
    Fields(Entries<FieldDecl>),
    /// Responses by status.
    ByStatus(ByStatusDecl),
}

/// Responses by status. Each is a type, an object or `none`.
#[derive(Debug)]
pub struct ByStatusDecl {
    /// The responses, by their statuses. An invalid response is missing.
    pub statuses: Vec<(Spanned<String>, Option<Spanned<ResponseDecl>>)>,
    /// The keys that are not integers.
    pub others: Vec<Spanned<String>>,
}

impl<'de> Deserialize<'de> for ResponseDecl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ResponseVisitor;

        impl<'de> Visitor<'de> for ResponseVisitor {
            type Value = ResponseDecl;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of fields or a type")
            }

            fn visit_str<E>(self, text: &str) -> Result<ResponseDecl, E> {
                // The span is that of the whole response, which the operation stores.
                let nowhere = Span::new(0, 0..0);
                Ok(ResponseDecl::Type(Spanned::new(nowhere, text.to_owned())))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ResponseDecl, A::Error> {
                let mut fields = Vec::new();
                let mut statuses = Vec::new();
                while let Some(Spanned { span, value: key }) = map.next_key::<Spanned<WireDecl>>()? {
                    let name = Spanned::new(span, key.text);
                    match key.is_integer {
                        true => statuses.push((name, map.next_value::<Lenient<_>>()?.0)),
                        false => fields.push((name, map.next_value()?)),
                    }
                }
                Ok(if statuses.is_empty() {
                    ResponseDecl::Fields(Entries::from_lenient(fields))
                } else {
                    let others = fields.into_iter().map(|(name, _)| name).collect();
                    ResponseDecl::ByStatus(ByStatusDecl { statuses, others })
                })
            }
        }

        deserializer.deserialize_any(ResponseVisitor)
    }
}

impl JsonSchema for ResponseDecl {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ResponseDecl".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields = generator.subschema_for::<Entries<FieldDecl>>();
        let one = [
            schemars::json_schema!({ "type": "string", "title": "Type expression", "pattern": rules::TYPE }),
            fields,
        ];
        let by_status = schemars::json_schema!({
            "title": "Responses by status",
            "type": "object",
            "patternProperties": { "^[23][0-9][0-9]$": { "anyOf": one } },
            "additionalProperties": false,
            "minProperties": 1,
        });
        let [ty, fields] = one;
        schemars::json_schema!({
            "description": "A map of fields, a type expression, or a map of several responses by status.",
            "title": "Response",
            "anyOf": [ty, fields, by_status],
        })
    }
}
