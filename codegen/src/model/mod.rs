//! The resolved description of one API: every name bound, every rule checked, nothing of YAML and nothing of Rust.
//!
//! `resolve` makes it, the emitters read it. An [`Api`] holds its types, operations and resources in three flat lists;
//! they refer to each other by index, so that recursion needs no pointers and every list has one order: that of the
//! spec files sorted by path, then of the keys as written.

mod operation;
mod servers;
mod unions;

pub use operation::{
    Example, Fixed, FixedValue, ListStyle, Method, Operation, Pagination, Param, Permission, Place, Response,
};

use crate::source::Span;
use crate::value::Value;

/// One API, ready to be emitted.
#[derive(Debug)]
pub struct Api {
    /// The folder below `spec/`.
    pub name: String,
    /// The path of its `api.yaml`, from `spec/`.
    pub file: String,
    pub doc: String,
    pub docs_url: Option<String>,
    pub package: Package,
    pub credentials: Vec<Credential>,
    /// In order of preference; exactly one has no condition, and it is the last resort.
    pub servers: Vec<Server>,
    pub auth: Auth,
    pub options: Vec<OptionGroup>,
    pub errors: Errors,
    pub retry: Retry,
    pub resources: Vec<Resource>,
    pub types: Vec<TypeDef>,
    pub operations: Vec<Operation>,
}

impl Api {
    /// Whether any operation builds a URL: that is where a browser comes in.
    pub fn builds_urls(&self) -> bool {
        self.operations.iter().any(|operation| operation.builds_url)
    }

    /// Whether there are public clients: those that are made without the optional credentials.
    pub fn has_public_clients(&self) -> bool {
        self.credentials.iter().any(|credential| credential.optional)
    }

    /// The credential without which an operation fails, where a public client lacks it.
    pub fn missing_in_public(&self, operation: &Operation) -> Option<&Credential> {
        let bears_token = operation.params.iter().any(|param| param.place == Place::Bearer);
        let takes_ours = operation.authenticated && !operation.builds_url && !bears_token;
        let in_auth = takes_ours.then(|| self.auth.credentials()).into_iter().flatten();
        let in_params = operation.fixed.iter().filter(|fixed| !fixed.optional).filter_map(Fixed::credential);
        let mut required = in_auth.chain(in_params).filter_map(|index| self.credentials.get(index));
        required.find(|credential| credential.optional)
    }

    /// The header by which the server knows a call of this operation that it has seen, as it travels.
    pub fn idempotency_header(&self, operation: &Operation) -> Option<&str> {
        let header = self.retry.idempotency.as_deref()?;
        let groups = operation.options.iter().filter_map(|group| self.options.get(*group));
        let mut taken = groups.flat_map(|group| &group.headers);
        taken.any(|taken| taken.header == header).then_some(header)
    }

    /// Where a file of the package lies.
    pub fn generated(&self, path: &str) -> String {
        format!("generated/{}/{path}", self.package.name)
    }
}

/// What stands in the manifest of the generated package.
#[derive(Debug, Default)]
pub struct Package {
    /// The folder below `generated/` as well; empty where it could not be read.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    pub version: String,
    pub doc: String,
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
    pub repository: Option<String>,
    /// The operation that stands for all of them, where the spec says which.
    pub first_call: Option<OperationId>,
}

/// A value that the client is made with, such as an API key.
#[derive(Debug)]
pub struct Credential {
    pub name: String,
    pub secret: bool,
    /// Whether a public client is made without it.
    pub optional: bool,
    pub doc: String,
    /// The environment variable that `from_env` reads.
    pub env: String,
    pub example: String,
    pub span: Span,
}

#[derive(Debug)]
pub struct Server {
    pub name: String,
    pub url: String,
    pub doc: String,
    pub when: Option<Condition>,
}

/// Holds when a credential starts with a prefix.
#[derive(Debug)]
pub struct Condition {
    /// Index into [`Api::credentials`].
    pub credential: usize,
    pub starts_with: String,
}

/// How a request proves who sends it. Indices point into [`Api::credentials`].
#[derive(Debug)]
pub enum Auth {
    None,
    Basic { username: usize, password: usize },
    Bearer { token: usize },
}

impl Auth {
    /// The credentials that it is made of.
    pub fn credentials(&self) -> Vec<usize> {
        match *self {
            Self::None => Vec::new(),
            Self::Basic { username, password } => vec![username, password],
            Self::Bearer { token } => vec![token],
        }
    }
}

/// A group of per-request headers that operations name under `options`.
#[derive(Debug)]
pub struct OptionGroup {
    pub name: String,
    pub doc: String,
    pub headers: Vec<OptionHeader>,
    pub span: Span,
}

