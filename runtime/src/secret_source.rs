//! Where a secret comes from, so that it may change while a client lives.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use crate::{Error, ErrorKind, Secret};

type Cause = Box<dyn std::error::Error + Send + Sync>;
type Ask = dyn Fn() -> Result<Secret, Cause> + Send + Sync;

/// A secret that a client holds, or the way to it.
///
/// A text is held for good. A function is asked once for each call that needs the secret, when the call is awaited and
/// not again for its repetitions, so that one which is rotated reaches the server without a new client. It is asked
/// on the way to the server and must be quick: keep what a vault said, and fetch it anew somewhere else.
///
/// ```
/// use std::sync::{Arc, RwLock};
/// use typefoundry_runtime::{Auth, Secret, SecretSource};
///
/// let current = Arc::new(RwLock::new(Secret::from("key-1")));
/// let known = Arc::clone(&current);
/// let source = SecretSource::try_from_fn(move || match known.read() {
///     Ok(secret) => Ok(secret.clone()),
///     Err(_) => Err("the holder of the key panicked"),
/// });
/// let auth = Auth::bearer(source);
/// ```
#[derive(Clone)]
pub struct SecretSource(Source);

#[derive(Clone)]
enum Source {
    Held(Secret),
    Asked(Arc<Ask>),
}

impl SecretSource {
    /// Asks a function for the secret.
    pub fn from_fn<S: Into<Secret>>(ask: impl Fn() -> S + Send + Sync + 'static) -> Self {
        Self::try_from_fn(move || Ok::<_, Infallible>(ask()))
    }

    /// Asks a function that may fail for the secret. The call then fails with [`ErrorKind::Credentials`], and its
    /// message repeats what the function said.
    pub fn try_from_fn<S, E>(ask: impl Fn() -> Result<S, E> + Send + Sync + 'static) -> Self
    where
        S: Into<Secret>,
        E: Into<Cause>,
    {
        Self(Source::Asked(Arc::new(move || ask().map(Into::into).map_err(Into::into))))
    }

    /// The secret, when it is there without being asked for.
    pub fn held(&self) -> Option<&Secret> {
        match &self.0 {
            Source::Held(secret) => Some(secret),
            Source::Asked(_) => None,
        }
    }

    /// The secret as it is now.
    ///
    /// # Errors
    /// [`ErrorKind::Credentials`] when it cannot be had or is empty.
    pub fn get(&self) -> Result<Cow<'_, Secret>, Error> {
        let secret = match &self.0 {
            Source::Held(secret) => Cow::Borrowed(secret),
            Source::Asked(ask) => Cow::Owned(ask().map_err(unavailable)?),
        };
        if secret.expose().is_empty() {
            return Err(Error::new(ErrorKind::Credentials, "a credential is empty"));
        }
        Ok(secret)
    }
}

fn unavailable(cause: Cause) -> Error {
    Error::new(ErrorKind::Credentials, format!("a credential cannot be had: {cause}")).with_source(cause)
}

impl fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Held(secret) => secret.fmt(f),
            Source::Asked(_) => f.write_str("Secret(asked for)"),
        }
    }
}

impl From<Secret> for SecretSource {
    fn from(secret: Secret) -> Self {
        Self(Source::Held(secret))
    }
}

impl From<&Secret> for SecretSource {
    fn from(secret: &Secret) -> Self {
        secret.clone().into()
    }
}

impl From<&str> for SecretSource {
    fn from(text: &str) -> Self {
        Secret::from(text).into()
    }
}

impl From<String> for SecretSource {
    fn from(text: String) -> Self {
        Secret::from(text).into()
    }
}

impl From<&String> for SecretSource {
    fn from(text: &String) -> Self {
        Secret::from(text).into()
    }
}
