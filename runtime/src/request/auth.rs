//! The credentials of a client.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use zeroize::Zeroizing;

use super::client_credentials::ClientCredentials;
use super::headers::header_value;
use super::secret_provider::SecretProvider;
use crate::error::{Error, ErrorKind};
use crate::text::TextProblem;

/// The credentials that a client sends with every request.
///
/// ```
/// use typefoundry_runtime::{Auth, Secret};
///
/// let auth = Auth::basic("project-1", Secret::from("hush"));
/// assert_eq!(format!("{auth:?}"), "Auth::Basic { username: \"project-1\", password: Secret(redacted) }");
/// ```
#[derive(Clone)]
pub struct Auth(Scheme);

#[derive(Clone)]
enum Scheme {
    None,
    Basic {
        username: Username,
        password: SecretProvider,
    },
    Bearer {
        token: SecretProvider,
    },
    Unavailable {
        credential: &'static str,
    },
    /// Boxed, because few clients need its memory.
    ClientCredentials(Box<ClientCredentials>),
}

/// The user name of HTTP Basic authentication, and its name in errors.
#[derive(Clone)]
struct Username {
    text: String,
    label: &'static str,
}

impl Auth {
    /// Creates an `Auth` without credentials, for APIs without authentication and for operations
    /// that provide their own credentials.
    pub fn none() -> Self {
        Self(Scheme::None)
    }

    /// Creates an `Auth` for a client that lacks the named `credential`, although the API requires
    /// it.
    ///
    /// OAuth calls this a public client: for example, an app on a user's device, which cannot keep
    /// a secret. Operations that require the client's credentials fail with
    /// [`ErrorKind::Credentials`] before anything is sent.
    pub fn unavailable(credential: &'static str) -> Self {
        Self(Scheme::Unavailable { credential })
    }

    /// Creates credentials for HTTP Basic authentication.
    pub fn basic(username: impl Into<String>, password: impl Into<SecretProvider>) -> Self {
        let username = Username { text: username.into(), label: "user name" };
        Self(Scheme::Basic { username, password: password.into() })
    }

    /// Sets the name of the [`Auth::basic`] user name in errors, such as `project_id`.
    #[must_use]
    pub fn with_username_label(mut self, name: &'static str) -> Self {
        if let Scheme::Basic { username, .. } = &mut self.0 {
            username.label = name;
        }
        self
    }

    /// Creates credentials with a bearer token, such as an API key.
    pub fn bearer(token: impl Into<SecretProvider>) -> Self {
        Self(Scheme::Bearer { token: token.into() })
    }

    /// Creates an `Auth` for a client that fetches bearer tokens with its credentials.
    pub fn client_credentials(credentials: ClientCredentials) -> Self {
        Self(Scheme::ClientCredentials(Box::new(credentials)))
    }

    /// Returns the credentials with which the client fetches tokens, if it does.
    pub(crate) fn as_client_credentials(&self) -> Option<&ClientCredentials> {
        match &self.0 {
            Scheme::ClientCredentials(credentials) => Some(credentials),
            _ => None,
        }
    }

    /// Replaces the token URL of a client that fetches tokens.
    pub(crate) fn set_token_url(&mut self, token_url: &str) {
        if let Scheme::ClientCredentials(credentials) = &mut self.0 {
            credentials.set_token_url(token_url.to_owned());
        }
    }

    /// Returns the `authorization` header if it is constant, or the credentials to resolve for each
    /// call.
    pub(crate) fn cached(&self) -> Result<CachedAuth, Error> {
        let secret = match &self.0 {
            Scheme::None => return Ok(CachedAuth::None),
            Scheme::ClientCredentials(credentials) => return credentials.check().map(|()| CachedAuth::None),
            Scheme::Unavailable { credential } => return Ok(CachedAuth::Unavailable(credential)),
            Scheme::Basic { password: secret, .. } | Scheme::Bearer { token: secret } => secret,
        };
        if secret.as_static().is_none() {
            // The constant part is checked up front.
            self.check()?;
            return Ok(CachedAuth::Dynamic(self.clone()));
        }
        let header = self.header().map_err(|error| error.with_kind(ErrorKind::Config))?;
        Ok(CachedAuth::Header(header))
    }

    fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Scheme::Basic { username, .. } => username.check(),
            Scheme::ClientCredentials(credentials) => credentials.check(),
            Scheme::None | Scheme::Bearer { .. } | Scheme::Unavailable { .. } => Ok(()),
        }
    }

    /// Returns the current `authorization` header, marked as sensitive so that it is not logged.
    pub(super) fn header(&self) -> Result<HeaderValue, Error> {
        let text = match &self.0 {
            // The client fetches the token when a call starts.
            Scheme::None | Scheme::ClientCredentials(_) => Zeroizing::default(),
            Scheme::Unavailable { credential } => return Err(missing_credential(credential)),
            Scheme::Basic { username, password } => basic(username, password.resolve()?.expose())?,
            Scheme::Bearer { token } => bearer(token)?,
        };
        let mut value = header_value(&text).ok_or_else(not_a_header_value)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// The `authorization` header of a client, as far as it is known when the client is built.
pub(crate) enum CachedAuth {
    None,
    Header(HeaderValue),
    Dynamic(Auth),
    Unavailable(&'static str),
}

impl CachedAuth {
    /// Returns the header for one call.
    pub(crate) fn header(&self) -> Result<Option<HeaderValue>, Error> {
        match self {
            Self::None => Ok(None),
            Self::Header(header) => Ok(Some(header.clone())),
            Self::Dynamic(auth) => auth.header().map(Some),
            Self::Unavailable(credential) => Err(missing_credential(credential)),
        }
    }
}

/// Creates the error of an operation that requires a credential which the client lacks.
pub(crate) fn missing_credential(credential: &str) -> Error {
    Error::new(
        ErrorKind::Credentials,
        format!("missing credential `{credential}`: the operation requires it, but the client has none"),
    )
}

fn basic(username: &Username, password: &str) -> Result<Zeroizing<String>, Error> {
    username.check()?;
    let pair = Zeroizing::new(format!("{}:{password}", username.text));
    let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
    Ok(Zeroizing::new(format!("Basic {}", *encoded)))
}

fn bearer(provider: &SecretProvider) -> Result<Zeroizing<String>, Error> {
    let token = provider.resolve()?;
    match TextProblem::of_token(token.expose()) {
        None => Ok(Zeroizing::new(format!("Bearer {}", token.expose()))),
        Some(problem) => Err(provider.invalid(problem)),
    }
}

fn not_a_header_value() -> Error {
    Error::new(ErrorKind::Credentials, "invalid credentials: must contain visible ASCII characters only")
}

impl Username {
    fn check(&self) -> Result<(), Error> {
        let reason = match TextProblem::of_credential(&self.text) {
            Some(problem) => problem.rule(),
            // The first colon ends the user name, so the server would read a different one.
            None if self.text.contains(':') => "must not contain a colon",
            None => return Ok(()),
        };
        Err(Error::new(ErrorKind::Config, format!("invalid credential `{}`: {reason}", self.label)))
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Scheme::None => f.write_str("Auth::None"),
            Scheme::Basic { username, password } => {
                let username = &username.text;
                f.debug_struct("Auth::Basic").field("username", username).field("password", password).finish()
            }
            Scheme::ClientCredentials(credentials) => {
                f.debug_tuple("Auth::ClientCredentials").field(credentials).finish()
            }
            Scheme::Bearer { token } => f.debug_struct("Auth::Bearer").field("token", token).finish(),
            Scheme::Unavailable { credential } => {
                f.debug_struct("Auth::Unavailable").field("credential", credential).finish()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_header_is_encoded() {
        let header = Auth::basic("Aladdin", "open sesame").header().expect("a header");
        assert!(header.is_sensitive());
        assert_eq!(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    #[test]
    fn bearer_header_is_encoded_and_redacted() {
        let auth = Auth::bearer("key-1");
        let header = auth.header().expect("a header");
        assert!(header.is_sensitive());
        assert_eq!(header, "Bearer key-1");
        assert!(!format!("{auth:?}").contains("key-1"));
    }

    #[test]
    fn no_credentials_have_no_header() {
        assert_eq!(Auth::none().cached().expect("no credentials").header().expect("no credentials"), None);
    }

    #[test]
    fn unavailable_credential_fails_when_required() {
        let auth = Auth::unavailable("api_key");
        assert_eq!(format!("{auth:?}"), "Auth::Unavailable { credential: \"api_key\" }");
        let error = auth.cached().expect("a client").header().expect_err("no credential");
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert_eq!(
            error.to_string(),
            "missing credential `api_key`: the operation requires it, but the client has none"
        );
    }

    #[test]
    fn token_with_line_break_is_rejected() {
        let error = Auth::bearer("key\r\nx: y").cached().err().expect("a line break");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("key"));
    }

    #[test]
    fn empty_credential_is_rejected() {
        for auth in [Auth::bearer(""), Auth::basic("", "hush"), Auth::basic("project-1", "")] {
            let error = auth.cached().err().expect("empty credentials");
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(!error.to_string().contains("hush"));
        }
    }

    #[test]
    fn invalid_credential_is_named_in_error() {
        for (auth, name) in [
            (Auth::basic("hush\n", "x").with_username_label("project_id"), "project_id"),
            (Auth::basic(" ", "x").with_username_label("project_id"), "project_id"),
            (Auth::basic("x", SecretProvider::named("secret", "hush\n")), "secret"),
            (Auth::basic("x", SecretProvider::named("secret", " hush")), "secret"),
            (Auth::bearer(SecretProvider::named("api_key", "hush\r\n")), "api_key"),
            (Auth::bearer(SecretProvider::named("api_key", "hush hush")), "api_key"),
            (Auth::bearer(SecretProvider::named("api_key", "h\u{fc}sh")), "api_key"),
        ] {
            let error = auth.cached().err().expect("an invalid credential");
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.to_string().starts_with(&format!("invalid credential `{name}`: ")), "{error}");
            assert!(!format!("{error:?}").contains("hush"));
        }
    }

    #[test]
    fn user_name_with_colon_is_rejected() {
        let error = Auth::basic("a:b", "hush").header().expect_err("a colon");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
}
