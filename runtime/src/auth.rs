//! How a client proves who it is.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::request::header_value;
use crate::{Error, ErrorKind, Secret};

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
    Basic { username: String, password: Secret },
    Bearer { token: Secret },
}

impl Auth {
    /// No credentials: the API asks for none, or each operation brings its own.
    pub fn none() -> Self {
        Self(Scheme::None)
    }

    /// A user name and a password, as HTTP Basic spells them.
    pub fn basic(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Scheme::Basic { username: username.into(), password: password.into() })
    }

    /// A bearer token, such as an API key.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self(Scheme::Bearer { token: token.into() })
    }

    /// The value of the `authorization` header, marked so that logs leave it out.
    pub(crate) fn header(&self) -> Result<Option<HeaderValue>, Error> {
        let text = match &self.0 {
            Scheme::None => return Ok(None),
            Scheme::Basic { username, password } => basic(username, password)?,
            Scheme::Bearer { token } if token.expose().is_empty() => {
                return Err(Error::new(ErrorKind::Config, "the token of the client is empty"));
            }
            Scheme::Bearer { token } => Zeroizing::new(format!("Bearer {}", token.expose())),
        };
        let mut value = header_value(&text)
            .ok_or_else(|| Error::new(ErrorKind::Config, "the credentials do not fit in a header"))?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

fn basic(username: &str, password: &Secret) -> Result<Zeroizing<String>, Error> {
    if username.is_empty() || password.expose().is_empty() {
        let why = "the user name or the password of the client is empty";
        return Err(Error::new(ErrorKind::Config, why));
    }
    if username.contains(':') {
        // The first colon ends the user name, so the server would read another one.
        let why = "the user name must not hold a colon";
        return Err(Error::new(ErrorKind::Config, why));
    }
    let pair = Zeroizing::new(format!("{username}:{}", password.expose()));
    Ok(Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes()))))
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
        let header = Auth::basic("Aladdin", "open sesame").header().expect("a header").expect("credentials");
        assert!(header.is_sensitive());
        assert_eq!(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    #[test]
    fn spells_bearer() {
        let auth = Auth::bearer("key-1");
        let header = auth.header().expect("a header").expect("credentials");
        assert!(header.is_sensitive());
        assert_eq!(header, "Bearer key-1");
        assert!(!format!("{auth:?}").contains("key-1"));
    }

    #[test]
    fn nothing_is_no_header() {
        assert_eq!(Auth::none().header().expect("nothing"), None);
    }

    #[test]
    fn refuses_a_token_that_breaks_the_header() {
        let error = Auth::bearer("key\r\nx: y").header().expect_err("a line break");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error} {error:?}").contains("key"));
    }

    #[test]
    fn refuses_what_is_empty() {
        for auth in [Auth::bearer(""), Auth::basic("", "hush"), Auth::basic("project-1", "")] {
            let error = auth.header().expect_err("empty credentials");
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
