//! The operations of an API: requests, parameters, options and responses.

use super::accept::{Accept, ResponseFormat};
use super::auth::AuthScheme;
use super::field::{Field, Permission};
use super::ids::{ResourceId, TypeId};
use super::pagination::Pagination;
use super::param_style::ParamStyle;
use super::response::Response;
use crate::source::Span;
use crate::value::Value;

#[derive(Debug)]
pub struct Operation {
    pub resource: ResourceId,
    pub name: String,
    pub doc: String,
    pub docs_url: Option<String>,
    pub method: Method,
    /// The path with placeholders in braces, as in the spec.
    pub path: String,
    /// The query and the fragment after the path. Requests contain the query as [`FixedValue::Flag`]s, and no fragment.
    pub tail: String,
    /// The server of its requests, as an index into [`servers`](super::Api::servers), if it is not that of the client.
    pub server: Option<usize>,
    /// Whether the operation builds a URL and sends nothing.
    pub builds_url: bool,
    /// The body of its requests. Missing if they have none.
    pub body: Option<Body>,
    /// Whether its requests carry the `authorization` header of the client, if the API has one.
    pub authenticated: bool,
    /// The authentication of its requests. All schemes are sent.
    pub auth: Vec<AuthScheme>,
    /// Whether the operation is idempotent, so that the server can receive a request twice without harm.
    pub idempotent: bool,
    /// Whether clients generate an idempotency key for a call without one.
    pub generates_key: bool,
    pub permission: Option<Permission>,
    /// The harm that the call can do.
    pub warning: Option<String>,
    pub deprecated: Option<String>,
    /// The parameters in the order of the spec. Required ones become positional arguments in this order.
    pub params: Vec<Param>,
    /// The values that every request carries and that the caller does not pass.
    pub fixed: Vec<FixedParam>,
    /// Indices into [`options`](super::Api::options).
    pub options: Vec<usize>,
    /// The media type of the response. Missing if the spec states none, which is JSON.
    pub accept: Option<Accept>,
    pub response: Response,
    /// Whether the spec describes no body of the response, so that any body of a success is accepted.
    pub accepts_any_body: bool,
    /// The success statuses; empty for all 2xx statuses.
    pub success_statuses: Vec<u16>,
    /// The types of the error bodies.
    pub errors: Vec<TypeId>,
    pub pagination: Option<Pagination>,
    pub example: Example,
    pub span: Span,
}

/// The body of requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub encoding: BodyEncoding,
    /// The media type, as it is sent.
    pub media_type: String,
}

impl Body {
    /// The media type of JSON, which bodies have by default.
    pub const JSON: &'static str = "application/json";

    /// Returns the default body: an object with the parameters.
    pub fn json() -> Self {
        Self { encoding: BodyEncoding::Json, media_type: Self::JSON.to_owned() }
    }
}

/// The encoding of a body, which follows from its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEncoding {
    /// An object with the parameters as its keys, or the value of one parameter.
    Json,
    /// Pairs with the parameters as their keys.
    Form,
    /// Parts with the parameters as their names.
    Multipart,
    /// The text or the bytes of one parameter.
    Raw,
    /// The media type could not be read. Emitters never receive it.
    Unparsed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
    Trace,
    Query,
}

impl Operation {
    /// Whether a response is more than the JSON of its body.
    pub fn reads_heads(&self) -> bool {
        self.response.has_parts()
            || !self.success_statuses.is_empty()
            || self.format() != ResponseFormat::Json
    }

    /// Returns the format of the response.
    pub fn format(&self) -> ResponseFormat {
        self.accept.as_ref().map_or(ResponseFormat::Json, |accept| accept.format)
    }

    /// Returns the path with its tail, as in the spec.
    pub fn target(&self) -> String {
        format!("{}{}", self.path, self.tail)
    }

    /// Returns the schemes that the operation writes into its requests, since the client does not.
    pub fn written_auth(&self) -> impl Iterator<Item = &AuthScheme> {
        self.auth.iter().filter(|scheme| !(self.authenticated && scheme.is_http()))
    }
}

impl Method {
    /// Returns the method as written in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
        }
    }

    /// Whether the method is idempotent. An operation can override this.
    pub fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }

    /// Whether parameters are in the body by default.
    pub fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch | Self::Query)
    }
}

#[derive(Debug)]
pub struct Param {
    pub field: Field,
    pub location: ParamLocation,
    /// The notation of a list, a map or an object. Missing for a single text.
    pub style: Option<ParamStyle>,
    /// Whether the keys of the value are siblings of the other parameters.
    pub flatten: bool,
}

/// A value of a request that the caller does not pass.
#[derive(Debug)]
pub struct FixedParam {
    pub wire: String,
    pub location: ParamLocation,
    pub value: FixedValue,
    /// Whether the value is omitted if the client lacks the credential.
    pub optional: bool,
    pub span: Span,
}

impl FixedParam {
    /// Returns the credential that supplies the value, if one does.
    pub fn credential(&self) -> Option<usize> {
        match self.value {
            FixedValue::Constant(_) | FixedValue::Flag => None,
            FixedValue::Credential(index) => Some(index),
        }
    }
}

#[derive(Debug)]
pub enum FixedValue {
    /// A constant.
    Constant(Value),
    /// No value: the key alone.
    Flag,
    /// A value known to the client, as an index into [`credentials`](super::Api::credentials).
    Credential(usize),
}

/// The location of a parameter in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamLocation {
    Path,
    Query,
    Header,
    Cookie,
    /// A key of the JSON object in the body.
    Body,
    /// A pair of the form in the body.
    Form,
    /// A part of the multipart form in the body.
    Part,
    /// The whole body.
    WholeBody,
    /// The bearer token, which replaces the client's credentials.
    Bearer,
}

impl ParamLocation {
    /// Returns the styles that the location supports.
    pub fn styles(self) -> &'static [ParamStyle] {
        use ParamStyle::{Brackets, Comma, Json, Label, Matrix, Pipe, Repeat, Space};
        match self {
            Self::Query | Self::Form => &[Comma, Repeat, Space, Pipe, Brackets, Json],
            Self::Path => &[Comma, Label, Matrix, Json],
            Self::Header => &[Comma, Json],
            Self::Part => &[Repeat, Brackets, Json],
            Self::Cookie | Self::Body | Self::WholeBody | Self::Bearer => &[],
        }
    }

    /// Whether the parameter is the body or a part of it.
    pub fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::Form | Self::Part | Self::WholeBody)
    }

    /// Returns the name of the location in the description language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
            Self::Form => "form",
            Self::Part => "part",
            Self::WholeBody => "whole_body",
            Self::Bearer => "bearer",
        }
    }
}

/// The values shown in docs, doctests and generated tests.
#[derive(Debug)]
pub struct Example {
    /// The parameters of the example with their values, in the order of the parameters. All required parameters are present.
    pub params: Vec<(usize, Value)>,
    /// `(group, header, value)`, with indices into [`Operation::options`] and the headers of the group.
    pub options: Vec<(usize, usize, Value)>,
    pub response: Option<Value>,
}
