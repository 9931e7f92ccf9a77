//! Tests that the advice for each syntax error results in a readable file.

use crate::yaml::parse;

/// A text with one error, the advice, and the text after applying the advice.
const CASES: &[(&str, &str, &str)] = &[
    ("a: @b c\n", "double quotes", "a: \"@b c\"\n"),
    ("a: `b` c\n", "double quotes", "a: \"`b` c\"\n"),
    ("a: %b\n", "double quotes", "a: \"%b\"\n"),
    ("a: *b* \"c\"\n", "single quotes", "a: '*b* \"c\"'\n"),
    ("a: *b* \"c's\"\n", "below a `|`", "a: |\n  *b* \"c's\"\n"),
    ("a: & b\n", "double quotes", "a: \"& b\"\n"),
    ("a: *b\n", "put the text in quotes", "a: \"*b\"\n"),
    ("a: *b\n", "define the anchor above", "z: &b c\na: *b\n"),
    ("a: !b c\n", "put the text in quotes", "a: \"!b c\"\n"),
    ("a: !!str 12\n", "remove the tag and put the value in quotes", "a: \"12\"\n"),
    ("a: !!int \"12\"\n", "remove the tag and write the value without quotes", "a: 12\n"),
    ("a: !x { b: c }\n", "remove the tag", "a: { b: c }\n"),
    ("a: ? b\n", "double quotes", "a: \"? b\"\n"),
    ("a: ,b\n", "double quotes", "a: \",b\"\n"),
    ("a: [b] c\n", "double quotes", "a: \"[b] c\"\n"),
    ("a: {b} c\n", "double quotes", "a: \"{b} c\"\n"),
    ("a: { b: [c] d }\n", "put the whole text in double quotes", "a: { b: \"[c] d\" }\n"),
    ("a: { b: [c] d: e }\n", "put a `,` before this", "a: { b: [c], d: e }\n"),
    ("a: { b: c [d] }\n", "double quotes", "a: { b: \"c [d]\" }\n"),
    ("a: { b: /c/{d} }\n", "double quotes", "a: { b: \"/c/{d}\" }\n"),
    ("a: { b: c: d }\n", "double quotes", "a: { b: \"c: d\" }\n"),
    ("a: { b: c d: e }\n", "put a `,` before `d`", "a: { b: c, d: e }\n"),
    ("a: { b: \"c\" d: e }\n", "put a `,` after the quotes", "a: { b: \"c\", d: e }\n"),
    ("a: { b: > c }\n", "double quotes", "a: { b: \"> c\" }\n"),
    ("a: [b, - c]\n", "remove the `-`", "a: [b, c]\n"),
    ("a: [b}\n", "put a `]` instead", "a: [b]\n"),
    ("a: {b: c\n", "put a `}`", "a: {b: c}\n"),
    ("a: {b: c\nd: e\n", "put a `}`", "a: {b: c}\nd: e\n"),
    ("a: { b: [c, d }\n", "put a `]`", "a: { b: [c, d] }\n"),
    ("a: {b: c}}\n", "remove the `}`", "a: {b: c}\n"),
    ("a: b: c\n", "double quotes", "a: \"b: c\"\n"),
    ("a: it's b: c\n", "double quotes", "a: \"it's b: c\"\n"),
    ("a: \"b\" c\n", "single quotes", "a: '\"b\" c'\n"),
    ("a: \"b\" c's\n", "write `\\\"` for each quote", "a: \"\\\"b\\\" c's\"\n"),
    ("a: 'it's b'\n", "double quotes", "a: \"it's b\"\n"),
    ("a: 'it's \"b\"'\n", "write each `'` of the text twice", "a: 'it''s \"b\"'\n"),
    ("a: \"b\nc: d\n", "close the quotes", "a: \"b\"\nc: d\n"),
    ("a: \"b\nc: \"d\"\n", "close the quotes", "a: \"b\"\nc: \"d\"\n"),
    ("a:\n  b: \"c\n  d\"\n", "indent all lines", "a:\n  b: \"c\n    d\"\n"),
    ("a: \"\\d\"\n", "write `\\\\d`", "a: \"\\\\d\"\n"),
    ("a: \"\\d\"\n", "single quotes", "a: '\\d'\n"),
    ("a: \"\\u12\"\n", "write `\\\\u`", "a: \"\\\\u12\"\n"),
    ("a: \"\\ud83d\"\n", "both halves", "a: \"\\ud83d\\ude00\"\n"),
    ("a: \u{201c}b: c\u{201d}\n", "straight quotes", "a: \"b: c\"\n"),
    ("a: | b\n", "next line", "a: |\n  b\n"),
    ("a: >= 3\n", "in quotes", "a: \">= 3\"\n"),
    ("a: - b\n", "in brackets", "a: [b]\n"),
    ("a: - b\n", "lines of their own", "a:\n  - b\n"),
    ("a: b # c\n  d\n", "double quotes", "a: \"b # c\n  d\"\n"),
    ("a: b # c\n  d\n", "above the key", "# c\na: b\n  d\n"),
    ("a:b\nc: d\n", "write `a: b`", "a: b\nc: d\n"),
    ("a: { b:c }\n", "write `b: c`", "a: { b: c }\n"),
    ("c: d\na = b\n", "write `a: b`", "c: d\na: b\n"),
    ("a\n  b: c\nd: e\n", "write `a:`", "a:\n  b: c\nd: e\n"),
    ("a: b\nc d\ne: f\n", "continues that text", "a: b\n  c d\ne: f\n"),
    ("a: b\n  c: d\n", "indent `c` like `a`", "a: b\nc: d\n"),
    ("a: b\n  c: d\n", "below a `|`", "a: |\n  b\n  c: d\n"),
    ("a:\n  b: {}\n c: {}\n", "indent it by 2 spaces", "a:\n  b: {}\n  c: {}\n"),
    ("a:\n    b: {}\n  c: {}\n", "by no spaces", "a:\n    b: {}\nc: {}\n"),
    ("a:\n  - b: c\n   d: e\n", "indent it by 4 spaces", "a:\n  - b: c\n    d: e\n"),
    ("a:\n    - b\n   - c\n", "indent it by 4 spaces", "a:\n    - b\n    - c\n"),
    ("a:\n  - b\n  -c\n", "a space after the `-`", "a:\n  - b\n  - c\n"),
    ("a: b\n- c: d\n", "remove the `- `", "a: b\nc: d\n"),
    ("a: \"b\"\n  - c\n", "remove the value", "a:\n  - c\n"),
    ("a:\n  - b\n  c: d\n", "begin the line with `- `", "a:\n  - b\n  - c: d\n"),
    ("a:\n\tb: c\n", "indent with spaces", "a:\n    b: c\n"),
    ("a:\u{a0}b\nc: d\n", "plain blank", "a: b\nc: d\n"),
    ("a:\n\u{a0}\u{a0}b: c\n", "plain blank", "a:\n  b: c\n"),
    ("a: b\n\u{200b}c: d\n", "plain blank", "a: b\nc: d\n"),
    ("a: { \u{a0}b: c }\n", "plain blanks", "a: { b: c }\n"),
    ("a: b\0\n", "remove it", "a: b\n"),
    ("// a\nb: c\n", "begin comments with `#`", "# a\nb: c\n"),
    ("%YAML 1.2\na: b\n", "a line `---`", "%YAML 1.2\n---\na: b\n"),
    ("a: b\n<<<<<<< x\nc: d\n=======\nc: e\n>>>>>>> y\n", "remove the lines", "a: b\nc: d\n"),
    ("a: b\n>>>>>>> y\n", "remove the lines", "a: b\n"),
    ("a: {{ b }}\n", "all of the text", "a: \"{{ b }}\"\n"),
    ("a: { b: *c }\n", "put the text in quotes", "a: { b: \"*c\" }\n"),
    ("a: &b c\n", "put the text in quotes", "a: \"&b c\"\n"),
    ("a: &b c\n", "remove the anchor", "a: c\n"),
];

#[test]
fn advice_for_a_syntax_error_fixes_it() {
    let mut wrong = String::new();
    for (text, advice, fixed) in CASES {
        let found = parse(text, 0).problems;
        let helps: Vec<&str> = found.iter().filter_map(|found| found.help.as_deref()).collect();
        if helps.len() != 1 || !helps.iter().any(|help| help.contains(advice)) {
            wrong += &format!("{text:?}: expected {advice:?} alone, found {helps:?}\n");
        }
        let left = parse(fixed, 0).problems;
        if !left.is_empty() {
            wrong += &format!("{fixed:?}: {left:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Tests that labels and messages point at existing text.
#[test]
fn syntax_errors_have_a_span_a_label_and_advice() {
    for (text, ..) in CASES {
        for found in parse(text, 0).problems {
            assert!(
                text.get(found.span.start..found.span.end).is_some_and(|at| !at.is_empty()),
                "{text:?} {found:?}"
            );
            assert!(!found.label.is_empty() && found.help.is_some(), "{text:?} {found:?}");
        }
    }
}
