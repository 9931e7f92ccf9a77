//! Which servers are asked directly, past any proxy.

use std::net::IpAddr;

/// What `NO_PROXY` lists: names, which stand for what is below them too, addresses, and networks.
#[derive(Debug, Default)]
pub(super) struct NoProxy(Vec<Entry>);

#[derive(Debug)]
enum Entry {
    All,
    Domain(String),
    /// All addresses that share so many bits.
    Network(IpAddr, u32),
}

impl NoProxy {
    /// Reads a list with commas.
    pub(super) fn parse(list: &str) -> Self {
        Self(list.split(',').map(str::trim).filter(|entry| !entry.is_empty()).map(Entry::parse).collect())
    }

    /// Whether a host is listed, as it stands in a URL.
    pub(super) fn covers(&self, host: &str) -> bool {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        match bare.parse() {
            Ok(address) => self.0.iter().any(|entry| entry.covers_address(address)),
            Err(_) => self.0.iter().any(|entry| entry.covers_name(bare)),
        }
    }
}

impl Entry {
    fn parse(text: &str) -> Self {
        if text == "*" {
            return Self::All;
        }
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, bits.parse().ok()),
            None => (text, Some(u32::MAX)),
        };
        match (address.parse(), bits) {
            (Ok(address), Some(bits)) => Self::Network(address, bits),
            _ => Self::Domain(text.trim_start_matches('.').to_ascii_lowercase()),
        }
    }

    fn covers_address(&self, address: IpAddr) -> bool {
        match (self, address) {
            (Self::All, _) => true,
            (Self::Network(IpAddr::V4(network), bits), IpAddr::V4(address)) => {
                let apart = network.to_bits() ^ address.to_bits();
                apart.leading_zeros() >= (*bits).min(u32::BITS)
            }
            (Self::Network(IpAddr::V6(network), bits), IpAddr::V6(address)) => {
                let apart = network.to_bits() ^ address.to_bits();
                apart.leading_zeros() >= (*bits).min(u128::BITS)
            }
            _ => false,
        }
    }

    fn covers_name(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Domain(domain) => {
                let name = name.to_ascii_lowercase();
                name.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            }
            Self::Network(..) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_what_is_below_them() {
        let list = NoProxy::parse(" example.com, .internal ,,localhost");
        for host in ["example.com", "API.Example.com", "a.internal", "internal", "localhost"] {
            assert!(list.covers(host), "{host}");
        }
        for host in ["notexample.com", "example.com.evil.org", "com", "127.0.0.1", ""] {
            assert!(!list.covers(host), "{host}");
        }
    }

    #[test]
    fn addresses_and_networks() {
        let list = NoProxy::parse("10.1.2.3,192.168.0.0/16,fd00::/8,::1,1.2.3.4/x");
        for host in ["10.1.2.3", "192.168.255.1", "[fd12::1]", "[::1]"] {
            assert!(list.covers(host), "{host}");
        }
        for host in ["10.1.2.4", "192.169.0.1", "[fe80::1]", "[::2]", "1.2.3.4", "a.10.1.2.3.example.com"] {
            assert!(!list.covers(host), "{host}");
        }
        assert!(NoProxy::parse("0.0.0.0/0").covers("8.8.8.8"));
    }

    #[test]
    fn a_star_is_everything_and_nothing_is_nothing() {
        assert!(NoProxy::parse("a, *").covers("example.com") && NoProxy::parse("*").covers("::1"));
        assert!(!NoProxy::parse("").covers("example.com"));
        assert!(!NoProxy::parse("").covers(""));
    }
}
