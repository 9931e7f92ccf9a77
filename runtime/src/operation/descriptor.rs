//! What is known of an operation before it is called.

use super::error_schema::ErrorSchema;

/// The method of an HTTP request.
pub use http::Method;

/// The descriptor of one operation. It is built in a `const` and says nothing of any one call.
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
    /// What body its requests carry.
    pub body: Body,
    /// Whose credentials its requests carry.
    pub auth: AuthRequirement,
    /// Whether its server may see a request twice without harm, be there a key or not.
    pub idempotent: bool,
    /// How its server knows a call that it has seen before.
    pub idempotency_key: IdempotencyKey,
    /// Where error bodies keep what.
    pub errors: &'static ErrorSchema,
    /// The permissions that the call and its params need.
    pub permissions: &'static [Permission],
}

impl Operation {
    /// Describes an operation that needs no permission and whose error bodies say nothing.
    ///
    /// Its requests carry the client's credentials, and a JSON body where the method is POST, PUT or PATCH. They are
    /// repeatable where it is GET, HEAD, OPTIONS, PUT or DELETE.
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        let body = match method {
            Method::POST | Method::PUT | Method::PATCH => Body::Json,
            _ => Body::None,
        };
        let idempotent =
            matches!(method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE);
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

/// What body the requests of an operation carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Body {
    /// No body, and no `content-type`. A param for the body is refused.
    None,
    /// A JSON object of the params for the body: `{}` where none is given.
    Json,
}

/// Whose credentials the requests of an operation carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthRequirement {
    /// The client's own, unless the request brings others.
    Client,
    /// None but those that the request brings, if it does.
    None,
}

/// How the server of an operation knows a call that it has seen before, so that it does nothing twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdempotencyKey {
    /// Not at all. Whether it does harm to send a request twice, [`Operation::idempotent`] says.
    Unsupported,
    /// By the value of this header, if the caller gives one. A request with a key is retried: its caller states that
    /// the server performs it once.
    CallerProvided(&'static str),
    /// By the value of this header. Where the caller gives none, the client makes one for each call that it may have to
    /// repeat (not on `wasm32-unknown-unknown`, which has no source of chance).
    Generated(&'static str),
}

/// A permission that a call, or one param of it, needs.
///
/// Servers check these for the session named in the request's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    param: Option<&'static str>,
    resource: &'static str,
    action: &'static str,
    when_self: Option<&'static str>,
}

impl Permission {
    /// The permission that the call as a whole needs.
    pub const fn call(resource: &'static str, action: &'static str) -> Self {
        Self { param: None, resource, action, when_self: None }
    }

    /// The permission that giving `param` needs.
    pub const fn param(param: &'static str, resource: &'static str, action: &'static str) -> Self {
        Self { param: Some(param), resource, action, when_self: None }
    }

    /// Names the resource that counts instead when the caller acts on itself.
    #[must_use]
    pub const fn when_self(mut self, resource: &'static str) -> Self {
        self.when_self = Some(resource);
        self
    }

    /// The param this is about; `None` when it is about the whole call.
    pub const fn of_param(&self) -> Option<&'static str> {
        self.param
    }

    /// The resource acted on.
    pub const fn resource(&self) -> &'static str {
        self.resource
    }

    /// The action taken.
    pub const fn action(&self) -> &'static str {
        self.action
    }

    /// The resource that counts instead when the caller acts on itself.
    pub const fn self_resource(&self) -> Option<&'static str> {
        self.when_self
    }
}
