//! The URL of a server with variables, such as `https://{tenant}.example.com/{version}`.

use crate::error::{Error, ErrorKind};

/// A variable in the URL of a server, and its value.
#[derive(Clone, Debug)]
pub(crate) struct ServerVariable {
    pub(crate) name: &'static str,
    /// The only values that are allowed. Empty if the position in the URL decides.
    pub(crate) allowed: &'static [&'static str],
    pub(crate) value: String,
}

/// Replaces the variables of a URL by their values.
///
/// A value never changes a part of the URL other than that of its placeholder. A placeholder without a variable remains,
/// and is then rejected as a part of a base URL.
pub(crate) fn expand(template: &str, variables: &[ServerVariable]) -> Result<String, Error> {
    let mut url = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((text, (name, after))) =
        rest.split_once('{').and_then(|(text, tail)| Some((text, tail.split_once('}')?)))
    {
        url.push_str(text);
        let before = template.get(..template.len() - rest.len() + text.len()).unwrap_or_default();
        match variables.iter().find(|variable| variable.name == name) {
            Some(variable) => url.push_str(checked(variable, Position::of(before, after))?),
            None => url.extend(["{", name, "}"]),
        }
        rest = after;
    }
    url.push_str(rest);
    Ok(url)
}

fn checked(variable: &ServerVariable, position: Position) -> Result<&str, Error> {
    let value = match position {
        // The path of the template follows.
        Position::Whole => variable.value.trim_end_matches('/'),
        _ => variable.value.as_str(),
    };
    let expected = match variable.allowed {
        [] if position.allows(value) => return Ok(value),
        [] => position.rule().to_owned(),
        allowed if allowed.contains(&value) => return Ok(value),
        allowed => format!("one of `{}`", allowed.join("`, `")),
    };
    let message = format!("invalid server variable `{}`: expected {expected}", variable.name);
    Err(Error::new(ErrorKind::Config, message))
}

/// The part of a URL that a variable replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    /// The URL up to its path.
    Whole,
    Scheme,
    Host,
    /// A part of the host between two dots.
    Label,
    Port,
    /// A part of the path between two slashes.
    Segment,
}

impl Position {
    fn of(before: &str, after: &str) -> Self {
        if before.is_empty() {
            return if after.starts_with("://") { Self::Scheme } else { Self::Whole };
        }
        match before.split_once("://") {
            Some((_, authority)) if !authority.contains('/') => match authority {
                "" if after.is_empty() || after.starts_with(['/', ':']) => Self::Host,
                authority if authority.ends_with(':') => Self::Port,
                _ => Self::Label,
            },
            _ => Self::Segment,
        }
    }

