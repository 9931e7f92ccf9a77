//! The `retry-after` header.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use super::rate_limit::header_text;
use crate::clock::now;

/// Returns the delay that the server requests, given in seconds or as a date.
///
/// Other values are ignored. Dates are also ignored if the current time is unknown.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = header_text(headers, RETRY_AFTER.as_str())?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that does not fit exceeds every practical delay.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let then = httpdate::parse_http_date(text).ok()?;
    // Prefers the server's clock, because the local clock may be wrong.
    let date = header_text(headers, DATE.as_str()).and_then(|date| httpdate::parse_http_date(date).ok());
    let now = date.or_else(now)?;
    Some(then.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn wait(retry_after_is: &'static str, date: Option<&'static str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(retry_after_is));
        headers.extend(date.map(|date| (DATE, HeaderValue::from_static(date))));
        retry_after(&headers)
    }

    #[test]
    fn seconds_of_any_size_are_parsed() {
        assert_eq!(wait("0", None), Some(Duration::ZERO));
        assert_eq!(wait(" 120 ", None), Some(Duration::from_secs(120)));
        assert_eq!(wait("99999999999999999999999", None), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn date_is_relative_to_the_server_clock() {
        let now = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:07 GMT", now), Some(Duration::from_secs(30)));
        assert_eq!(wait("Sunday, 06-Nov-94 08:49:40 GMT", now), Some(Duration::from_secs(3)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:07 GMT", now), Some(Duration::ZERO));
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:07 GMT", None), Some(Duration::ZERO));
        let far = wait("Fri, 31 Dec 9999 23:59:59 GMT", Some("soon")).expect("a wait");
        assert!(far > Duration::from_secs(60 * 60 * 24 * 365 * 1000), "{far:?}");
    }

    #[test]
    fn invalid_value_is_ignored() {
        for garbage in ["", "-1", "+5", "1.5", "soon", "10 s", "0x10", "Sun, 06 Nov 1994", "٣"] {
            assert_eq!(
                HeaderValue::from_str(garbage).ok().and_then(|value| {
                    let mut headers = HeaderMap::new();
                    headers.insert(RETRY_AFTER, value);
                    retry_after(&headers)
                }),
                None,
                "{garbage}"
            );
        }
    }
}
