//! The choice of a proxy for each request.
//!
//! This module reads the variables instead of `hyper-util`, whose matcher ignores an invalid proxy. The request would
//! then bypass the proxy.

use std::ffi::OsString;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Uri};
use percent_encoding::percent_decode_str;

use super::no_proxy::NoProxy;
use crate::error::{TransportError, TransportErrorKind};

/// A proxy with the scheme `http`.
#[derive(Clone)]
pub(super) struct Proxy {
    pub(super) uri: Uri,
    pub(super) auth: Option<HeaderValue>,
}

/// The proxy for requests of one scheme, or the reason why the configured one cannot be used.
type ProxySetting = Result<Option<Proxy>, String>;

/// The proxies of a transport.
#[derive(Debug)]
pub(super) struct Proxies {
    http: ProxySetting,
    https: ProxySetting,
    no_proxy: NoProxy,
}

impl Proxies {
    /// Reads the proxies of the environment.
    pub(super) fn from_env() -> Self {
        Self::from_variables(|name| std::env::var_os(name))
    }

    /// Selects the proxies by curl's rules: a lower-case name takes precedence, and an empty variable counts as unset.
    pub(super) fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let value = |names: &[&'static str]| {
            let mut named = names.iter().filter_map(|name| Some((*name, variable(name)?)));
            named.find(|(_, value)| !value.to_string_lossy().trim().is_empty())
        };
        let choose = |names: &[&'static str]| {
            let found = value(names).or_else(|| value(&["all_proxy", "ALL_PROXY"]));
            found.map(|(name, value)| parse_variable(name, value)).transpose()
        };
        let no_proxy = value(&["no_proxy", "NO_PROXY"]);
        Self {
            http: choose(http_names(variable("REQUEST_METHOD").is_some(), cfg!(windows))),
            https: choose(&["https_proxy", "HTTPS_PROXY"]),
            no_proxy: NoProxy::parse(&no_proxy.map(|(_, list)| list).unwrap_or_default().to_string_lossy()),
        }
    }

    pub(super) fn none() -> Self {
        Self { http: Ok(None), https: Ok(None), no_proxy: NoProxy::default() }
    }

    /// Returns the proxies that use one proxy for all requests.
    pub(super) fn all(url: &str) -> Result<Self, String> {
        let proxy = Proxy::parse(url)?;
        Ok(Self { http: Ok(Some(proxy.clone())), https: Ok(Some(proxy)), no_proxy: NoProxy::default() })
    }

    /// Returns the proxy for a request to this URL, if it needs one.
    pub(super) fn proxy_for(&self, dst: &Uri) -> Result<Option<&Proxy>, TransportError> {
        let (setting, default_port) = if is_https(dst) { (&self.https, 443) } else { (&self.http, 80) };
        if let Ok(None) = setting {
            return Ok(None);
        }
        let port = dst.port_u16().unwrap_or(default_port);
        if dst.host().is_some_and(|host| self.no_proxy.contains(host, port)) {
            return Ok(None);
        }
        let unusable = |why: &String| TransportError::new(TransportErrorKind::Proxy, why);
        setting.as_ref().map(Option::as_ref).map_err(unusable)
    }

    /// Returns the proxy that forwards a request to this URL. The proxy receives the whole request, because the
    /// connection is not encrypted.
    pub(super) fn http_proxy_for(&self, dst: &Uri) -> Option<&Proxy> {
        if is_https(dst) { None } else { self.proxy_for(dst).ok().flatten() }
    }
}

/// Returns the variables that name the proxy of `http`.
///
/// A CGI server passes the request header `Proxy` to programs as `HTTP_PROXY`. Names of variables are case-insensitive
/// on Windows.
fn http_names(is_cgi: bool, is_windows: bool) -> &'static [&'static str] {
    match (is_cgi, is_windows) {
        (false, _) => &["http_proxy", "HTTP_PROXY"],
        (true, false) => &["http_proxy"],
        (true, true) => &[],
    }
}

/// Parses the proxy in a variable. The error names the variable and contains no user name or password.
fn parse_variable(name: &str, value: OsString) -> Result<Proxy, String> {
    let text = value.into_string().map_err(|_| format!("invalid `{name}`: not valid Unicode"))?;
    Proxy::parse(&text).map_err(|why| format!("invalid `{name}`: {why}"))
}

pub(super) fn is_https(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https")
}

