//! The keys of an object that this crate wrote.

use super::decode_error::DecodeError;
use super::reader::Reader;

/// Returns whether an object repeats a key. The object is JSON that [`Writer`](super::Writer) wrote: valid, and without
/// white space.
pub(crate) fn repeats_key(object: &[u8]) -> bool {
    written_keys(object).is_ok_and(|mut keys| {
        keys.sort_unstable();
        !keys.is_sorted_by(|one, next| one < next)
    })
}

/// Returns the JSON text of each key. Equal keys have equal text, because the writer escapes no character in two ways.
fn written_keys(object: &[u8]) -> Result<Vec<&str>, DecodeError> {
    let mut keys = Vec::with_capacity(16);
    let mut reader = Reader::new(object)?;
    let mut has_entry = reader.open_object()?;
    while has_entry {
        keys.push(reader.skip_key()?);
        reader.skip()?;
        has_entry = reader.next_entry()?;
    }
    Ok(keys)
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
