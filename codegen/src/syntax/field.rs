//! Fields and params, as one of their uses: with a type, with a constant value, or with the value of a credential.

use schemars::JsonSchema;
use serde::Deserialize;

use super::common::{Spanned, SpannedValue};
use super::rules;
use crate::source::Span;

/// A field, a parameter or an envelope field. One with only a named type can be written as the name of the type.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Field or parameter", transform = rules::field)]
pub struct FieldDecl {
    /// Type of the value: `string`, `list<Member>`, `timestamp?`, `string | null`. `shared` takes a parameter from `api.yaml`.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = rules::TYPE))]
    ty: Option<Spanned<String>>,
    /// Constant value, which callers neither set nor see.
    #[serde(rename = "const")]
    constant: Option<SpannedValue>,
    /// Credential that is sent as the value of a parameter. With `?`, omitted if the client lacks the credential.
    credential: Option<Spanned<String>>,
    /// Meaning, unit and pitfalls, as a noun phrase. Default: the doc of the named type.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Name in the request or response. Default: the key.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub wire_name: Option<Spanned<String>>,
    /// Location of a parameter in the request: `path`, `query`, `header`, `cookie`, `body`, `whole_body` or `bearer`.
    ///
    /// Location of a field in the response: `body`, `header` or `whole_body`.
    ///
    /// Default: the path for a placeholder; else the body of a `POST`, `PUT`, `PATCH` or `QUERY`, and the query of other methods.
    #[serde(rename = "in")]
    pub location: Option<Spanned<ParamLocationDecl>>,
    /// Notation of a list, map or object: `comma`, `repeat`, `space`, `pipe`, `brackets`, `label`, `matrix` or `json`.
    style: Option<Spanned<StyleDecl>>,
    /// Time zone of a response timestamp without an offset: `utc`. Without this key, such a timestamp is an error.
    default_zone: Option<Spanned<ZoneDecl>>,
    /// Whether the keys of an object are sent beside the other parameters. Default: `false`.
    flatten: Option<Spanned<bool>>,
    /// Example value. Default: generated from the type.
    example: Option<SpannedValue>,
    /// Value that replaces a missing response field, or that the server uses without the parameter.
    default: Option<SpannedValue>,
    /// Whether only responses contain the field. Default: `false`.
    pub read_only: Option<Spanned<bool>>,
    /// Whether only requests contain the field. Default: `false`.
    pub write_only: Option<Spanned<bool>>,
    /// Minimum of a number.
    min: Option<Spanned<f64>>,
    /// Maximum of a number.
    max: Option<Spanned<f64>>,
    /// Minimum number of characters.
    min_length: Option<Spanned<u64>>,
    /// Maximum number of characters.
    max_length: Option<Spanned<u64>>,
    /// Minimum number of items of a list or map.
    min_items: Option<Spanned<u64>>,
    /// Maximum number of items of a list or map.
    max_items: Option<Spanned<u64>>,
    /// Whether the items of a list differ from each other. Default: `false`.
    unique_items: Option<Spanned<bool>>,
    /// Permission that setting the parameter requires.
    permission: Option<Spanned<PermissionDecl>>,
    /// Replacement, as an imperative sentence. Marks the item as deprecated.
    pub deprecated: Option<Spanned<String>>,
    /// Whether the type is that of a shared parameter, so that its names are those of `api.yaml`.
    #[serde(skip)]
    pub is_shared: bool,
}

/// The location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(title = "Location of a parameter")]
pub enum ParamLocationDecl {
    /// Path placeholder.
    Path,
    /// Query parameter.
    Query,
    /// Request header.
    Header,
    /// Cookie.
    Cookie,
    /// Part of the body, such as a key of the JSON object.
    Body,
    /// Whole body.
    WholeBody,
    /// Bearer token of the request, in place of the client's credentials.
    Bearer,
}

/// The notation of a list, map or object outside the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Style")]
pub enum StyleDecl {
    /// `name=a,b`, or `name=key,value` for a map.
    Comma,
    /// `name=a&name=b`
    Repeat,
    /// `name=a b`
    Space,
    /// `name=a|b`
    Pipe,
    /// `name[]=a`, or `name[key]=value` for a map or an object, at any depth.
    Brackets,
    /// `.a.b` in a path.
    Label,
    /// `;name=a,b` in a path.
    Matrix,
    /// The value as JSON.
    Json,
}

/// The time zone of a timestamp without an offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(title = "Zone")]
#[serde(rename_all = "lowercase")]
pub enum ZoneDecl {
    /// Coordinated universal time.
    Utc,
}

