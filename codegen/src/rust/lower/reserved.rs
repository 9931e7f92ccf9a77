//! The names that generated code uses in each scope.
//!
//! A name of the spec that is reserved gets a trailing underscore. Tests compare the lists with the emitted code, and
//! `codegen/tests/names.rs` compiles packages that use every name in every position.

use crate::rust::names::RustName;

use super::feature_names;

/// A scope that contains names of the spec and names of generated code.
#[derive(Clone, Copy, Debug)]
pub enum NameScope<'n> {
    /// The top-level resources: modules and features of the package, and methods of the client.
    Root { crate_name: &'n str },
    /// The operations and sub-resources of a resource: its modules, and methods of its handle.
    Resource { crate_name: &'n str },
    /// The handle and the types of a resource, the derived types of its operations, and the option groups.
    Types { with_error_code: bool },
    /// The variants of an enum or a union.
    Variants,
    /// The fields of a type or a response. `additional_fields` states whether the type has a field of that name for unknown
    /// keys.
    Fields { additional_fields: bool },
    /// The fields that methods of their type set.
    Setters { additional_fields: bool },
    /// The parameters and options that methods of a request builder set.
    Request,
    /// The parameters that methods of a URL builder set.
    UrlBuilder,
    /// The parameters of `Client::new`.
    Credentials,
    /// The methods of the builder of a client.
    ClientBuilder,
    /// A scope without names of generated code, such as positional parameters.
    Free,
}

/// The prelude of Rust 2024. Generated code uses its names without imports.
pub const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// The crates that generated code and its tests name by path. A module of the same name would shadow the crate.
pub const CRATES: &[&str] = &["alloc", "core", "serde_json", "std", "typefoundry_runtime"];

/// The modules of the root, `bin` (a folder that cargo reads) and `readme` (a page of the docs).
pub const ROOT_MODULES: &[&str] = &["bin", "client", "errors", "options", "readme", "request", "runtime"];

/// The methods of the client.
pub const CLIENT: &[&str] =
    &["builder", "clone", "from_env", "new", "public", "public_builder", "request", "url_request"];

/// The methods of a handle, and the modules of generated code in a resource.
pub const RESOURCE: &[&str] = &["clone", "new", "params", "requests", "types"];

/// The methods of a request builder. `params` is reserved for later versions.
pub const REQUEST: &[&str] = &[
    "clone",
    "into_future",
    "items",
    "maybe",
    "new",
    "options",
    "pages",
    "params",
    "retry",
    "send",
    "send_with_metadata",
    "stream",
    "timeout",
];

/// The methods of a URL builder. `params` is reserved for later versions.
pub const URL_BUILDER: &[&str] = &["clone", "maybe", "new", "params", "url"];

/// The methods of a type that users create.
pub const SETTERS: &[&str] = &["clone", "new"];

/// The variant for unknown values.
pub const VARIANTS: &[&str] = &["Unknown"];

/// The local variables of `Client::builder`.
pub const CREDENTIALS: &[&str] = &["base_url"];

/// The methods of the builder of a client.
pub const CLIENT_BUILDER: &[&str] = &[
    "access_token",
    "allow_plain_http",
    "attempt_timeout",
    "base_url",
    "blocking_transport",
    "build",
    "interceptor",
    "retry",
    "retry_budget",
    "server",
    "timeout",
    "token_url",
    "transport",
    "user_agent",
];

/// The type of the error codes, in a package whose spec lists codes.
pub const ERROR_CODE: &str = "ErrorCode";

const ADDITIONAL_FIELDS: &str = "additional_fields";

impl NameScope<'_> {
    /// Returns the name, with a trailing underscore if it is reserved.
    pub fn fit(self, name: RustName) -> RustName {
        if self.reserves(name.plain()) { name.suffixed() } else { name }
    }

    fn reserves(self, name: &str) -> bool {
        match self {
            Self::Root { crate_name } => {
                [ROOT_MODULES, CLIENT, CRATES].iter().any(|names| names.contains(&name))
                    || name == crate_name.replace('-', "_")
                    || feature_names::is_reserved(name)
            }
            Self::Resource { crate_name } => {
                RESOURCE.contains(&name) || CRATES.contains(&name) || name == crate_name.replace('-', "_")
            }
            Self::Types { with_error_code } => {
                PRELUDE.contains(&name) || (with_error_code && name == ERROR_CODE)
            }
            Self::Variants => VARIANTS.contains(&name),
            Self::Fields { additional_fields } => additional_fields && name == ADDITIONAL_FIELDS,
            Self::Setters { additional_fields } => {
                SETTERS.contains(&name) || (additional_fields && name == ADDITIONAL_FIELDS)
            }
            Self::Request => REQUEST.contains(&name),
            Self::UrlBuilder => URL_BUILDER.contains(&name),
            Self::Credentials => CREDENTIALS.contains(&name),
            Self::ClientBuilder => CLIENT_BUILDER.contains(&name),
            Self::Free => false,
        }
    }
}
