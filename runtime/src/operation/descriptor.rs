//! Descriptors of operations.

use super::error_schema::ErrorSchema;

/// The HTTP method of a request.
pub use http::Method;

/// A descriptor of an operation: the constant part that all its calls share.
///
/// ```
/// use typefoundry_runtime::{AuthRequirement, Body, ErrorSchema, IdempotencyKey, Method, Operation, Permission};
///
/// const GET_PET: Operation = Operation {
///     name: "pets.get",
///     method: Method::GET,
///     path: "/v1/pets/{pet_id}",
///     body: Body::None,
///     auth: AuthRequirement::Client,
///     idempotent: true,
///     idempotency_key: IdempotencyKey::Unsupported,
///     errors: &ErrorSchema::NONE,
///     permissions: &[Permission::call("pet", "get")],
/// };
///
/// assert_eq!(GET_PET.name, "pets.get");
/// assert_eq!(GET_PET.permissions[0].action(), "get");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The dotted name, such as `pets.get`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, such as `/v1/pets/{pet_id}`.
    pub path: &'static str,
    /// The body of its requests.
    pub body: Body,
    /// The authentication of its requests.
    pub auth: AuthRequirement,
    /// Whether a request can be sent twice without harm, even without an idempotency key.
    pub idempotent: bool,
    /// The idempotency key that the server accepts.
    pub idempotency_key: IdempotencyKey,
    /// The locations of the standard fields in its error bodies.
    pub errors: &'static ErrorSchema,
    /// The permissions that the call and its parameters require.
    pub permissions: &'static [Permission],
}

impl Operation {
    /// Creates an operation without permissions and without a schema of error bodies.
    ///
    /// Requests are sent with the client's credentials. They have a JSON body if the method is
    /// POST, PUT, PATCH or QUERY. They are idempotent if the method is GET, HEAD, OPTIONS, TRACE,
    /// QUERY, PUT or DELETE.
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        let body = match method {
            Method::POST | Method::PUT | Method::PATCH | Method::QUERY => Body::Json,
            _ => Body::None,
        };
        let is_safe =
            matches!(method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::QUERY);
        let idempotent = is_safe || matches!(method, Method::PUT | Method::DELETE);
        Self {
            name,
            method,
            path,
            body,
            auth: AuthRequirement::Client,
            idempotent,
            idempotency_key: IdempotencyKey::Unsupported,
            errors: &ErrorSchema::NONE,
            permissions: &[],
        }
    }
}

/// The body of an operation's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Body {
    /// No body and no `content-type` header. Body parameters are rejected.
    None,
    /// JSON of the media type `application/json`: an object of the body parameters, which is `{}`
    /// if there are none, or the value of one parameter.
    Json,
    /// JSON of another media type, such as `application/merge-patch+json`.
    JsonAs(&'static str),
    /// A form of the media type `application/x-www-form-urlencoded`.
    Form,
    /// Parts of the media type `multipart/form-data`, to which the client adds a boundary.
    Multipart,
    /// The text or the bytes of one parameter, of this media type.
    Raw(&'static str),
}

impl Body {
    /// Returns the media type, or `None` without a body.
    pub const fn media_type(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Json => Some("application/json"),
            Self::Form => Some("application/x-www-form-urlencoded"),
            Self::Multipart => Some("multipart/form-data"),
            Self::JsonAs(media_type) | Self::Raw(media_type) => Some(media_type),
        }
    }
}

/// The credentials that an operation's requests require.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthRequirement {
    /// The client's credentials, unless the request overrides them.
    Client,
    /// No credentials, unless the request provides them.
    None,
}

/// The support of an operation for idempotency keys, by which a server recognizes retries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdempotencyKey {
    /// No support. [`Operation::idempotent`] determines whether retries are safe.
    Unsupported,
    /// Sent in this header if the caller provides a key. A request with a key is retried, because
    /// the key promises that the server performs the request at most once.
    CallerProvided(&'static str),
    /// Sent in this header. If the caller provides no key, the client generates one for each call
    /// that it may retry. Keys are not generated on `wasm32-unknown-unknown`, which has no source
    /// of randomness.
    Generated(&'static str),
}

/// A permission that a call or one of its parameters requires.
///
/// The server checks it against the session in the request's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    param: Option<&'static str>,
    resource: &'static str,
    action: &'static str,
    self_resource: Option<&'static str>,
}

impl Permission {
    /// Creates a permission that the whole call requires.
    pub const fn call(resource: &'static str, action: &'static str) -> Self {
        Self { param: None, resource, action, self_resource: None }
    }

    /// Creates a permission that is required if `param` is sent.
    pub const fn param(param: &'static str, resource: &'static str, action: &'static str) -> Self {
        Self { param: Some(param), resource, action, self_resource: None }
    }

    /// Sets the resource that is checked instead when the caller acts on itself.
    #[must_use]
    pub const fn with_self_resource(mut self, resource: &'static str) -> Self {
        self.self_resource = Some(resource);
        self
    }

    /// Returns the parameter that requires the permission, or `None` if the whole call does.
    pub const fn of_param(&self) -> Option<&'static str> {
        self.param
    }

    /// Returns the resource.
    pub const fn resource(&self) -> &'static str {
        self.resource
    }

    /// Returns the action on the resource.
    pub const fn action(&self) -> &'static str {
        self.action
    }

    /// Returns the resource that is checked instead when the caller acts on itself.
    pub const fn self_resource(&self) -> Option<&'static str> {
        self.self_resource
    }
}
