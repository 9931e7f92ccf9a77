//! The named types of an API.

use super::field::{Direction, Field, FieldLocation, Type};
use super::ids::ResourceId;
use crate::source::Span;
use crate::value::Value;

/// A named type of the spec.
#[derive(Clone, Debug)]
pub struct TypeDef {
    pub resource: ResourceId,
    pub name: String,
    pub doc: String,
    pub shape: Shape,
    /// A value of this type, either declared or built from the examples of its parts.
    pub example: Value,
    pub deprecated: Option<String>,
    /// Whether a part could not be read, so that the values of the type are unknown. Emitters never receive such a type.
    pub unparsed: bool,
    /// Whether the parameters of an operation contain the type, so that users build values of it.
    pub in_params: bool,
    /// Whether a response or an error body contains the type.
    pub in_response: bool,
    /// Whether an operation lists the type among its error bodies.
    pub in_errors: bool,
    /// Whether the server sends the type to webhooks.
    pub is_webhook: bool,
    /// The name of the type in responses, if this is the form of a type in requests, which has other fields.
    pub input_of: Option<String>,
    /// The span of the name.
    pub span: Span,
}

impl TypeDef {
    /// Returns the fields of an object, or nothing for other types.
    pub fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Object(object) => &object.fields,
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Union(_) | Shape::Alias(_) => &[],
        }
    }

    /// Returns the variants of a union, or nothing for other types.
    pub fn variants(&self) -> &[Variant] {
        match &self.shape {
            Shape::Union(union) => &union.variants,
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Object(_) | Shape::Alias(_) => &[],
        }
    }

    /// Returns the type that the name refers to, if it is an alias.
    pub fn alias(&self) -> Option<&Type> {
        match &self.shape {
            Shape::Alias(ty) => Some(ty),
            _ => None,
        }
    }

    /// Returns the type of the values of unknown keys, if an object keeps them.
    pub fn additional_type(&self) -> Option<&Type> {
        match &self.shape {
            Shape::Object(object) => object.additional_fields.as_ref().map(|additional| &additional.ty),
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Union(_) | Shape::Alias(_) => None,
        }
    }

    /// Returns the types of the parts.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let variants = self.variants().iter().filter_map(|variant| variant.ty.as_ref());
        self.fields()
            .iter()
            .map(|field| &field.ty)
            .chain(variants)
            .chain(self.additional_type())
            .chain(self.alias())
    }
}

#[derive(Clone, Debug)]
pub enum Shape {
    /// An opaque string that identifies a `noun`. A `secret` one is never shown.
    Id {
        noun: String,
        secret: bool,
    },
    Enum {
        values: Vec<EnumValue>,
    },
    Object(Object),
    Union(Union),
    /// A name for another type. Uses of the name have the other type, and never this one.
    Alias(Type),
}

/// The keys of a JSON object, or the fields of a response.
#[derive(Clone, Debug, Default)]
pub struct Object {
    pub fields: Vec<Field>,
    /// The keys whose value is always the same.
    pub constants: Vec<Constant>,
    /// The field that keeps unknown keys, if the type has one.
    pub additional_fields: Option<AdditionalFields>,
}

/// The field of an object that keeps unknown keys.
#[derive(Clone, Debug)]
pub struct AdditionalFields {
    pub doc: String,
    /// The type of the values, which is `json` by default.
    pub ty: Type,
}

impl Object {
    /// Whether all fields are keys of a JSON object. Those of a response can have other locations.
    pub fn is_json(&self) -> bool {
        self.fields.iter().all(|field| field.location == FieldLocation::Key)
    }

    /// Whether a field or a constant has the wire key.
    pub fn has_key(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.wire == key)
            || self.constants.iter().any(|constant| constant.wire == key)
    }
}

/// A key with a constant value.
#[derive(Clone, Debug)]
pub struct Constant {
    pub wire: String,
    /// Text, a boolean or a number.
    pub value: Value,
    /// The only direction that contains the constant.
    pub only_in: Option<Direction>,
    pub span: Span,
}

