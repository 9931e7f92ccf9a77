//! The keys of an object that this crate wrote.

/// Returns whether an object repeats a key. The object is JSON that [`Writer`](super::Writer) wrote: valid, and without
/// white space.
///
/// Equal keys have equal JSON text, because the writer escapes no character in two ways.
pub(crate) fn repeats_key(object: &[u8]) -> bool {
    let mut keys = Vec::with_capacity(16);
    let mut rest = object.get(1..).unwrap_or_default();
    while let Some((key, value)) = split_string(rest) {
        keys.push(key);
        // The value follows a colon and ends before a comma or the last bracket.
        rest = skip_value(value.get(1..).unwrap_or_default()).get(1..).unwrap_or_default();
    }
    keys.sort_unstable();
    !keys.is_sorted_by(|one, next| one < next)
}

/// Splits a string with its quotes from the text after it.
fn split_string(json: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut is_escaped = true;
    let end = json.iter().position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    })?;
    json.split_at_checked(end + 1)
}

/// Returns the text after a value.
fn skip_value(json: &[u8]) -> &[u8] {
    let mut depth = 0_usize;
    let mut rest = json;
    while let Some((byte, after)) = rest.split_first() {
        match byte {
            b'"' => rest = split_string(rest).map_or(&[], |(_, after)| after),
            b'{' | b'[' => {
                depth += 1;
                rest = after;
            }
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                rest = after;
            }
            b',' | b'}' if depth == 0 => return rest,
            _ => rest = after,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::repeats_key;

    #[test]
    fn key_is_repeated_at_the_top_level_only() {
        for (json, repeats) in [
            (r"{}", false),
            (r#"{"a":1}"#, false),
            (r#"{"a":1,"b":2}"#, false),
            (r#"{"a":1,"a":2}"#, true),
            (r#"{"b":1,"a":[],"c":{},"a":null}"#, true),
            (r#"{"a":{"a":1,"b":[{"a":1},{"a":2}]},"b":["a","b"],"c":"a"}"#, false),
            (r#"{"a":[[[1,2],3],{}],"b":"x","c":[{"d":[]}],"b":true}"#, true),
            (r#"{"a\"":1,"a":2}"#, false),
            (r#"{"a\"":1,"a\"":2}"#, true),
            (r#"{"a\\":"}","a":"\\","b":"\",\"a\":1"}"#, false),
            (r#"{"":1,"x":-1.5e3,"":2}"#, true),
            (r#"{"\u0001":1,"ü":"ü","\u0001":2}"#, true),
        ] {
            assert_eq!(repeats_key(json.as_bytes()), repeats, "{json}");
        }
    }
}
