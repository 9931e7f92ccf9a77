//! Where requests go, and what a client knows of itself.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::base_url::BaseUrl;
use super::secret_provider::SecretProvider;
use crate::error::Error;

/// Where requests go, and the values that stand in them without being given for each, such as a client id.
///
/// An address alone makes one. It is cheap to clone, and `Debug` shows the names of the values only.
///
/// ```
/// use typefoundry_runtime::RequestContext;
///
/// let target: RequestContext = "https://api.example.com".parse()?;
/// let target = target.with("client_id", "client-1");
/// assert_eq!(target.base_url().as_str(), "https://api.example.com");
/// let client_id = target.credential("client_id").expect("it was added").get()?;
/// assert_eq!(client_id.expose(), "client-1");
/// assert!(target.credential("client_secret").is_none());
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct RequestContext(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    base_url: BaseUrl,
    credentials: Vec<(&'static str, SecretProvider)>,
}

impl RequestContext {
    /// Adds a value, in place of any other of this name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<SecretProvider>) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.credentials.retain(|(other, _)| *other != name);
        inner.credentials.push((name, SecretProvider::named(name, value)));
        self
    }

    /// The address that every path hangs on.
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// The value of this name, if there is one.
    pub fn credential(&self, name: &str) -> Option<&SecretProvider> {
        let mut named = self.0.credentials.iter();
        named.find_map(|(other, value)| (*other == name).then_some(value))
    }
}

impl From<BaseUrl> for RequestContext {
    fn from(base_url: BaseUrl) -> Self {
        Self(Arc::new(Inner { base_url, credentials: Vec::new() }))
    }
}

impl FromStr for RequestContext {
    type Err = Error;

    /// Checks what [`BaseUrl`] checks.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(BaseUrl::into)
    }
}

impl fmt::Debug for RequestContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.credentials.iter().map(|(name, _)| name).collect();
        f.debug_struct("RequestContext")
            .field("base_url", &self.0.base_url.as_str())
            .field("credentials", &names)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target() -> RequestContext {
        "https://a.example/v1/".parse().expect("a target")
    }

    fn known<'t>(target: &'t RequestContext, name: &str) -> Option<&'t str> {
        target.credential(name)?.as_static().map(crate::Secret::expose)
    }

    #[test]
    fn the_last_value_of_a_name_counts() {
        let target =
            target().with("client_id", "one").with("client_secret", "two").with("client_id", "three");
        assert_eq!(known(&target, "client_id"), Some("three"));
        assert_eq!(known(&target, "client_secret"), Some("two"));
    }

    #[test]
    fn a_clone_is_a_target_of_its_own() {
        let first = target().with("client_id", "one");
        let second = first.clone().with("client_id", "two");
        assert_eq!(known(&first, "client_id"), Some("one"));
        assert_eq!(known(&second, "client_id"), Some("two"));
        assert_eq!(second.base_url().as_str(), "https://a.example/v1");
    }

    #[test]
    fn debug_shows_names_and_no_values() {
        let text = format!("{:?}", target().with("client_secret", "hush"));
        assert_eq!(
            text,
            r#"RequestContext { base_url: "https://a.example/v1", credentials: ["client_secret"] }"#
        );
    }

    #[test]
    fn an_address_is_checked() {
        let error = "a.example".parse::<RequestContext>().expect_err("no URL");
        assert_eq!(error.kind(), crate::ErrorKind::Config);
    }
}
