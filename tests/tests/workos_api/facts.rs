//! The 109 operations according to the vendor's documentation: an independent check of the spec.
//!
//! The table was written without looking at the spec or the generated code, with two exceptions. The first column has
//! the operation names of the package. The operations that accept an idempotency key are those of the spec, because the
//! vendor accepts that header everywhere. Every case is compared with its row, and every row must have its cases.

mod operations;

use std::fs;
use std::path::Path;

use typefoundry_tests::{Extent, matches_route, sorted};

use operations::OPERATIONS;

/// An operation according to the vendor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// The method and the path. Names in braces are parameters.
    pub(crate) route: &'static str,
    pub(crate) credentials: Credentials,
    /// Whether the operation builds a URL and sends no request.
    pub(crate) is_url: bool,
    /// Whether the operation accepts an idempotency key.
    pub(crate) is_idempotent: bool,
    pub(crate) query: Params,
    /// The parameters of the JSON body, if there is one.
    pub(crate) body: Option<Params>,
    /// The status of a success.
    pub(crate) status: u16,
}

/// The credentials of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    ApiKey,
    /// The access token of a user, passed with the call.
    Token,
    None,
}

/// The required and the optional parameters of one location.
///
/// A term is a name, `a+b` for parameters that belong together, `a|b` for alternatives, or `a=v` for a parameter with
/// a constant value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Params {
    required: &'static str,
    optional: &'static str,
}

impl Params {
    const NONE: Self = Self { required: "", optional: "" };

    /// Checks that these are all parameters that a request of this extent has.
    pub(crate) fn check(&self, extent: Extent, found: &[(String, String)]) {
        let optional = if extent == Extent::Everything { self.optional } else { "" };
        let mut left = found.to_vec();
        for term in self.required.split_whitespace().chain(optional.split_whitespace()) {
            let mut choices = term.split('|').filter(|choice| take(choice, &mut left));
            assert!(choices.next().is_some(), "{term} is missing in {found:?}");
            assert_eq!(choices.next(), None, "{found:?}");
        }
        assert!(left.is_empty(), "unexpected parameters: {left:?}");
    }
}

/// Removes the parameters of one alternative if all of them are present.
fn take(choice: &str, found: &mut Vec<(String, String)>) -> bool {
    let is = |param: &str, (name, value): &(String, String)| match param.split_once('=') {
        Some((param, expected)) => param == name && expected == value,
        None => param == name,
    };
    let all = choice.split('+').all(|param| found.iter().any(|pair| is(param, pair)));
    if all {
        found.retain(|pair| !choice.split('+').any(|param| is(param, pair)));
    }
    all
}

impl Operation {
    pub(crate) fn named(name: &str) -> &'static Self {
        OPERATIONS.iter().find(|operation| operation.name == name).expect(name)
    }

    const fn open(self) -> Self {
        Self { credentials: Credentials::None, ..self }
    }

    const fn with_token(self) -> Self {
        Self { credentials: Credentials::Token, ..self }
    }

    const fn url(self) -> Self {
        Self { is_url: true, ..self.open() }
    }

    const fn required_query(self, required: &'static str) -> Self {
        Self { query: Params { required, ..self.query }, ..self }
    }

    const fn optional_query(self, optional: &'static str) -> Self {
        Self { query: Params { optional, ..self.query }, ..self }
    }

    const fn sends(self, required: &'static str, optional: &'static str) -> Self {
        Self { body: Some(Params { required, optional }), ..self }
    }

    const fn idempotent(self) -> Self {
        Self { is_idempotent: true, ..self }
    }

    const fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }
}

const fn row(name: &'static str, route: &'static str) -> Operation {
    Operation {
        name,
        route,
        credentials: Credentials::ApiKey,
        is_url: false,
        is_idempotent: false,
        query: Params::NONE,
        body: None,
        status: 200,
    }
}

/// Each operation is called twice, and none can be forgotten.
#[test]
fn every_operation_has_its_cases() {
    let files = [
        crate::auth_factors::COVERED,
        crate::authentication::COVERED,
        crate::authentication_sessions::COVERED,
        crate::authentication_urls::COVERED,
        crate::authkit_oauth_resources::COVERED,
        crate::cors_origins::COVERED,
        crate::data_providers::COVERED,
        crate::groups::COVERED,
        crate::invitations::COVERED,
        crate::jwt_template::COVERED,
        crate::magic_auth::COVERED,
        crate::memberships::COVERED,
        crate::multi_factor_auth::COVERED,
        crate::organization_domains::COVERED,
        crate::organizations::COVERED,
        crate::organizations_api_keys::COVERED,
        crate::organizations_authorized_applications::COVERED,
        crate::organizations_feature_flags::COVERED,
        crate::organizations_it_contacts::COVERED,
        crate::redirect_uris::COVERED,
        crate::session_tokens::COVERED,
        crate::sso::COVERED,
        crate::users::COVERED,
        crate::users_api_keys::COVERED,
        crate::users_authorized_applications::COVERED,
        crate::users_emails::COVERED,
        crate::users_feature_flags::COVERED,
        crate::users_lists::COVERED,
        crate::users_passwords::COVERED,
        crate::waitlists::COVERED,
    ];
    assert_eq!(sorted(files.concat().into_iter()), sorted(names()));
}

/// The operations of the package are exactly those of the table.
#[test]
fn every_operation_of_the_package_is_in_the_table() {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the variable for tests");
    let source = Path::new(&folder).join("../generated/workos-api/src");
    let mut found = Vec::new();
    collect_names(&source, &mut found);
    assert_eq!(sorted(found.iter().map(String::as_str)), sorted(names()));
}

/// A case that matches two rows would prove less than it states.
#[test]
fn no_two_operations_share_a_route() {
    for operation in &OPERATIONS {
        let line = operation.route.replace(['{', '}'], "");
        let words = |other: &Operation| other.body.map(|body| body.required);
        let is_same = |other: &&Operation| {
            matches_route(other.route, &line)
                && other.is_url == operation.is_url
                && words(other) == words(operation)
        };
        let fitting = OPERATIONS.iter().filter(is_same);
        assert_eq!(fitting.map(|other| other.name).collect::<Vec<_>>(), [operation.name]);
    }
}

fn names() -> impl Iterator<Item = &'static str> {
    OPERATIONS.iter().map(|operation| operation.name)
}

/// Collects the operation names in the descriptors of all files below a directory.
fn collect_names(directory: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect_names(&path, names);
            continue;
        }
        let text = fs::read_to_string(&path).expect("Rust");
        let descriptor = text.split_once("const OPERATION: Operation = Operation {");
        let name = descriptor.and_then(|(_, fields)| fields.split('"').nth(1));
        names.extend(name.map(str::to_owned));
    }
}
