//! Declarations of `api.yaml`: the settings of a whole API.

use schemars::JsonSchema;
use serde::Deserialize;

use super::auth::AuthDecl;
use super::common::{Entries, Lenient, Spanned, SpannedValue};
use super::field::FieldDecl;
use super::resource::EnumDecl;
use super::rules;

/// The settings of an API, `spec/<api>/api.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "API description")]
pub struct ApiDecl {
    /// Description of the API. Begins the docs of the package.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Page with the documentation of the API.
    #[schemars(extend("pattern" = rules::URL))]
    pub docs_url: Option<Spanned<String>>,
    /// Whether every item requires a `doc`. Default: `required`.
    #[schemars(with = "Option<DocsDecl>")]
    pub docs: Option<Lenient<DocsDecl>>,
    /// Manifest of the generated package.
    #[schemars(with = "PackageDecl")]
    pub package: Option<Spanned<PackageDecl>>,
    /// Values that a client is created with, in the order of the arguments of `Client::new`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub credentials: Entries<CredentialDecl>,
    /// Servers of the API. The first server whose `when` matches is used; the first server without `when` is the default.
    #[schemars(with = "Entries<ServerDecl>", extend("propertyNames" = rules::names(), "minProperties" = 1))]
    pub servers: Option<Spanned<Entries<ServerDecl>>>,
    /// Authentication of requests. Default: `none`.
    pub auth: Option<Spanned<AuthDecl>>,
    /// Parameters that operations share. An operation takes one with `name: shared`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub params: Entries<FieldDecl>,
    /// Groups of optional request headers, which operations list under `options`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub options: Entries<OptionGroupDecl>,
    /// Fields that every response contains.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub envelope: Entries<FieldDecl>,
    /// Locations of the standard fields in an error body, and the known error codes.
    pub errors: Option<Spanned<ErrorsDecl>>,
    /// Retry rules in addition to those of every client.
    pub retry: Option<Spanned<RetryDecl>>,
    /// Pagination styles, which operations select with `paginate`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub pagination: Entries<PaginationDecl>,
}

/// The rule for missing docs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Docs")]
pub enum DocsDecl {
    /// A missing `doc` is an error.
    Required,
    /// An item can lack a `doc`.
    Optional,
}

/// The manifest of the generated package.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Package")]
pub struct PackageDecl {
    /// Package name: lowercase letters, digits, `-` and `_`.
    #[schemars(extend("pattern" = rules::PACKAGE))]
    pub name: Spanned<String>,
    /// Semantic version, such as `1.0.0`.
    #[schemars(extend("pattern" = rules::VERSION))]
    pub version: Spanned<String>,
    /// One-line summary for the package registry.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// At most 5 search terms of at most 20 characters each.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub keywords: Vec<Spanned<String>>,
    /// At most 5 category slugs of the package registry, such as `api-bindings`.
    #[serde(default)]
    pub categories: Vec<Spanned<String>>,
    /// URL of the source repository.
    #[schemars(extend("pattern" = rules::URL))]
    pub repository: Option<Spanned<String>>,
    /// First operation that the README and the front page of the docs show, such as `users.create`. Default: a simple operation.
    #[schemars(extend("pattern" = rules::OPERATION))]
    pub first_call: Option<Spanned<String>>,
    /// Operations of a sign-in, in the order of the calls. The front page of the docs shows them.
    #[serde(default)]
    #[schemars(inner(regex(pattern = rules::OPERATION)))]
    pub sign_in: Vec<Spanned<String>>,
}

/// A value that a client is created with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Credential")]
pub struct CredentialDecl {
    /// `secret` hides the value in logs and errors; `secret?` is a secret that public clients lack. Default: `string`.
    #[serde(rename = "type", default)]
    pub kind: CredentialKind,
    /// Meaning of the credential, and where to obtain it.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Environment variable that `Client::from_env` reads. Each credential needs its own.
    #[schemars(extend("pattern" = rules::VARIABLE))]
    pub env: Spanned<String>,
    /// Example value.
    pub example: Option<Spanned<String>>,
}

/// The visibility of a credential.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Kind of a credential")]
pub enum CredentialKind {
    /// A value that logs and errors can contain.
    #[default]
    String,
    /// A value that is hidden in logs and errors.
    Secret,
    /// A hidden value that public clients lack.
    #[serde(rename = "secret?")]
    OptionalSecret,
}

/// A server of the API.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Server")]
pub struct ServerDecl {
    /// Base URL, such as `https://api.acme.test`, without a trailing slash. It can contain variables, such as `{tenant}`.
    #[schemars(extend("pattern" = rules::BASE_URL))]
    pub url: Spanned<String>,
    /// Purpose of the server.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Condition that selects the server. The first server without a condition is the default.
    pub when: Option<ConditionDecl>,
    /// Variables in the URL, by name.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub variables: Entries<ServerVariableDecl>,
}

