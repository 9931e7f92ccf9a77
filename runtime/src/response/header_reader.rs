//! Typed values in the headers of a response.

use http::HeaderMap;

use crate::json::{Decode, DecodeError, Writer, from_slice};
use crate::value::Timestamp;

/// A reader of typed values from the headers of a response.
///
/// The text of a header is read as its type is read from JSON: as text, or as a number or a boolean.
/// A time can also be a date of HTTP, such as `Thu, 01 Jan 1970 00:00:00 GMT`.
///
/// ```
/// use typefoundry_runtime::HeaderReader;
/// use typefoundry_runtime::http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("x-total-count", HeaderValue::from_static("41"));
/// headers.insert("x-tags", HeaderValue::from_static("red, blue"));
///
/// let headers = HeaderReader::new(&headers);
/// assert_eq!(headers.get::<u32>("x-total-count")?, 41);
/// assert_eq!(headers.get::<Option<u32>>("x-page")?, None);
/// assert_eq!(headers.get_list::<String>("x-tags")?, ["red", "blue"]);
/// # Ok::<(), typefoundry_runtime::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct HeaderReader<'h>(&'h HeaderMap);

impl<'h> HeaderReader<'h> {
    /// Creates a reader of these headers.
    pub fn new(headers: &'h HeaderMap) -> Self {
        Self(headers)
    }

    /// Reads a header. A blank header is read as a missing one, if its type can be missing.
    ///
    /// # Errors
    /// Returns an error that names the header if it is required and missing, or does not match the
    /// type. The error does not contain the value of the header.
    pub fn get<T: Decode>(self, name: &'static str) -> Result<T, DecodeError> {
        let text = match self.0.get(name) {
            Some(value) => read_utf8(name, value.as_bytes())?,
            None => "",
        };
        let missing = if text.is_empty() { T::when_missing() } else { None };
        match missing {
            Some(missing) => Ok(missing),
            None if self.0.contains_key(name) => read_text(text).map_err(|error| error.at_header(name)),
            None => Err(read_text::<T>(text).err().map_or_else(
                || DecodeError::in_header(name, "text", "nothing"),
                |error| error.at_header(name).with_found("nothing"),
            )),
        }
    }

    /// Reads the items of a header, which are separated by commas. The header can occur several
    /// times. Without the header, the list is empty.
    ///
    /// # Errors
    /// Returns an error that names the header if an item does not match the type.
    pub fn get_list<T: Decode>(self, name: &'static str) -> Result<Vec<T>, DecodeError> {
        let mut items = Vec::new();
        for value in self.0.get_all(name) {
            let texts = read_utf8(name, value.as_bytes())?.split(',').map(str::trim);
            for text in texts.filter(|text| !text.is_empty()) {
                let at = items.len();
                items.push(read_text(text).map_err(|error| error.in_item(at).at_header(name))?);
            }
        }
        Ok(items)
    }
}

/// Returns the trimmed text of a header.
fn read_utf8<'v>(name: &'static str, value: &'v [u8]) -> Result<&'v str, DecodeError> {
    let text = std::str::from_utf8(value);
    text.map(str::trim).map_err(|_| DecodeError::in_header(name, "text", "bytes that are not UTF-8"))
}

