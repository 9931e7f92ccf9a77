//! A resource file: operations and the types that they share.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::common::{Entries, Spanned, Tree};
use super::rules;

/// The description of one resource, `spec/<api>/<resource>.yaml` or, below another, `spec/<api>/<resource>/<child>.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Resource description")]
pub struct ResourceDecl {
    /// What the resource is.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// The vendor's page about it.
    #[schemars(extend("pattern" = rules::URL))]
    pub docs_url: Option<Spanned<String>>,
    /// Types that its operations, and those of other resources, use by name.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub types: Entries<TypeDecl>,
    /// The calls.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub operations: Entries<OperationDecl>,
}

/// A named type. Exactly one of `id`, `enum`, `fields` and `one_of` says what it is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Type", transform = rules::one_shape)]
pub struct TypeDecl {
    /// What a value of the type is.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// An opaque identifier; the word says of what.
    pub id: Option<Spanned<String>>,
    /// Whether an identifier is never shown: a token that leads from one step to the next.
    pub secret: Option<Spanned<bool>>,
    /// The known values of text that may grow new ones.
    #[serde(rename = "enum")]
    pub values: Option<Spanned<EnumDecl>>,
    /// The fields of an object.
    #[schemars(extend("propertyNames" = rules::names()))]
    pub fields: Option<Spanned<Entries<FieldDecl>>>,
    /// Keeps the keys of an object that no field names.
    pub additional_fields: Option<Spanned<AdditionalFieldsDecl>>,
    /// The variants of a union, of which a value is one.
    pub one_of: Option<Spanned<Entries<VariantDecl>>>,
    /// The field that tells the variants apart by its value, or several: the first that is there counts.
    pub tag: Option<Spanned<Names>>,
    /// A value of the type; put together from the examples of its parts when left out.
    pub example: Option<Tree>,
    /// What to use instead.
    pub deprecated: Option<Spanned<String>>,
}

/// One name or several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a name or a list of names")]
#[schemars(title = "Name, or several")]
pub enum Names {
    /// One name.
    One(String),
    /// Several, tried in order.
    Several(Vec<String>),
}

impl Names {
    /// The names in order.
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name.clone()],
            Self::Several(names) => names.clone(),
        }
    }
}

/// The keys of an object that no field names.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Additional keys")]
pub struct AdditionalFieldsDecl {
    /// What such keys hold.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
}

/// The values of an enum: a list of wire values, or a map from wire value to its details.
#[derive(Debug)]
pub struct EnumDecl(pub Entries<EnumValueDecl>);

/// One value of an enum. A bare doc may stand in its place.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Enum value", transform = rules::enum_value)]
pub struct EnumValueDecl {
    /// What the value means.
    pub doc: Option<Spanned<String>>,
    /// The word for Rust, where the wire value makes none or a poor one.
    pub name: Option<Spanned<String>>,
    /// What to use instead.
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
                let mut entries = Vec::new();
                while let Some(wire) = values.next_element::<Spanned<String>>()? {
                    entries.push((wire, EnumValueDecl::default()));
                }
                Ok(EnumDecl(entries.into_iter().collect()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<EnumDecl, A::Error> {
                Entries::visit(map).map(EnumDecl)
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
            "description": "A list of wire values, or a map from wire value to its details.",
            "title": "Enum values",
            "anyOf": [{ "type": "array", "items": { "type": "string" }, "minItems": 1 }, map],
        })
    }
}

/// One variant of a union. A bare type may stand in its place where the type's own doc says enough.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Variant of a union", transform = rules::variant)]
pub struct VariantDecl {
    /// A type expression. Without one there is nothing beside the tag.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = rules::TYPE))]
    pub ty: Option<Spanned<String>>,
    /// The one key of the object that holds the value, where the value is not the object itself.
    pub key: Option<Spanned<String>>,
    /// When a value is this variant.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// The word for Rust, where the key makes none or a poor one.
    pub name: Option<Spanned<String>>,
    /// What to use instead.
    pub deprecated: Option<Spanned<String>>,
}

/// A field, a param or an envelope field. A bare type may stand in its place where the type's own doc says enough.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Field or param", transform = rules::field)]
pub struct FieldDecl {
    /// A type expression: `string`, `list<Member>`, `timestamp?`, `string | null`.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = rules::TYPE))]
    pub ty: Option<Spanned<String>>,
    /// The value that always stands here: the caller neither gives nor sees it.
    #[serde(rename = "const")]
    pub constant: Option<Tree>,
    /// The credential that a param always has as its value; with a `?`, left out where the client lacks it.
    pub credential: Option<Spanned<String>>,
    /// Meaning, units, limits in words.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// The name on the wire, where it is not the key.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub wire_name: Option<Spanned<String>>,
    /// Where a param travels, where the default is wrong: `path`, `query`, `header`, `body` or `bearer`.
    #[serde(rename = "in")]
    pub place: Option<Spanned<PlaceDecl>>,
    /// How a list or a map travels in the query: `comma`, `repeat`, `space` or `brackets`.
    pub style: Option<Spanned<StyleDecl>>,
    /// The zone of a time that is read and names none: `utc`. Without it, such a time is an error.
    pub default_zone: Option<Spanned<ZoneDecl>>,
    /// Whether the keys of an object travel beside the other params, and not below the name of this one.
    pub flatten: Option<Spanned<bool>>,
    /// A value for docs and tests.
    pub example: Option<Tree>,
    /// What a missing response field reads as; what the server does without a param.
    pub default: Option<Tree>,
    /// The smallest number.
    pub min: Option<Spanned<f64>>,
    /// The largest number.
    pub max: Option<Spanned<f64>>,
    /// The fewest characters.
    pub min_length: Option<Spanned<u64>>,
    /// The most characters.
    pub max_length: Option<Spanned<u64>>,
    /// The fewest items.
    pub min_items: Option<Spanned<u64>>,
    /// The most items.
    pub max_items: Option<Spanned<u64>>,
    /// What the caller must be allowed to do to give this param.
    pub permission: Option<Spanned<PermissionDecl>>,
    /// What to use instead.
    pub deprecated: Option<Spanned<String>>,
}

