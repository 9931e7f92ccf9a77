//! Declarations of a resource file: operations and types.

use std::collections::BTreeSet;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::auth::AuthDecl;
use super::common::{Entries, Lenient, Spanned, SpannedValue};
use super::field::{FieldDecl, PermissionDecl};
use super::response::ResponseDecl;
use super::rules;
use super::wire::WireDecl;
use crate::source::Span;

/// A resource, `spec/<api>/<resource>.yaml` or, for a child, `spec/<api>/<resource>/<child>.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Resource description")]
pub struct ResourceDecl {
    /// Description of the resource.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Page with the documentation of the resource.
    #[schemars(extend("pattern" = rules::URL))]
    pub docs_url: Option<Spanned<String>>,
    /// Server of the operations, and of those of child resources. Default: the default server of the API.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub server: Option<Spanned<String>>,
    /// Types by name. Operations of all resources can use them.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub types: Entries<TypeDecl>,
    /// Operations by name.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub operations: Entries<OperationDecl>,
}

impl ResourceDecl {
    /// Replaces the parameters of the type `shared` by those of `api.yaml`.
    pub fn expand_shared(&mut self, shared: &Entries<FieldDecl>) {
        for (_, operation) in self.operations.iter_mut() {
            for (name, param) in operation.params.iter_mut() {
                if let (Some(_), Some((_, shared))) = (param.shared(), shared.get(&name.value)) {
                    *param = param.over(shared);
                }
            }
        }
    }
}

/// A named type, with exactly one of `id`, `enum`, `fields`, `one_of` and `type`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Type", transform = rules::one_shape)]
pub struct TypeDecl {
    /// Meaning of a value, as a noun phrase.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Name of the object that an opaque identifier identifies, such as `user`.
    pub id: Option<Spanned<String>>,
    /// Whether the text of an identifier is secret. Default: `false`.
    pub secret: Option<Spanned<bool>>,
    /// Known values of text. Unknown values are preserved.
    #[serde(rename = "enum")]
    pub values: Option<Spanned<EnumDecl>>,
    /// Fields of an object.
    #[schemars(extend("propertyNames" = rules::names()))]
    pub fields: Option<Spanned<Entries<FieldDecl>>>,
    /// Storage for undescribed fields of an object. Without it, they are dropped.
    pub additional_fields: Option<Spanned<AdditionalFieldsDecl>>,
    /// Variants of a union. A value is one of them.
    pub one_of: Option<Spanned<VariantsDecl>>,
    /// Field whose value selects the variant of a union, or the path of such a field. In a list of fields, the first one that is
    /// present counts.
    ///
    /// Without it, the first variant that can read the value is selected.
    pub tag: Option<Spanned<Names>>,
    /// Type that this name refers to, such as `list<UserId>`.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = rules::TYPE))]
    pub alias: Option<Spanned<String>>,
    /// Whether the server sends the type to a webhook, outside of operations. Default: `false`.
    pub webhook: Option<Spanned<bool>>,
    /// Example value. Default: generated from the examples of the parts.
    pub example: Option<SpannedValue>,
    /// Replacement, as an imperative sentence. Marks the item as deprecated.
    pub deprecated: Option<Spanned<String>>,
}

/// A name, or a list of names.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a name or a list of names")]
#[schemars(title = "Name, or several")]
pub enum Names {
    /// A name.
    One(String),
    /// Names that are tried in order.
    Several(Vec<String>),
}

impl Names {
    /// Returns the names in order.
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name.clone()],
            Self::Several(names) => names.clone(),
        }
    }
}

/// The undescribed fields of an object.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Additional keys")]
pub struct AdditionalFieldsDecl {
    /// Meaning of the undescribed fields, as a noun phrase.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Type of the values. Default: `json`.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = rules::TYPE))]
    pub ty: Option<Spanned<String>>,
}

/// The values of an enum: a list of wire values, or a map from wire value to details.
#[derive(Debug)]
pub struct EnumDecl {
    pub values: Entries<EnumValueDecl>,
    /// The spans of the values that are integers, which are written without quotes.
    pub integers: BTreeSet<Span>,
}

