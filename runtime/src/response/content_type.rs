//! What the headers of a response say of its body, for whoever cannot read that.

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};

use crate::text::cut;

/// The longest text of a header that a message repeats.
const MAX_SHOWN: usize = 100;

/// Why a body cannot be JSON, in a few words, where the headers tell.
///
/// It is asked only when the body could not be read: many servers send good JSON under a wrong name.
pub(crate) fn why_no_json(headers: &HeaderMap) -> Option<String> {
    encodings(headers).map(|encodings| format!("the body is encoded as {encodings}")).or_else(|| {
        let media_type = other_media_type(headers)?;
        Some(format!("the body is {media_type}, not JSON"))
    })
}

/// What was done to the body, such as `gzip`. We ask for nothing of the kind.
fn encodings(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(CONTENT_ENCODING).into_iter().filter_map(|line| line.to_str().ok());
    let names = lines.flat_map(|line| line.split(',')).map(str::trim);
    let real = names.filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case("identity"));
    let real: Vec<_> = real.collect();
    (!real.is_empty()).then(|| shown(&real.join(", ")))
}

/// The name of the body's format, without its parameters, unless it is one of JSON.
fn other_media_type(headers: &HeaderMap) -> Option<String> {
    let line = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let name = line.split(';').next()?.trim().to_ascii_lowercase();
    let is_json = name.ends_with("/json") || name.ends_with("+json");
    (!name.is_empty() && !is_json).then(|| shown(&name))
}

fn shown(text: &str) -> String {
    cut(text, MAX_SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn why(headers: &[(HeaderName, &'static str)]) -> Option<String> {
        let pairs = headers.iter().cloned();
        why_no_json(&pairs.map(|(name, value)| (name, HeaderValue::from_static(value))).collect())
    }

    #[test]
    fn json_needs_no_excuse_whatever_its_name() {
        assert_eq!(why(&[]), None);
        for name in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "text/json",
            "application/problem+json",
            "",
        ] {
            assert_eq!(why(&[(CONTENT_TYPE, name)]), None, "{name}");
            assert_eq!(why(&[(CONTENT_TYPE, name), (CONTENT_ENCODING, "identity")]), None, "{name}");
        }
        assert_eq!(why(&[(CONTENT_ENCODING, " , ")]), None);
    }

    #[test]
    fn another_format_is_named() {
        for (line, said) in [
            ("text/html", "the body is text/html, not JSON"),
            ("Text/HTML; charset=utf-8", "the body is text/html, not JSON"),
            ("application/jsonp", "the body is application/jsonp, not JSON"),
            ("json", "the body is json, not JSON"),
        ] {
            assert_eq!(why(&[(CONTENT_TYPE, line)]).as_deref(), Some(said));
        }
    }

    /// Whatever its format, it is the encoding that stands before it.
    #[test]
    fn an_encoding_is_named_first() {
        let html = (CONTENT_TYPE, "text/html");
        for (line, said) in [
            ("gzip", "the body is encoded as gzip"),
            ("identity,br ,gzip", "the body is encoded as br, gzip"),
        ] {
            assert_eq!(why(&[html.clone(), (CONTENT_ENCODING, line)]).as_deref(), Some(said));
        }
        let mut headers = HeaderMap::new();
        for encoding in ["br", "gzip"] {
            headers.append(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        assert_eq!(why_no_json(&headers).as_deref(), Some("the body is encoded as br, gzip"));
    }

    #[test]
    fn what_a_server_makes_up_is_short_and_on_one_line() {
        let long: &'static str = Box::leak("x\t".repeat(5_000).into_boxed_str());
        let why = why(&[(CONTENT_TYPE, long)]).expect("a reason");
        assert!(why.len() < 130 && !why.contains('\t'), "{why}");
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_bytes(b"\xff\xfe").expect("a value"));
        assert_eq!(why_no_json(&headers), None);
    }
}