/// Where a param travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Location of a param")]
pub enum PlaceDecl {
    /// In the path.
    Path,
    /// Behind the question mark.
    Query,
    /// As a header.
    Header,
    /// In the body.
    Body,
    /// As the bearer token, in place of the client's credentials.
    Bearer,
}

/// How several values travel in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Query style")]
pub enum StyleDecl {
    /// `name=a,b`
    Comma,
    /// `name=a&name=b`
    Repeat,
    /// `name=a b`
    Space,
    /// `name[]=a`, or `name[key]=value` for a map.
    Brackets,
}

/// The zone of a time that names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(title = "Zone")]
#[serde(rename_all = "lowercase")]
pub enum ZoneDecl {
    /// Coordinated universal time.
    Utc,
}

/// The word for no credentials at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Authentication of an operation")]
pub enum OperationAuthDecl {
    /// The request carries no credentials.
    None,
}

/// The word for a body without fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(title = "Body without params")]
pub enum BodyDecl {
    /// `{}`
    EmptyObject,
}

/// What the caller must be allowed to do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Permission")]
pub struct PermissionDecl {
    /// The thing acted on, in the vendor's permission system.
    pub resource: String,
    /// The action.
    pub action: String,
    /// The resource that counts instead when the caller acts on itself.
    pub self_resource: Option<String>,
}

/// One call.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Operation", transform = rules::one_call)]
pub struct OperationDecl {
    /// What it does. The first sentence is the summary.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// The vendor's page about it.
    #[schemars(extend("pattern" = rules::URL))]
    pub docs_url: Option<Spanned<String>>,
    /// Method and path: `GET /v1/users/{user_id}`.
    #[schemars(extend("pattern" = rules::HTTP))]
    pub http: Option<Spanned<String>>,
    /// The path of a URL that is only built, in place of `http`: `/v1/login`.
    #[schemars(extend("pattern" = rules::PATH))]
    pub url: Option<Spanned<String>>,
    /// `none` where the request carries no credentials.
    pub auth: Option<Spanned<OperationAuthDecl>>,
    /// `empty_object` where a request without body params carries `{}`.
    pub body: Option<Spanned<BodyDecl>>,
    /// Whether the server may see a request twice without harm. The method says so when it is left out.
    pub idempotent: Option<Spanned<bool>>,
    /// Whether clients generate an idempotency key for a call without one, and retry the call on the strength of it.
    pub generate_idempotency_key: Option<Spanned<bool>>,
    /// What the caller must be allowed to do.
    pub permission: Option<PermissionDecl>,
    /// Why the call can do harm.
    pub warning: Option<Spanned<String>>,
    /// What to use instead.
    pub deprecated: Option<Spanned<String>>,
    /// What the caller passes. Required params are positional, in this order.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub params: Entries<FieldDecl>,
    /// Groups of per-request headers, defined in `api.yaml`.
    #[serde(default)]
    pub options: Vec<Spanned<String>>,
    /// What comes back: fields, or a type expression.
    pub response: Option<Spanned<ResponseDecl>>,
    /// The types that error bodies of the operation can be read as.
    #[serde(default)]
    pub errors: Vec<Spanned<String>>,
    /// The envelope fields that come with this response; all of them when left out.
    pub envelope: Option<Vec<Spanned<String>>>,
    /// How to get the next page.
    pub paginate: Option<PaginateDecl>,
    /// Values for docs and tests.
    #[serde(default)]
    pub example: ExampleDecl,
}

/// What comes back.
#[derive(Debug)]
pub enum ResponseDecl {
    /// A type as it is.
    Type(Spanned<String>),
    /// An object of the operation's own.
    Fields(Entries<FieldDecl>),
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
                // The place is that of the whole response, which the operation knows.
                let nowhere = crate::source::Span::new(0, 0..0);
                Ok(ResponseDecl::Type(Spanned::new(nowhere, text.to_owned())))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ResponseDecl, A::Error> {
                Entries::visit(map).map(ResponseDecl::Fields)
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
        schemars::json_schema!({
            "description": "The fields of an object of the operation's own, or a type expression.",
            "title": "Response",
            "anyOf": [{ "type": "string", "title": "Type expression", "pattern": rules::TYPE }, fields],
        })
    }
}

/// How to get the next page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Pagination of an operation")]
pub struct PaginateDecl {
    /// A style of `api.yaml`.
    pub style: Spanned<String>,
    /// The dotted path in the response to the list of items.
    pub items: Spanned<String>,
}

/// Values for docs and tests. What is left out comes from the examples of fields and types.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Example of an operation")]
pub struct ExampleDecl {
    /// Values of params, by name.
    pub params: Option<Tree>,
    /// Values of option headers, by name.
    pub options: Option<Tree>,
    /// The body that comes back.
    pub response: Option<Tree>,
}