/// A choice between variants.
#[derive(Clone, Debug)]
pub struct Union {
    /// The fields whose value selects the variant; the first present field counts. Empty if the content selects the variant.
    pub tag: Vec<String>,
    /// The keys that lead to the value that selects the variant, if it is below a key. Every variant has it as a constant.
    pub path: Vec<String>,
    pub variants: Vec<Variant>,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The value of the tag. Without a tag, only a name.
    pub tag_value: String,
    /// Whether the value of the tag is an integer.
    pub is_integer: bool,
    /// The name that determines the Rust name, if it is not `tag_value`.
    pub name: Option<String>,
    /// The only key of the object that holds the value. Missing if the value is the object itself.
    pub key: Option<String>,
    /// The type of the content. Missing if the variant consists of the tag only.
    pub ty: Option<Type>,
    /// Whether the variant contains its own union, so that it needs a pointer.
    pub boxed: bool,
    /// The only direction that contains the variant.
    pub only_in: Option<Direction>,
    /// Whether no value is read as the variant, which is only sent.
    pub hidden: bool,
    pub doc: String,
    /// A value of the union that selects this variant. Missing if no finite value exists.
    pub example: Option<Value>,
    pub deprecated: Option<String>,
    pub span: Span,
}

impl Variant {
    /// Returns the type of a variant whose value is the content itself, without a key.
    pub fn in_place(&self) -> Option<&Type> {
        self.ty.as_ref().filter(|_| self.key.is_none())
    }

    /// Returns the JSON value of the tag: `true` and `false` are booleans on the wire.
    pub fn tag_value(&self) -> Value {
        if let (true, Ok(integer)) = (self.is_integer, self.tag_value.parse()) {
            return Value::Int(integer);
        }
        match self.tag_value.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            word => Value::Text(word.to_owned()),
        }
    }
}

#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The text of the value.
    pub wire: String,
    /// Whether the value is an integer in JSON. All values of an enum are alike.
    pub is_integer: bool,
    /// The name that determines the Rust name, if it is not `wire`.
    pub name: Option<String>,
    pub doc: Option<String>,
    pub deprecated: Option<String>,
    pub span: Span,
}

impl EnumValue {
    /// Returns the JSON value.
    pub fn value(&self) -> Value {
        match self.wire.parse() {
            Ok(integer) if self.is_integer => Value::Int(integer),
            _ => Value::Text(self.wire.clone()),
        }
    }

    /// Whether the values are those of an enum of integers.
    pub fn are_integers(values: &[EnumValue]) -> bool {
        values.first().is_some_and(|value| value.is_integer)
    }
}

impl Type {
    /// Whether the type could not be read, so that its values are unknown. `types` are the types that names refer to.
    pub fn is_unparsed(&self, types: &[TypeDef]) -> bool {
        match self {
            Self::Unparsed => true,
            Self::Named(id) => types.get(id.0).is_some_and(|def| def.unparsed),
            _ => false,
        }
    }

    /// Returns the keys of the object type that this type names. `types` are the types that names refer to.
    pub fn object<'t>(&self, types: &'t [TypeDef]) -> Option<&'t Object> {
        let Self::Named(id) = self else { return None };
        match &types.get(id.0)?.shape {
            Shape::Object(object) => Some(object),
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Union(_) | Shape::Alias(_) => None,
        }
    }

    /// Whether every value is a single text outside JSON, which the type itself writes. `types` are the types that names
    /// refer to.
    pub fn is_text(&self, types: &[TypeDef]) -> bool {
        match self {
            Self::Json
            | Self::Object
            | Self::Binary
            | Self::File
            | Self::List(_)
            | Self::Map(_)
            | Self::Tuple(_)
            | Self::Nullable(_) => false,
            Self::Named(id) => types.get(id.0).is_some_and(|def| {
                def.unparsed || matches!(def.shape, Shape::Id { .. } | Shape::Enum { .. })
            }),
            _ => true,
        }
    }

    /// Whether callers can pass a simpler value, such as text. `types` are the types that names refer to.
    pub fn is_converted(&self, types: &[TypeDef]) -> bool {
        match self {
            Self::String | Self::Secret | Self::Json | Self::Binary | Self::File => true,
            Self::Named(id) => types.get(id.0).is_some_and(|def| matches!(def.shape, Shape::Id { .. })),
            _ => false,
        }
    }
}