impl Proxy {
    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(unsupported(scheme));
        }
        let not_a_url = || "not a URL such as `http://proxy.example:8080`".to_owned();
        let uri: Uri = format!("http://{rest}").parse().map_err(|_| not_a_url())?;
        let authority = uri.authority().map(http::uri::Authority::as_str).ok_or_else(not_a_url)?;
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(not_a_url)?;
        // A `/` or `?` in a password ends the authority too early.
        if uri.path_and_query().is_some_and(|rest| rest.as_str().contains('@')) {
            return Err(not_a_url());
        }
        let (userinfo, host_and_port) =
            authority.rsplit_once('@').map_or((None, authority), |(user, rest)| (Some(user), rest));
        if host_and_port != host && uri.port_u16().is_none_or(|port| port == 0) {
            return Err("the port must be a number from 1 to 65535".to_owned());
        }
        let auth = userinfo.map(basic_auth).transpose()?;
        let uri = Uri::builder().scheme("http").authority(host_and_port).path_and_query("/").build();
        Ok(Self { uri: uri.map_err(|_| not_a_url())?, auth })
    }
}

/// Returns the error for a scheme. The text is shown only if it can be a scheme, because it may be part of a password.
fn unsupported(scheme: &str) -> String {
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    match !scheme.is_empty() && scheme.len() <= 16 && scheme.chars().all(is_scheme) {
        true => format!("unsupported scheme `{scheme}`; use a proxy with the scheme `http`"),
        false => "unsupported scheme; use a proxy with the scheme `http`".to_owned(),
    }
}

