//! The types of values, and the fields with their limits and permissions.

use super::ids::TypeId;
use super::scalar::{Format, Integer};
use crate::source::Span;
use crate::value::Value;

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    String,
    Secret,
    Bool,
    Integer(Integer),
    Float64,
    /// Text of one format.
    Formatted(Format),
    UnixSeconds,
    Json,
    Object,
    /// Bytes as they are, which no JSON contains.
    Binary,
    /// Bytes with a file name, as a part of a multipart form.
    File,
    List(Box<Type>),
    Map(Box<Type>),
    /// A list with a type for each item.
    Tuple(Vec<Type>),
    /// A nullable item of a list, a map or a tuple. A nullable field has its own flag.
    Nullable(Box<Type>),
    Named(TypeId),
    /// A type that could not be read. Every value fits it. Emitters never receive it.
    Unparsed,
}

impl Type {
    /// Returns the named type itself, or that of the innermost items.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(item) | Self::Map(item) | Self::Nullable(item) => item.named(),
            _ => None,
        }
    }

    /// Returns all named types in the type.
    pub fn names(&self) -> Vec<TypeId> {
        match self {
            Self::Tuple(items) => items.iter().flat_map(Self::names).collect(),
            Self::List(item) | Self::Map(item) | Self::Nullable(item) => item.names(),
            other => other.named().into_iter().collect(),
        }
    }

    /// Returns the named types whose values a value contains in place, and not in a list or a map.
    pub fn names_in_place(&self) -> Vec<TypeId> {
        match self {
            Self::Named(id) => vec![*id],
            Self::Tuple(items) => items.iter().flat_map(Self::names_in_place).collect(),
            Self::Nullable(item) => item.names_in_place(),
            _ => Vec::new(),
        }
    }

    /// Returns the type with other named types.
    pub fn renamed(&self, rename: &dyn Fn(TypeId) -> TypeId) -> Type {
        let item = |item: &Type| Box::new(item.renamed(rename));
        match self {
            Self::Named(id) => Self::Named(rename(*id)),
            Self::List(inner) => Self::List(item(inner)),
            Self::Map(inner) => Self::Map(item(inner)),
            Self::Tuple(items) => Self::Tuple(items.iter().map(|item| item.renamed(rename)).collect()),
            Self::Nullable(inner) => Self::Nullable(item(inner)),
            other => other.clone(),
        }
    }

    /// Returns the type of the items of a list.
    pub fn item(&self) -> Option<&Self> {
        match self {
            Self::List(item) => Some(item),
            _ => None,
        }
    }

    /// Returns the least and the greatest value, if the values are integers.
    pub fn integer_range(&self) -> Option<(i128, i128)> {
        match self {
            Self::Integer(integer) => Some(integer.range()),
            Self::UnixSeconds => Some(Integer::Int64.range()),
            _ => None,
        }
    }

    /// Returns the type in a part of a multipart form, in which bytes are files.
    pub fn in_part(self) -> Self {
        match self {
            Self::Binary => Self::File,
            Self::List(item) => Self::List(Box::new(item.in_part())),
            other => other,
        }
    }

    /// Whether the type or its innermost items are bytes as they are.
    pub fn contains_binary(&self) -> bool {
        match self {
            Self::Binary | Self::File => true,
            Self::List(item) | Self::Map(item) | Self::Nullable(item) => item.contains_binary(),
            Self::Tuple(items) => items.iter().any(Self::contains_binary),
            _ => false,
        }
    }

    /// Whether the type or its innermost items could not be read.
    pub fn contains_unparsed(&self) -> bool {
        match self {
            Self::Unparsed => true,
            Self::List(item) | Self::Map(item) | Self::Nullable(item) => item.contains_unparsed(),
            Self::Tuple(items) => items.iter().any(Self::contains_unparsed),
            _ => false,
        }
    }
}

/// The direction in which a value is transferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Request,
    Response,
}

impl Direction {
    /// Whether values in this direction contain a field that is only in the given one.
    pub fn contains(self, only_in: Option<Direction>) -> bool {
        only_in.is_none_or(|only_in| only_in == self)
    }
}

/// A value in an object, a response or the parameters of an operation.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key in the spec, which determines the Rust name.
    pub name: String,
    /// The key on the wire.
    pub wire: String,
    pub ty: Type,
    /// The location of a field of a response.
    pub location: FieldLocation,
    /// Whether the value can be absent.
    pub optional: bool,
    /// Whether the value can be null.
    pub nullable: bool,
    /// Whether the field contains its own type, directly or indirectly, so that it needs a pointer.
    pub boxed: bool,
    /// Whether a time without an offset is UTC.
    pub assume_utc: bool,
    /// The only direction that contains the field. The emitters receive types without the fields of the other one.
    pub only_in: Option<Direction>,
    pub doc: String,
    /// The declared example, or one that is built from the type.
    pub example: Value,
    /// The value that a missing field of a response is read as. Only a required field has one.
    pub when_missing: Option<Value>,
    /// The value that the server uses if a parameter or an optional field is omitted. It is documented, and never sent.
    pub server_default: Option<Value>,
    pub limits: Limits,
    pub permission: Option<Permission>,
    pub deprecated: Option<String>,
    pub span: Span,
}

impl Field {
    /// Whether an example can omit the field.
    pub fn can_be_omitted(&self) -> bool {
        let is_free = matches!(self.ty, Type::List(_) | Type::Map(_) | Type::Unparsed);
        self.optional || self.when_missing.is_some() || self.server_default.is_some() || is_free
    }

    /// Whether an object without the field is invalid.
    pub fn is_mandatory(&self) -> bool {
        let reads_as_empty = matches!(self.ty, Type::List(_) | Type::Map(_) | Type::Object | Type::Unparsed);
        !self.optional && !self.nullable && self.when_missing.is_none() && !reads_as_empty
    }
}

/// The part of a response that a field is read from. A field of a type is always a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldLocation {
    /// A key of the JSON object.
    #[default]
    Key,
    /// A header, which the wire name names.
    Header,
    /// The whole body.
    WholeBody,
}

/// The permission that the caller needs in the permission system of the API.
#[derive(Clone, Debug, PartialEq)]
pub struct Permission {
    pub resource: String,
    pub action: String,
    /// The resource whose permission applies instead when callers act on themselves.
    pub self_resource: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    /// Whether the items of a list differ from each other.
    pub unique_items: bool,
}

impl Limits {
    /// Whether a value violates the limits of its kind.
    pub fn exclude(&self, value: &Value) -> bool {
        match value {
            Value::Int(number) => outside(*number as f64, self.min, self.max),
            Value::Float(number) => outside(*number, self.min, self.max),
            Value::Text(text) => {
                let number = || text.parse().is_ok_and(|number| outside(number, self.min, self.max));
                outside(text.chars().count() as u64, self.min_length, self.max_length) || number()
            }
            Value::List(items) => {
                let is_repeated =
                    |(at, item): (usize, &Value)| items.iter().take(at).any(|first| first == item);
                outside(items.len() as u64, self.min_items, self.max_items)
                    || self.unique_items && items.iter().enumerate().any(is_repeated)
            }
            Value::Map(entries) => outside(entries.len() as u64, self.min_items, self.max_items),
            Value::Null | Value::Bool(_) => false,
        }
    }
}

fn outside<T: PartialOrd>(value: T, min: Option<T>, max: Option<T>) -> bool {
    min.is_some_and(|min| value < min) || max.is_some_and(|max| value > max)
}
