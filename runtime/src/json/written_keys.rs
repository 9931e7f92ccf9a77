//! The keys of an object that this crate wrote.

use std::ops::Range;

use super::reader::Reader;

/// Returns whether an object may repeat one of the keys in the range `merged`, which starts with a key and ends after a
/// value. The object is JSON that [`Writer`](super::Writer) wrote: valid, and without white space.
///
/// `true` can be wrong, because a key of a nested object counts as well. A search for a few keys takes a fraction of the
/// time of reading the object.
pub(crate) fn may_repeat_key(object: &[u8], merged: Range<usize>) -> bool {
    let (Ok(text), Some(Ok(mut reader))) = (std::str::from_utf8(object), object.get(merged).map(Reader::new))
    else {
        return true;
    };
    loop {
        // With the quotes and the colon. Equal keys have equal text, because the writer escapes no character in two ways.
        let Ok(key) = reader.skip_key() else { return true };
        if text.matches(key).nth(1).is_some() || reader.skip().is_err() {
            return true;
        }
        if reader.offset() == reader.len() {
            return false;
        }
        if reader.tokenizer.next_entry() != Ok(true) {
            return true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::may_repeat_key;

    /// Each document marks the merged keys with `<` and `>`.
    #[test]
    fn merged_key_is_searched_in_the_whole_object() {
        for (marked, may_repeat) in [
            (r#"{<"a":1>}"#, false),
            (r#"{"a":1,<"b":2>,"c":3}"#, false),
            (r#"{<"a":1>,"a":2}"#, true),
            (r#"{"a":1,<"a":2>}"#, true),
            (r#"{"b":1,<"a":1,"b":2>}"#, true),
            (r#"{<"a":1,"a":2>}"#, true),
            (r#"{<"a":[],"b":{"x":[{"y":"}"},null]},"c":-1.5e3>,"d":"a"}"#, false),
            (r#"{<"a":[[[1,2],3],{}],"b":"x">,"c":[{"d":[]}],"b":true}"#, true),
            (r#"{<"a\"":1>,"a":2}"#, false),
            (r#"{<"a\"":1>,"a\"":2}"#, true),
            (r#"{<"a":1>,"b":"\"a\":"}"#, false),
            (r#"{<"":1>,"x":2,"":2}"#, true),
            (r#"{<"ü\n":"ü">,"ü\n":2}"#, true),
            // A key of a nested object is not distinguished.
            (r#"{<"a":1>,"b":{"a":2}}"#, true),
        ] {
            let (before, rest) = marked.split_once('<').expect("a mark");
            let (merged, after) = rest.split_once('>').expect("a mark");
            let object = [before, merged, after].concat();
            let range = before.len()..before.len() + merged.len();
            assert_eq!(may_repeat_key(object.as_bytes(), range), may_repeat, "{marked}");
        }
    }
}
