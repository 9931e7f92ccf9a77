//! The rules of base URLs, which the runtime applies when a client is built.
//!
//! `tests/tests/agreement` compares both sets of rules: a client accepts every URL that passes here.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::path;

/// An invalid part of a base URL.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    pub start: usize,
    pub len: usize,
    pub label: &'static str,
    pub help: String,
}

/// Checks a base URL. The help of a problem contains the repaired URL, if there is one.
pub(super) fn check(url: &str) -> Result<(), Problem> {
    find_problem(url).map_or(Ok(()), |(start, len, label)| {
        let repaired = repair(url);
        let help = match find_problem(&repaired) {
            None => format!("write `{repaired}`"),
            Some(_) => match label {
                PLACEHOLDER => {
                    "write the URL of one server, and describe each other server as an entry of its own"
                }
                ASCII => "write the URL in ASCII: a host in another script begins with `xn--`",
                PORT => "write the port of the server",
                _ => "write an absolute URL, such as `https://api.acme.test`",
            }
            .to_owned(),
        };
        Err(Problem { start, len: len.max(1), label, help })
    })
}

type Found = (usize, usize, &'static str);

const PLACEHOLDER: &str = "a placeholder is a variable in braces, such as `{tenant}`";
const ASCII: &str = "a URL is written in ASCII without blanks";
const PORT: &str = "a port is a number from 1 to 65535";

fn find_problem(url: &str) -> Option<Found> {
    let whole = |label| Some((0, url.len(), label));
    let placeholder = url.find(['{', '}', '<', '>']);
    if let Some(at) = placeholder {
        return Some((at, 1, PLACEHOLDER));
    }
    if let Some((at, c)) = url.char_indices().find(|(_, c)| !matches!(c, '!'..='~')) {
        return Some((at, c.len_utf8(), ASCII));
    }
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    if !matches!(scheme, "https" | "http") {
        return whole("a base URL begins with `https://`");
    }
    let start = scheme.len() + 3;
    if let Some(at) = rest.find(['?', '#']) {
        return Some((start + at, rest.len() - at, "a base URL must not contain a query or a fragment"));
    }
    let (authority, path) = rest.split_at(rest.find(['/', '\\']).unwrap_or(rest.len()));
    if authority.is_empty() {
        return whole("the host is missing");
    }
    if let Some(at) = authority.rfind('@') {
        return Some((start, at + 1, "a base URL must not contain a user name or a password"));
    }
    authority_problem(scheme, authority).map(|label| (start, authority.len(), label)).or_else(|| {
        let (at, len, label) = path_problem(path)?;
        Some((start + authority.len() + at, len, label))
    })
}

fn authority_problem(scheme: &str, authority: &str) -> Option<&'static str> {
    let (host, port) = split_port(authority);
    if host.is_empty() {
        return Some("the host is missing");
    }
    if !is_host(host) {
        return Some("not a valid host name or IP address");
    }
    if port.is_some_and(|port| !is_port(port)) {
        return Some(PORT);
    }
    (scheme == "http" && !is_loopback(host)).then_some("`http://` sends credentials without encryption")
}

/// Splits `host:port`. The host can be an IPv6 address in brackets.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let end = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    match authority.get(end..).and_then(|rest| rest.find(':')) {
        Some(colon) => {
            let (host, port) = authority.split_at(end + colon);
            (host, port.strip_prefix(':'))
        }
        None => (authority, None),
    }
}

fn is_port(port: &str) -> bool {
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    is_number && port.parse::<u16>().is_ok()
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let is_label = |label: &str| {
        let is_char = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (1..=63).contains(&label.len())
            && label.bytes().all(is_char)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    // URL libraries parse such a name as an IPv4 address, and some of them as octal or as a single number.
    let is_numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    host.len() <= 253 && host.split('.').all(is_label) && (!is_numeric || host.parse::<Ipv4Addr>().is_ok())
}

fn is_loopback(host: &str) -> bool {
    let v6 = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    host == "localhost"
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || v6.is_some_and(|v6| v6.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()))
}

fn path_problem(path: &str) -> Option<Found> {
    if path.is_empty() {
        return None;
    }
    if let Some(plain) = path.strip_suffix('/') {
        return Some((plain.len(), 1, "a base URL does not end in `/`: every path begins with one"));
    }
    if let Some(at) = path.find('%') {
        return Some((at, 1, "a base URL must not contain encoded characters"));
    }
    path::check(path).err().map(|problem| (problem.start, problem.len, problem.label))
}

