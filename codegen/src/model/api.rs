//! The whole description of an API: its package, credentials, servers, resources and error fields.

use super::auth::{AuthScheme, ClientCredentials};
use super::field::Type;
use super::ids::{OperationId, ResourceId, TypeId};
use super::operation::{FixedParam, Operation};
use super::type_def::{EnumValue, TypeDef};
use crate::source::Span;
use crate::value::Value;

/// An API that is ready to be emitted.
#[derive(Debug)]
pub struct Api {
    /// The name of the folder below `spec/`.
    pub name: String,
    /// The path of `api.yaml` from the root of the repository.
    pub file: String,
    pub doc: String,
    pub docs_url: Option<String>,
    /// Whether every public item has a doc. Otherwise, any doc but that of the package can be empty.
    pub requires_docs: bool,
    pub package: Package,
    /// Those that are arguments of the constructors come first.
    pub credentials: Vec<Credential>,
    /// The servers: those with a condition in order of preference, then the default, then all others.
    pub servers: Vec<Server>,
    /// The variables of server URLs that have a default. Those without one are among the credentials.
    pub variables: Vec<ServerVariable>,
    /// The authentication of operations without one of their own. All schemes are sent.
    pub auth: Vec<AuthScheme>,
    pub options: Vec<OptionGroup>,
    pub errors: Errors,
    pub retry: Retry,
    pub resources: Vec<Resource>,
    pub types: Vec<TypeDef>,
    pub operations: Vec<Operation>,
}

impl Api {
    /// Whether a response can be read as a stream.
    pub fn has_streams(&self) -> bool {
        self.operations.iter().any(|operation| operation.format().is_streamed())
    }

    /// Whether any operation builds a URL, which a browser opens.
    pub fn builds_urls(&self) -> bool {
        self.operations.iter().any(|operation| operation.builds_url)
    }

    /// Whether a client can be built without the optional credentials. Such clients are public.
    pub fn has_public_clients(&self) -> bool {
        self.credentials.iter().any(|credential| credential.optional)
    }

    /// Returns the scheme that the client prepares for all requests.
    pub fn client_auth(&self) -> Option<&AuthScheme> {
        self.auth.iter().find(|scheme| scheme.is_http())
    }

    /// Returns the credentials with which clients fetch tokens, if they do.
    pub fn client_credentials(&self) -> Option<&ClientCredentials> {
        match self.client_auth()? {
            AuthScheme::ClientCredentials(scheme) => Some(scheme),
            _ => None,
        }
    }

    /// Returns the credential that the operation requires and that public clients lack.
    pub fn missing_in_public(&self, operation: &Operation) -> Option<&Credential> {
        let in_auth = operation.auth.iter().flat_map(AuthScheme::required_credentials);
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
}

/// The manifest of the generated package.
#[derive(Debug, Default)]
pub struct Package {
    /// The name of the package and of its folder. Empty if it could not be read.
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

/// A value that the client is built with, such as an API key, or a variable of a server URL without a default.
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
    /// Whether only alternatives use the credential, so that a method of the builder sets it.
    pub is_setting: bool,
    /// The allowed values of a variable of a server URL, empty for any value. Missing for a credential.
    pub variable: Option<Vec<String>>,
    pub span: Span,
}

#[derive(Debug)]
pub struct Server {
    pub name: String,
    /// The base URL, which can contain the names of variables in braces.
    pub url: String,
    pub doc: String,
    pub when: Option<Condition>,
    pub role: ServerRole,
    pub span: Span,
}

/// The requests that are sent to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerRole {
    /// Those of clients whose credentials meet the condition of the server.
    Conditional,
    /// Those of all other clients.
    Default,
    /// Those of clients that select the server.
    Selectable,
    /// Those of operations that name the server.
    Operations,
}

/// A variable of a server URL that has a default.
#[derive(Debug)]
pub struct ServerVariable {
    pub name: String,
    pub doc: String,
    pub default: String,
    /// The allowed values. Empty if the position in the URL decides.
    pub values: Vec<String>,
    /// The environment variable that `from_env` reads if it is set.
    pub env: Option<String>,
    pub span: Span,
}

/// A condition that holds when a credential starts with a prefix.
#[derive(Debug)]
pub struct Condition {
    /// The index into [`Api::credentials`].
    pub credential: usize,
    pub starts_with: String,
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

/// A group of operations with the types that they share, described by one file.
#[derive(Debug)]
pub struct Resource {
    /// The segments of the path from the root: `["organizations", "members"]`.
    pub path: Vec<String>,
    /// The path of its file from the root of the repository.
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
