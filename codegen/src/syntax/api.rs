//! `api.yaml`: what holds for a whole API.

use schemars::JsonSchema;
use serde::Deserialize;

use super::common::{Entries, Spanned, Tree};
use super::resource::{EnumDecl, FieldDecl};
use super::rules;

/// The description of one API, `spec/<api>/api.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "API description")]
pub struct ApiDecl {
    /// What the API is for. Stands at the top of the package's docs.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// The vendor's page about the API.
    #[schemars(extend("pattern" = rules::URL))]
    pub docs_url: Option<Spanned<String>>,
    /// The manifest of the generated package.
    #[schemars(with = "PackageDecl")]
    pub package: Option<Spanned<PackageDecl>>,
    /// The values that a client is made with, in the order in which `Client::new` takes them.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub credentials: Entries<CredentialDecl>,
    /// Where requests go. The first server whose `when` holds is taken; the one without `when` is the last resort.
    #[schemars(with = "Entries<ServerDecl>", extend("propertyNames" = rules::names(), "minProperties" = 1))]
    pub servers: Option<Spanned<Entries<ServerDecl>>>,
    /// How a request proves who sends it.
    pub auth: Option<Spanned<AuthDecl>>,
    /// Groups of per-request headers, which operations name under `options`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub options: Entries<OptionGroupDecl>,
    /// The fields that every response carries.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub envelope: Entries<FieldDecl>,
    /// Where an error body keeps what, as dotted paths, and the codes that are known.
    pub errors: Option<Spanned<ErrorsDecl>>,
    /// What a client must know to repeat calls.
    pub retry: Option<Spanned<RetryDecl>>,
    /// The ways to go from page to page, which operations name under `paginate`.
    #[serde(default)]
    #[schemars(extend("propertyNames" = rules::names()))]
    pub pagination: Entries<PaginationDecl>,
}

/// The manifest of the generated package.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Package")]
pub struct PackageDecl {
    /// The name under which the package is published.
    #[schemars(extend("pattern" = rules::PACKAGE))]
    pub name: Spanned<String>,
    /// The version, as cargo reads it.
    #[schemars(extend("pattern" = rules::VERSION))]
    pub version: Spanned<String>,
    /// One line for the package's page.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// At most five words that people search for.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub keywords: Vec<Spanned<String>>,
    /// Categories of the package registry.
    #[serde(default)]
    pub categories: Vec<Spanned<String>>,
    /// Where the source is kept.
    #[schemars(extend("pattern" = rules::URL))]
    pub repository: Option<Spanned<String>>,
    /// The operation that the README shows first, such as `users.create`; one that looks simple when left out.
    #[schemars(extend("pattern" = rules::OPERATION))]
    pub first_call: Option<Spanned<String>>,
}

/// A value that the client is made with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Credential")]
pub struct CredentialDecl {
    /// `secret` for what must never be shown; `string` when left out.
    #[serde(rename = "type", default)]
    pub kind: CredentialKind,
    /// What it is and where one gets it.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// The environment variable that `Client::from_env` reads.
    #[schemars(extend("pattern" = rules::VARIABLE))]
    pub env: Spanned<String>,
    /// A made-up value for examples.
    pub example: Option<Spanned<String>>,
}

/// How a credential is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Kind of a credential")]
pub enum CredentialKind {
    /// May be shown.
    #[default]
    String,
    /// Is never shown.
    Secret,
    /// Is never shown, and a public client is made without it.
    #[serde(rename = "secret?")]
    OptionalSecret,
}

/// One host that serves the API.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Server")]
pub struct ServerDecl {
    /// The base URL, without a slash at its end.
    #[schemars(extend("pattern" = rules::BASE_URL))]
    pub url: Spanned<String>,
    /// What the server is for.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// When it is taken. One server of the API has no such condition.
    pub when: Option<ConditionDecl>,
}

