//! Rate limit headers.

use http::HeaderMap;

/// The rate limit headers of a response, as text.
///
/// The headers are `ratelimit-limit`, `ratelimit-remaining` and `ratelimit-reset`, with or without
/// the prefix `x-`. The values are not parsed, because servers use different units.
///
/// ```
/// use typefoundry_runtime::RateLimit;
/// use typefoundry_runtime::http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(RateLimit::of(&headers), None);
///
/// headers.insert("x-ratelimit-remaining", HeaderValue::from_static("7"));
/// let limit = RateLimit::of(&headers).expect("a rate limit header");
/// assert_eq!((limit.remaining, limit.reset), (Some("7"), None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit<'h> {
    /// The total quota.
    pub limit: Option<&'h str>,
    /// The remaining quota.
    pub remaining: Option<&'h str>,
    /// The time of the next reset, in the server's unit.
    pub reset: Option<&'h str>,
}

impl<'h> RateLimit<'h> {
    /// Reads the rate limit headers of a response or an error. Returns `None` if there are none.
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
