//! Where a secret comes from, so that it may change while a client lives.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::text::TextProblem;
use crate::value::Secret;

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
/// use typefoundry_runtime::{Auth, Secret, SecretProvider};
///
/// let current = Arc::new(RwLock::new(Secret::from("key-1")));
/// let known = Arc::clone(&current);
/// let source = SecretProvider::try_from_fn(move || match known.read() {
///     Ok(secret) => Ok(secret.clone()),
///     Err(_) => Err("the holder of the key panicked"),
/// });
/// let auth = Auth::bearer(source);
/// ```
#[derive(Clone)]
pub struct SecretProvider {
    name: Option<&'static str>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    CachedAuth(Secret),
    Dynamic(Arc<Ask>),
}

impl SecretProvider {
    /// Names the secret in errors, such as `api_key`.
    pub fn named(name: &'static str, secret: impl Into<Self>) -> Self {
        Self { name: Some(name), ..secret.into() }
    }

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
        let source = Source::Dynamic(Arc::new(move || ask().map(Into::into).map_err(Into::into)));
        Self { name: None, source }
    }

    /// The secret, when it is there without being asked for.
    pub fn as_static(&self) -> Option<&Secret> {
        match &self.source {
            Source::CachedAuth(secret) => Some(secret),
            Source::Dynamic(_) => None,
        }
    }

    /// The secret as it is now.
    ///
    /// # Errors
    /// [`ErrorKind::Credentials`] when the secret cannot be had, is blank, contains a line break or another control
    /// character, or starts or ends with white space. The message names the secret and never repeats it.
    pub fn resolve(&self) -> Result<Cow<'_, Secret>, Error> {
        let secret = match &self.source {
            Source::CachedAuth(secret) => Cow::Borrowed(secret),
            Source::Dynamic(ask) => Cow::Owned(ask().map_err(|cause| self.unavailable(cause))?),
        };
        match TextProblem::of_credential(secret.expose()) {
            None => Ok(secret),
            Some(problem) => Err(self.unusable(problem)),
        }
    }

    /// Reports a secret that cannot be sent.
    pub(crate) fn unusable(&self, problem: TextProblem) -> Error {
        Error::new(ErrorKind::Credentials, format!("{} {}", self.label(), problem.fact()))
    }

    fn unavailable(&self, cause: Cause) -> Error {
        let message = format!("{} cannot be had: {cause}", self.label());
        Error::new(ErrorKind::Credentials, message).with_source(cause)
    }

    fn label(&self) -> Cow<'static, str> {
        match self.name {
            Some(name) => format!("the credential `{name}`").into(),
            None => "a credential".into(),
        }
    }
}

impl fmt::Debug for SecretProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::CachedAuth(secret) => secret.fmt(f),
            Source::Dynamic(_) => f.write_str("Secret(asked for)"),
        }
    }
}

impl From<Secret> for SecretProvider {
    fn from(secret: Secret) -> Self {
        Self { name: None, source: Source::CachedAuth(secret) }
    }
}

impl From<&Secret> for SecretProvider {
    fn from(secret: &Secret) -> Self {
        secret.clone().into()
    }
}

impl From<&str> for SecretProvider {
    fn from(text: &str) -> Self {
        Secret::from(text).into()
    }
}

impl From<String> for SecretProvider {
    fn from(text: String) -> Self {
        Secret::from(text).into()
    }
}

impl From<&String> for SecretProvider {
    fn from(text: &String) -> Self {
        Secret::from(text).into()
    }
}
