//! The base URL of an API.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};

use crate::error::{Error, ErrorKind};

/// The maximum length of a URL, which is that of `Uri`.
const MAX_URL_LEN: usize = u16::MAX as usize - 1;

/// An absolute `http` or `https` URL, with an optional path that precedes the path of every operation.
///
/// Trailing slashes are dropped. A query, a fragment or a user name is rejected, and so is an
/// invalid host or port.
///
/// ```
/// use typefoundry_runtime::BaseUrl;
///
/// let url: BaseUrl = "https://api.example.com/eu/".parse()?;
/// assert_eq!(url.as_str(), "https://api.example.com/eu");
/// assert!("api.example.com".parse::<BaseUrl>().is_err());
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct BaseUrl {
    text: String,
    /// The parts of the text. They are parsed once, so that a request parses only its own path and query.
    scheme: Scheme,
    authority: Authority,
    /// Empty, or a path without a trailing slash.
    path: String,
}

impl BaseUrl {
    /// Returns the URL without trailing slashes.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the path that precedes the paths of operations: empty, or without a trailing slash.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Returns the URL with this path and query, which include [`BaseUrl::path`]. Returns `None` if the URL is too long
    /// or malformed.
    pub(super) fn join(&self, path_and_query: Bytes) -> Option<Uri> {
        let len = self.text.len() - self.path.len() + path_and_query.len();
        if len > MAX_URL_LEN {
            return None;
        }
        let path_and_query = match path_and_query.is_empty() {
            true => PathAndQuery::from_static("/"),
            false => PathAndQuery::from_maybe_shared(path_and_query).ok()?,
        };
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path_and_query);
        Uri::from_parts(parts).ok()
    }

    /// Returns whether requests leave this machine unencrypted: `http` to a host that is not a
    /// loopback address.
    pub(crate) fn exposes_requests(&self) -> bool {
        self.scheme == Scheme::HTTP && !is_loopback(self.authority.host())
    }
}

impl PartialEq for BaseUrl {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for BaseUrl {}

impl Hash for BaseUrl {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BaseUrl").field(&self.text).finish()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    /// Parses a base URL.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::Config`] if the text is not a valid base URL.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).map_err(|reason| Error::new(ErrorKind::Config, format!("invalid base URL: {reason}")))
    }
}

/// Parses a base URL.
///
/// Errors do not repeat the URL, which can contain a password.
fn parse(text: &str) -> Result<BaseUrl, &'static str> {
    // `Uri` drops a fragment silently.
    if text.contains('#') {
        return Err("contains a fragment");
    }
    if text.contains(['{', '}']) {
        return Err("contains a placeholder in braces");
    }
    let uri: Uri = text.parse().map_err(|_| "not a URL")?;
    match uri.scheme_str() {
        Some("http" | "https") => {}
        Some(_) => return Err("the scheme is neither http nor https"),
        None => return Err("must start with http:// or https://"),
    }
    let authority = uri.authority().ok_or("contains no host")?;
    if authority.as_str().contains('@') {
        return Err("contains a user name");
    }
    check_host(authority.host())?;
    check_port(authority.as_str().get(authority.host().len()..).unwrap_or_default())?;
    if uri.query().is_some() {
        return Err("contains a query");
    }
    check_path(uri.path())?;
    Ok(BaseUrl {
        text: text.trim_end_matches('/').to_owned(),
        scheme: uri.scheme().ok_or("must start with http:// or https://")?.clone(),
        authority: authority.clone(),
        path: uri.path().trim_end_matches('/').to_owned(),
    })
}

fn check_host(host: &str) -> Result<(), &'static str> {
    if host.is_empty() {
        return Err("contains no host");
    }
    if let Some(address) = bracketed(host) {
        return address.parse::<Ipv6Addr>().map(drop).map_err(|_| "the host is not a valid IPv6 address");
    }
    let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_name_byte);
    // A trailing dot marks a fully qualified name.
    let name = host.strip_suffix('.').unwrap_or(host);
    if !name.split('.').all(is_label) {
        return Err("the host is not a valid name");
    }
    let ends_in_number =
        name.rsplit('.').next().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    if ends_in_number && name.parse::<Ipv4Addr>().is_err() {
        return Err("the host is not a valid IPv4 address");
    }
    Ok(())
}

