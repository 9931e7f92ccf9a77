//! The resolved description of one API, in which every name is bound and every rule is checked. It contains neither YAML nor
//! Rust.
//!
//! `resolve` creates the model, and the emitters read it. An [`Api`] holds its types, operations and resources in three flat
//! lists, which refer to each other by index. Recursive types therefore need no pointers. Every list has the order of the
//! spec: files sorted by path, then keys as written.

mod operation;
mod servers;
mod unions;

pub use operation::{
    Example, FixedParam, FixedValue, ListStyle, Method, Operation, Pagination, Param, ParamLocation,
    Permission, Response,
};

use crate::source::Span;
use crate::value::Value;

/// An API that is ready to be emitted.
#[derive(Debug)]
pub struct Api {
    /// The name of the folder below `spec/`.
    pub name: String,
    /// The path of `api.yaml`, relative to `spec/`.
    pub file: String,
    pub doc: String,
    pub docs_url: Option<String>,
    pub package: Package,
    pub credentials: Vec<Credential>,
    /// The servers in order of preference. Exactly one has no condition, and is the default.
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
    /// Whether any operation builds a URL, which a browser opens.
    pub fn builds_urls(&self) -> bool {
        self.operations.iter().any(|operation| operation.builds_url)
    }

    /// Whether a client can be built without the optional credentials. Such clients are public.
    pub fn has_public_clients(&self) -> bool {
        self.credentials.iter().any(|credential| credential.optional)
    }

    /// Returns the credential that the operation requires and that public clients lack.
    pub fn missing_in_public(&self, operation: &Operation) -> Option<&Credential> {
        let bears_token = operation.params.iter().any(|param| param.location == ParamLocation::Bearer);
        let takes_ours = operation.authenticated && !operation.builds_url && !bears_token;
        let in_auth = takes_ours.then(|| self.auth.credentials()).into_iter().flatten();
        let in_params =
            operation.fixed.iter().filter(|fixed| !fixed.optional).filter_map(FixedParam::credential);
        let mut required = in_auth.chain(in_params).filter_map(|index| self.credentials.get(index));
        required.find(|credential| credential.optional)
    }

    /// Returns the header, by its wire name, by which the server recognizes a repeated call of this operation.
    pub fn idempotency_header(&self, operation: &Operation) -> Option<&str> {
        let header = self.retry.idempotency.as_deref()?;
        let groups = operation.options.iter().filter_map(|group| self.options.get(*group));
        let mut taken = groups.flat_map(|group| &group.headers);
        taken.any(|taken| taken.header == header).then_some(header)
    }

    /// Returns the path of a file of the package.
    pub fn generated(&self, path: &str) -> String {
        format!("generated/{}/{path}", self.package.name)
    }
}

/// The manifest of the generated package.
#[derive(Debug, Default)]
pub struct Package {
    /// The name of the package and of its folder below `generated/`. Empty if it could not be read.
    pub name: String,
    /// The span of the name.
    pub span: Span,
    pub version: String,
    pub doc: String,
    pub keywords: Vec<String>,
    pub categories: Vec<String>,
    pub repository: Option<String>,
    /// The operation that the docs show first, if the spec names one.
    pub first_call: Option<OperationId>,
    /// The operations of a sign-in, in the order of the calls.
    pub sign_in: Vec<OperationId>,
}

/// A value that the client is built with, such as an API key.
#[derive(Debug)]
pub struct Credential {
    pub name: String,
    pub secret: bool,
    /// Whether public clients lack the credential.
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

/// A condition that holds when a credential starts with a prefix.
#[derive(Debug)]
pub struct Condition {
    /// The index into [`Api::credentials`].
    pub credential: usize,
    pub starts_with: String,
}

/// The authentication scheme of requests. Indices refer to [`Api::credentials`].
#[derive(Debug)]
pub enum Auth {
    None,
    Basic { username: usize, password: usize },
    Bearer { token: usize },
}

impl Auth {
    /// Returns the credentials that the scheme uses.
    pub fn credentials(&self) -> Vec<usize> {
        match *self {
            Self::None => Vec::new(),
            Self::Basic { username, password } => vec![username, password],
            Self::Bearer { token } => vec![token],
        }
    }
}

/// A group of per-request headers that operations list under `options`.
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
    /// The wire name, in the spelling of the spec.
    pub header: String,
    pub ty: Type,
    pub doc: String,
    pub example: Option<Value>,
    pub span: Span,
}

/// The retry rules of the API.
#[derive(Debug, Default)]
pub struct Retry {
    /// Statuses that are worth a retry, in addition to the usual ones.
    pub statuses: Vec<u16>,
    /// The wire name of the header that makes a retry safe.
    pub idempotency: Option<String>,
}

/// Locations of the standard fields in an API's error bodies, as dotted paths. A path is empty if the API has no such field.
#[derive(Debug, Default)]
pub struct Errors {
    pub code: Vec<String>,
    /// The known error codes. Empty if the spec lists none.
    pub codes: Vec<EnumValue>,
    pub message: Vec<String>,
    pub url: Vec<String>,
    pub details: Vec<String>,
    pub request_id: Vec<String>,
}

/// An index into [`Api::resources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub usize);

/// An index into [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// An index into [`Api::operations`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(pub usize);

