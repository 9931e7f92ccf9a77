//! An API with its Rust names.

use crate::model::{self, ListStyle, OperationId, Place, ResourceId, Type, TypeId};
use crate::rust::names::RustName;

use super::features::Feature;

/// One API, every Rust name decided.
#[derive(Debug)]
pub struct Package<'a> {
    pub api: &'a model::Api,
    /// As `use` spells it: `acme_sdk`.
    pub crate_name: String,
    pub credentials: Vec<Credential<'a>>,
    /// The variants of `ErrorCode`; none where the spec lists no codes.
    pub error_codes: Vec<EnumVariant<'a>>,
    /// By the indices of [`model::Api::options`].
    pub options: Vec<OptionGroup<'a>>,
    /// By [`ResourceId`].
    pub resources: Vec<Resource<'a>>,
    /// By [`TypeId`].
    pub types: Vec<TypeItem<'a>>,
    /// By [`OperationId`].
    pub operations: Vec<Operation<'a>>,
    /// One a top-level resource.
    pub features: Vec<Feature>,
    /// What the attribute of this name has to allow, where the types nest deeper than rustc goes without it.
    pub recursion_limit: Option<usize>,
}

/// A value that the client is made with: a param of its functions.
#[derive(Debug)]
pub struct Credential<'a> {
    pub model: &'a model::Credential,
    pub name: RustName,
}

/// A group of per-request headers: a type of the module `options`.
#[derive(Debug)]
pub struct OptionGroup<'a> {
    pub model: &'a model::OptionGroup,
    /// The field that holds it in the options of an operation.
    pub field: RustName,
    pub name: RustName,
    pub headers: Vec<Header<'a>>,
}

/// One option of a group.
#[derive(Debug)]
pub struct Header<'a> {
    pub model: &'a model::OptionHeader,
    /// The field of the group, and the method of the request builder.
    pub name: RustName,
}

/// A module with a handle.
#[derive(Debug)]
pub struct Resource<'a> {
    pub id: ResourceId,
    pub model: &'a model::Resource,
    /// The module, and the method that leads to the handle.
    pub module: RustName,
    /// The modules from the root of the crate down to this one.
    pub path: Vec<RustName>,
    /// The type of the handle; none where there is nothing to call here or below.
    pub handle: Option<RustName>,
}

/// A type of the spec.
#[derive(Debug)]
pub struct TypeItem<'a> {
    pub id: TypeId,
    pub model: &'a model::TypeDef,
    pub name: RustName,
    pub shape: Shape<'a>,
}

/// What a type holds.
#[derive(Debug)]
pub enum Shape<'a> {
    Id { secret: bool },
    Enum(Vec<EnumVariant<'a>>),
    Object(Object<'a>),
    Union(Union<'a>),
}

/// A known value of an enum.
#[derive(Debug)]
pub struct EnumVariant<'a> {
    pub model: &'a model::EnumValue,
    pub name: RustName,
}

/// What a value is one of.
#[derive(Debug)]
pub struct Union<'a> {
    pub model: &'a model::Union,
    pub variants: Vec<Variant<'a>>,
}

/// One named_item that a union can be.
#[derive(Debug)]
pub struct Variant<'a> {
    pub model: &'a model::Variant,
    pub name: RustName,
    /// The function that makes one, where callers do and something is easier to write than the value.
    pub constructor: Option<RustName>,
}

/// The keys of an object type.
#[derive(Debug)]
pub struct Object<'a> {
    pub fields: Vec<Field<'a>>,
    /// What always stands there; no field of the struct.
    pub constants: &'a [model::Constant],
    /// The doc of the field `rest`, where the type keeps unknown keys.
    pub rest: Option<&'a str>,
}

/// A field of an object, of params or of a response.
#[derive(Debug)]
pub struct Field<'a> {
    pub model: &'a model::Field,
    pub name: RustName,
    /// Whether it is an `Option`. A list or map that only ever arrives is not: a missing one reads as empty.
    pub optional: bool,
    /// The method that clears it, where it is a `Patch`: something sent that may be null.
    pub clear: Option<RustName>,
}

impl Field<'_> {
    /// Whether users set it by name; the others stand in `new` by position.
    pub fn by_name(&self) -> bool {
        self.optional || (self.clear.is_some() && self.model.optional)
    }
}

/// A field of the params, with the place that it travels in.
#[derive(Debug)]
pub struct Param<'a> {
    pub field: Field<'a>,
    pub place: Place,
    /// How a list or a map travels in the query.
    pub style: Option<ListStyle>,
    /// Whether its keys travel beside the other params.
    pub flatten: bool,
}

