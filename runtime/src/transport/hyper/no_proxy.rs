//! The hosts that `NO_PROXY` exempts from the proxies.

use std::net::IpAddr;

/// The exempt hosts.
///
/// The list is parsed like in curl, with two additions that other programs support. An entry can end in a port, and `*`
/// can appear among other entries.
#[derive(Debug, Default)]
pub(super) struct NoProxy(Vec<Exemption>);

#[derive(Debug)]
struct Exemption {
    host: Host,
    /// `None` matches any port.
    port: Option<u16>,
}

#[derive(Debug)]
enum Host {
    Any,
    /// An address and the length of its prefix.
    Network(IpAddr, u32),
    /// A domain with its subdomains.
    Domain(String),
}

impl NoProxy {
    /// Parses a list whose entries are separated by commas or white space.
    pub(super) fn parse(list: &str) -> Self {
        let entries = list.split(|c: char| c == ',' || c.is_whitespace());
        Self(entries.filter(|entry| !entry.is_empty()).map(Exemption::parse).collect())
    }

    /// Returns whether requests to this host and port go to the server directly.
    pub(super) fn contains(&self, host: &str, port: u16) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        let address = address(host);
        self.0.iter().any(|exemption| {
            exemption.port.is_none_or(|exempt| exempt == port) && exemption.host.matches(host, address)
        })
    }
}

impl Exemption {
    fn parse(entry: &str) -> Self {
        // Checked before the port, because an IPv6 address contains colons.
        if let Some(host) = Host::network(entry) {
            return Self { host, port: None };
        }
        let port = |(host, port): (_, &str)| Some((host, port.parse().ok()?));
        match entry.rsplit_once(':').and_then(port) {
            Some((host, port)) => Self { host: Host::parse(host), port: Some(port) },
            None => Self { host: Host::parse(entry), port: None },
        }
    }
}

impl Host {
    fn parse(text: &str) -> Self {
        if text == "*" {
            return Self::Any;
        }
        Self::network(text).unwrap_or_else(|| {
            let domain = text.strip_prefix('*').unwrap_or(text);
            let domain = domain.strip_prefix('.').unwrap_or(domain);
            Self::Domain(domain.strip_suffix('.').unwrap_or(domain).to_owned())
        })
    }

    fn network(text: &str) -> Option<Self> {
        let (text, prefix) = match text.split_once('/') {
            Some((text, prefix)) => (text, Some(prefix.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address = address(text)?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(longest);
        (prefix <= longest).then_some(Self::Network(address, prefix))
    }

    fn matches(&self, host: &str, address: Option<IpAddr>) -> bool {
        match self {
            Self::Any => true,
            Self::Network(network, prefix) => {
                address.is_some_and(|address| is_within(address, *network, *prefix))
            }
            Self::Domain(domain) => address.is_none() && is_domain_or_subdomain(host, domain),
        }
    }
}

/// Parses an address, with or without brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    bare.unwrap_or(text).parse().ok()
}

fn is_within(address: IpAddr, network: IpAddr, prefix: u32) -> bool {
    // IPv4 addresses are mapped to IPv6, so that both notations match.
    let prefix = if network.is_ipv4() { prefix.saturating_add(96) } else { prefix };
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    };
    (bits(address) ^ bits(network)).leading_zeros() >= prefix
}

fn is_domain_or_subdomain(host: &str, domain: &str) -> bool {
    let Some(start) = host.len().checked_sub(domain.len()) else { return false };
    let Some((before, end)) = host.split_at_checked(start) else { return false };
    !domain.is_empty() && end.eq_ignore_ascii_case(domain) && (before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::NoProxy;

    #[track_caller]
    fn check(list: &str, exempt: &[(&str, u16)], proxied: &[(&str, u16)]) {
        let list = NoProxy::parse(list);
        for (host, port) in exempt {
            assert!(list.contains(host, *port), "{list:?} must exempt {host}:{port}");
        }
        for (host, port) in proxied {
            assert!(!list.contains(host, *port), "{list:?} must not exempt {host}:{port}");
        }
    }

    #[test]
    fn star_exempts_every_host_and_address() {
        for list in ["*", " * ", "a.example,*", "* b.example"] {
            check(list, &[("c.example", 80), ("127.0.0.1", 8080), ("[::1]", 443)], &[]);
        }
        check("*:8080", &[("127.0.0.1", 8080), ("c.example", 8080)], &[("127.0.0.1", 80)]);
    }

    #[test]
    fn empty_list_exempts_nothing() {
        for list in ["", " ", ",", " , ,", ".", "*."] {
            check(list, &[], &[("a.example", 80), ("127.0.0.1", 80), ("[::1]", 80), ("", 80)]);
        }
    }

    #[test]
    fn domain_exempts_itself_and_its_subdomains() {
        for list in ["b.example", ".b.example", "*.b.example", "b.example.", "B.Example", "x,b.example y"] {
            check(
                list,
                &[("b.example", 443), ("a.b.example", 80), ("A.B.EXAMPLE", 80), ("b.example.", 80)],
                &[("bb.example", 443), ("example", 443), ("b.example.com", 443), ("127.0.0.1", 443)],
            );
        }
    }

    #[test]
    fn port_restricts_the_exemption() {
        check("b.example:8080", &[("b.example", 8080), ("a.b.example", 8080)], &[("b.example", 80)]);
        check("127.0.0.1:8080", &[("127.0.0.1", 8080)], &[("127.0.0.1", 80), ("127.0.0.2", 8080)]);
        check("10.0.0.0/8:81", &[("10.1.2.3", 81)], &[("10.1.2.3", 80)]);
        check("[::1]:8080", &[("[::1]", 8080)], &[("[::1]", 80), ("[::2]", 8080)]);
    }

    #[test]
    fn addresses_and_networks_match_by_prefix() {
        check("127.0.0.1", &[("127.0.0.1", 1)], &[("127.0.0.2", 1), ("a.127.0.0.1", 1)]);
        check("10.0.0.0/8, 192.168.7.0/24", &[("10.9.9.9", 1), ("192.168.7.1", 1)], &[("192.168.8.1", 1)]);
        check("0.0.0.0/0", &[("203.0.113.9", 1)], &[("[2001:db8::1]", 1), ("a.example", 1)]);
        for list in ["::1", "[::1]", "::1/128"] {
            check(list, &[("[::1]", 1), ("[0:0:0:0:0:0:0:1]", 1)], &[("[::2]", 1), ("127.0.0.1", 1)]);
        }
        check("2001:db8::/32", &[("[2001:db8:ffff::1]", 1)], &[("[2001:db9::1]", 1)]);
        check("::/0", &[("[2001:db8::1]", 1), ("127.0.0.1", 1)], &[("a.example", 1)]);
        check("10.0.0.0/8", &[("[::ffff:10.1.1.1]", 1)], &[("[::ffff:11.1.1.1]", 1)]);
    }

    #[test]
    fn unreadable_entry_exempts_nothing() {
        for list in
            ["10.0.0.0/33", "10.0.0.0/x", "::1/129", "[::1", "a.example:65536", "http://a.example", "é"]
        {
            check(list, &[], &[("a.example", 80), ("10.0.0.1", 80), ("[::1]", 80), ("xé", 80)]);
        }
    }
}