/// Checks the part after the host. `Uri` accepts ports that are out of range, and HTTP libraries
/// then use the default port.
fn check_port(suffix: &str) -> Result<(), &'static str> {
    let Some(port) = suffix.strip_prefix(':') else {
        return if suffix.is_empty() { Ok(()) } else { Err("not a URL") };
    };
    let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    match port.parse::<u16>() {
        Ok(1..) if is_number => Ok(()),
        _ => Err("the port must be a number from 1 to 65535"),
    }
}

fn check_path(path: &str) -> Result<(), &'static str> {
    if path.split('/').any(is_dot_segment) {
        return Err("the path contains a `.` or `..` segment");
    }
    // Only trailing slashes are dropped.
    if path.trim_end_matches('/').contains("//") {
        return Err("the path contains an empty segment");
    }
    let is_path_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%".contains(&byte);
    if !path.bytes().all(is_path_byte) {
        return Err("the path contains a character that must be percent-encoded");
    }
    let is_escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !path.split('%').skip(1).all(is_escape) {
        return Err("the path contains a `%` without two hexadecimal digits");
    }
    Ok(())
}

fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// Returns the address inside the brackets of a host.
fn bracketed(host: &str) -> Option<&str> {
    host.strip_prefix('[')?.strip_suffix(']')
}

/// Returns whether a host is this machine: `127.0.0.0/8`, `::1`, `localhost`, or a name below
/// `localhost`.
fn is_loopback(host: &str) -> bool {
    if let Ok(address) = bracketed(host).unwrap_or(host).parse::<IpAddr>() {
        return address.to_canonical().is_loopback();
    }
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_is_kept_without_trailing_slash() {
        for (given, kept) in [
            ("https://a.example", "https://a.example"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("https://a.example/v1//", "https://a.example/v1"),
            ("https://[::1]:1/x", "https://[::1]:1/x"),
            ("https://a.example:65535", "https://a.example:65535"),
            ("https://a_b.example./", "https://a_b.example."),
            ("https://10.0.0.1/v1;a=b/%2Fx", "https://10.0.0.1/v1;a=b/%2Fx"),
        ] {
            assert_eq!(given.parse::<BaseUrl>().expect(given).as_str(), kept);
        }
    }

    #[test]
    fn invalid_base_url_is_rejected() {
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
            "http://",
            "https:///x",
            "http://127.0.0.1:65616",
            "http://127.0.0.1:0",
            "http://127.0.0.1:",
            "http://127.0.0.1:+80",
            "http://127.0.0.1:80:80",
            "http://[::1]:65536",
            "http://[::1]x",
            "http://[::g]",
            "https://1.2.3.256",
            "https://1.2.3",
            "https://a..example",
            "https://.a.example",
            "https://a.example..",
            "https://a%2eexample",
            "https://b\u{fc}cher.example",
            "https://{region}.example",
            "https://a.example/{region}",
            "https://a.example/v1//x",
            "https://a.example//x",
            "https://a.example/a b",
            "https://a.example/\"",
            "https://a.example/a|b",
            "https://a.example/\u{fc}",
            "https://a.example/%zz",
            "https://a.example/%2",
            " https://a.example",
            "https://a.example ",
            "https://a.example\n",
        ] {
            let error = text.parse::<BaseUrl>().expect_err(text);
            assert_eq!(error.kind(), ErrorKind::Config, "{text}");
        }
    }

    #[test]
    fn error_does_not_contain_the_password() {
        let error = "https://u:hush@a.example".parse::<BaseUrl>().expect_err("userinfo");
        assert!(!format!("{error} {error:?}").contains("hush"));
    }

    #[test]
    fn http_is_exposed_unless_host_is_loopback() {
        let exposes = |text: &str| text.parse::<BaseUrl>().expect(text).exposes_requests();
        for host in [
            "127.0.0.1",
            "127.9.9.9:81",
            "[::1]:80",
            "[::ffff:127.0.0.1]",
            "localhost",
            "LOCALHOST.",
            "a.b.localhost",
        ] {
            assert!(!exposes(&format!("http://{host}/v1")), "{host}");
        }
        for host in [
            "a.example",
            "128.0.0.1",
            "0.0.0.0",
            "[::2]",
            "10.0.0.1",
            "localhost.example",
            "notlocalhost",
            "127.0.0.1.example",
        ] {
            assert!(exposes(&format!("http://{host}/v1")), "{host}");
            assert!(exposes(&format!("HTTP://{host}/v1")), "{host}");
            assert!(!exposes(&format!("https://{host}/v1")), "{host}");
        }
    }
}
