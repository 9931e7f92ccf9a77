//! Lookup of single values in a JSON document, without decoding the rest.

use crate::json::{Reader, Value, from_slice, repaired};

/// The maximum length of a value in bytes. Decoded values need several times their length in
/// memory.
const MAX_LEN: usize = 1024 * 1024;

/// Returns the value at the first dotted path that exists, if the whole document is valid JSON.
pub(crate) fn lookup(json: &[u8], paths: &[&str]) -> Option<Value> {
    let json = repaired(json);
    let at = |path: &&str| path.split('.').try_fold(&*json, find_key).filter(|raw| raw.len() <= MAX_LEN);
    from_slice(paths.iter().find_map(at)?).ok()
}

/// Returns the text at the first dotted path that has one.
pub(crate) fn lookup_text(json: &[u8], paths: &[&str]) -> Option<String> {
    paths.iter().find_map(|path| match lookup(json, &[path])? {
        // Some servers send several messages.
        Value::Array(items) if !items.is_empty() => {
            let texts: Option<Vec<_>> = items.iter().map(text).collect();
            Some(texts?.join("; "))
        }
        value => text(&value),
    })
}

/// Returns the JSON text of a key's value. If the key is repeated, the last value is returned.
fn find_key<'j>(json: &'j [u8], key: &str) -> Option<&'j [u8]> {
    let mut reader = Reader::new(json).ok()?;
    let mut found = None;
    let read = reader.read_map(&mut |reader, name| {
        if name != key {
            return reader.skip();
        }
        found = Some(reader.read_raw()?);
        Ok(())
    });
    read.and_then(|()| reader.finish()).ok()?;
    found
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_LEN, Value, lookup, lookup_text};

    const BODY: &[u8] =
        br#" {"a": {"b": "x", "c": ["y", 7, true], "d": null}, "a.b": "z", "n": 1.50, "e": "", "n2": [{}]} "#;

    #[test]
    fn dotted_path_finds_value() {
        let text = |path: &str| lookup_text(BODY, &[path]);
        assert_eq!(text("a.b").as_deref(), Some("x"));
        assert_eq!(text("a.c").as_deref(), Some("y; 7; true"));
        assert_eq!(text("n").as_deref(), Some("1.50"));
        for path in ["", "b", "a", "a.d", "a.b.c", "e", "n2", "a..b"] {
            assert_eq!(text(path), None, "{path}");
        }
        assert_eq!(lookup(BODY, &["a.c"]), Some(Value::from(serde_json::json!(["y", 7, true]))));
        assert_eq!(lookup(BODY, &["x", "a.d", "n"]), Some(Value::Null));
        assert_eq!(lookup_text(BODY, &["x", "a.d", "e", "a.b"]).as_deref(), Some("x"));
    }

    #[test]
    fn last_of_repeated_keys_is_found() {
        assert_eq!(lookup_text(br#"{"a": "x", "a": "y"}"#, &["a"]).as_deref(), Some("y"));
    }

    #[test]
    fn invalid_json_has_no_values() {
        for body in [r#"{"a": "x""#, r#"{"a": "x"} y"#, r#"{"a": "x", b}"#, r#"["a"]"#, "", "\"a\"", "<a>"] {
            assert_eq!(lookup_text(body.as_bytes(), &["a"]), None, "{body}");
        }
    }

    #[test]
    fn broken_text_is_repaired_before_lookup() {
        let body = b"\xef\xbb\xbf{\"\\udc00\": 1, \"a\": \"x\\ud83d\", \"b\": \"\xff\"}";
        assert_eq!(lookup_text(body, &["a"]).as_deref(), Some("x\u{fffd}"));
        assert_eq!(lookup_text(body, &["b"]).as_deref(), Some("\u{fffd}"));
    }

    #[test]
    fn value_over_the_size_limit_is_skipped() {
        let body = format!(r#"{{"a": "{}", "b": "x"}}"#, "y".repeat(MAX_LEN));
        assert_eq!(lookup(body.as_bytes(), &["a"]), None);
        assert_eq!(lookup_text(body.as_bytes(), &["a", "b"]).as_deref(), Some("x"));
    }
}