/// A group of operations with the types that they share, described by one file.
#[derive(Debug)]
pub struct Resource {
    /// The segments of the path from the root: `["organizations", "members"]`.
    pub path: Vec<String>,
    /// The path of its file, relative to `spec/`.
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
    /// Returns the dotted path: `organizations.members`.
    pub fn dotted(&self) -> String {
        self.path.join(".")
    }

    /// Returns the last segment of the path.
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
    /// The span of the name.
    pub span: Span,
}

impl TypeDef {
    /// Returns the fields of an object, or nothing for other types.
    pub fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Object(object) => &object.fields,
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Union(_) => &[],
        }
    }

    /// Returns the variants of a union, or nothing for other types.
    pub fn variants(&self) -> &[Variant] {
        match &self.shape {
            Shape::Union(union) => &union.variants,
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Object(_) => &[],
        }
    }

    /// Returns the types of the parts.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let variants = self.variants().iter().filter_map(|variant| variant.ty.as_ref());
        self.fields().iter().map(|field| &field.ty).chain(variants)
    }
}

#[derive(Debug)]
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
}

/// The keys of a JSON object.
#[derive(Debug, Default)]
pub struct Object {
    pub fields: Vec<Field>,
    /// The keys whose value is always the same.
    pub constants: Vec<Constant>,
    /// The doc of the field that keeps unknown keys, if the type has one.
    pub additional_fields: Option<String>,
}

impl Object {
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
    pub span: Span,
}

/// A choice between variants.
#[derive(Debug)]
pub struct Union {
    /// The fields whose value selects the variant; the first present field counts. Empty if the content selects the variant.
    pub tag: Vec<String>,
    pub variants: Vec<Variant>,
}

/// A variant of a union.
#[derive(Debug)]
pub struct Variant {
    /// The value of the tag. Without a tag, only a name.
    pub tag_value: String,
    /// The name that determines the Rust name, if it is not `tag_value`.
    pub name: Option<String>,
    /// The only key of the object that holds the value. Missing if the value is the object itself.
    pub key: Option<String>,
    /// The type of the content. Missing if the variant consists of the tag only.
    pub ty: Option<Type>,
    /// Whether the variant contains its own union, so that it needs a pointer.
    pub boxed: bool,
    pub doc: String,
    /// A value of the union that selects this variant. Missing if no finite value exists.
    pub example: Option<Value>,
    pub deprecated: Option<String>,
    pub span: Span,
}

impl Variant {
    /// Returns the JSON value of the tag: `true` and `false` are booleans on the wire.
    pub fn tag_value(&self) -> Value {
        match self.tag_value.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            word => Value::Text(word.to_owned()),
        }
    }
}

#[derive(Debug)]
pub struct EnumValue {
    pub wire: String,
    /// The name that determines the Rust name, if it is not `wire`.
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
    /// A nullable item of a list or a map. A nullable field has its own flag.
    Nullable(Box<Type>),
    Named(TypeId),
    /// A type that could not be read. Every value fits it. Emitters never receive it.
    Unparsed,
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

    /// Returns the named type itself, or that of the innermost items.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(item) | Self::Map(item) | Self::Nullable(item) => item.named(),
            _ => None,
        }
    }

    /// Whether the type or its innermost items could not be read.
    pub fn holds_unparsed(&self) -> bool {
        match self {
            Self::Unparsed => true,
            Self::List(item) | Self::Map(item) | Self::Nullable(item) => item.holds_unparsed(),
            _ => false,
        }
    }

    /// Returns the keys of the object type that this type names. `types` are the types that names refer to.
    pub fn object<'t>(&self, types: &'t [TypeDef]) -> Option<&'t Object> {
        let Self::Named(id) = self else { return None };
        match &types.get(id.0)?.shape {
            Shape::Object(object) => Some(object),
            Shape::Id { .. } | Shape::Enum { .. } | Shape::Union(_) => None,
        }
    }

    /// Whether callers can pass a simpler value, such as text. `types` are the types that names refer to.
    pub fn is_converted(&self, types: &[TypeDef]) -> bool {
        match self {
            Self::String | Self::Secret | Self::Json => true,
            Self::Named(id) => types.get(id.0).is_some_and(|def| matches!(def.shape, Shape::Id { .. })),
            _ => false,
        }
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
    /// Whether the value can be absent.
    pub optional: bool,
    /// Whether the value can be null.
    pub nullable: bool,
    /// Whether the field contains its own type, directly or indirectly, so that it needs a pointer.
    pub boxed: bool,
    /// Whether a time without an offset is UTC.
    pub assume_utc: bool,
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
    pub fn may_be_left_out(&self) -> bool {
        let is_free = matches!(self.ty, Type::List(_) | Type::Map(_) | Type::Unparsed);
        self.optional || self.when_missing.is_some() || self.server_default.is_some() || is_free
    }

    /// Whether an object without the field is invalid.
    pub fn must_be_there(&self) -> bool {
        let reads_as_empty = matches!(self.ty, Type::List(_) | Type::Map(_) | Type::Object | Type::Unparsed);
        !self.optional && !self.nullable && self.when_missing.is_none() && !reads_as_empty
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
    /// Whether a value violates the limits of its kind.
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
