//! Mutations that turn a valid document into an invalid or a different one.

use std::ops::Range;

use fastrand::Rng;

/// Replaces strings in a document, and must not appear in any message.
pub(crate) const SECRET: &str = "hush-73b1";

/// Replacement values. Many of them have the type of the value that they replace.
const VALUES: [&str; 29] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1",
    "1.0",
    "1e2",
    "1.5",
    "1e999",
    "-1E+400",
    "0.1e-5",
    "2147483648",
    "-9223372036854775809",
    "18446744073709551616",
    "123456789012345678901234567890",
    "0.30000000000000004",
    "3.141592653589793238462643383279",
    "5e-324",
    "[]",
    "{}",
    "\"\"",
    r#""\u0000""#,
    r#""\ud83d\ude00\n\"\\\/""#,
    r#""\ud800""#,
    r#""\udc00\ud800x""#,
    "\"2024-02-30T25:61:61Z\"",
    "\"0000-01-01T00:00:00.999999999-23:59\"",
];

/// Tokens that can appear anywhere in an invalid document.
const TOKENS: [&str; 24] = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "nul", "NaN", "Infinity", "-", "+1", "01", "1.", ".5",
    "1e", "\\u12", "\\x", "\u{0}", "\u{feff}", "//", "'a'",
];

/// Changes some values and fields of a document, which stays valid JSON.
pub(crate) fn of_values(rng: &mut Rng, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..rng.usize(1..6) {
        let spans = Spans::of(&text);
        let change = rng.u8(0..10);
        match (change, rng.choice(&spans.fields), rng.choice(&spans.values)) {
            (0, Some(field), _) => remove(&mut text, field),
            (1, Some(field), _) => {
                // Insert before the same field, perhaps with another value.
                let twin = format!("{},", &text[field.clone()]);
                text.insert_str(field.start, &twin);
            }
            (2, Some(field), _) => text.insert_str(field.start, "\"unheard_of\":{\"a\":[1,{}]},"),
            (3, _, Some(value)) => {
                let depth = rng.usize(1..200);
                let nested = format!("{}{}{}", "[".repeat(depth), &text[value.clone()], "]".repeat(depth));
                text.replace_range(value.clone(), &nested);
            }
            (4, _, Some(value)) => {
                let other = text[rng.choice(&spans.values).expect("a value").clone()].to_owned();
                text.replace_range(value.clone(), &other);
            }
            (5 | 6, _, Some(value)) => {
                text.replace_range(value.clone(), rng.choice(VALUES).expect("a value"))
            }
            (_, _, Some(value)) if text[value.clone()].starts_with('"') => {
                text.replace_range(value.clone(), &format!("\"{SECRET}\""));
            }
            _ => {}
        }
    }
    text
}

/// Removes a field and one adjacent comma.
fn remove(text: &mut String, field: &Range<usize>) {
    let range = match (text[field.end..].starts_with(','), text[..field.start].ends_with(',')) {
        (true, _) => field.start..field.end + 1,
        (false, true) => field.start - 1..field.end,
        (false, false) => field.clone(),
    };
    text.replace_range(range, "");
}

/// Changes some bytes of a document, without regard to JSON syntax.
pub(crate) fn of_bytes(rng: &mut Rng, text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..rng.usize(1..5) {
        let at = rng.usize(..=bytes.len());
        let end = at + rng.usize(..=(bytes.len() - at).min(16));
        match rng.u8(0..6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(0..8),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 if rng.bool() => bytes.truncate(at),
            4 => bytes.insert(at, rng.u8(..)),
            _ => drop(bytes.splice(at..end, rng.choice(TOKENS).expect("a token").bytes())),
        }
    }
    bytes
}

/// Generates bytes, many of which are meaningful in JSON.
pub(crate) fn from_nothing(rng: &mut Rng) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..rng.usize(0..40) {
        match rng.u8(0..3) {
            0 => bytes.push(rng.u8(..)),
            1 => bytes.extend(rng.choice(TOKENS).expect("a token").bytes()),
            _ => bytes.extend(rng.choice(VALUES).expect("a value").bytes()),
        }
    }
    bytes
}

/// The positions of the values of a JSON text, and of its fields with their keys.
#[derive(Default)]
struct Spans {
    values: Vec<Range<usize>>,
    fields: Vec<Range<usize>>,
}

impl Spans {
    /// Finds the positions in a text without whitespace between its tokens.
    fn of(text: &str) -> Self {
        let mut spans = Self::default();
        if !text.is_empty() {
            spans.value(text.as_bytes(), 0);
        }
        spans
    }

    /// Records the value that starts here and returns its end.
    fn value(&mut self, text: &[u8], start: usize) -> usize {
        let end = match text[start] {
            b'{' => self.list(text, start, true),
            b'[' => self.list(text, start, false),
            b'"' => string(text, start),
            _ => start + text[start..].iter().take_while(|byte| !b",]}".contains(byte)).count(),
        };
        self.values.push(start..end);
        end
    }

    fn list(&mut self, text: &[u8], start: usize, has_keys: bool) -> usize {
        let mut at = start + 1;
        while !b"]}".contains(&text[at]) {
            let first = at;
            if has_keys {
                at = string(text, at) + 1;
            }
            at = self.value(text, at);
            if has_keys {
                self.fields.push(first..at);
            }
            at += usize::from(text[at] == b',');
        }
        at + 1
    }
}

fn string(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while text[at] != b'"' {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

#[test]
fn value_mutations_keep_the_document_valid() {
    let mut rng = Rng::with_seed(1);
    let text = r#"{"a":"x\"y","b":[1,{"c":null}],"d":{},"e":[]}"#;
    for _ in 0..2_000 {
        let changed = of_values(&mut rng, text);
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&changed) {
            panic!("{error}: {changed}");
        }
    }
}