/// Reads a text as JSON text, or else as a number, a boolean or a date.
fn read_text<T: Decode>(text: &str) -> Result<T, DecodeError> {
    let as_text = |text: &str| {
        let mut writer = Writer::default();
        writer.write_str(text);
        from_slice(&writer.into_bytes().unwrap_or_default())
    };
    let error = match as_text(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if is_bare(text) {
        return from_slice(text.to_ascii_lowercase().as_bytes());
    }
    let date = httpdate::parse_http_date(text).ok().and_then(|date| Timestamp::try_from(date).ok());
    date.and_then(|date| as_text(&date.to_string()).ok()).ok_or(error)
}

/// Returns whether a text is a number or a boolean in JSON.
fn is_bare(text: &str) -> bool {
    let is_number = text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    let is_boolean = ["true", "false"].iter().any(|boolean| text.eq_ignore_ascii_case(boolean));
    is_boolean || (is_number && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)))
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use http::{HeaderMap, HeaderValue};
    use proptest::prelude::*;

    use super::HeaderReader;
    use crate::json::{Decode, DecodeError};
    use crate::value::{Date, Decimal, Secret, Timestamp, UnixSeconds, Uuid};

    fn headers(values: &[&str]) -> HeaderMap {
        let values = values.iter().map(|value| HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
        values.map(|value| (http::HeaderName::from_static("x-a"), value)).collect()
    }

    fn get<T: Decode>(text: &str) -> Result<T, DecodeError> {
        HeaderReader::new(&headers(&[text])).get("x-a")
    }

    fn missing<T: Decode>() -> Result<T, DecodeError> {
        HeaderReader::new(&HeaderMap::new()).get("x-a")
    }

    fn message<T: Debug>(read: Result<T, DecodeError>) -> String {
        read.expect_err("an error").to_string()
    }

    #[test]
    fn header_is_read_as_its_type() {
        assert_eq!(get("41"), Ok("41".to_owned()));
        assert_eq!(get(" Zürich "), Ok("Zürich".to_owned()));
        assert_eq!(get("41"), Ok(41_u8));
        assert_eq!(get("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(get("1.5"), Ok(1.5));
        assert_eq!(get("True"), Ok(true));
        assert_eq!(get("19.90"), Ok("19.90".parse::<Decimal>().expect("a decimal")));
        assert_eq!(get("1714564800"), Ok(UnixSeconds::from(1_714_564_800)));
        assert_eq!(get("2024-05-01"), Ok("2024-05-01".parse::<Date>().expect("a date")));
        let uuid = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        assert_eq!(get(uuid), Ok(uuid.parse::<Uuid>().expect("a UUID")));
        assert_eq!(get::<Secret>("token").map(|secret| secret.expose().to_owned()), Ok("token".to_owned()));
    }

    #[test]
    fn timestamp_is_read_from_both_notations() {
        let time: Timestamp = "2015-10-21T07:28:00Z".parse().expect("a time");
        assert_eq!(get("2015-10-21T09:28:00+02:00"), Ok(time));
        assert_eq!(get("Wed, 21 Oct 2015 07:28:00 GMT"), Ok(time));
        assert_eq!(get("Wed, 21 Oct 2015 07:28:00 GMT"), Ok(Some(time)));
    }

    #[test]
    fn missing_header_is_absent_or_an_error() {
        assert_eq!(missing(), Ok(None::<u32>));
        assert_eq!(get(" "), Ok(None::<u32>));
        assert_eq!(get(""), Ok(String::new()));
        assert_eq!(
            message(missing::<u32>()),
            "header x-a: expected an unsigned 32-bit integer, found nothing"
        );
        assert_eq!(message(missing::<String>()), "header x-a: expected text, found nothing");
        assert_eq!(message(missing::<bool>()), "header x-a: expected a boolean, found nothing");
    }

    #[test]
    fn invalid_header_is_an_error_without_its_value() {
        assert_eq!(
            message(get::<u32>("s3cret")),
            "header x-a: expected an unsigned 32-bit integer, found a string"
        );
        assert_eq!(message(get::<Option<u8>>("300")), message(get::<u8>("300")));
        for text in ["300", "-1", "1.5"] {
            let message = message(get::<u8>(text));
            assert!(message.starts_with("header x-a: expected ") && !message.contains(text), "{message}");
        }
        let latin = HeaderValue::from_bytes(b"Z\xfcrich").expect("a value");
        let headers: HeaderMap = [(http::HeaderName::from_static("x-a"), latin)].into_iter().collect();
        let read = HeaderReader::new(&headers).get::<String>("x-a");
        assert_eq!(message(read), "header x-a: expected text, found bytes that are not UTF-8");
    }

    #[test]
    fn list_has_the_items_of_all_lines() {
        let headers = headers(&["1, 2,,", "", "3"]);
        let reader = HeaderReader::new(&headers);
        assert_eq!(reader.get_list("x-a"), Ok(vec![1_u32, 2, 3]));
        assert_eq!(reader.get_list("x-a"), Ok(vec!["1".to_owned(), "2".to_owned(), "3".to_owned()]));
        assert_eq!(reader.get_list::<u32>("x-b"), Ok(Vec::new()));
        let error = reader.get_list::<bool>("x-a").map(|list| list.len());
        assert_eq!(message(error), "header x-a[0]: expected a boolean, found a number");
    }

    proptest! {
        #[test]
        fn every_number_is_read(whole: i64, part: f64) {
            prop_assert_eq!(get(&whole.to_string()), Ok(whole));
            prop_assert_eq!(get(&format!("{part:e}")), Ok(part));
        }

        #[test]
        fn every_text_is_read(text in "[ -~]{0,40}") {
            prop_assert_eq!(get::<String>(&text), Ok(text.trim().to_owned()));
            let _: [Result<_, _>; 2] = [get::<Timestamp>(&text).map(drop), get::<u8>(&text).map(drop)];
        }
    }
}
