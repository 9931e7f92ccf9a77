//! Static data of an API and its operations, declared as constants in generated code.
//!
//! Uses no other module.

mod error_schema;
mod auth_scheme;
mod descriptor;
mod api_info;

pub use self::api_info::ApiInfo;
pub use self::auth_scheme::AuthScheme;
pub use self::descriptor::{AuthRequirement, Body, IdempotencyKey, Method, Operation, Permission};
pub use self::error_schema::ErrorSchema;

pub(crate) use self::auth_scheme::AuthPlacement;
