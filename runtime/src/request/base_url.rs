//! The address that every path of an API hangs on.

use std::fmt;
use std::str::FromStr;

use http::Uri;

use crate::{Error, ErrorKind};

/// An absolute `http` or `https` URL, perhaps with a path that comes before all others.
///
/// A slash at its end is dropped. A query, a fragment or a user name is refused.
///
/// ```
/// use typefoundry_runtime::BaseUrl;
///
/// let url: BaseUrl = "https://api.example.com/eu/".parse()?;
/// assert_eq!(url.as_str(), "https://api.example.com/eu");
/// assert!("api.example.com".parse::<BaseUrl>().is_err());
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The URL, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    /// Fails with [`ErrorKind::Config`].
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        check(text).map_err(|why| Error::new(ErrorKind::Config, format!("the base URL {why}")))?;
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }
}

/// The URL is not repeated in the message, since it may hold a password.
fn check(text: &str) -> Result<(), &'static str> {
    // `Uri` cuts a fragment off in silence, so it is looked for here.
    if text.contains('#') {
        return Err("has a fragment");
    }
    let uri: Uri = text.parse().map_err(|_| "is not a URL")?;
    match uri.scheme_str() {
        Some("http" | "https") => {}
        Some(_) => return Err("has a scheme other than http and https"),
        None => return Err("must start with http:// or https://"),
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("has a user name in it");
    }
    if uri.host().is_none_or(str::is_empty) {
        return Err("has no host");
    }
    if uri.query().is_some() {
        return Err("has a query");
    }
    if uri.path().split('/').any(is_dot_segment) {
        return Err("has a path with a `.` or `..` segment");
    }
    Ok(())
}

fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_prefix_and_drops_the_slash() {
        for (given, kept) in [
            ("https://a.example", "https://a.example"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("https://a.example/v1//", "https://a.example/v1"),
            ("https://[::1]:1/x", "https://[::1]:1/x"),
        ] {
            assert_eq!(given.parse::<BaseUrl>().expect(given).as_str(), kept);
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "a.example",
            "/v1",
            "ftp://a.example",
            "https://",
            "https://u:p@a.example",
            "https://a.example?q=1",
            "https://a.example/#f",
            "https://a.example/v1/../x",
            "https://a.example/%2E%2e",
            "https://a b",
            "http://:80",
        ] {
            let error = text.parse::<BaseUrl>().expect_err(text);
            assert_eq!(error.kind(), ErrorKind::Config, "{text}");
        }
    }

    #[test]
    fn the_message_does_not_repeat_a_password() {
        let error = "https://u:hush@a.example".parse::<BaseUrl>().expect_err("userinfo");
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
}