#[derive(Debug)]
pub struct OptionHeader {
    pub name: String,
    /// As it travels, in the spelling of the spec.
    pub header: String,
    pub ty: Type,
    pub doc: String,
    pub example: Option<Value>,
    pub span: Span,
}

/// What a client must know to repeat calls.
#[derive(Debug, Default)]
pub struct Retry {
    /// Statuses besides the usual ones after which the same call may well succeed.
    pub statuses: Vec<u16>,
    /// The header, as it travels, that makes a repeated call harmless.
    pub idempotency: Option<String>,
}

/// Dotted paths into an error body; empty where the API has no such thing.
#[derive(Debug, Default)]
pub struct Errors {
    pub code: Vec<String>,
    /// What the code is known to be; empty where the spec lists none.
    pub codes: Vec<EnumValue>,
    pub message: Vec<String>,
    pub url: Vec<String>,
    pub details: Vec<String>,
    pub request_id: Vec<String>,
}

/// Index into [`Api::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub usize);

/// Index into [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// Index into [`Api::operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub usize);

/// One file of the spec: a group of operations with the types that they share.
#[derive(Debug)]
pub struct Resource {
    /// The words of the path from the root: `["organizations", "members"]`.
    pub path: Vec<String>,
    /// The path of its file, from `spec/`.
    pub file: String,
    pub doc: String,
    pub docs_url: Option<String>,
    pub parent: Option<ResourceId>,
    pub children: Vec<ResourceId>,
    pub types: Vec<TypeId>,
    pub operations: Vec<OperationId>,
    pub span: Span,
}

impl Resource {
    /// The path as people write it: `organizations.members`.
    pub fn dotted(&self) -> String {
        self.path.join(".")
    }

    /// The last word of the path.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// A named type of the spec.
#[derive(Debug)]
pub struct TypeDef {
    pub resource: ResourceId,
    pub name: String,
    pub doc: String,
    pub shape: Shape,
    /// A value of this type, given or put together from the examples of its parts.
    pub example: Value,
    pub deprecated: Option<String>,
    /// Whether a part of it could not be read, so that nothing can be said of its values. No emitter sees such a type.
    pub unread: bool,
    /// Reachable from the params of an operation: users make values of it.
    pub in_params: bool,
    /// Reachable from a response or an error body.
    pub in_response: bool,
    /// Named by an operation as what its error bodies can be read as.
    pub in_errors: bool,
    /// Where the name stands.
    pub span: Span,
}

impl TypeDef {
    /// The fields of an object; none of anything else.
    pub fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Object(object) => &object.fields,
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Union(_) => &[],
        }
    }

    /// The variants of a union; none of anything else.
    pub fn variants(&self) -> &[Variant] {
        match &self.shape {
            Shape::Union(union) => &union.variants,
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Object(_) => &[],
        }
    }

    /// The types of what it holds.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let variants = self.variants().iter().filter_map(|variant| variant.ty.as_ref());
        self.fields().iter().map(|field| &field.ty).chain(variants)
    }
}

#[derive(Debug)]
pub enum Shape {
    /// An opaque string; `noun` says of what. One that is `secret` is never shown.
    Id {
        noun: String,
        secret: bool,
    },
    Enum {
        values: Vec<EnumValue>,
    },
    Object(Object),
    Union(Union),
}

/// The keys of a JSON object.
#[derive(Debug, Default)]
pub struct Object {
    pub fields: Vec<Field>,
    /// What always stands there.
    pub constants: Vec<Constant>,
    /// The doc of the field that keeps unknown keys, where the type has one.
    pub rest: Option<String>,
}

impl Object {
    /// Whether a field or a constant has the key on the wire.
    pub fn has_key(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.wire == key)
            || self.constants.iter().any(|constant| constant.wire == key)
    }
}

/// A key with a value that never changes.
#[derive(Clone, Debug)]
pub struct Constant {
    pub wire: String,
    /// Text, a boolean or a number.
    pub value: Value,
    pub span: Span,
}

/// One of several things.
#[derive(Debug)]
pub struct Union {
    /// The fields whose value tells the variants apart: the first that is there counts. None where the variants are told apart
    /// by what they hold.
    pub tag: Vec<String>,
    pub variants: Vec<Variant>,
}

/// One thing that a union can be.
#[derive(Debug)]
pub struct Variant {
    /// The value of the tag, where there is one; else only a word.
    pub word: String,
    /// The word that the Rust name is made of, where it is not made of `word`.
    pub name: Option<String>,
    /// The one key of the object that holds the value, where the value is not the object itself.
    pub key: Option<String>,
    /// None where there is nothing beside the tag.
    pub ty: Option<Type>,
    /// Holds the union in which it stands, so that it needs a pointer.
    pub boxed: bool,
    pub doc: String,
    /// A value of the union that is this variant. None where such a value would not end.
    pub example: Option<Value>,
    pub deprecated: Option<String>,
    pub span: Span,
}

