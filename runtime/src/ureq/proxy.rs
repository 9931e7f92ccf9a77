//! Which requests go through a proxy. The rules are those of the default transport.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::Uri;
use http::uri::PathAndQuery;
use percent_encoding::percent_decode_str;

use super::no_proxy::NoProxy;
use crate::{Secret, TransportError, TransportErrorKind};

/// Which requests go through which proxy.
#[derive(Debug, Default)]
pub(super) struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    direct: NoProxy,
}

/// A proxy and the credentials that it wants.
#[derive(Clone)]
pub(super) struct Proxy {
    uri: Uri,
    auth: Option<Secret>,
}

impl Proxies {
    pub(super) fn from_env() -> Self {
        Self::from_vars(|name| std::env::var(name).ok())
    }

    /// Capital letters count before small ones, and nothing where a web server may have set them for a script.
    fn from_vars(var: impl Fn(&str) -> Option<String>) -> Self {
        if var("REQUEST_METHOD").is_some() {
            return Self::none();
        }
        let either = |name: &str| var(name).or_else(|| var(&name.to_ascii_lowercase())).unwrap_or_default();
        let all = Proxy::parse(&either("ALL_PROXY"));
        Self {
            http: Proxy::parse(&either("HTTP_PROXY")).or_else(|| all.clone()),
            https: Proxy::parse(&either("HTTPS_PROXY")).or(all),
            direct: NoProxy::parse(&either("NO_PROXY")),
        }
    }

    pub(super) fn none() -> Self {
        Self::default()
    }

    /// One proxy for all requests; `None` when its URL cannot be used.
    pub(super) fn all(url: &str) -> Option<Self> {
        let proxy = Proxy::parse(url).filter(Proxy::speaks_http)?;
        Some(Self { http: Some(proxy.clone()), https: Some(proxy), direct: NoProxy::default() })
    }

    /// The proxy for a URL, unless it is asked for directly.
    pub(super) fn of(&self, uri: &Uri) -> Result<Option<&Proxy>, TransportError> {
        let proxy = match uri.scheme_str() {
            Some("http") => self.http.as_ref(),
            Some("https") => self.https.as_ref(),
            _ => None,
        };
        match proxy.filter(|_| !self.direct.covers(uri.host().unwrap_or_default())) {
            Some(proxy) if !proxy.speaks_http() => {
                let why = "only proxies that speak http themselves can be used";
                Err(TransportError::new(TransportErrorKind::Connect, why))
            }
            proxy => Ok(proxy),
        }
    }
}

impl Proxy {
    fn parse(url: &str) -> Option<Self> {
        let mut parts = url.parse::<Uri>().ok()?.into_parts();
        let authority = parts.authority.take()?;
        let (user, server) = match authority.as_str().rsplit_once('@') {
            Some((user, server)) => (Some(user), server),
            None => (None, authority.as_str()),
        };
        let scheme = parts.scheme.as_ref().map_or("http", |scheme| scheme.as_str());
        if !matches!(scheme, "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h") {
            return None;
        }
        let uri =
            Uri::builder().scheme(scheme).authority(server).path_and_query(PathAndQuery::from_static("/"));
        Some(Self { uri: uri.build().ok()?, auth: user.map(basic_auth) })
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(super) fn auth(&self) -> Option<&Secret> {
        self.auth.as_ref()
    }

    fn speaks_http(&self) -> bool {
        self.uri.scheme_str() == Some("http")
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uri)
    }
}

/// The port that is named, or the one that the scheme stands for.
pub(super) fn port_of(uri: &Uri) -> u16 {
    let usual = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    uri.port_u16().unwrap_or(usual)
}

fn basic_auth(user: &str) -> Secret {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let mut plain: Vec<u8> = percent_decode_str(name).collect();
    plain.push(b':');
    plain.extend(percent_decode_str(password));
    format!("Basic {}", BASE64_STANDARD.encode(plain)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] =
        ["http://api.example.com/", "https://api.example.com/", "ftp://api.example.com/"];

    /// Where requests go to for `NAMES`, with these variables.
    fn ways(vars: &[(&str, &str)]) -> [Option<String>; 3] {
        let var =
            |name: &str| vars.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let proxies = Proxies::from_vars(var);
        NAMES.map(|uri| {
            let proxy = proxies.of(&Uri::from_static(uri)).expect("a way");
            proxy.map(|proxy| proxy.uri().to_string())
        })
    }

    #[test]
    fn variables_name_proxies_by_scheme() {
        let (one, two) = (Some("http://one:1/".to_owned()), Some("http://two:2/".to_owned()));
        assert_eq!(ways(&[]), [None, None, None]);
        assert_eq!(ways(&[("HTTP_PROXY", "http://one:1")]), [one.clone(), None, None]);
        assert_eq!(ways(&[("https_proxy", "one:1")]), [None, one.clone(), None]);
        assert_eq!(ways(&[("ALL_PROXY", "http://one:1/x")]), [one.clone(), one.clone(), None]);
        let both = [("all_proxy", "http://one:1"), ("HTTPS_PROXY", "http://two:2")];
        assert_eq!(ways(&both), [one.clone(), two.clone(), None]);
        let cases = [("http_proxy", "http://one:1"), ("HTTP_PROXY", "http://two:2")];
        assert_eq!(ways(&cases), [two, None, None]);
        let no_proxy = [("ALL_PROXY", "http://one:1"), ("NO_PROXY", "example.com")];
        assert_eq!(ways(&no_proxy), [None, None, None]);
        let script = [("ALL_PROXY", "http://one:1"), ("REQUEST_METHOD", "GET")];
        assert_eq!(ways(&script), [None, None, None]);
        assert_eq!(ways(&[("ALL_PROXY", "ftp://one:1")]), [None, None, None]);
    }

    #[test]
    fn a_proxy_that_speaks_something_else_is_no_way() {
        let proxies = Proxies::from_vars(|name| (name == "ALL_PROXY").then(|| "socks5://one:1".to_owned()));
        let error = proxies.of(&Uri::from_static(NAMES[0])).expect_err("socks");
        assert_eq!(error.kind(), TransportErrorKind::Connect);
    }

    #[test]
    fn credentials_are_decoded_and_never_shown() {
        let proxies = Proxies::all("http://ada:h%75sh%3A@one:1").expect("a proxy");
        let proxy = proxies.of(&Uri::from_static(NAMES[0])).expect("a way").expect("a proxy");
        let expected = format!("Basic {}", BASE64_STANDARD.encode("ada:hush:"));
        assert_eq!(proxy.auth().expect("credentials").expose(), expected);
        let shown = format!("{proxies:?}");
        assert!(shown.contains("http://one:1/"), "{shown}");
        for secret in ["ada", "h%75sh", "hush", expected.as_str()] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
