//! An API with its Rust names.

use crate::model::{self, OperationId, ParamLocation, ParamStyle, ResourceId, Type, TypeId};
use crate::rust::names::RustName;
use crate::settings::Settings;

use super::features::Feature;

/// An API whose Rust names are decided.
#[derive(Debug)]
pub struct Package<'a> {
    pub settings: Settings,
    pub api: &'a model::Api,
    /// The name in a `use`: `acme_sdk`.
    pub crate_name: String,
    pub credentials: Vec<Credential<'a>>,
    /// The credentials that a method of the builder sets, because only alternatives use them. Their indices follow those of
    /// `credentials`.
    pub optional_credentials: Vec<Credential<'a>>,
    /// The names of the methods of the builder that set the variables of [`model::Api::variables`].
    pub variables: Vec<RustName>,
    /// The servers that a client can be created for, as variants of `Server`. Empty if the caller has no choice.
    pub servers: Vec<ServerChoice<'a>>,
    /// The servers of single operations.
    pub operation_servers: Vec<ServerSetter<'a>>,
    /// The variants of `ErrorCode`. Empty if the spec lists no codes.
    pub error_codes: Vec<EnumVariant<'a>>,
    /// The option groups, by the indices of [`model::Api::options`].
    pub options: Vec<OptionGroup<'a>>,
    /// The resources, by [`ResourceId`].
    pub resources: Vec<Resource<'a>>,
    /// The types, by [`TypeId`].
    pub types: Vec<TypeItem<'a>>,
    /// The operations, by [`OperationId`].
    pub operations: Vec<Operation<'a>>,
    /// The features, one per top-level resource.
    pub features: Vec<Feature>,
    /// The value of the attribute of this name, if the types exceed rustc's default.
    pub recursion_limit: Option<usize>,
}

/// A credential, which is a parameter of the client's constructors.
#[derive(Debug)]
pub struct Credential<'a> {
    pub model: &'a model::Credential,
    pub name: RustName,
}

/// A server that the caller can select.
#[derive(Debug)]
pub struct ServerChoice<'a> {
    pub model: &'a model::Server,
    /// The variant of `Server`.
    pub name: RustName,
}

/// A server of single operations, whose URL the caller can replace.
#[derive(Debug)]
pub struct ServerSetter<'a> {
    pub model: &'a model::Server,
    /// The method of the builder.
    pub setter: RustName,
}

/// A group of per-request headers, which is a type of the module `options`.
#[derive(Debug)]
pub struct OptionGroup<'a> {
    pub model: &'a model::OptionGroup,
    /// The field of the group in the options of an operation.
    pub field: RustName,
    pub name: RustName,
    pub headers: Vec<Header<'a>>,
}

/// An option of a group.
#[derive(Debug)]
pub struct Header<'a> {
    pub model: &'a model::OptionHeader,
    /// The name of the field of the group, and of the method of the request builder.
    pub name: RustName,
}

/// A resource, which is a module with a handle.
#[derive(Debug)]
pub struct Resource<'a> {
    pub id: ResourceId,
    pub model: &'a model::Resource,
    /// The name of the module, and of the method that returns the handle.
    pub module: RustName,
    /// The modules from the crate root to this one.
    pub path: Vec<RustName>,
    /// The type of the handle. Missing if neither the resource nor its sub-resources have operations.
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

/// The kind and the content of a type.
#[derive(Debug)]
pub enum Shape<'a> {
    Id {
        secret: bool,
    },
    Enum(Vec<EnumVariant<'a>>),
    Object(Object<'a>),
    Union(Union<'a>),
    /// A name for another type.
    Alias(&'a Type),
}

/// A known value of an enum.
#[derive(Debug)]
pub struct EnumVariant<'a> {
    pub model: &'a model::EnumValue,
    pub name: RustName,
}

/// The variants of a union.
#[derive(Debug)]
pub struct Union<'a> {
    pub model: &'a model::Union,
    pub variants: Vec<Variant<'a>>,
}

/// A variant of a union.
#[derive(Debug)]
pub struct Variant<'a> {
    pub model: &'a model::Variant,
    pub name: RustName,
    /// The constructor that takes a simpler value, if callers create the variant.
    pub constructor: Option<RustName>,
}

/// The keys of an object type.
#[derive(Debug)]
pub struct Object<'a> {
    pub fields: Vec<Field<'a>>,
    /// The constants, which are not fields of the struct.
    pub constants: &'a [model::Constant],
    /// The field for unknown keys, if the type keeps them.
    pub additional_fields: Option<&'a model::AdditionalFields>,
}

/// A field of an object, of parameters or of a response.
#[derive(Debug)]
pub struct Field<'a> {
    pub model: &'a model::Field,
    pub name: RustName,
    /// Whether the Rust type is an `Option`. A list or map that is only received is not: if missing, it is empty.
    pub optional: bool,
    /// The method that clears a `Patch`, which is a field that is sent and can be null.
    pub clear: Option<RustName>,
}

impl Field<'_> {
    /// Whether users set the field by name. The other fields are positional arguments of `new`.
    pub fn by_name(&self) -> bool {
        self.optional || (self.clear.is_some() && self.model.optional)
    }
}

/// A parameter of an operation, with its location in the request.
#[derive(Debug)]
pub struct Param<'a> {
    pub field: Field<'a>,
    pub location: ParamLocation,
    /// The notation of a list, a map or an object. Missing for a single text.
    pub style: Option<ParamStyle>,
    /// Whether the keys of the value are siblings of the other parameters.
    pub flatten: bool,
}

