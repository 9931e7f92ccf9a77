//! The headers of rate limits.

use http::HeaderMap;

/// How much of what the server allows is left, word by word as its headers say.
///
/// It looks for `ratelimit-limit`, `ratelimit-remaining` and `ratelimit-reset`, with or without `x-` before them.
/// Servers do not agree on what they count and in what unit, hence text.
///
/// ```
/// use typefoundry_runtime::RateLimit;
/// use typefoundry_runtime::http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(RateLimit::of(&headers), None);
///
/// headers.insert("x-ratelimit-remaining", HeaderValue::from_static("7"));
/// let limit = RateLimit::of(&headers).expect("one of the headers");
/// assert_eq!((limit.remaining, limit.reset), (Some("7"), None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit<'h> {
    /// What is allowed in all.
    pub limit: Option<&'h str>,
    /// What is left.
    pub remaining: Option<&'h str>,
    /// When there is more again.
    pub reset: Option<&'h str>,
}

impl<'h> RateLimit<'h> {
    /// Reads the headers of a response, such as those of an error; `None` where there is none of them.
    pub fn of(headers: &'h HeaderMap) -> Option<Self> {
        let either = |plain, prefixed| header_text(headers, plain).or_else(|| header_text(headers, prefixed));
        let found = Self {
            limit: either("ratelimit-limit", "x-ratelimit-limit"),
            remaining: either("ratelimit-remaining", "x-ratelimit-remaining"),
            reset: either("ratelimit-reset", "x-ratelimit-reset"),
        };
        [found.limit, found.remaining, found.reset].iter().any(Option::is_some).then_some(found)
    }
}

/// Returns the trimmed text of a header.
pub(super) fn header_text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}