fn basic_auth(userinfo: &str) -> Result<HeaderValue, String> {
    let (user, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
    let decode = |text| percent_decode_str(text).collect::<Vec<u8>>();
    let encoded = STANDARD.encode([decode(user), vec![b':'], decode(password)].concat());
    let mut header = HeaderValue::try_from(format!("Basic {encoded}"))
        .map_err(|_| "the user name or the password is too long".to_owned())?;
    header.set_sensitive(true);
    Ok(header)
}

impl fmt::Debug for Proxy {
    /// Omits the credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").field("uri", &self.uri).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Proxies {
        let found = |name: &str| variables.iter().find(|(set, _)| *set == name);
        Proxies::from_variables(|name| found(name).map(|(_, value)| value.into()))
    }

    /// Returns the proxy that the variables select for a URL, or the error.
    fn chosen(variables: &[(&str, &str)], url: &'static str) -> String {
        match proxies(variables).proxy_for(&Uri::from_static(url)) {
            Ok(Some(proxy)) => proxy.uri.authority().expect("an authority").to_string(),
            Ok(None) => "direct".to_owned(),
            Err(error) => {
                assert_eq!(error.kind(), TransportErrorKind::Proxy);
                error.to_string()
            }
        }
    }

    const HTTP: &str = "http://a.example/";
    const HTTPS: &str = "https://a.example/";

    #[test]
    fn variable_of_the_scheme_takes_precedence_over_all_proxy() {
        for (variables, http, https) in [
            (&[][..], "direct", "direct"),
            (&[("HTTP_PROXY", "p:1")], "p:1", "direct"),
            (&[("HTTPS_PROXY", "p:1")], "direct", "p:1"),
            (&[("ALL_PROXY", "p:1")], "p:1", "p:1"),
            (&[("ALL_PROXY", "p:1"), ("HTTPS_PROXY", "p:2")], "p:1", "p:2"),
            (&[("ALL_PROXY", "p:1"), ("HTTP_PROXY", " ")], "p:1", "p:1"),
        ] {
            assert_eq!(chosen(variables, HTTP), http, "{variables:?}");
            assert_eq!(chosen(variables, HTTPS), https, "{variables:?}");
        }
    }

    #[test]
    fn lower_case_name_takes_precedence() {
        for [lower, upper] in
            [["http_proxy", "HTTP_PROXY"], ["https_proxy", "HTTPS_PROXY"], ["all_proxy", "ALL_PROXY"]]
        {
            let url = if lower == "https_proxy" { HTTPS } else { HTTP };
            assert_eq!(chosen(&[(upper, "upper:1"), (lower, "lower:1")], url), "lower:1");
            assert_eq!(chosen(&[(upper, "upper:1"), (lower, "")], url), "upper:1");
        }
        let exempt = [("HTTP_PROXY", "p:1"), ("NO_PROXY", "*"), ("no_proxy", "b.example")];
        assert_eq!(chosen(&exempt, HTTP), "p:1");
    }

    #[test]
    fn upper_case_http_proxy_is_ignored_under_cgi() {
        let cgi = ("REQUEST_METHOD", "GET");
        assert_eq!(chosen(&[cgi, ("HTTP_PROXY", "evil:1")], HTTP), "direct");
        assert_eq!(chosen(&[cgi, ("HTTP_PROXY", "evil:1"), ("ALL_PROXY", "p:1")], HTTP), "p:1");
        assert_eq!(chosen(&[cgi, ("HTTPS_PROXY", "p:1")], HTTPS), "p:1");
        assert_eq!(http_names(true, false), ["http_proxy"]);
        assert!(http_names(true, true).is_empty(), "variable names are case-insensitive on Windows");
    }

    #[test]
    fn exempt_host_bypasses_every_proxy() {
        for url in ["http://127.0.0.1:8080/", "https://127.0.0.1:8080/"] {
            for proxy in ["p:1", "not a url"] {
                for list in ["*", "127.0.0.1:8080", "127.0.0.0/8"] {
                    assert_eq!(chosen(&[("ALL_PROXY", proxy), ("NO_PROXY", list)], url), "direct");
                }
            }
        }
        let ports = [("ALL_PROXY", "p:1"), ("NO_PROXY", "a.example:443")];
        assert_eq!((chosen(&ports, HTTP).as_str(), chosen(&ports, HTTPS).as_str()), ("p:1", "direct"));
    }

    #[test]
    fn error_of_an_invalid_proxy_names_its_variable() {
        for (value, why) in [
            ("not a url", "not a URL"),
            ("http://", "not a URL"),
            ("http://:8080", "not a URL"),
            ("http://hush:hu/sh@p.example", "not a URL"),
            ("http://hush:80/hush@p.example", "not a URL"),
            ("http://p.example:65616", "number from 1 to 65535"),
            ("http://p.example:0", "number from 1 to 65535"),
            ("http://p.example:", "number from 1 to 65535"),
            ("socks5://hush:hush@p.example", "unsupported scheme `socks5`"),
            ("https://p.example", "unsupported scheme `https`"),
            ("ftp://p.example", "unsupported scheme `ftp`"),
            ("hush:hush@http://p.example", "unsupported scheme;"),
            ("://p.example", "unsupported scheme;"),
        ] {
            for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
                let error = chosen(&[(name, value)], HTTP);
                assert!(error.starts_with(&format!("invalid `{name}`: ")), "{value}: {error}");
                assert!(error.contains(why) && !error.contains("hush"), "{value}: {error}");
            }
        }
        assert!(chosen(&[("https_proxy", "socks5://p")], HTTPS).contains("`https_proxy`"));
        // The invalid variable is not used.
        assert_eq!(chosen(&[("ALL_PROXY", "socks5://p"), ("HTTP_PROXY", "p:1")], HTTP), "p:1");
    }

    #[cfg(unix)]
    #[test]
    fn value_that_is_not_unicode_is_an_error() {
        use std::os::unix::ffi::OsStringExt as _;
        let proxies = Proxies::from_variables(|name| {
            (name == "HTTP_PROXY").then(|| OsString::from_vec(b"http://p\xff".to_vec()))
        });
        let error = proxies.proxy_for(&Uri::from_static(HTTP)).expect_err("not text");
        assert_eq!(error.to_string(), "invalid `HTTP_PROXY`: not valid Unicode");
    }

    #[test]
    fn proxy_url_is_parsed_like_in_curl() {
        for (text, uri, auth) in [
            ("p.example", "http://p.example/", None),
            ("HTTP://p.example:8080/", "http://p.example:8080/", None),
            (" http://p.example/path ", "http://p.example/", None),
            ("[::1]:3128", "http://[::1]:3128/", None),
            ("ada:pw@p.example:1", "http://p.example:1/", Some("ada:pw")),
            ("http://ada@p.example", "http://p.example/", Some("ada:")),
            ("http://a%40b:p%3a%C3%A9@p.example", "http://p.example/", Some("a@b:p:é")),
        ] {
            let proxy = Proxy::parse(text).expect(text);
            assert_eq!(proxy.uri, *uri, "{text}");
            let expected = auth.map(|auth| format!("Basic {}", STANDARD.encode(auth)));
            assert_eq!(proxy.auth.as_ref().map(|auth| auth.to_str().expect("text").to_owned()), expected);
            assert!(proxy.auth.is_none_or(|auth| auth.is_sensitive()), "{text}");
        }
        assert!(!format!("{:?}", Proxies::all("http://ada:hush@p.example")).contains("hush"));
    }
}