impl Param<'_> {
    /// Whether the parameter is a positional argument of the method. The other parameters are set by name.
    pub fn positional(&self) -> bool {
        !self.field.by_name()
    }
}

/// An operation, which is a method of a handle with a module of its own.
#[derive(Debug)]
pub struct Operation<'a> {
    pub id: OperationId,
    pub model: &'a model::Operation,
    /// The method of the handle.
    pub name: RustName,
    /// The module of its derived types.
    pub module: RustName,
    pub params_type: RustName,
    pub request_type: RustName,
    /// Missing if the operation lists no options.
    pub options_type: Option<RustName>,
    /// Missing if the response is empty or a type of the spec.
    pub response_type: Option<RustName>,
    /// The parameters, in the order of the spec.
    pub params: Vec<Param<'a>>,
    /// The fields of `response_type`.
    pub response: Vec<Field<'a>>,
    /// The variants of `response_type`, if there are several responses.
    pub statuses: Vec<StatusVariant<'a>>,
}

/// A response of an operation that has several, by status.
#[derive(Debug)]
pub struct StatusVariant<'a> {
    pub model: &'a model::StatusResponse,
    pub name: RustName,
    /// The struct of the fields. Missing if the response is empty or a type of the spec.
    pub response_type: Option<RustName>,
    /// The fields of `response_type`.
    pub fields: Vec<Field<'a>>,
}

impl<'a> Operation<'a> {
    /// Returns the types that only the responses of the operation have.
    pub fn response_types(&self) -> impl Iterator<Item = &RustName> {
        let of_statuses = self.statuses.iter().filter_map(|status| status.response_type.as_ref());
        self.response_type.iter().chain(of_statuses)
    }

    /// Returns the parameters of the method, in order.
    pub fn positional(&self) -> impl Iterator<Item = &Param<'a>> {
        self.params.iter().filter(|param| param.positional())
    }

    /// Returns the parameters that the request builder sets.
    pub fn named(&self) -> impl Iterator<Item = &Param<'a>> {
        self.params.iter().filter(|param| !param.positional())
    }
}

impl<'a> Package<'a> {
    /// Returns the path of a file of the package, from the root of the repository.
    pub fn path_of(&self, file: &str) -> String {
        self.settings.path_of(&self.api.package.name, file)
    }

    /// Returns the locations of fields in error bodies, if the spec declares any.
    pub fn error_schema(&self) -> Option<&'a model::Errors> {
        let model::Errors { code, message, url, details, request_id, codes: _ } = &self.api.errors;
        let has_fields = [code, message, url, details, request_id].iter().any(|paths| !paths.is_empty());
        has_fields.then_some(&self.api.errors)
    }

    /// Returns the credential with an index into [`model::Api::credentials`].
    pub fn credential(&self, index: usize) -> Option<&Credential<'a>> {
        self.credentials.iter().chain(&self.optional_credentials).nth(index)
    }

    /// Returns the resource with this index.
    pub fn resource(&self, id: ResourceId) -> &Resource<'a> {
        &self.resources[id.0]
    }

    /// Returns the type with this index.
    pub fn type_item(&self, id: TypeId) -> &TypeItem<'a> {
        &self.types[id.0]
    }

    /// Returns the operation with this index.
    pub fn operation(&self, id: OperationId) -> &Operation<'a> {
        &self.operations[id.0]
    }

    /// Returns the top-level resources. Each is a module of the root, a method of the client and a feature.
    pub fn roots(&self) -> impl Iterator<Item = &Resource<'a>> {
        self.resources.iter().filter(|resource| resource.model.parent.is_none())
    }

    /// Returns the option groups of an operation.
    pub fn options_of(&self, operation: &Operation<'a>) -> impl Iterator<Item = &OptionGroup<'a>> {
        operation.model.options.iter().map(|index| &self.options[*index])
    }

    /// Returns the path of a call: `client.organizations().members().create`.
    pub fn call_path(&self, id: OperationId) -> String {
        let operation = self.operation(id);
        let handles = &self.resource(operation.model.resource).path;
        let handles: String = handles.iter().map(|module| format!("{module}().")).collect();
        format!("client.{handles}{}", operation.name)
    }

    /// Returns the path of a type in the package: `organizations::members::Member`.
    pub fn type_path(&self, id: TypeId) -> String {
        let item = self.type_item(id);
        self.item_path(item.model.resource, &item.name)
    }

    /// Returns the path of an item of a resource in the package.
    pub fn item_path(&self, resource: ResourceId, name: &RustName) -> String {
        let modules: String =
            self.resource(resource).path.iter().map(|module| format!("{module}::")).collect();
        format!("{modules}{name}")
    }

    /// Returns a Rust type without module paths: `Vec<Member>`.
    pub fn type_text(&self, ty: &Type) -> String {
        match ty {
            Type::String => "String".into(),
            Type::Secret => "Secret".into(),
            Type::Bool => "bool".into(),
            Type::Integer(integer) => integer.rust().into(),
            Type::Float64 => "f64".into(),
            Type::Formatted(format) => format.rust().into(),
            Type::UnixSeconds => "UnixSeconds".into(),
            Type::Json | Type::Unparsed => "Value".into(),
            Type::Object => "Object".into(),
            Type::Binary => "RequestBody".into(),
            Type::File => "FilePart".into(),
            Type::List(item) => format!("Vec<{}>", self.type_text(item)),
            Type::Map(item) => format!("BTreeMap<String, {}>", self.type_text(item)),
            Type::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.type_text(item)).collect();
                format!("({})", items.join(", "))
            }
            Type::Nullable(item) => format!("Option<{}>", self.type_text(item)),
            Type::Named(id) => self.type_item(*id).name.to_string(),
        }
    }
}