/// A permission in the permission system of the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Permission")]
pub struct PermissionDecl {
    /// Resource in the permission system of the API.
    pub resource: String,
    /// Action on the resource.
    pub action: String,
    /// Resource for a caller that acts on itself. Default: `resource`.
    pub self_resource: Option<String>,
}

/// A key that is given where it has no meaning, with its span.
pub type ExtraKey = (&'static str, Span);

/// A parameter, as one of its uses.
#[derive(Debug)]
pub enum ParamDecl<'d> {
    /// The caller passes the value.
    Typed(TypedDecl<'d>),
    Constant(FixedDecl<'d, SpannedValue>),
    /// The client fills the value from the credential of this name.
    Credential(FixedDecl<'d, Spanned<String>>),
}

/// A field of an object that is received, as one of its uses.
#[derive(Debug)]
pub enum ObjectFieldDecl<'d> {
    Typed(ReceivedDecl<'d>),
    Constant(FixedDecl<'d, SpannedValue>),
}

/// A field or a parameter with a type.
#[derive(Clone, Copy, Debug)]
pub struct TypedDecl<'d> {
    pub ty: TypeDeclaration<'d>,
    pub style: Option<&'d Spanned<StyleDecl>>,
    pub default_zone: Option<&'d Spanned<ZoneDecl>>,
    pub flatten: Option<&'d Spanned<bool>>,
    pub example: Option<&'d SpannedValue>,
    pub default: Option<&'d SpannedValue>,
    pub min: Option<&'d Spanned<f64>>,
    pub max: Option<&'d Spanned<f64>>,
    pub min_length: Option<&'d Spanned<u64>>,
    pub max_length: Option<&'d Spanned<u64>>,
    pub min_items: Option<&'d Spanned<u64>>,
    pub max_items: Option<&'d Spanned<u64>>,
    pub unique_items: Option<&'d Spanned<bool>>,
    pub permission: Option<&'d Spanned<PermissionDecl>>,
}

/// The type of a field or a parameter.
#[derive(Clone, Copy, Debug)]
pub enum TypeDeclaration<'d> {
    Written(&'d Spanned<String>),
    Missing,
    /// Missing beside a misplaced `const` or `credential`, which is reported instead.
    Replaced,
}

impl<'d> TypeDeclaration<'d> {
    /// Returns the type expression, if there is one.
    pub fn written(self) -> Option<&'d Spanned<String>> {
        match self {
            Self::Written(written) => Some(written),
            Self::Missing | Self::Replaced => None,
        }
    }
}

/// A field or a parameter whose value the description determines.
#[derive(Debug)]
pub struct FixedDecl<'d, T> {
    pub value: &'d T,
    /// Keys that have no effect beside the value.
    pub extra: Vec<ExtraKey>,
}

/// A field that is received.
#[derive(Debug)]
pub struct ReceivedDecl<'d> {
    pub typed: TypedDecl<'d>,
    /// Keys that only params have.
    pub param_keys: Vec<ExtraKey>,
    /// The location, which only params and fields of responses have.
    pub location: Option<&'d Spanned<ParamLocationDecl>>,
    /// A constant, which only params and fields of objects have.
    pub constant: Option<Span>,
}

impl FieldDecl {
    /// Returns the span of the type `shared`, which refers to the shared parameter of the same name.
    pub fn shared(&self) -> Option<Span> {
        let is_fixed = self.constant.is_some() || self.credential.is_some();
        let ty = self.ty.as_ref().filter(|ty| !is_fixed && !self.is_shared && ty.value.trim() == "shared");
        ty.map(|ty| ty.span)
    }

    /// Returns the shared parameter with the keys of this declaration in place of its own.
    pub(super) fn over(&self, shared: &Self) -> Self {
        let own = self.clone();
        let shared = shared.clone();
        Self {
            ty: shared.ty,
            constant: own.constant.or(shared.constant),
            credential: own.credential.or(shared.credential),
            doc: own.doc.or(shared.doc),
            wire_name: own.wire_name.or(shared.wire_name),
            location: own.location.or(shared.location),
            style: own.style.or(shared.style),
            default_zone: own.default_zone.or(shared.default_zone),
            flatten: own.flatten.or(shared.flatten),
            example: own.example.or(shared.example),
            default: own.default.or(shared.default),
            read_only: own.read_only.or(shared.read_only),
            write_only: own.write_only.or(shared.write_only),
            min: own.min.or(shared.min),
            max: own.max.or(shared.max),
            min_length: own.min_length.or(shared.min_length),
            max_length: own.max_length.or(shared.max_length),
            min_items: own.min_items.or(shared.min_items),
            max_items: own.max_items.or(shared.max_items),
            unique_items: own.unique_items.or(shared.unique_items),
            permission: own.permission.or(shared.permission),
            deprecated: own.deprecated.or(shared.deprecated),
            is_shared: true,
        }
    }

