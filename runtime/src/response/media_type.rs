//! Checks of the content type of a response that is not JSON.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

use super::content_type::shortened;
use crate::json::DecodeError;

/// Content types of servers that do not know better.
const GENERIC: [&str; 3] = ["text/plain", "application/octet-stream", "binary/octet-stream"];

/// Returns an error if a response is of another media type than the request accepts.
///
/// The check is lenient, because many servers send a wrong content type. Only a type that shows that the body is something
/// else is an error: a page of HTML, or for a stream of events, any other specific type.
pub(crate) fn check_content_type(headers: &HeaderMap, accept: &str) -> Result<(), DecodeError> {
    let Some(media_type) = media_type(headers) else { return Ok(()) };
    let accepted = essence(accept);
    let is_accepted = match accepted.as_str() {
        "text/event-stream" => media_type == accepted || GENERIC.contains(&media_type.as_str()),
        _ => !is_html(&media_type) || is_html(&accepted) || accepted.starts_with("*/"),
    };
    match is_accepted {
        true => Ok(()),
        false => Err(DecodeError::unexpected_content_type(accepted, shortened(&media_type))),
    }
}

/// Returns an error if the text of a response is neither UTF-8 nor ASCII.
pub(crate) fn check_charset(headers: &HeaderMap) -> Result<(), DecodeError> {
    let line = headers.get(CONTENT_TYPE).and_then(|line| line.to_str().ok()).unwrap_or_default();
    let mut parameters = line.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let charset = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let name =
        charset.map(|(_, value)| value.trim().trim_matches('"').to_ascii_lowercase()).unwrap_or_default();
    match name.as_str() {
        "" | "utf-8" | "utf8" | "us-ascii" | "ascii" => Ok(()),
        _ => {
            let found = format!("the character set {}", shortened(&name));
            Err(DecodeError::unexpected_content_type("the character set utf-8".to_owned(), found))
        }
    }
}

/// Returns the media type of the body, if there is one.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let line = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(essence(line)).filter(|name| !name.is_empty())
}

/// Returns a media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_html(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(content_type: &'static str) -> HeaderMap {
        [(CONTENT_TYPE, HeaderValue::from_static(content_type))].into_iter().collect()
    }

    #[test]
    fn only_a_type_that_shows_another_body_is_an_error() {
        for (accept, content_type, is_accepted) in [
            ("text/csv", "text/csv; charset=utf-8", true),
            ("text/csv", "application/octet-stream", true),
            ("text/csv", "application/json", true),
            ("text/csv", "", true),
            ("text/csv", "Text/HTML; charset=utf-8", false),
            ("application/pdf", "application/xhtml+xml", false),
            ("text/html", "text/html", true),
            ("application/xhtml+xml", "text/html", true),
            ("*/*", "text/html", true),
            ("application/jsonl", "application/x-ndjson", true),
            ("application/jsonl", "text/html", false),
            ("text/event-stream", "text/event-stream;charset=UTF-8", true),
            ("text/event-stream", "text/plain", true),
            ("text/event-stream", "application/json", false),
            ("text/event-stream", "text/html", false),
        ] {
            let checked = check_content_type(&headers(content_type), accept);
            assert_eq!(checked.is_ok(), is_accepted, "{accept} {content_type}");
        }
        assert!(check_content_type(&HeaderMap::new(), "text/event-stream").is_ok());
    }

    #[test]
    fn error_names_both_types() {
        let error = check_content_type(&headers("Text/HTML; a=b"), "Text/CSV; header=present");
        let error = error.expect_err("HTML").to_string();
        assert_eq!(error, "header content-type: expected text/csv, found text/html");
    }

    #[test]
    fn character_set_other_than_utf_8_is_named() {
        for accepted in
            ["text/csv", "text/csv; charset=\"UTF-8\"", "text/csv;Charset=us-ascii", "text/csv; charset="]
        {
            assert!(check_charset(&headers(accepted)).is_ok(), "{accepted}");
        }
        let error =
            check_charset(&headers("text/csv; header=present; charset=ISO-8859-1")).expect_err("Latin 1");
        let message =
            "header content-type: expected the character set utf-8, found the character set iso-8859-1";
        assert_eq!(error.to_string(), message);
    }
}
