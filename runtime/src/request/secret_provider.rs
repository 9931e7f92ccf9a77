//! Sources of secrets, which can change during the lifetime of a client.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::text::TextProblem;
use crate::value::Secret;

type Cause = Box<dyn std::error::Error + Send + Sync>;
type SecretFn = dyn Fn() -> Result<Secret, Cause> + Send + Sync;

/// A source of a secret: a fixed value or a function.
///
/// A function is called once for each call that needs the secret, when the call starts. Retries use
/// the same secret. A rotated secret therefore takes effect without a new client.
///
/// The function runs as part of the call and must return quickly. Cache the value of a vault, and
/// refresh it in the background.
///
/// ```
/// use std::sync::{Arc, RwLock};
/// use typefoundry_runtime::{Auth, Secret, SecretProvider};
///
/// let current = Arc::new(RwLock::new(Secret::from("key-1")));
/// let shared = Arc::clone(&current);
/// let provider = SecretProvider::try_from_fn(move || match shared.read() {
///     Ok(secret) => Ok(secret.clone()),
///     Err(_) => Err("the lock is poisoned"),
/// });
/// let auth = Auth::bearer(provider);
/// ```
#[derive(Clone)]
pub struct SecretProvider {
    name: Option<&'static str>,
    source: SecretSource,
}

#[derive(Clone)]
enum SecretSource {
    Static(Secret),
    Dynamic(Arc<SecretFn>),
}

impl SecretProvider {
    /// Creates a provider whose secret has a name in errors, such as `api_key`.
    pub fn named(name: &'static str, secret: impl Into<Self>) -> Self {
        Self { name: Some(name), ..secret.into() }
    }

    /// Creates a provider that calls a function for the secret.
    pub fn from_fn<S: Into<Secret>>(secret_fn: impl Fn() -> S + Send + Sync + 'static) -> Self {
        Self::try_from_fn(move || Ok::<_, Infallible>(secret_fn()))
    }

    /// Creates a provider that calls a fallible function for the secret.
    ///
    /// If the function fails, the call fails with [`ErrorKind::Credentials`]. The message includes
    /// the function's error.
    pub fn try_from_fn<S, E>(secret_fn: impl Fn() -> Result<S, E> + Send + Sync + 'static) -> Self
    where
        S: Into<Secret>,
        E: Into<Cause>,
    {
        let source = SecretSource::Dynamic(Arc::new(move || secret_fn().map(Into::into).map_err(Into::into)));
        Self { name: None, source }
    }

    /// Returns the secret if it is a fixed value.
    pub fn as_static(&self) -> Option<&Secret> {
        match &self.source {
            SecretSource::Static(secret) => Some(secret),
            SecretSource::Dynamic(_) => None,
        }
    }

    /// Returns the current secret.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::Credentials`] if the function fails or the secret is
    /// invalid. A secret must not be blank, contain control characters, or start or end with white
    /// space. The message names the secret but never contains it.
    pub fn resolve(&self) -> Result<Cow<'_, Secret>, Error> {
        let secret = match &self.source {
            SecretSource::Static(secret) => Cow::Borrowed(secret),
            SecretSource::Dynamic(secret_fn) => {
                Cow::Owned(secret_fn().map_err(|cause| self.unavailable(cause))?)
            }
        };
        match TextProblem::of_credential(secret.expose()) {
            None => Ok(secret),
            Some(problem) => Err(self.invalid(problem)),
        }
    }

    /// Creates the error of a secret that cannot be sent.
    pub(crate) fn invalid(&self, problem: TextProblem) -> Error {
        Error::new(ErrorKind::Credentials, format!("invalid {}: {}", self.label(), problem.rule()))
    }

    fn unavailable(&self, cause: Cause) -> Error {
        let message = format!("failed to resolve {}: {cause}", self.label());
        Error::new(ErrorKind::Credentials, message).with_source(cause)
    }

    fn label(&self) -> Cow<'static, str> {
        match self.name {
            Some(name) => format!("credential `{name}`").into(),
            None => "credential".into(),
        }
    }
}

impl fmt::Debug for SecretProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            SecretSource::Static(secret) => secret.fmt(f),
            SecretSource::Dynamic(_) => f.write_str("Secret(dynamic)"),
        }
    }
}

impl From<Secret> for SecretProvider {
    fn from(secret: Secret) -> Self {
        Self { name: None, source: SecretSource::Static(secret) }
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
