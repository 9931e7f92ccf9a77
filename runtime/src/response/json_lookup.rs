//! Single values of a JSON document, without reading the rest of it into memory.

use crate::json::{Reader, Value, from_slice, repaired};

/// What is longer is no value that anybody asks for, and would take many times as much memory when read.
const MAX_LEN: usize = 1024 * 1024;

/// The value at the first dotted path that leads to one, when the document is JSON from end to end.
pub(crate) fn lookup(json: &[u8], paths: &[&str]) -> Option<Value> {
    let json = repaired(json);
    let at = |path: &&str| path.split('.').try_fold(&*json, member).filter(|raw| raw.len() <= MAX_LEN);
    from_slice(paths.iter().find_map(at)?).ok()
}

/// The text at the first path that leads to some.
pub(crate) fn lookup_text(json: &[u8], paths: &[&str]) -> Option<String> {
    paths.iter().find_map(|path| match lookup(json, &[path])? {
        // Some servers say several things at once.
        Value::Array(items) if !items.is_empty() => {
            let texts: Option<Vec<_>> = items.iter().map(text).collect();
            Some(texts?.join("; "))
        }
        value => text(&value),
    })
}

/// The value of a key as it stands there. When a key comes twice, the last one counts.
fn member<'j>(json: &'j [u8], key: &str) -> Option<&'j [u8]> {
    let mut reader = Reader::new(json).ok()?;
    let mut found = None;
    let read = reader.map(&mut |reader, name| {
        if name != key {
            return reader.skip();
        }
        found = Some(reader.raw()?);
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
    fn a_path_leads_to_a_value() {
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
    fn the_last_of_two_counts() {
        assert_eq!(lookup_text(br#"{"a": "x", "a": "y"}"#, &["a"]).as_deref(), Some("y"));
    }

    #[test]
    fn what_is_no_json_holds_nothing() {
        for body in [r#"{"a": "x""#, r#"{"a": "x"} y"#, r#"{"a": "x", b}"#, r#"["a"]"#, "", "\"a\"", "<a>"] {
            assert_eq!(lookup_text(body.as_bytes(), &["a"]), None, "{body}");
        }
    }

    #[test]
    fn broken_text_hides_nothing() {
        let body = b"\xef\xbb\xbf{\"\\udc00\": 1, \"a\": \"x\\ud83d\", \"b\": \"\xff\"}";
        assert_eq!(lookup_text(body, &["a"]).as_deref(), Some("x\u{fffd}"));
        assert_eq!(lookup_text(body, &["b"]).as_deref(), Some("\u{fffd}"));
    }

    #[test]
    fn what_is_far_too_long_is_left_alone() {
        let body = format!(r#"{{"a": "{}", "b": "x"}}"#, "y".repeat(MAX_LEN));
        assert_eq!(lookup(body.as_bytes(), &["a"]), None);
        assert_eq!(lookup_text(body.as_bytes(), &["a", "b"]).as_deref(), Some("x"));
    }
}