/// A condition on a credential.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Condition on a credential")]
pub struct ConditionDecl {
    /// The credential's name.
    pub credential: Spanned<String>,
    /// The prefix that it must have.
    pub starts_with: Spanned<String>,
}

/// How a request proves who sends it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Authentication")]
pub enum AuthDecl {
    /// It does not.
    None,
    /// HTTP basic authentication from two credentials.
    Basic(BasicDecl),
    /// A bearer token from one credential.
    Bearer(BearerDecl),
}

/// The credentials of basic authentication.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Basic authentication")]
pub struct BasicDecl {
    /// The credential that is the user name.
    pub username: Spanned<String>,
    /// The credential that is the password.
    pub password: Spanned<String>,
}

/// The credential of bearer authentication.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Bearer authentication")]
pub struct BearerDecl {
    /// The credential that is the token.
    pub token: Spanned<String>,
}

/// A group of per-request headers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Option group")]
pub struct OptionGroupDecl {
    /// What a caller does with the group.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// The headers, by the name that the request builder gives them.
    #[schemars(extend("propertyNames" = rules::names()))]
    pub headers: Entries<HeaderDecl>,
}

/// One per-request header.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Option header")]
pub struct HeaderDecl {
    /// The name on the wire.
    #[schemars(extend("pattern" = rules::HEADER))]
    pub header: Spanned<String>,
    /// The type of its value: a scalar.
    #[serde(rename = "type")]
    #[schemars(extend("pattern" = rules::TYPE))]
    pub ty: Spanned<String>,
    /// What it does.
    #[schemars(required, extend("pattern" = rules::TEXT))]
    pub doc: Option<Spanned<String>>,
    /// A made-up value for examples.
    pub example: Option<Tree>,
}

/// Where an error body keeps what, each as one dotted path or a list of paths, tried in order; and the codes that are known.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Error bodies")]
pub struct ErrorsDecl {
    /// The word that tells errors apart.
    pub code: Option<Paths>,
    /// What that word is known to be, as an `enum`: a list of codes, or a map from code to its details.
    pub codes: Option<Spanned<EnumDecl>>,
    /// The sentence for people.
    pub message: Option<Paths>,
    /// The page about the error.
    pub url: Option<Paths>,
    /// Whatever else the error carries.
    pub details: Option<Paths>,
    /// The id under which support finds the request.
    pub request_id: Option<Paths>,
}

/// What a client must know to repeat calls.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Retries")]
pub struct RetryDecl {
    /// Statuses after which the same call may well succeed, besides 408, 429, 500, 502, 503 and 504.
    #[serde(default)]
    pub additional_statuses: Vec<Spanned<u64>>,
    /// The header of a group of options, as `group.header`, under whose value the server carries a call out once only.
    pub idempotency_key: Option<Spanned<String>>,
}

/// One dotted path or several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a dotted path or a list of dotted paths")]
#[schemars(title = "Dotted path, or several")]
pub enum Paths {
    /// One path.
    One(String),
    /// Several, tried in order.
    Several(Vec<String>),
}

impl Paths {
    /// The paths in order.
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(path) => vec![path.clone()],
            Self::Several(paths) => paths.clone(),
        }
    }
}

/// A way to go from page to page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Pagination style")]
pub struct PaginationDecl {
    /// The param that takes the cursor.
    pub cursor_param: Spanned<String>,
    /// The param that takes the size of a page.
    pub limit_param: Option<Spanned<String>>,
    /// The dotted path in the response to the cursor of the next page; absent or empty on the last.
    pub next_cursor: Spanned<String>,
    /// The param that takes the cursor of a page before this one.
    pub previous_cursor_param: Option<Spanned<String>>,
    /// The dotted path in the response to the cursor of the page before; absent or empty on the first.
    pub previous_cursor: Option<Spanned<String>>,
    /// The dotted path in the response to the number of items over all pages.
    pub total: Option<Spanned<String>>,
}