impl EnumDecl {
    /// Collects values with their details.
    fn new(wires: Vec<(Spanned<WireDecl>, Lenient<EnumValueDecl>)>) -> Self {
        let integers = wires.iter().filter(|(wire, _)| wire.is_integer).map(|(wire, _)| wire.span).collect();
        let values = wires.into_iter().map(|(wire, decl)| (Spanned::new(wire.span, wire.value.text), decl));
        Self { values: Entries::from_lenient(values.collect()), integers }
    }
}

/// A value of an enum. A value with only a `doc` can be written as text.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Enum value", transform = rules::enum_value)]
pub struct EnumValueDecl {
    /// Meaning of the value, as a noun phrase.
    pub doc: Option<Spanned<String>>,
    /// Source of the Rust name. Default: the wire value.
    pub name: Option<Spanned<String>>,
    /// Replacement, as an imperative sentence. Marks the item as deprecated.
    pub deprecated: Option<Spanned<String>>,
}

impl<'de> Deserialize<'de> for EnumDecl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EnumVisitor;

        impl<'de> Visitor<'de> for EnumVisitor {
            type Value = EnumDecl;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of values or a map from value to its details")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<EnumDecl, A::Error> {
                let mut wires = Vec::new();
                while let Some(wire) = values.next_element()? {
                    wires.push((wire, Lenient(Some(EnumValueDecl::default()))));
                }
                Ok(EnumDecl::new(wires))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<EnumDecl, A::Error> {
                let mut wires = Vec::new();
                while let Some(entry) = map.next_entry::<Spanned<WireDecl>, _>()? {
                    wires.push(entry);
                }
                // Keys are text unless all of them are integers.
                let are_integers = wires.iter().all(|(wire, _)| wire.is_integer);
                let mut decl = EnumDecl::new(wires);
                decl.integers.retain(|_| are_integers);
                Ok(decl)
            }
        }

        deserializer.deserialize_any(EnumVisitor)
    }
}

impl JsonSchema for EnumDecl {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EnumDecl".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let map = generator.subschema_for::<Entries<EnumValueDecl>>();
        schemars::json_schema!({
            "description": "A list of wire values, or a map from wire value to details.",
            "title": "Enum values",
            "anyOf": [
                { "type": "array", "items": { "type": ["string", "integer"] }, "minItems": 1 },
                map,
            ],
        })
    }
}

/// The variants of a union, by name or by the value of the tag.
#[derive(Debug)]
pub struct VariantsDecl {
    variants: Entries<VariantDecl>,
    /// The spans of the keys that are integers, which are written without quotes.
    pub integers: BTreeSet<Span>,
}

impl std::ops::Deref for VariantsDecl {
    type Target = Entries<VariantDecl>;

    fn deref(&self) -> &Entries<VariantDecl> {
        &self.variants
    }
}

impl<'de> Deserialize<'de> for VariantsDecl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct VariantsVisitor;

        impl<'de> Visitor<'de> for VariantsVisitor {
            type Value = VariantsDecl;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<VariantsDecl, A::Error> {
                let mut variants = Vec::new();
                let mut integers = BTreeSet::new();
                while let Some((key, decl)) = map.next_entry::<Spanned<WireDecl>, _>()? {
                    if key.value.is_integer {
                        integers.insert(key.span);
                    }
                    variants.push((Spanned::new(key.span, key.value.text), decl));
                }
                Ok(VariantsDecl { variants: Entries::from_lenient(variants), integers })
            }
        }

        deserializer.deserialize_map(VariantsVisitor)
    }
}

impl JsonSchema for VariantsDecl {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "VariantsDecl".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Entries::<VariantDecl>::json_schema(generator)
    }
}

/// A variant of a union. A variant with only a named type can be written as the name of the type.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Variant of a union", transform = rules::bare_type)]
pub struct VariantDecl {
    /// Type of the content. Without it, the variant consists of its tag.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = rules::TYPE))]
    pub ty: Option<Spanned<String>>,
    /// Only key of the object that contains the value. Default: the variant is the value itself.
    pub key: Option<Spanned<String>>,
    /// Meaning of the variant, as a noun phrase. Default: the doc of the named type.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Source of the Rust name. Default: the key.
    pub name: Option<Spanned<String>>,
    /// Whether only responses contain the variant. Default: `false`.
    pub read_only: Option<Spanned<bool>>,
    /// Whether only requests contain the variant. Default: `false`.
    pub write_only: Option<Spanned<bool>>,
    /// Replacement, as an imperative sentence. Marks the item as deprecated.
    pub deprecated: Option<Spanned<String>>,
}

