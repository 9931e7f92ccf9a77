//! Tests that valid YAML is read, and that an error leaves the rest readable.

use crate::diagnostic::Severity;
use crate::yaml::{Kind, Node, parse};

fn tree(text: &str) -> Node {
    let document = parse(text, 0);
    let errors: Vec<_> = document.problems.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{text}\n{errors:#?}");
    document.root.unwrap()
}

/// Renders a tree as JSON. Every scalar is a string.
fn json(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar(scalar) => format!("{:?}", scalar.text),
        Kind::List(items, _) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Kind::Map(entries, _) => {
            let entries: Vec<_> =
                entries.iter().map(|(key, value)| format!("{:?}:{}", key.text, json(value))).collect();
            format!("{{{}}}", entries.join(","))
        }
        Kind::Unparsed => "?".to_owned(),
    }
}

#[test]
fn spans_are_bytes_and_end_with_the_value() {
    let text = "é: 1\nkey: { a: [x, 'y z'] }\nlast:\n  deep: ü\n\n";
    let node = tree(text);
    let Kind::Map(entries, _) = &node.kind else { panic!("a map") };
    let spans: Vec<&str> = entries.iter().map(|(key, value)| &text[key.span.start..value.span.end]).collect();
    assert_eq!(spans, ["é: 1", "key: { a: [x, 'y z'] }", "last:\n  deep: ü"]);
}

#[test]
fn empty_file_has_no_value() {
    assert_eq!(tree("").describe(), "nothing");
    assert_eq!(tree("# only a comment\n").describe(), "nothing");
}