    /// Returns the declaration as that of a parameter.
    pub fn as_param(&self) -> ParamDecl<'_> {
        match (&self.credential, &self.constant) {
            (Some(value), _) => {
                ParamDecl::Credential(FixedDecl { value, extra: self.extra_beside("credential") })
            }
            (None, Some(value)) => {
                ParamDecl::Constant(FixedDecl { value, extra: self.extra_beside("const") })
            }
            (None, None) => ParamDecl::Typed(self.typed()),
        }
    }

    /// Returns the declaration as that of a field of an object.
    pub fn as_object_field(&self) -> ObjectFieldDecl<'_> {
        match &self.constant {
            Some(value) => ObjectFieldDecl::Constant(FixedDecl { value, extra: self.extra_beside("const") }),
            None => ObjectFieldDecl::Typed(self.as_received()),
        }
    }

    /// Returns the declaration as that of a field of a response or the envelope.
    pub fn as_received(&self) -> ReceivedDecl<'_> {
        let param_keys = [
            ("credential", self.credential.as_ref().map(|it| it.span)),
            ("style", self.style.as_ref().map(|it| it.span)),
            ("flatten", self.flatten.as_ref().map(|it| it.span)),
            ("permission", self.permission.as_ref().map(|it| it.span)),
        ];
        ReceivedDecl {
            typed: self.typed(),
            param_keys: given(param_keys),
            location: self.location.as_ref(),
            constant: self.constant.as_ref().map(SpannedValue::head),
        }
    }

    fn typed(&self) -> TypedDecl<'_> {
        let ty = match &self.ty {
            Some(written) => TypeDeclaration::Written(written),
            None if self.constant.is_some() || self.credential.is_some() => TypeDeclaration::Replaced,
            None => TypeDeclaration::Missing,
        };
        TypedDecl {
            ty,
            style: self.style.as_ref(),
            default_zone: self.default_zone.as_ref(),
            flatten: self.flatten.as_ref(),
            example: self.example.as_ref(),
            default: self.default.as_ref(),
            min: self.min.as_ref(),
            max: self.max.as_ref(),
            min_length: self.min_length.as_ref(),
            max_length: self.max_length.as_ref(),
            min_items: self.min_items.as_ref(),
            max_items: self.max_items.as_ref(),
            unique_items: self.unique_items.as_ref(),
            permission: self.permission.as_ref(),
        }
    }

    /// Returns the keys that have no effect beside a fixed value.
    fn extra_beside(&self, key: &str) -> Vec<ExtraKey> {
        given([
            ("type", self.ty.as_ref().map(|it| it.span)),
            ("const", self.constant.as_ref().map(SpannedValue::head).filter(|_| key != "const")),
            ("credential", self.credential.as_ref().map(|it| it.span).filter(|_| key != "credential")),
            ("example", self.example.as_ref().map(SpannedValue::head)),
            ("default", self.default.as_ref().map(SpannedValue::head)),
            ("style", self.style.as_ref().map(|it| it.span)),
            ("default_zone", self.default_zone.as_ref().map(|it| it.span)),
            ("flatten", self.flatten.as_ref().map(|it| it.span)),
            ("permission", self.permission.as_ref().map(|it| it.span)),
            ("deprecated", self.deprecated.as_ref().map(|it| it.span)),
            ("min", self.min.as_ref().map(|it| it.span)),
            ("max", self.max.as_ref().map(|it| it.span)),
            ("min_length", self.min_length.as_ref().map(|it| it.span)),
            ("max_length", self.max_length.as_ref().map(|it| it.span)),
            ("min_items", self.min_items.as_ref().map(|it| it.span)),
            ("max_items", self.max_items.as_ref().map(|it| it.span)),
            ("unique_items", self.unique_items.as_ref().map(|it| it.span)),
        ])
    }
}

fn given<const N: usize>(keys: [(&'static str, Option<Span>); N]) -> Vec<ExtraKey> {
    keys.into_iter().filter_map(|(key, span)| Some((key, span?))).collect()
}