/// A variable in the URL of a server. Without a `default`, it is an argument of `Client::new`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Server variable")]
pub struct ServerVariableDecl {
    /// Meaning of the variable, as a noun phrase.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Value that is used unless the caller sets another.
    pub default: Option<Spanned<String>>,
    /// Allowed values. Default: any value that does not change another part of the URL.
    #[serde(rename = "enum")]
    pub values: Option<Vec<Spanned<String>>>,
    /// Environment variable that `Client::from_env` reads. Required without a `default`.
    #[schemars(extend("pattern" = rules::VARIABLE))]
    pub env: Option<Spanned<String>>,
    /// Example value.
    pub example: Option<Spanned<String>>,
}

/// A condition on a credential.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Condition on a credential")]
pub struct ConditionDecl {
    /// Name of the credential.
    pub credential: Spanned<String>,
    /// Prefix of the value of the credential.
    pub starts_with: Spanned<String>,
}

/// A group of optional request headers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Option group")]
pub struct OptionGroupDecl {
    /// Noun phrase that describes the group. Becomes the doc of a struct and introduces the section "Options".
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Headers, by the name of their method on the request builder.
    #[schemars(extend("propertyNames" = rules::names()))]
    pub headers: Entries<HeaderDecl>,
}

/// An optional request header.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Option header")]
pub struct HeaderDecl {
    /// Header name in the request.
    #[schemars(extend("pattern" = rules::HEADER))]
    pub header: Spanned<String>,
    /// Type of the value: text, a number, a boolean or a time.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = rules::TYPE))]
    pub ty: Spanned<String>,
    /// Meaning of the value.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// Example value.
    pub example: Option<SpannedValue>,
}

/// The locations of the standard fields in an error body, and the known error codes.
///
/// Each location is a dotted path, or a list of paths that are tried in order.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Error bodies")]
pub struct ErrorsDecl {
    /// Path to the machine-readable error code.
    pub code: Option<Paths>,
    /// Known error codes, as a list or as a map from code to details. Requires `code`.
    pub codes: Option<Spanned<EnumDecl>>,
    /// Path to the human-readable message.
    pub message: Option<Paths>,
    /// Path to the URL of the documentation of the error.
    pub url: Option<Paths>,
    /// Path to further information about the error.
    pub details: Option<Paths>,
    /// Path to the request ID for support.
    pub request_id: Option<Paths>,
}

/// Retry rules in addition to those of every client.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Retries")]
pub struct RetryDecl {
    /// Transient statuses from 400 to 599, in addition to 408, 429, 500, 502, 503 and 504.
    #[serde(default)]
    pub additional_statuses: Vec<Spanned<u64>>,
    /// Option header for the idempotency key, as `group.header`.
    ///
    /// A request with a key is retried, whatever its method.
    pub idempotency_key: Option<Spanned<String>>,
}

/// A dotted path, or a list of dotted paths.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a dotted path or a list of dotted paths")]
#[schemars(title = "Dotted path, or several")]
pub enum Paths {
    /// A path.
    One(String),
    /// Paths that are tried in order.
    Several(Vec<String>),
}

impl Paths {
    /// Returns the paths in order.
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(path) => vec![path.clone()],
            Self::Several(paths) => paths.clone(),
        }
    }
}

/// A pagination style. Its kind follows from its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Pagination style", transform = rules::one_position)]
pub struct PaginationDecl {
    /// Parameter for the cursor. Requires `next_cursor` or `item_cursor`.
    pub cursor_param: Option<Spanned<String>>,
    /// Dotted path in the response to the cursor of the next page. Absent, null or empty on the last page.
    pub next_cursor: Option<Spanned<String>>,
    /// Dotted path in an item to its cursor. The cursor of the last item requests the next page.
    pub item_cursor: Option<Spanned<String>>,
    /// Parameter for the number of the page.
    pub page_param: Option<Spanned<String>>,
    /// Parameter for the number of items before the page.
    pub offset_param: Option<Spanned<String>>,
    /// Dotted path in the response to the URL of the next page. Absent, null or empty on the last page.
    pub next_url: Option<Spanned<String>>,
    /// Whether the URL of the next page is in the `Link` header.
    pub link_header: Option<Spanned<bool>>,
    /// Number or offset of the first page. Default: 1 for `page_param`, 0 for `offset_param`.
    pub first: Option<Spanned<i64>>,
    /// Parameter for the page size.
    pub limit_param: Option<Spanned<String>>,
    /// Parameter for the cursor of the previous page. Requires `previous_cursor`.
    pub previous_cursor_param: Option<Spanned<String>>,
    /// Dotted path in the response to the cursor of the previous page. Absent, null or empty on the first page.
    pub previous_cursor: Option<Spanned<String>>,
    /// Dotted path in the response to the number of items on all pages.
    pub total: Option<Spanned<String>>,
    /// Dotted path in the response to the number of pages.
    pub total_pages: Option<Spanned<String>>,
    /// Dotted path in the response to a boolean: whether a further page exists.
    pub has_more: Option<Spanned<String>>,
    /// Whether a page with fewer items than `limit_param` is the last one. Default: `false`.
    pub short_page_is_last: Option<Spanned<bool>>,
}
