//! Tests of the error codes: an enum of the module `errors` if the spec lists codes, and nothing otherwise.

use super::{assert_holds, example_match, odd_sources, text};
use crate::generate::resolve_all;
use crate::rust::lower::lower;
use crate::source::Source;

#[test]
fn codes_are_an_open_enum_of_the_module_errors() {
    let parts = [
        "code: &[\"error.code\"],",
        "/// A [`Color`](crate::things::Color) is \"gone\", {0} times. See [`things`](crate::things).\n    Gone,",
        "#[deprecated(note = \"Use `gone`.\")]\n    TooOld,",
        "TooOld = \"40001\",",
        "/// The value `async`.\n    Async,",
        "impl ApiErrorCode for ErrorCode {}",
    ];
    assert_holds(&text("src/errors.rs"), &parts);
    assert_holds(&text("src/lib.rs"), &["pub mod errors;"]);
}

/// Tests that the example, which users copy, causes no warning and contains no doc text as a format string.
#[test]
fn example_omits_deprecated_codes() {
    let api = resolve_all(odd_sources()).1.remove(0);
    let example = example_match(&lower(&api, &crate::Settings::default()).expect("no name is taken twice"));
    assert!(!example.contains("TooOld"), "{example}");
    let parts = [
        "use acme_sdk::errors::ErrorCode;\nuse acme_sdk::Error;\n\nfn reason(error: &Error) -> String {",
        "Some(ErrorCode::Gone) => \"A `things.Color` is \\\"gone\\\", {0} times.\".to_owned(),",
        "Some(ErrorCode::Async) => \"async\".to_owned(),",
    ];
    assert_holds(&example, &parts);
}

#[test]
fn test_puts_each_code_at_the_path_of_the_spec() {
    let parts = [
        "for code in [\"40001\", \"gone\", \"async\"]",
        "serde_json::json!({ \"error\" : { \"code\" : code } })",
    ];
    assert_holds(&text("tests/examples.rs"), &parts);
}

#[test]
fn api_without_codes_has_no_enum() {
    let (_, codes) = include_str!("api.yaml").split_once("  codes:\n").expect("the codes");
    let (codes, _) = codes.split_once("  message:").expect("the part after the codes");
    let plain =
        |source: Source| Source::new(source.path, source.text.replace(codes, "").replace("  codes:\n", ""));
    let api = resolve_all(odd_sources().map(plain)).1.remove(0);
    let files =
        super::expand(&lower(&api, &crate::Settings::default()).expect("no name is taken twice")).files;
    assert!(files.iter().all(|file| !file.text.contains("ErrorCode")));
    let errors = files.iter().find(|file| file.path.ends_with("src/errors.rs")).expect("the file of errors");
    assert_holds(&errors.text, &["pub const ERROR_SCHEMA: ErrorSchema"]);
}