    /// Returns whether a value stays within the part. The whole URL is checked afterwards.
    fn allows(self, value: &str) -> bool {
        let is_name_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_name_byte);
        match self {
            Self::Whole => ["https://", "http://"].iter().any(|scheme| value.starts_with(scheme)),
            Self::Scheme => matches!(value, "https" | "http"),
            Self::Host => value.split('.').all(is_label),
            Self::Label => is_label(value),
            Self::Port => value.bytes().all(|byte| byte.is_ascii_digit()) && value.parse::<u16>().is_ok(),
            Self::Segment => {
                let is_byte = |byte: u8| is_name_byte(byte) || matches!(byte, b'.' | b'~');
                !value.is_empty() && value != "." && value != ".." && value.bytes().all(is_byte)
            }
        }
    }

    fn rule(self) -> &'static str {
        match self {
            Self::Whole => "a base URL, such as `https://example.com`",
            Self::Scheme => "`https` or `http`",
            Self::Host => "a host name, such as `example.com`",
            Self::Label => "one label of a host name: letters, digits, `-` and `_`",
            Self::Port => "a port number",
            Self::Segment => "one path segment: letters, digits, `-`, `_`, `.` and `~`",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::request::BaseUrl;

    fn expanded(template: &str, values: &[(&'static str, &str)]) -> Result<String, Error> {
        let variables = values.iter().map(|(name, value)| ServerVariable {
            name,
            allowed: &[],
            value: (*value).to_owned(),
        });
        expand(template, &variables.collect::<Vec<_>>())
    }

    #[test]
    fn variable_replaces_its_part_of_the_url() {
        for (template, value, url) in [
            ("https://{x}.example.com", "acme", "https://acme.example.com"),
            ("https://eu-{x}.example.com/v1", "acme_1", "https://eu-acme_1.example.com/v1"),
            ("https://{x}", "a.example", "https://a.example"),
            ("https://{x}:443/v1", "a.example", "https://a.example:443/v1"),
            ("https://a.example:{x}", "8443", "https://a.example:8443"),
            ("{x}://a.example", "http", "http://a.example"),
            ("https://a.example/{x}/y", "v1.2", "https://a.example/v1.2/y"),
            ("{x}/api", "https://a.example/b/", "https://a.example/b/api"),
            ("{x}", "http://localhost:8080", "http://localhost:8080"),
            ("https://{x}.{x}.example", "a", "https://a.a.example"),
        ] {
            assert_eq!(expanded(template, &[("x", value)]).expect(template), url);
        }
    }

    #[test]
    fn value_that_would_change_another_part_is_rejected() {
        for (template, values) in [
            (
                "https://{x}.example.com",
                &["", "evil.com/", "a.b", "evil.com#", "a@b", "a:1", "a\\", "\u{fc}"][..],
            ),
            ("https://{x}", &["", "a/b", "u@a", "a?b", "a..b", "a:1", "{y}"]),
            ("https://a.example:{x}", &["", "+1", "80/x", "65536", "1@evil.com"]),
            ("{x}://a.example", &["ftp", "HTTPS", "https://evil.com#"]),
            ("https://a.example/{x}/y", &["", ".", "..", "a/b", "%2e%2e", "a?b", "a#b", "a b", "a\\b"]),
            ("{x}/api", &["", "evil.com", "//evil.com", "ftp://a.example"]),
        ] {
            for value in values {
                let error = expanded(template, &[("x", value)]).expect_err(value);
                assert_eq!(error.kind(), ErrorKind::Config);
                assert!(error.to_string().contains("invalid server variable `x`: expected "), "{error}");
            }
        }
    }

    #[test]
    fn value_outside_of_the_allowed_ones_is_rejected() {
        let variable = |value: &str| ServerVariable {
            name: "path",
            allowed: &["v1", "api/v2"],
            value: value.to_owned(),
        };
        let template = "https://a.example/{path}";
        assert_eq!(expand(template, &[variable("api/v2")]).expect("a URL"), "https://a.example/api/v2");
        let error = expand(template, &[variable("v3")]).expect_err("an unknown value");
        assert_eq!(error.to_string(), "invalid server variable `path`: expected one of `v1`, `api/v2`");
    }

    #[test]
    fn unknown_placeholder_and_open_brace_remain() {
        assert_eq!(expanded("https://{y}.a/{", &[("x", "b")]).expect("a text"), "https://{y}.a/{");
    }

    proptest! {
        /// No value moves a request to another host, or to another path.
        #[test]
        fn accepted_value_changes_only_its_part(value in "[ -~]{0,12}|[a-z0-9.:/@#?\\\\-]{0,12}") {
            if let Ok(url) = expanded("https://{x}.example.com/v1", &[("x", &value)]) {
                let url: BaseUrl = url.parse().expect("a base URL");
                prop_assert_eq!(url.as_str(), format!("https://{value}.example.com/v1"));
                prop_assert_eq!(url.path(), "/v1");
            }
            if let Ok(url) = expanded("https://example.com/{x}/y", &[("x", &value)]) {
                let url: BaseUrl = url.parse().expect("a base URL");
                prop_assert_eq!(url.path().matches('/').count(), 2);
                prop_assert!(url.as_str().starts_with("https://example.com/"));
            }
        }
    }
}
