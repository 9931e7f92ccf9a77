//! Absolute URLs.

use std::fmt;
use std::str::FromStr;

use super::value_error::ValueError;

/// An absolute URL, whose text is kept as it is.
///
/// The URL has a scheme, contains neither white space nor control characters, and can have a fragment. `http` and `https`
/// URLs have a host.
///
/// ```
/// use typefoundry_runtime::Url;
///
/// let url: Url = "https://example.com/a?b=c#d".parse()?;
/// assert_eq!((url.as_str(), url.scheme()), ("https://example.com/a?b=c#d", "https"));
/// assert!("example.com/a".parse::<Url>().is_err());
/// # Ok::<(), typefoundry_runtime::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(Box<str>);

impl Url {
    /// Returns the text of the URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text before the first colon, such as `https`.
    pub fn scheme(&self) -> &str {
        self.0.split(':').next().unwrap_or_default()
    }

    /// Returns the placeholder of a field that is not decoded yet.
    pub(crate) fn placeholder() -> Self {
        Self(Box::default())
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({:?})", &self.0)
    }
}

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Url {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match is_absolute(text) {
            true => Ok(Self(text.into())),
            false => Err(ValueError::new("invalid URL: not an absolute URL without spaces")),
        }
    }
}

fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_visible = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let has_host =
        || rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
    is_scheme && is_visible && !rest.is_empty() && (!is_web || has_host())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Url;

    #[test]
    fn absolute_urls_keep_their_text() {
        for text in [
            "https://example.com",
            "HTTP://Example.com:8080/a%20b?c=d&e#f",
            "https://user@[::1]/{id}",
            "https://b\u{fc}cher.example/\u{e4}",
            "mailto:ada@example.com",
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "custom+app.v1://open",
        ] {
            assert_eq!(text.parse::<Url>().map(|url| url.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn other_texts_are_not_urls() {
        for text in [
            "",
            "a",
            "/a",
            "//example.com/a",
            ":a",
            "a:",
            "1a:b",
            "https:",
            "https:a",
            "https:///a",
            "https://?a",
        ] {
            assert!(text.parse::<Url>().is_err(), "{text}");
        }
        for text in
            ["https://a b", "https://a\n", " https://a", "https://a\u{a0}", "ht tp://a", "https://a\0"]
        {
            assert!(text.parse::<Url>().is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn text_is_either_kept_or_rejected(text in "(https?|[a-z+]{0,5}):?/{0,3}[ -~\u{e4}]{0,20}") {
            if let Ok(url) = text.parse::<Url>() {
                prop_assert_eq!(url.as_str(), &*text);
                prop_assert!(text.starts_with(url.scheme()));
            }
        }
    }
}
