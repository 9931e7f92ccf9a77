//! The base URL and the credentials for requests.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::base_url::BaseUrl;
use super::secret_provider::SecretProvider;
use crate::error::Error;

/// The base URL of an API, and the credentials that operations send as parameters, such as a client
/// ID.
///
/// A context can be parsed from a base URL. It is cheap to clone. `Debug` shows only the names of
/// the credentials.
///
/// ```
/// use typefoundry_runtime::RequestContext;
///
/// let context: RequestContext = "https://api.example.com".parse()?;
/// let context = context.with("client_id", "client-1");
/// assert_eq!(context.base_url().as_str(), "https://api.example.com");
/// let client_id = context.credential("client_id").expect("a client ID").resolve()?;
/// assert_eq!(client_id.expose(), "client-1");
/// assert!(context.credential("client_secret").is_none());
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct RequestContext(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    base_url: BaseUrl,
    /// The servers of operations that do not use the base URL.
    servers: Vec<(&'static str, BaseUrl)>,
    credentials: Vec<(&'static str, SecretProvider)>,
}

impl RequestContext {
    /// Adds a credential, or replaces the one with the same name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<SecretProvider>) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.credentials.retain(|(other, _)| *other != name);
        inner.credentials.push((name, SecretProvider::named(name, value)));
        self
    }

    /// Adds the base URL of a server that some operations use in place of the usual one, or replaces
    /// the one with the same name.
    #[must_use]
    pub fn with_server(mut self, name: &'static str, base_url: BaseUrl) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.servers.retain(|(other, _)| *other != name);
        inner.servers.push((name, base_url));
        self
    }

    /// Returns the base URL of the server with this name, if there is one.
    pub fn server(&self, name: &str) -> Option<&BaseUrl> {
        self.0.servers.iter().find_map(|(other, base_url)| (*other == name).then_some(base_url))
    }

    /// Returns the base URL.
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// Returns the credential with this name, if there is one.
    pub fn credential(&self, name: &str) -> Option<&SecretProvider> {
        let mut named = self.0.credentials.iter();
        named.find_map(|(other, value)| (*other == name).then_some(value))
    }
}

impl From<BaseUrl> for RequestContext {
    fn from(base_url: BaseUrl) -> Self {
        Self(Arc::new(Inner { base_url, servers: Vec::new(), credentials: Vec::new() }))
    }
}

impl FromStr for RequestContext {
    type Err = Error;

    /// Parses a base URL.
    ///
    /// # Errors
    /// Returns the error of parsing a [`BaseUrl`] if the text is not a valid base URL.
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

    fn context() -> RequestContext {
        "https://a.example/v1/".parse().expect("a valid URL")
    }

    fn credential<'c>(context: &'c RequestContext, name: &str) -> Option<&'c str> {
        context.credential(name)?.as_static().map(crate::Secret::expose)
    }

    #[test]
    fn last_credential_of_a_name_is_used() {
        let context =
            context().with("client_id", "one").with("client_secret", "two").with("client_id", "three");
        assert_eq!(credential(&context, "client_id"), Some("three"));
        assert_eq!(credential(&context, "client_secret"), Some("two"));
    }

    #[test]
    fn clone_is_independent() {
        let first = context().with("client_id", "one");
        let second = first.clone().with("client_id", "two");
        assert_eq!(credential(&first, "client_id"), Some("one"));
        assert_eq!(credential(&second, "client_id"), Some("two"));
        assert_eq!(second.base_url().as_str(), "https://a.example/v1");
    }

    #[test]
    fn server_is_found_by_its_name() {
        let files = |url: &str| context().with_server("files", url.parse().expect("a valid URL"));
        assert_eq!(
            files("https://f.example").server("files").map(BaseUrl::as_str),
            Some("https://f.example")
        );
        assert_eq!(files("https://f.example").server("other"), None);
        assert_eq!(files("https://f.example").base_url().as_str(), "https://a.example/v1");
    }

    #[test]
    fn debug_shows_names_only() {
        let text = format!("{:?}", context().with("client_secret", "hush"));
        assert_eq!(
            text,
            r#"RequestContext { base_url: "https://a.example/v1", credentials: ["client_secret"] }"#
        );
    }

    #[test]
    fn invalid_base_url_is_rejected() {
        let error = "a.example".parse::<RequestContext>().expect_err("not a URL");
        assert_eq!(error.kind(), crate::ErrorKind::Config);
    }
}
