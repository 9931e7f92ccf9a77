//! Random values of parameters.

use fastrand::Rng;

/// Strings that have a meaning in a URL or a header, or resemble one.
const PIECES: [&str; 34] = [
    ".",
    "..",
    "/",
    "\\",
    "?",
    "#",
    "%",
    "%2e",
    "%2F",
    "%00",
    "&",
    "=",
    "+",
    " ",
    ";",
    ":",
    "@",
    ",",
    "[",
    "]",
    "{",
    "}",
    "{id}",
    "\"",
    "~",
    "\r\n",
    "\r\nx: y",
    "\n",
    "\t",
    "\0",
    "\u{7f}",
    "\u{2028}",
    "é",
    "\u{1f600}",
];

/// Generates a string, which is sometimes empty.
pub(crate) fn text(rng: &mut Rng) -> String {
    let mut text = String::new();
    for _ in 0..rng.usize(0..6) {
        match rng.u8(0..4) {
            0 => text.push(rng.char(..)),
            1 => text.push(rng.char('\0'..='\u{7f}')),
            2 => text.push_str(rng.choice(PIECES).expect("a piece")),
            _ => text.push(rng.alphanumeric()),
        }
    }
    text
}

/// Generates a few strings, perhaps none.
pub(crate) fn texts(rng: &mut Rng) -> Vec<String> {
    (0..rng.usize(0..4)).map(|_| text(rng)).collect()
}

/// Decodes percent-encoding.
pub(crate) fn decoded(encoded: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = encoded.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        bytes.push(*first);
        if let ([_, _, after @ ..], b'%') = (after, first) {
            let code = std::str::from_utf8(&rest[..2]).expect("a code");
            *bytes.last_mut().expect("a byte") = u8::from_str_radix(code, 16).expect("a code");
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("text")
}