/// Tests valid YAML 1.2, and common deviations that the parser accepts.
#[test]
fn valid_yaml_is_read() {
    let cases = [
        ("a: {\n  b: c\n}\nd: e", r#"{"a":{"b":"c"},"d":"e"}"#),
        ("r:\n  a: {\n    b: c\n }\n", r#"{"r":{"a":{"b":"c"}}}"#),
        ("r:\n  a: [\n    b,\n    c\n]\nz: 1", r#"{"r":{"a":["b","c"]},"z":"1"}"#),
        ("- {\n  a: 1\n}\n- x", r#"[{"a":"1"},"x"]"#),
        ("{\n\"a\": {\n\t\"b\": 1\n},\n\"c\": [\n]\n}", r#"{"a":{"b":"1"},"c":[]}"#),
        (r#"a: "x\ud83d\ude00y\uD83D\uDE00""#, r#"{"a":"x😀y😀"}"#),
        (r#"a: "\\ud83d" "#, r#"{"a":"\\ud83d"}"#),
        (r"a: \ud83d\ude00", r#"{"a":"\\ud83d\\ude00"}"#),
        (r#"a: "\x41\u00e9\U0001F600\/\e""#, r#"{"a":"Aé😀/\u{1b}"}"#),
        ("\u{feff}a: b", r#"{"a":"b"}"#),
        ("a: b\r\nc: |\r\n  x\r\n  y\r\n", r#"{"a":"b","c":"x\ny\n"}"#),
        ("a:\tb\t\nc: d\t# x\n", r#"{"a":"b","c":"d"}"#),
        ("a: | # comment\n  x\n", r#"{"a":"x\n"}"#),
        ("a: >- # comment\n  x\n  y\n", r#"{"a":"x y"}"#),
        ("%YAML 1.2\n---\na: b\n...\n", r#"{"a":"b"}"#),
        ("---\na: b\n", r#"{"a":"b"}"#),
        ("a: b\n...\n", r#"{"a":"b"}"#),
        ("? a\n: b\n\"c d\": e\n'f': g\n", r#"{"a":"b","c d":"e","f":"g"}"#),
        ("a:\n- b\n- c\nd: e", r#"{"a":["b","c"],"d":"e"}"#),
        ("a: one\n  two\n\n  three\n", r#"{"a":"one two\nthree"}"#),
        ("a: 'it''s'\nb: {c: d,}\n", r#"{"a":"it's","b":{"c":"d"}}"#),
        ("a: b#c\nd: e:f\ng: h\u{2028}i", r#"{"a":"b#c","d":"e:f","g":"h\u{2028}i"}"#),
    ];
    for (text, expected) in cases {
        assert_eq!(json(&tree(text)), expected, "{text}");
    }
}

#[test]
fn alias_has_the_value_of_its_anchor() {
    let cases = [
        ("a: &x { b: 1 }\nc: *x", r#"{"a":{"b":"1"},"c":{"b":"1"}}"#),
        ("a: &x\n  b: 1\nc: [*x, *x]", r#"{"a":{"b":"1"},"c":[{"b":"1"},{"b":"1"}]}"#),
        // An alias refers to the nearest definition above it.
        ("a: &x 1\nb: *x\nc: &x 2\nd: *x", r#"{"a":"1","b":"1","c":"2","d":"2"}"#),
        ("a: &x [&y b, *y]\nc: *x\nd: *y", r#"{"a":["b","b"],"c":["b","b"],"d":"b"}"#),
        ("&k a: 1\nb: *k", r#"{"a":"1","b":"a"}"#),
        ("a: &x b\n*x : c", r#"{"a":"b","b":"c"}"#),
        ("a: &x\nb: *x", r#"{"a":"~","b":"~"}"#),
    ];
    for (text, expected) in cases {
        assert_eq!(json(&tree(text)), expected, "{text}");
    }
}

#[test]
fn merge_keys_copy_entries_that_the_map_lacks() {
    let cases = [
        (
            "a: &x { b: 1, c: 2 }\nd: { e: 0, <<: *x, c: 3 }",
            r#"{"a":{"b":"1","c":"2"},"d":{"e":"0","b":"1","c":"3"}}"#,
        ),
        (
            "a: &x { b: 1 }\nc: &y { b: 2, d: 3 }\ne: { <<: [*x, *y] }",
            r#"{"a":{"b":"1"},"c":{"b":"2","d":"3"},"e":{"b":"1","d":"3"}}"#,
        ),
        ("a: { <<: { b: 1 } }", r#"{"a":{"b":"1"}}"#),
        ("a: { \"<<\": b }", r#"{"a":{"<<":"b"}}"#),
    ];
    for (text, expected) in cases {
        assert_eq!(json(&tree(text)), expected, "{text}");
    }
}

#[test]
fn aliased_value_has_the_span_of_its_definition() {
    let text = "a: &x word\nb: *x";
    let node = tree(text);
    let Kind::Map(entries, _) = &node.kind else { panic!("a map") };
    let value = &entries[1].1;
    assert_eq!(&text[value.span.start..value.span.end], "word");
    assert_eq!(value.alias.map(|alias| &text[alias.start..alias.end]), Some("*x"));
}

#[test]
fn aliases_are_limited_in_number_and_depth() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        text += &format!("a{level}: &a{level} [{below}]\n");
    }
    let found = parse(&text, 0).problems;
    assert_eq!(found.iter().filter(|found| found.severity == Severity::Error).count(), 1, "{found:#?}");
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..80 {
        text += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    let found = parse(&text, 0).problems;
    assert!(found.iter().any(|found| found.message.contains("nested")), "{found:#?}");
}

#[test]
fn unsupported_yaml_is_reported_and_the_rest_is_read() {
    let cases = ["a: !tag 1\nz: 2", "a: *x\nz: 2", "a: &x [*x]\nz: 2", "? [a]\n: 1\nz: 2", "z: 2\n---\nb: 2"];
    for text in cases {
        let document = parse(text, 0);
        assert_eq!(document.problems[0].code.as_str(), "TF0002", "{text}");
        assert!(document.root.is_some_and(|root| json(&root).contains(r#""z":"2""#)), "{text}");
    }
    let deep = "[".repeat(100) + &"]".repeat(100);
    assert_eq!(parse(&deep, 0).problems[0].code.as_str(), "TF0002");
}

#[test]
fn syntax_error_leaves_the_rest_of_the_file_readable() {
    let cases = [
        ("a: b: c\nd: e", r#"{"a":?,"d":"e"}"#),
        ("a: @b\nd: [f, g\nh: \"i\nj: k", r#"{"a":?,"d":?,"h":?,"j":"k"}"#),
        ("a: {\n  b: \"\\d\",\n}\nd: e", r#"{"a":?,"d":"e"}"#),
        ("a:b\nd: e", r#"{"a":?,"d":"e"}"#),
        ("a\nd: e", r#"{"d":"e"}"#),
        ("a: b\0c\nd: e", r#"{"a":"b c","d":"e"}"#),
        ("<<<<<<< x\na: 1\n=======\na: 2\n>>>>>>> y\nd: e", r#"{"a":"1","d":"e"}"#),
    ];
    for (text, expected) in cases {
        let document = parse(text, 0);
        assert!(document.problems.iter().all(|found| found.code.as_str() == "TF0001"), "{text}");
        assert_eq!(document.root.as_ref().map(json).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn text_other_than_yaml_has_few_errors() {
    let text = "fn main() {\n    println!(\"{}\", \"a: b\");\n}\n".repeat(200);
    let document = parse(&text, 0);
    assert!((1..=20).contains(&document.problems.len()), "{}", document.problems.len());
}
