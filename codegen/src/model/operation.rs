//! What can be called: how, with what, and what comes back.

use super::{Field, Object, ResourceId, Type, TypeId};
use crate::source::Span;
use crate::value::Value;

/// What the caller must be allowed to do, in the vendor's permission system.
#[derive(Clone, Debug, PartialEq)]
pub struct Permission {
    pub resource: String,
    pub action: String,
    /// The resource that counts instead when the caller acts on itself.
    pub self_resource: Option<String>,
}

#[derive(Debug)]
pub struct Operation {
    pub resource: ResourceId,
    pub name: String,
    pub doc: String,
    pub docs_url: Option<String>,
    pub method: Method,
    /// With placeholders in braces, as in the spec.
    pub path: String,
    /// Makes a URL and sends nothing.
    pub builds_url: bool,
    /// Whether its requests carry a body.
    pub has_body: bool,
    /// Whether its requests carry the client's credentials.
    pub authenticated: bool,
    /// Whether the server may see a request twice without harm.
    pub idempotent: bool,
    /// Whether clients generate an idempotency key for a call without one.
    pub generates_key: bool,
    pub permission: Option<Permission>,
    /// Why the call can do harm.
    pub warning: Option<String>,
    pub deprecated: Option<String>,
    /// In the order of the spec; the required ones are positional in this order.
    pub params: Vec<Param>,
    /// What every request carries without the caller's doing.
    pub fixed: Vec<Fixed>,
    /// Indices into [`options`](super::Api::options).
    pub options: Vec<usize>,
    pub response: Response,
    /// Whether no response is described, so that any body of a success is accepted.
    pub accepts_any_body: bool,
    /// What error bodies can be read as.
    pub errors: Vec<TypeId>,
    pub pagination: Option<Pagination>,
    pub example: Example,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As it stands in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether a request does no harm when it comes twice, unless its operation says otherwise.
    pub fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }

    /// Whether a param travels in the body unless it says otherwise.
    pub fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch)
    }
}

#[derive(Debug)]
pub struct Param {
    pub field: Field,
    pub place: Place,
    /// How a list or a map travels in the query; none for anything else.
    pub style: Option<ListStyle>,
    /// Whether its keys travel beside the other params.
    pub flatten: bool,
}

/// A value of a request that the caller does not give.
#[derive(Debug)]
pub struct Fixed {
    pub wire: String,
    pub place: Place,
    pub value: FixedValue,
    /// Left out where the client lacks the credential.
    pub optional: bool,
    pub span: Span,
}

impl Fixed {
    /// The credential that fills it, where one does.
    pub fn credential(&self) -> Option<usize> {
        match self.value {
            FixedValue::Constant(_) => None,
            FixedValue::Credential(index) => Some(index),
        }
    }
}

#[derive(Debug)]
pub enum FixedValue {
    /// Always the same.
    Constant(Value),
    /// One that the client knows. Index into [`credentials`](super::Api::credentials).
    Credential(usize),
}

/// How several values travel in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    Comma,
    Repeat,
    Space,
    Brackets,
}

/// Where a param travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
    Body,
    /// As the bearer token, in place of the client's credentials.
    Bearer,
}

impl Place {
    /// The word of the spec language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
            Self::Bearer => "bearer",
        }
    }
}

#[derive(Debug)]
pub enum Response {
    /// Nothing to read.
    Empty,
    /// An object of this operation's own; `envelope` fields are marked by standing last.
    Object(Object),
    /// A type as it is.
    Type(Type),
}

impl Response {
    /// The types of what comes back.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let (fields, whole): (&[Field], _) = match self {
            Self::Empty => (&[], None),
            Self::Object(object) => (&object.fields, None),
            Self::Type(ty) => (&[], Some(ty)),
        };
        fields.iter().map(|field| &field.ty).chain(whole)
    }
}

/// How an operation goes from page to page. The paths lead through response fields.
#[derive(Debug)]
pub struct Pagination {
    pub style: String,
    pub cursor: String,
    pub limit: Option<String>,
    /// The param that takes the cursor of a page before, where one can go back.
    pub back: Option<String>,
    pub items: Vec<String>,
    pub next: Vec<String>,
    /// Where the cursor of the page before stands.
    pub previous: Option<Vec<String>>,
    pub total: Option<Vec<String>>,
}

/// Values that stand in the docs, the doctests and the emitted tests.
#[derive(Debug)]
pub struct Example {
    /// One entry a param that the example gives, in the order of the params; every required one is there.
    pub params: Vec<(usize, Value)>,
    /// `(group, header, value)`: indices into [`Operation::options`] and the group's headers.
    pub options: Vec<(usize, usize, Value)>,
    pub response: Option<Value>,
}
