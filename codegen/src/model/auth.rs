//! The authentication of requests.

use crate::source::Span;

/// An authentication scheme. Indices refer to [`Api::credentials`](super::Api::credentials).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    Basic {
        username: usize,
        password: usize,
    },
    Bearer {
        token: usize,
    },
    ApiKey(ApiKey),
    ClientCredentials(ClientCredentials),
    /// Alternatives, each of schemes that are sent together. The first one whose credentials the client has is sent.
    AnyOf(Vec<Vec<AuthScheme>>),
}

/// A bearer token that the client fetches with two credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCredentials {
    pub client_id: usize,
    pub client_secret: usize,
    /// An absolute URL, or a path below the base URL.
    pub token_url: String,
    pub scopes: Vec<String>,
    /// Whether the credentials are in the body of the token request, and not in a header.
    pub in_body: bool,
    /// Further parameters of the token request.
    pub params: Vec<(String, String)>,
}

/// A credential in a header, the query or a cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub credential: usize,
    pub location: KeyLocation,
    pub wire: String,
    /// The text before the credential in a header. Empty for most keys.
    pub prefix: String,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    Header,
    Query,
    Cookie,
}

impl AuthScheme {
    /// Returns the credentials that the scheme uses.
    pub fn credentials(&self) -> Vec<usize> {
        match *self {
            Self::Basic { username, password } => vec![username, password],
            Self::Bearer { token } => vec![token],
            Self::ApiKey(ApiKey { credential, .. }) => vec![credential],
            Self::ClientCredentials(ref scheme) => vec![scheme.client_id, scheme.client_secret],
            Self::AnyOf(ref alternatives) => {
                alternatives.iter().flatten().flat_map(Self::credentials).collect()
            }
        }
    }

    /// Returns the credentials without which no request with the scheme is sent. Those of alternatives are not required.
    pub fn required_credentials(&self) -> Vec<usize> {
        if let Self::AnyOf(_) = self { Vec::new() } else { self.credentials() }
    }

    /// Returns the scheme, or those of all its alternatives.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::AnyOf(alternatives) => alternatives.iter().flatten().collect(),
            scheme => vec![scheme],
        }
    }

    /// Returns the scheme, or those of its first alternative, which a client with all credentials sends.
    pub fn preferred(&self) -> Vec<&Self> {
        match self {
            Self::AnyOf(alternatives) => alternatives.iter().take(1).flatten().collect(),
            scheme => vec![scheme],
        }
    }

    /// Whether the client can prepare the scheme for all requests, as their `authorization` header.
    pub fn is_http(&self) -> bool {
        matches!(self, Self::Basic { .. } | Self::Bearer { .. } | Self::ClientCredentials(_))
    }

    /// Returns the lowercase name of the header that the scheme uses, if it uses one.
    pub fn header(&self) -> Option<String> {
        match self {
            Self::Basic { .. } | Self::Bearer { .. } | Self::ClientCredentials(_) => {
                Some("authorization".to_owned())
            }
            Self::ApiKey(key) => match key.location {
                KeyLocation::Header => Some(key.wire.to_ascii_lowercase()),
                KeyLocation::Cookie => Some("cookie".to_owned()),
                KeyLocation::Query => None,
            },
            Self::AnyOf(_) => None,
        }
    }

    /// Whether the scheme uses the `authorization` header, which a bearer token of the caller replaces.
    pub fn is_authorization(&self) -> bool {
        self.parts().iter().any(|part| part.header().is_some_and(|header| header == "authorization"))
    }
}

impl KeyLocation {
    /// Returns the name of the location in the description language.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Query => "query",
            Self::Cookie => "cookie",
        }
    }
}