impl Variant {
    /// The value of the tag: `true` and `false` are booleans on the wire.
    pub fn tag_value(&self) -> Value {
        match self.word.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            word => Value::Text(word.to_owned()),
        }
    }
}

#[derive(Debug)]
pub struct EnumValue {
    pub wire: String,
    /// The word that the Rust name is made of, where it is not made of `wire`.
    pub name: Option<String>,
    pub doc: Option<String>,
    pub deprecated: Option<String>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    String,
    Secret,
    Bool,
    Int32,
    Int64,
    Uint32,
    Float64,
    Timestamp,
    UnixSeconds,
    Json,
    Object,
    List(Box<Type>),
    Map(Box<Type>),
    /// An item of a list or a map that may be null. A field that may be null says so itself.
    Nullable(Box<Type>),
    Named(TypeId),
    /// A type that could not be read. Everything fits it, and no emitter sees it.
    Unread,
}

impl Type {
    /// Whether nothing can be said of its values, because it could not be read. `types` are those that names refer to.
    pub fn is_unread(&self, types: &[TypeDef]) -> bool {
        match self {
            Self::Unread => true,
            Self::Named(id) => types.get(id.0).is_some_and(|def| def.unread),
            _ => false,
        }
    }

    /// The named type that this is, or that its items are, however deep.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(item) | Self::Map(item) | Self::Nullable(item) => item.named(),
            _ => None,
        }
    }

    /// Whether it, or its items, could not be read.
    pub fn holds_unread(&self) -> bool {
        match self {
            Self::Unread => true,
            Self::List(item) | Self::Map(item) | Self::Nullable(item) => item.holds_unread(),
            _ => false,
        }
    }

    /// The keys of the object type that this names. `types` are those that names refer to.
    pub fn object<'t>(&self, types: &'t [TypeDef]) -> Option<&'t Object> {
        let Self::Named(id) = self else { return None };
        match &types.get(id.0)?.shape {
            Shape::Object(object) => Some(object),
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Union(_) => None,
        }
    }

    /// Whether a value is made of something that is easier to write, such as text. `types` are those that names refer to.
    pub fn is_converted(&self, types: &[TypeDef]) -> bool {
        match self {
            Self::String | Self::Secret | Self::Json => true,
            Self::Named(id) => types.get(id.0).is_some_and(|def| matches!(def.shape, Shape::Id { .. })),
            _ => false,
        }
    }
}

/// One value in an object, a response or the params of an operation.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key in the spec, which the Rust name is made of.
    pub name: String,
    /// The key on the wire.
    pub wire: String,
    pub ty: Type,
    /// May be absent.
    pub optional: bool,
    /// May be null.
    pub nullable: bool,
    /// Holds the type in which it stands, directly or through others, so that it needs a pointer.
    pub boxed: bool,
    /// Whether a time without an offset is UTC.
    pub assume_utc: bool,
    pub doc: String,
    /// Given, or put together from the type.
    pub example: Value,
    /// What a missing response field reads as; what the server does without a param.
    pub default: Option<Value>,
    pub limits: Limits,
    pub permission: Option<Permission>,
    pub deprecated: Option<String>,
    pub span: Span,
}

impl Field {
    /// Whether an example may leave the field out.
    pub fn may_be_left_out(&self) -> bool {
        let is_free = matches!(self.ty, Type::List(_) | Type::Map(_) | Type::Unread);
        self.optional || self.default.is_some() || is_free
    }

    /// Whether an object without the field cannot be read.
    pub fn must_be_there(&self) -> bool {
        let reads_as_empty = matches!(self.ty, Type::List(_) | Type::Map(_) | Type::Object | Type::Unread);
        !self.optional && !self.nullable && self.default.is_none() && !reads_as_empty
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
}

impl Limits {
    /// Whether a value lies outside of the limits of its kind.
    pub fn exclude(&self, value: &Value) -> bool {
        match value {
            Value::Int(number) => outside(*number as f64, self.min, self.max),
            Value::Float(number) => outside(*number, self.min, self.max),
            Value::Text(text) => outside(text.chars().count() as u64, self.min_length, self.max_length),
            Value::List(items) => outside(items.len() as u64, self.min_items, self.max_items),
            Value::Map(entries) => outside(entries.len() as u64, self.min_items, self.max_items),
            Value::Null | Value::Bool(_) => false,
        }
    }
}

fn outside<T: PartialOrd>(value: T, min: Option<T>, max: Option<T>) -> bool {
    min.is_some_and(|min| value < min) || max.is_some_and(|max| value > max)
}
