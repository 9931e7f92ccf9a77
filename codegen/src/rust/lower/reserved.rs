//! The names that generated code keeps for itself, and for what.

/// Some names of one scope, with the reason.
pub(super) struct Reserved {
    pub(super) names: &'static [&'static str],
    /// Reads on from "is kept for".
    pub(super) why: &'static str,
}

const CLONE: Reserved = Reserved { names: &["clone"], why: "cloning a value" };

/// In the root of the package: its modules, the methods of the client and the features share these names.
pub(super) const ROOT: &[Reserved] = &[
    Reserved { names: &["client", "errors", "options", "runtime"], why: "a module of the package" },
    Reserved {
        names: &["new", "from_env", "builder", "public", "public_builder", "request"],
        why: "a method of the client",
    },
    Reserved { names: &["readme"], why: "a page of the docs" },
    Reserved { names: &["bin"], why: "a folder that cargo looks into" },
    Reserved { names: &["typefoundry_runtime"], why: "the crate that the package calls" },
    CLONE,
];

/// The methods of a handle, which are its modules as well.
pub(super) const HANDLE: &[Reserved] = &[
    Reserved { names: &["new"], why: "making a handle" },
    Reserved { names: &["types"], why: "a module of every resource" },
    CLONE,
];

/// The methods of a request builder, those of later versions included.
pub(super) const REQUEST_BUILDER: &[Reserved] = &[
    Reserved {
        names: &[
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
        ],
        why: "a method of every request builder",
    },
    CLONE,
];

/// The methods of what builds a URL.
pub(super) const URL_BUILDER: &[Reserved] = &[
    Reserved { names: &["maybe", "new", "params", "url"], why: "a method of everything that builds a URL" },
    CLONE,
];

/// The setters of an object type.
pub(super) const SETTERS: &[Reserved] = &[Reserved { names: &["new"], why: "making a value" }, CLONE];

/// The fields of a type that keeps unknown keys.
pub(super) const REST: &[Reserved] =
    &[Reserved { names: &["rest"], why: "the keys that the type does not know" }];

/// The variants of an enum.
pub(super) const VARIANTS: &[Reserved] =
    &[Reserved { names: &["Unknown"], why: "values that are not known yet" }];

/// Types and traits that generated code uses without an import. Those it does import get out of the way by themselves.
pub(super) const TYPES: &[Reserved] = &[Reserved {
    names: &[
        "AsRef",
        "Box",
        "Clone",
        "Debug",
        "Default",
        "Err",
        "From",
        "Into",
        "IntoIterator",
        "Iterator",
        "None",
        "Ok",
        "Option",
        "Result",
        "Some",
        "String",
        "Vec",
    ],
    why: "Rust's own prelude",
}];

/// The types of an API whose error codes are known.
pub(super) const TYPES_BESIDE_CODES: &[Reserved] =
    &[Reserved { names: &[super::ERROR_CODE], why: "the codes of errors" }];

/// What the functions that take the credentials call their other values.
pub(super) const CREDENTIALS: &[Reserved] =
    &[Reserved { names: &["base_url"], why: "the URL that the client calls" }];
