//! URLs of pages, which the server returns.

use std::borrow::Cow;
use std::fmt;

use http::Uri;
use http::uri::{Authority, Scheme};

use crate::error::{Error, ErrorKind};
use crate::value::ToParam;

/// The URL of a page of a list, as the server returned it. It can be relative.
///
/// The client requests the page with its credentials, and therefore only from the origin of the
/// operation's server: from the same scheme, host and port. Any other URL is an error of kind
/// [`ErrorKind::Pagination`](crate::ErrorKind::Pagination).
///
/// `Debug` does not show the URL, because it may contain a token.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageUrl(String);

impl PageUrl {
    /// Creates a URL from its text, such as that of an earlier [`PageUrl`].
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// Returns the URL as the server returned it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the absolute URL. `request` is the absolute URL of the operation, which a relative URL refers to.
    pub(super) fn resolve(&self, request: &Uri) -> Result<Uri, Error> {
        let text = self.0.split('#').next().unwrap_or_default().trim();
        let own_scheme = request.scheme_str().unwrap_or_default();
        let target = match (text.strip_prefix("//"), text.find("://")) {
            (Some(rest), _) => Some((own_scheme, rest)),
            (None, Some(at)) if is_scheme(text.get(..at)) => text.get(..at).zip(text.get(at + "://".len()..)),
            _ => None,
        };
        let path_and_query = match target {
            Some((scheme, rest)) => {
                let end = rest.find(['/', '?']).unwrap_or(rest.len());
                let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
                if !is_same_origin(request, scheme, authority) {
                    return Err(invalid("it leads to another origin than the request"));
                }
                with_slash(path)
            }
            None => relative(text, request.path())?,
        };
        if path_and_query.split('?').next().is_some_and(has_dot_segment) {
            return Err(invalid("its path contains the segment `.` or `..`"));
        }
        let authority = request.authority().map_or("", Authority::as_str);
        format!("{own_scheme}://{authority}{path_and_query}").parse().map_err(|_| invalid("it is malformed"))
    }
}

fn invalid(reason: &str) -> Error {
    Error::new(ErrorKind::Pagination, format!("invalid URL of the next page: {reason}"))
}

fn is_scheme(text: Option<&str>) -> bool {
    let is_scheme_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    text.is_some_and(|text| !text.is_empty() && text.chars().all(is_scheme_char))
}

/// Returns whether a scheme and an authority are those of the request, whose default port can be left out.
fn is_same_origin(request: &Uri, scheme: &str, authority: &str) -> bool {
    let default_port = if request.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    let port = |authority: &Authority| authority.port_u16().unwrap_or(default_port);
    let own_scheme = request.scheme_str().unwrap_or_default();
    let is_same = |own: &Authority, other: &Authority| {
        other.host().eq_ignore_ascii_case(own.host()) && port(other) == port(own)
    };
    // A user name is part of the authority, and would be sent as credentials.
    let other = authority.parse::<Authority>().ok().filter(|_| !authority.contains('@'));
    scheme.eq_ignore_ascii_case(own_scheme)
        && request.authority().zip(other).is_some_and(|(own, other)| is_same(own, &other))
}

fn with_slash(path: &str) -> Cow<'_, str> {
    if path.starts_with('/') { Cow::Borrowed(path) } else { Cow::Owned(format!("/{path}")) }
}

/// Returns the path and the query of a relative URL.
fn relative<'u>(text: &'u str, request_path: &str) -> Result<Cow<'u, str>, Error> {
    if text.starts_with('/') {
        return Ok(Cow::Borrowed(text));
    }
    let before_query = text.split(['/', '?']).next().unwrap_or_default();
    if before_query.contains(':') {
        return Err(invalid("it has no host"));
    }
    let folder = match text.starts_with('?') {
        true => request_path,
        false => request_path.rfind('/').and_then(|end| request_path.get(..=end)).unwrap_or("/"),
    };
    Ok(Cow::Owned(format!("{folder}{text}")))
}

/// Returns whether a path has a segment that URL libraries and servers remove.
fn has_dot_segment(path: &str) -> bool {
    path.split('/').any(|segment| {
        let decoded = segment.to_ascii_lowercase().replace("%2e", ".");
        decoded == "." || decoded == ".."
    })
}

impl ToParam for PageUrl {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&self.0))
    }
}

impl fmt::Debug for PageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageUrl(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn resolve(base: &str, url: &str) -> Result<String, Error> {
        let request = format!("{base}/users/list?limit=2").parse().expect("a URL");
        PageUrl::new(url).resolve(&request).map(|uri| uri.to_string())
    }

    #[test]
    fn url_of_the_same_origin_is_resolved() {
        for (url, expected) in [
            ("https://a.test/eu/users?page=2", "https://a.test/eu/users?page=2"),
            ("HTTPS://A.TEST:443/users?page=2#top", "https://a.test/users?page=2"),
            ("https://a.test?page=2", "https://a.test/?page=2"),
            ("https://a.test", "https://a.test/"),
            ("//a.test/users?page=2", "https://a.test/users?page=2"),
            ("/users?page=2&next=https://b.test", "https://a.test/users?page=2&next=https://b.test"),
            ("?page=2", "https://a.test/eu/users/list?page=2"),
            ("list?page=2", "https://a.test/eu/users/list?page=2"),
            ("2", "https://a.test/eu/users/2"),
        ] {
            assert_eq!(resolve("https://a.test/eu", url).ok().as_deref(), Some(expected), "{url}");
        }
        let other_port = resolve("http://127.0.0.1:8080", "http://127.0.0.1:8080/a?b");
        assert_eq!(other_port.ok().as_deref(), Some("http://127.0.0.1:8080/a?b"));
    }

    #[test]
    fn any_other_url_is_an_error() {
        for url in [
            "http://a.test/users",
            "https://b.test/users",
            "https://a.test:8443/users",
            "https://a.test.b.test/users",
            "https://a.test@b.test/users",
            "https://key@a.test/users",
            "https://b.test\\@a.test/users",
            "//b.test/users",
            "ftp://a.test/users",
            "javascript:alert(1)",
            "mailto:a@a.test",
            "/a/../b",
            "/a/%2E%2e/b",
            "https://a.test/./b",
            "/a b",
            "/\u{7f}",
        ] {
            let error = resolve("https://a.test", url).expect_err(url);
            assert_eq!(error.kind(), ErrorKind::Pagination, "{url}");
            assert!(!error.to_string().contains("b.test") && !error.to_string().contains("key"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn resolved_url_has_the_origin_of_the_base_url(url in "(https?:)?[/\\\\]{0,3}[a-z@:.%/?#]{0,24}") {
            if let Ok(resolved) = resolve("https://a.test", &url) {
                let uri: Uri = resolved.parse().expect("a URL");
                prop_assert_eq!(uri.scheme_str(), Some("https"));
                prop_assert_eq!(uri.authority().map(|authority| authority.as_str()), Some("a.test"));
            }
        }
    }
}
