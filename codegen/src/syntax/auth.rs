//! Declarations of authentication, of a whole API and of single operations.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

use super::common::{Entries, OneOrList, Spanned};
use super::rules;

/// The authentication of requests: one scheme, or a list of schemes that are sent together.
#[derive(Debug)]
pub struct AuthDecl(pub Vec<Spanned<SchemeDecl>>);

impl<'de> Deserialize<'de> for AuthDecl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        OneOrList::deserialize(deserializer).map(|OneOrList(schemes)| Self(schemes))
    }
}

impl JsonSchema for AuthDecl {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AuthDecl".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let scheme = generator.subschema_for::<SchemeDecl>();
        schemars::json_schema!({
            "description": "A scheme, or a list of schemes that are sent together.",
            "title": "Authentication",
            "anyOf": [scheme, { "type": "array", "items": scheme, "minItems": 1 }],
        })
    }
}

/// An authentication scheme.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(title = "Authentication scheme")]
pub enum SchemeDecl {
    /// No credentials are sent.
    None,
    /// HTTP basic authentication with two credentials.
    Basic(BasicDecl),
    /// A bearer token.
    Bearer(BearerDecl),
    /// A credential in a header, the query or a cookie.
    ApiKey(ApiKeyDecl),
    /// A bearer token that the client fetches with its credentials (OAuth 2).
    ClientCredentials(ClientCredentialsDecl),
    /// Alternatives. The first one whose credentials the client has is sent.
    AnyOf(Vec<Spanned<AuthDecl>>),
}

impl AuthDecl {
    /// Returns the schemes, with those of all alternatives in place of `any_of`.
    pub fn parts(&self) -> Vec<&SchemeDecl> {
        let parts = self.0.iter().flat_map(|scheme| match &scheme.value {
            SchemeDecl::AnyOf(alternatives) => alternatives.iter().flat_map(|it| it.value.parts()).collect(),
            scheme => vec![scheme],
        });
        parts.collect()
    }

    /// Returns the schemes that are not alternatives.
    pub fn plain(&self) -> impl Iterator<Item = &SchemeDecl> {
        self.0.iter().map(|it| &it.value).filter(|scheme| !matches!(scheme, SchemeDecl::AnyOf(_)))
    }
}

impl SchemeDecl {
    /// Returns the names of the credentials that the scheme uses itself.
    pub fn credentials(&self) -> Vec<&str> {
        match self {
            Self::None | Self::AnyOf(_) => Vec::new(),
            Self::Basic(basic) => vec![&basic.username.value, &basic.password.value],
            Self::Bearer(bearer) => vec![&bearer.token.value],
            Self::ApiKey(key) => vec![&key.credential.value],
            Self::ClientCredentials(decl) => vec![&decl.client_id.value, &decl.client_secret.value],
        }
    }
}

/// The credentials of HTTP basic authentication.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Basic authentication")]
pub struct BasicDecl {
    /// Credential that is sent as the user name.
    pub username: Spanned<String>,
    /// Credential that is sent as the password.
    pub password: Spanned<String>,
}

/// The credential of bearer authentication.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Bearer authentication")]
pub struct BearerDecl {
    /// Credential that is sent as the token.
    pub token: Spanned<String>,
}

/// The credential and the location of an API key.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "API key")]
pub struct ApiKeyDecl {
    /// Credential that is sent.
    pub credential: Spanned<String>,
    /// Location in the request. Default: `header`.
    #[serde(rename = "in")]
    pub location: Option<Spanned<KeyLocationDecl>>,
    /// Name of the header, query parameter or cookie.
    #[schemars(extend("pattern" = rules::TEXT))]
    pub wire_name: Spanned<String>,
    /// Text before the credential in a header, such as `Token ` with its space.
    pub prefix: Option<Spanned<String>>,
}

/// The credentials and the token URL of OAuth 2 client credentials.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Client credentials")]
pub struct ClientCredentialsDecl {
    /// Credential that is sent as the client ID.
    pub client_id: Spanned<String>,
    /// Credential that is sent as the client secret.
    pub client_secret: Spanned<String>,
    /// URL that issues tokens, or a path below the base URL.
    #[schemars(extend("pattern" = rules::TOKEN_URL))]
    pub token_url: Spanned<String>,
    /// Requested scopes. Default: those that the server selects.
    #[serde(default)]
    pub scopes: Vec<Spanned<String>>,
    /// Location of the credentials in the token request. Default: `header`, as HTTP basic authentication.
    #[serde(rename = "in")]
    pub location: Option<Spanned<CredentialsLocationDecl>>,
    /// Further parameters of the token request, such as `audience`.
    #[serde(default)]
    pub params: Entries<String>,
}

/// The location of client credentials in the token request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Location of client credentials")]
pub enum CredentialsLocationDecl {
    /// The header `Authorization`.
    Header,
    /// The form in the body.
    Body,
}

/// The location of an API key in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(title = "Location of an API key")]
pub enum KeyLocationDecl {
    /// A header.
    Header,
    /// The query.
    Query,
    /// A cookie.
    Cookie,
}