/// Returns the URL without the parts that a base URL cannot have.
fn repair(url: &str) -> String {
    let url = url.trim();
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => (
            String::new(),
            url.trim_start_matches("https:").trim_start_matches("http:").trim_start_matches('/'),
        ),
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = split_port(authority);
    let host = host.trim_end_matches('.');
    let scheme = if scheme == "http" && is_loopback(host) { "http" } else { "https" };
    let port = port.filter(|port| !port.is_empty()).map_or(String::new(), |port| format!(":{port}"));
    let path = path::repair(path);
    format!("{scheme}://{host}{port}{}", path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn usable_base_urls_are_accepted() {
        for url in [
            "https://api.acme.test",
            "https://api.acme.test/v1",
            "https://api.acme.test:8443/v1.0/eu-1",
            "https://api_1.acme.test",
            "https://localhost",
            "http://localhost:8080",
            "http://127.0.0.1:1",
            "http://[::1]:65535/x",
            "https://[2001:db8::1]",
            "https://10.0.0.1",
            "https://xn--bcher-kva.example",
        ] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
    }

    /// Lists the URL, the part at the caret, a part of the label, and the repaired URL.
    #[test]
    fn each_unusable_base_url_is_located_and_repaired() {
        let cases = [
            ("api.acme.test/v1", "api.acme.test/v1", "https://", "https://api.acme.test/v1"),
            ("//api.acme.test", "//api.acme.test", "https://", "https://api.acme.test"),
            ("HTTPS://api.acme.test", "HTTPS://api.acme.test", "https://", "https://api.acme.test"),
            ("wss://api.acme.test", "wss://api.acme.test", "https://", "https://api.acme.test"),
            ("http://api.acme.test", "api.acme.test", "encryption", "https://api.acme.test"),
            ("http://127.1.acme.test", "127.1.acme.test", "encryption", "https://127.1.acme.test"),
            ("https://u:p@api.acme.test", "u:p@", "user name", "https://api.acme.test"),
            ("https://api.acme.test?v=1", "?v=1", "query", "https://api.acme.test"),
            ("https://api.acme.test/v1/#top", "#top", "fragment", "https://api.acme.test/v1"),
            ("https://api.acme.test/", "/", "end in", "https://api.acme.test"),
            ("https://api.acme.test/v1/", "/", "end in", "https://api.acme.test/v1"),
            ("https://api.acme.test//v1", "//", "empty", "https://api.acme.test/v1"),
            ("https://api.acme.test/v1/../v2", "..", "remove", "https://api.acme.test/v2"),
            ("https://api.acme.test:", "api.acme.test:", "port", "https://api.acme.test"),
            (" https://api.acme.test", " ", "ASCII", "https://api.acme.test"),
            ("https://api.acme.test.", "api.acme.test.", "host", "https://api.acme.test"),
        ];
        for (url, part, label, repaired) in cases {
            let problem = check(url).expect_err(url);
            assert_eq!(&url[problem.start..problem.start + problem.len], part, "{url}");
            assert!(problem.label.contains(label), "{url}: {}", problem.label);
            assert_eq!(problem.help, format!("write `{repaired}`"), "{url}");
        }
    }

    #[test]
    fn unusable_base_url_without_a_repair_is_rejected() {
        for (url, label) in [
            ("", "begins with"),
            ("https://", "host"),
            ("https:///v1", "host"),
            ("https://:80", "host"),
            ("https://{region}.acme.test", "placeholder"),
            ("https://<region>.acme.test", "placeholder"),
            ("https://api.acme.test/${version}", "placeholder"),
            ("https://api.acme.test:65536", "65535"),
            ("https://api.acme.test:0", "65535"),
            ("https://api.acme.test:+1", "65535"),
            ("https://api.acme.test:80a", "65535"),
            ("https://api..test", "host"),
            ("https://-api.test", "host"),
            ("https://256.0.0.1", "host"),
            ("https://0x7f.1", "host"),
            ("https://1", "host"),
            ("https://[::1", "host"),
            ("https://[::1]a", "host"),
            ("https://[fe80::1%25eth0]", "host"),
            ("https://a,b", "host"),
            ("https://a%2eb", "host"),
            ("https://api.acme.test\\v1", "begins with"),
            ("https://api.acme.test/a%20b", "character"),
            ("https://bücher.example", "ASCII"),
            ("https://api.acme.test/a b", "ASCII"),
            ("https://api.acme.test\u{0}", "ASCII"),
        ] {
            let problem = check(url).expect_err(url);
            assert!(problem.label.contains(label), "{url}: {}", problem.label);
            assert!(problem.start + problem.len <= url.len().max(1), "{url}");
        }
    }
}
