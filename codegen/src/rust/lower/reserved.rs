//! The names of each scope that generated code needs for itself.
//!
//! A name of the spec that is among them takes a trailing underscore. The tests compare the lists with what the emitters
//! emit, and `codegen/tests/names.rs` compiles packages that use every name in every position.

use crate::rust::names::RustName;

use super::feature_names;

/// A scope in which names of the spec and names of generated code meet.
#[derive(Clone, Copy, Debug)]
pub enum NameScope<'n> {
    /// Top-level resources: modules and features of the package, methods of the client.
    Root { crate_name: &'n str },
    /// Operations and sub-resources: modules of a resource, methods of its handle.
    Resource { crate_name: &'n str },
    /// The handle, the types of a resource, those of its operations, and the groups of options.
    Types { with_error_code: bool },
    /// The variants of an enum or a union.
    Variants,
    /// The fields of a type or a response. `rest` says whether the type keeps unknown keys in a field of that name.
    Fields { rest: bool },
    /// Fields that are set by methods of their type.
    Setters { rest: bool },
    /// Params and options that are set by methods of a request builder.
    Request,
    /// Params that are set by methods of a URL builder.
    UrlBuilder,
    /// The arguments of `Client::new`.
    Credentials,
    /// Scopes without names of generated code: positional params.
    Free,
}

/// The prelude of Rust 2024, whose names generated code uses without an import.
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

/// Crates that generated code and its tests name by a path. A module of that name would hide the crate.
pub const CRATES: &[&str] = &["alloc", "core", "serde_json", "std", "typefoundry_runtime"];

/// The modules of the root; `bin`, a folder below `src` that cargo reads; and `readme`, a page of the docs.
pub const ROOT_MODULES: &[&str] = &["bin", "client", "errors", "options", "readme", "runtime"];

/// The methods of the client.
pub const CLIENT: &[&str] =
    &["builder", "clone", "from_env", "new", "public", "public_builder", "request", "url_request"];

/// The methods of a handle, and the module of the types of a resource.
pub const RESOURCE: &[&str] = &["clone", "new", "types"];

/// The methods of a request builder. `options` and `params` are kept for later versions.
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
    "send_raw",
    "timeout",
];

/// The methods of a URL builder. `params` is kept for later versions.
pub const URL_BUILDER: &[&str] = &["clone", "maybe", "new", "params", "url"];

/// The methods of a type whose values users make.
pub const SETTERS: &[&str] = &["clone", "new"];

/// The variant for values that are not known.
pub const VARIANTS: &[&str] = &["Unknown"];

/// The local variables of `Client::builder`.
pub const CREDENTIALS: &[&str] = &["base_url"];

/// The type of the error codes, in a package that lists any.
pub const ERROR_CODE: &str = "ErrorCode";

const REST: &str = "rest";

impl NameScope<'_> {
    /// The name, with a trailing underscore where generated code needs it.
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
            Self::Fields { rest } => rest && name == REST,
            Self::Setters { rest } => SETTERS.contains(&name) || (rest && name == REST),
            Self::Request => REQUEST.contains(&name),
            Self::UrlBuilder => URL_BUILDER.contains(&name),
            Self::Credentials => CREDENTIALS.contains(&name),
            Self::Free => false,
        }
    }
}
