//! The authentication that an operation writes into its own requests.

/// An authentication scheme, and the names of the credentials that it sends.
///
/// ```
/// use typefoundry_runtime::{AuthScheme, Method, Operation, RequestContext, RequestWriter};
///
/// const AUTH: &[AuthScheme] = &[AuthScheme::header("x-api-key", "key"), AuthScheme::query("app", "app_id")];
///
/// let context: RequestContext = "https://api.example.com".parse()?;
/// let context = context.with("key", "key-1").with("app_id", "app-1");
/// let mut writer = RequestWriter::new(&Operation::new("pets.list", Method::GET, "/pets"), &context);
/// writer.authenticate(AUTH);
/// let request = writer.into_request()?;
/// assert_eq!(request.uri(), "https://api.example.com/pets?app=app-1");
/// assert_eq!(request.headers()["x-api-key"], "key-1");
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthScheme {
    pub(crate) placement: AuthPlacement,
    pub(crate) credential: &'static str,
}

/// The part of a request that contains the credential of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthPlacement {
    Basic { username: &'static str },
    Bearer,
    Header { name: &'static str, prefix: &'static str },
    Query { name: &'static str },
    Cookie { name: &'static str },
}

impl AuthScheme {
    /// Creates HTTP Basic authentication with two credentials.
    pub const fn basic(username: &'static str, password: &'static str) -> Self {
        Self { placement: AuthPlacement::Basic { username }, credential: password }
    }

    /// Creates authentication with a credential as the bearer token.
    pub const fn bearer(credential: &'static str) -> Self {
        Self { placement: AuthPlacement::Bearer, credential }
    }

    /// Creates authentication with a credential as the value of a header.
    pub const fn header(name: &'static str, credential: &'static str) -> Self {
        Self { placement: AuthPlacement::Header { name, prefix: "" }, credential }
    }

    /// Creates authentication with a credential in the query.
    pub const fn query(name: &'static str, credential: &'static str) -> Self {
        Self { placement: AuthPlacement::Query { name }, credential }
    }

    /// Creates authentication with a credential as the value of a cookie.
    pub const fn cookie(name: &'static str, credential: &'static str) -> Self {
        Self { placement: AuthPlacement::Cookie { name }, credential }
    }

    /// Sets the text before the credential in a header, such as `Token ` with its space. It has no
    /// effect on the other schemes.
    #[must_use]
    pub const fn with_prefix(mut self, text: &'static str) -> Self {
        if let AuthPlacement::Header { name, .. } = self.placement {
            self.placement = AuthPlacement::Header { name, prefix: text };
        }
        self
    }
}
