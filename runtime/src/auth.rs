//! How a client proves who it is.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::request::header_value;
use crate::{Error, ErrorKind, SecretSource};

/// The credentials that every request of a client carries.
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
    Basic { username: String, password: SecretSource },
    Bearer { token: SecretSource },
}

impl Auth {
    /// No credentials: the API asks for none, or each operation brings its own.
    pub fn none() -> Self {
        Self(Scheme::None)
    }

    /// A user name and a password, as HTTP Basic spells them.
    pub fn basic(username: impl Into<String>, password: impl Into<SecretSource>) -> Self {
        Self(Scheme::Basic { username: username.into(), password: password.into() })
    }

    /// A bearer token, such as an API key.
    pub fn bearer(token: impl Into<SecretSource>) -> Self {
        Self(Scheme::Bearer { token: token.into() })
    }

    /// The value of the `authorization` header for good, if it does not have to be asked for each time.
    pub(crate) fn held(&self) -> Result<Held, Error> {
        let (Scheme::Basic { password: secret, .. } | Scheme::Bearer { token: secret }) = &self.0 else {
            return Ok(Held::None);
        };
        if secret.held().is_none() {
            // What does not change is looked at here already.
            self.check()?;
            return Ok(Held::Asked(self.clone()));
        }
        let header = self.header().map_err(|error| error.into_kind(ErrorKind::Config))?;
        Ok(Held::Header(header))
    }

    fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Scheme::Basic { username, .. } => check_username(username),
            Scheme::None | Scheme::Bearer { .. } => Ok(()),
        }
    }

    /// The value of the `authorization` header as it is now, marked so that logs leave it out.
    fn header(&self) -> Result<HeaderValue, Error> {
        let text = match &self.0 {
            Scheme::None => Zeroizing::default(),
            Scheme::Basic { username, password } => basic(username, password.get()?.expose())?,
            Scheme::Bearer { token } => bearer(token.get()?.expose())?,
        };
        let mut value = header_value(&text).ok_or_else(unfit)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// What is known of the `authorization` header when the client is made.
pub(crate) enum Held {
    None,
    Header(HeaderValue),
    Asked(Auth),
}

impl Held {
    /// The header for one call.
    pub(crate) fn header(&self) -> Result<Option<HeaderValue>, Error> {
        match self {
            Self::None => Ok(None),
            Self::Header(header) => Ok(Some(header.clone())),
            Self::Asked(auth) => auth.header().map(Some),
        }
    }
}

fn basic(username: &str, password: &str) -> Result<Zeroizing<String>, Error> {
    check_username(username)?;
    let pair = Zeroizing::new(format!("{username}:{password}"));
    let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
    Ok(Zeroizing::new(format!("Basic {}", *encoded)))
}

fn bearer(token: &str) -> Result<Zeroizing<String>, Error> {
    // What stands behind a space would be no part of the token.
    let is_whole = !token.contains(' ');
    is_whole.then(|| Zeroizing::new(format!("Bearer {token}"))).ok_or_else(unfit)
}

fn unfit() -> Error {
    Error::new(ErrorKind::Credentials, "the credentials of the client do not fit in a header")
}

fn check_username(username: &str) -> Result<(), Error> {
    let why = match username {
        "" => "the user name of the client is empty",
        // The first colon ends the user name, so the server would read another one.
        name if name.contains(':') => "the user name of the client must not hold a colon",
        _ => return Ok(()),
    };
    Err(Error::new(ErrorKind::Config, why))
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Scheme::None => f.write_str("Auth::None"),
            Scheme::Basic { username, password } => {
                f.debug_struct("Auth::Basic").field("username", username).field("password", password).finish()
            }
            Scheme::Bearer { token } => f.debug_struct("Auth::Bearer").field("token", token).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_basic() {
        let header = Auth::basic("Aladdin", "open sesame").header().expect("a header");
        assert!(header.is_sensitive());
        assert_eq!(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    #[test]
    fn spells_bearer() {
        let auth = Auth::bearer("key-1");
        let header = auth.header().expect("a header");
        assert!(header.is_sensitive());
        assert_eq!(header, "Bearer key-1");
        assert!(!format!("{auth:?}").contains("key-1"));
    }

    #[test]
    fn nothing_is_no_header() {
        assert_eq!(Auth::none().held().expect("nothing").header().expect("nothing"), None);
    }

    #[test]
    fn refuses_a_token_that_breaks_the_header() {
        let error = Auth::bearer("key\r\nx: y").held().err().expect("a line break");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("key"));
    }

    #[test]
    fn refuses_what_is_empty() {
        for auth in [Auth::bearer(""), Auth::basic("", "hush"), Auth::basic("project-1", "")] {
            let error = auth.held().err().expect("empty credentials");
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(!error.to_string().contains("hush"));
        }
    }

    #[test]
    fn refuses_a_colon_in_the_user_name() {
        let error = Auth::basic("a:b", "hush").header().expect_err("a colon");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
}
