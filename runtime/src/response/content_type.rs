//! Content types and encodings that explain why a body cannot be decoded.

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use crate::text::truncated;

/// The maximum length of header text in a message.
const MAX_LEN: usize = 100;

/// Returns the reason why a body is not JSON, if the headers state one.
///
/// Call this only after decoding failed, because many servers send valid JSON with a wrong content
/// type.
pub(crate) fn non_json_reason(headers: &HeaderMap) -> Option<String> {
    encodings(headers).map(|encodings| format!("the body is encoded as {encodings}")).or_else(|| {
        let media_type = other_media_type(headers)?;
        Some(format!("the body is {media_type}, not JSON"))
    })
}

/// Returns the content encodings of the body, such as `gzip`. Requests do not accept any.
fn encodings(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(CONTENT_ENCODING).into_iter().filter_map(|line| line.to_str().ok());
    let names = lines.flat_map(|line| line.split(',')).map(str::trim);
    let real = names.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"));
    let real: Vec<_> = real.collect();
    (!real.is_empty()).then(|| shortened(&real.join(", ")))
}

/// Returns the media type of the body without its parameters, unless it is a JSON type.
fn other_media_type(headers: &HeaderMap) -> Option<String> {
    let line = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let name = line.split(';').next()?.trim().to_ascii_lowercase();
    let is_json = name.ends_with("/json") || name.ends_with("+json");
    (!name.is_empty() && !is_json).then(|| shortened(&name))
}

pub(super) fn shortened(text: &str) -> String {
    truncated(text, MAX_LEN).collect()
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn reason(headers: &[(HeaderName, &'static str)]) -> Option<String> {
        let pairs = headers.iter().cloned();
        non_json_reason(&pairs.map(|(name, value)| (name, HeaderValue::from_static(value))).collect())
    }

    #[test]
    fn json_media_type_has_no_reason() {
        assert_eq!(reason(&[]), None);
        for name in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "text/json",
            "application/problem+json",
            "",
        ] {
            assert_eq!(reason(&[(CONTENT_TYPE, name)]), None, "{name}");
            assert_eq!(reason(&[(CONTENT_TYPE, name), (CONTENT_ENCODING, "identity")]), None, "{name}");
        }
        assert_eq!(reason(&[(CONTENT_ENCODING, " , ")]), None);
    }

    #[test]
    fn other_media_type_is_named() {
        for (line, expected) in [
            ("text/html", "the body is text/html, not JSON"),
            ("Text/HTML; charset=utf-8", "the body is text/html, not JSON"),
            ("application/jsonp", "the body is application/jsonp, not JSON"),
            ("json", "the body is json, not JSON"),
        ] {
            assert_eq!(reason(&[(CONTENT_TYPE, line)]).as_deref(), Some(expected));
        }
    }

    /// The encoding takes precedence over the media type.
    #[test]
    fn encoding_is_named_before_media_type() {
        let html = (CONTENT_TYPE, "text/html");
        for (line, expected) in [
            ("gzip", "the body is encoded as gzip"),
            ("identity,br ,gzip", "the body is encoded as br, gzip"),
        ] {
            assert_eq!(reason(&[html.clone(), (CONTENT_ENCODING, line)]).as_deref(), Some(expected));
        }
        let mut headers = HeaderMap::new();
        for encoding in ["br", "gzip"] {
            headers.append(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        assert_eq!(non_json_reason(&headers).as_deref(), Some("the body is encoded as br, gzip"));
    }

    #[test]
    fn untrusted_media_type_is_shortened_to_one_line() {
        let long: &'static str = Box::leak("x\t".repeat(5_000).into_boxed_str());
        let reason = reason(&[(CONTENT_TYPE, long)]).expect("a reason");
        assert!(reason.len() < 130 && !reason.contains('\t'), "{reason}");
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_bytes(b"\xff\xfe").expect("a value"));
        assert_eq!(non_json_reason(&headers), None);
    }
}
