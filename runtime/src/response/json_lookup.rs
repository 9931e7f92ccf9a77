//! Lookup of single values in a JSON document, in one pass that skips the rest.

use crate::json::{Decode as _, DecodeError, JsonKind, Reader, Value, read_document};

/// The values at some dotted paths of a JSON document.
#[derive(Default)]
pub(crate) struct FoundValues(Vec<(&'static str, Value)>);

impl FoundValues {
    /// Finds the values at the paths in one pass, if the whole document is valid JSON.
    pub(crate) fn find(json: &[u8], paths: impl IntoIterator<Item = &'static str>) -> Self {
        let wanted: Vec<_> = paths.into_iter().map(|path| Wanted { path, rest: Some(path) }).collect();
        if wanted.is_empty() {
            return Self::default();
        }
        match read_document(json, |reader| find_keys(reader, &wanted)) {
            Ok(found) => Self(found),
            Err(_) => Self::default(),
        }
    }

    /// Returns the value at the first path that exists.
    pub(crate) fn value(&self, paths: &[&str]) -> Option<&Value> {
        paths.iter().find_map(|path| self.at(path))
    }

    /// Returns the text at the first path that has one.
    pub(crate) fn text(&self, paths: &[&str]) -> Option<String> {
        paths.iter().find_map(|path| match self.at(path)? {
            // Some servers send several messages.
            Value::Array(items) if !items.is_empty() => {
                let texts: Option<Vec<_>> = items.iter().map(text).collect();
                Some(texts?.join("; "))
            }
            value => text(value),
        })
    }

    fn at(&self, path: &str) -> Option<&Value> {
        self.0.iter().find(|(found, _)| *found == path).map(|(_, value)| value)
    }
}

/// A path, and the part of it below the current object: `None` if the path ends here.
#[derive(Clone, Copy)]
struct Wanted {
    path: &'static str,
    rest: Option<&'static str>,
}

impl Wanted {
    /// Returns the path below `key`, if the path continues with `key`.
    fn below(self, key: &str) -> Option<Self> {
        let rest = self.rest?;
        let (first, rest) = rest.split_once('.').map_or((rest, None), |(first, rest)| (first, Some(rest)));
        (first == key).then_some(Self { rest, ..self })
    }

    /// Returns the value at the rest of the path.
    fn value_in(self, value: &Value) -> Option<&Value> {
        self.rest.map_or(Some(value), |rest| rest.split('.').try_fold(value, Value::get))
    }
}

/// Reads an object and returns the values at the wanted paths. If a key is repeated, the last value
/// is returned.
fn find_keys(reader: &mut Reader<'_>, wanted: &[Wanted]) -> Result<Vec<(&'static str, Value)>, DecodeError> {
    let mut found = Vec::new();
    reader.read_map(&mut |reader, key| {
        let below: Vec<_> = wanted.iter().filter_map(|wanted| wanted.below(key)).collect();
        found.retain(|(path, _)| below.iter().all(|wanted| wanted.path != *path));
        if below.iter().any(|wanted| wanted.rest.is_none()) {
            let value = Value::decode(reader)?;
            found.extend(
                below.iter().filter_map(|wanted| Some((wanted.path, wanted.value_in(&value)?.clone()))),
            );
        } else if !below.is_empty() && reader.peek_kind()? == JsonKind::Object {
            found.extend(find_keys(reader, &below)?);
        } else {
            reader.skip()?;
        }
        Ok(())
    })?;
    Ok(found)
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
    use super::{FoundValues, Value};

    fn lookup(json: &[u8], paths: &[&'static str]) -> Option<Value> {
        FoundValues::find(json, paths.iter().copied()).value(paths).cloned()
    }

    fn lookup_text(json: &[u8], paths: &[&'static str]) -> Option<String> {
        FoundValues::find(json, paths.iter().copied()).text(paths)
    }

    const BODY: &[u8] =
        br#" {"a": {"b": "x", "c": ["y", 7, true], "d": null}, "a.b": "z", "n": 1.50, "e": "", "n2": [{}]} "#;

    #[test]
    fn dotted_path_finds_value() {
        let text = |path: &'static str| lookup_text(BODY, &[path]);
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
    fn one_pass_finds_a_value_and_a_value_inside_it() {
        let found = FoundValues::find(
            br#"{"e": {"c": 1, "m": {"t": "x"}}}"#,
            ["e.c", "e", "e.m.t", "e.m.u", "e.c.t"],
        );
        assert_eq!(found.text(&["e.c"]).as_deref(), Some("1"));
        assert_eq!(found.text(&["e.m.u", "e", "e.m.t"]).as_deref(), Some("x"));
        assert_eq!(found.text(&["e.c.t"]), None);
        assert_eq!(found.value(&["e"]), Some(&Value::from(serde_json::json!({"c": 1, "m": {"t": "x"}}))));
    }

    #[test]
    fn repeated_object_replaces_the_values_of_the_first() {
        let body = br#"{"e": {"c": "x", "m": "y"}, "e": {"m": "z"}}"#;
        for paths in [["e.c", "e.m"].as_slice(), &["e.c", "e.m", "e"]] {
            let found = FoundValues::find(body, paths.iter().copied());
            assert_eq!(found.text(&["e.c"]), None, "{paths:?}");
            assert_eq!(found.text(&["e.m"]).as_deref(), Some("z"), "{paths:?}");
        }
    }
}