/// The body of a request without body parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(title = "Body without params")]
pub enum BodyDecl {
    /// The body `{}`.
    EmptyObject,
}

/// An operation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Operation", transform = rules::one_call)]
pub struct OperationDecl {
    /// Description. The first sentence is the summary and begins with a verb in the third person.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Page with the documentation of the operation.
    #[schemars(extend("pattern" = rules::URL))]
    pub docs_url: Option<Spanned<String>>,
    /// Method and path, such as `GET /v1/users/{user_id}`.
    #[schemars(extend("pattern" = rules::HTTP))]
    pub http: Option<Spanned<String>>,
    /// Path of an operation that only builds a URL, in place of `http`: `/v1/login`.
    #[schemars(extend("pattern" = rules::PATH))]
    pub url: Option<Spanned<String>>,
    /// Server that the requests are sent to. Default: the server of the resource.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub server: Option<Spanned<String>>,
    /// Authentication in place of that of the API. `none` sends the request without credentials. Default: `auth` of the API.
    pub auth: Option<Spanned<AuthDecl>>,
    /// Media type of the body, which determines its encoding. Default: `application/json`.
    #[schemars(extend("pattern" = rules::MEDIA_TYPE))]
    pub content_type: Option<Spanned<String>>,
    /// `empty_object` sends `{}` without body parameters. Default: no body.
    pub body: Option<Spanned<BodyDecl>>,
    /// Media type of the response, such as `text/csv` or `text/event-stream`. Default: `application/json`.
    #[schemars(extend("pattern" = rules::MEDIA_TYPE))]
    pub accept: Option<Spanned<String>>,
    /// Data of the event that ends a stream of events, such as `[DONE]`. Default: only the end of the response ends it.
    pub end_marker: Option<Spanned<String>>,
    /// Whether performing the request twice has the same effect as performing it once. Allows retries.
    ///
    /// Default: `false` for `POST` and `PATCH`, else `true`.
    pub idempotent: Option<Spanned<bool>>,
    /// Whether clients generate a missing idempotency key and retry the request. Default: `false`.
    pub generate_idempotency_key: Option<Spanned<bool>>,
    /// Permission that the call requires.
    pub permission: Option<PermissionDecl>,
    /// Possible harm of the call, as a sentence.
    pub warning: Option<Spanned<String>>,
    /// Replacement, as an imperative sentence. Marks the item as deprecated.
    pub deprecated: Option<Spanned<String>>,
    /// Parameters. Required ones are positional arguments, in this order; optional ones are methods.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub params: Entries<FieldDecl>,
    /// Option groups, defined in `api.yaml`.
    #[serde(default)]
    pub options: Vec<Spanned<String>>,
    /// Success response: a map of fields, a type expression, or a map of several responses by status. Default: the envelope.
    pub response: Option<Spanned<ResponseDecl>>,
    /// Types of the bodies of error responses.
    #[serde(default)]
    pub errors: Vec<Spanned<String>>,
    /// Envelope fields of the response. Default: all of them.
    pub envelope: Option<Vec<Spanned<String>>>,
    /// Pagination of a list.
    pub paginate: Option<PaginateDecl>,
    /// Example of the request and the response.
    #[serde(default)]
    pub example: ExampleDecl,
}

/// Pagination of an operation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Pagination of an operation")]
pub struct PaginateDecl {
    /// Name of a style in `api.yaml`.
    pub style: Spanned<String>,
    /// Dotted path in the response to the list of items. Default: the response itself.
    pub items: Option<Spanned<String>>,
}

/// An example of the request and the response. Missing values are generated from fields and types.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Example of an operation")]
pub struct ExampleDecl {
    /// Values of parameters, by name.
    pub params: Option<SpannedValue>,
    /// Values of option headers, by name.
    pub options: Option<SpannedValue>,
    /// Body of the response.
    pub response: Option<SpannedValue>,
}