impl Param<'_> {
    /// Whether it stands in the call by position; the others are set by name.
    pub fn positional(&self) -> bool {
        !self.field.by_name()
    }
}

/// A method of a handle, with a module of its own.
#[derive(Debug)]
pub struct Operation<'a> {
    pub id: OperationId,
    pub model: &'a model::Operation,
    /// The method of the handle.
    pub name: RustName,
    /// The module of the types that it brings along.
    pub module: RustName,
    pub params_type: RustName,
    pub request_type: RustName,
    /// None where the operation names no options.
    pub options_type: Option<RustName>,
    /// None where the response is a type of the spec, or nothing.
    pub response_type: Option<RustName>,
    /// In the order of the spec.
    pub params: Vec<Param<'a>>,
    /// The fields of `response_type`.
    pub response: Vec<Field<'a>>,
}

impl<'a> Operation<'a> {
    /// The params that the method takes, in order.
    pub fn positional(&self) -> impl Iterator<Item = &Param<'a>> {
        self.params.iter().filter(|param| param.positional())
    }

    /// The params that the request builder takes.
    pub fn named(&self) -> impl Iterator<Item = &Param<'a>> {
        self.params.iter().filter(|param| !param.positional())
    }
}

impl<'a> Package<'a> {
    /// Where error bodies keep what, where the spec says anything of it.
    pub fn error_shape(&self) -> Option<&'a model::Errors> {
        let model::Errors { code, message, url, details, request_id, codes: _ } = &self.api.errors;
        let says_something = [code, message, url, details, request_id].iter().any(|paths| !paths.is_empty());
        says_something.then_some(&self.api.errors)
    }

    /// The resource with this index.
    pub fn resource(&self, id: ResourceId) -> &Resource<'a> {
        &self.resources[id.0]
    }

    /// The type with this index.
    pub fn type_item(&self, id: TypeId) -> &TypeItem<'a> {
        &self.types[id.0]
    }

    /// The operation with this index.
    pub fn operation(&self, id: OperationId) -> &Operation<'a> {
        &self.operations[id.0]
    }

    /// The top-level resources: modules of the root, methods of the client, features.
    pub fn roots(&self) -> impl Iterator<Item = &Resource<'a>> {
        self.resources.iter().filter(|resource| resource.model.parent.is_none())
    }

    /// The option groups of an operation.
    pub fn options_of(&self, operation: &Operation<'a>) -> impl Iterator<Item = &OptionGroup<'a>> {
        operation.model.options.iter().map(|index| &self.options[*index])
    }

    /// How a caller reaches an operation: `client.organizations().members().create`.
    pub fn call_path(&self, id: OperationId) -> String {
        let operation = self.operation(id);
        let handles = &self.resource(operation.model.resource).path;
        let handles: String = handles.iter().map(|module| format!("{module}().")).collect();
        format!("client.{handles}{}", operation.name)
    }

    /// Where a type of the spec is in the package: `organizations::members::Member`.
    pub fn type_path(&self, id: TypeId) -> String {
        let item = self.type_item(id);
        self.item_path(item.model.resource, &item.name)
    }

    /// Where an item of a resource is in the package.
    pub fn item_path(&self, resource: ResourceId, name: &RustName) -> String {
        let modules: String =
            self.resource(resource).path.iter().map(|module| format!("{module}::")).collect();
        format!("{modules}{name}")
    }

    /// A type as Rust spells it, without module paths: `Vec<Member>`.
    pub fn type_text(&self, ty: &Type) -> String {
        match ty {
            Type::String => "String".into(),
            Type::Secret => "Secret".into(),
            Type::Bool => "bool".into(),
            Type::Int32 => "i32".into(),
            Type::Int64 => "i64".into(),
            Type::Uint32 => "u32".into(),
            Type::Float64 => "f64".into(),
            Type::Timestamp => "Timestamp".into(),
            Type::UnixSeconds => "UnixSeconds".into(),
            Type::Json | Type::Unread => "Value".into(),
            Type::Object => "Object".into(),
            Type::List(item) => format!("Vec<{}>", self.type_text(item)),
            Type::Map(item) => format!("BTreeMap<String, {}>", self.type_text(item)),
            Type::Nullable(item) => format!("Option<{}>", self.type_text(item)),
            Type::Named(id) => self.type_item(*id).name.to_string(),
        }
    }
}
