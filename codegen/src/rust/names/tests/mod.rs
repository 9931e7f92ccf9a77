//! Tests of names and their words.

mod table;

use proptest::prelude::*;
use table::NAMES;

use super::*;

type Make = fn(&str) -> Result<RustName, Unusable>;

fn made(make: Make, text: &str) -> String {
    make(text).map_or_else(|why| format!("{why:?}"), |name| name.to_string())
}

#[test]
fn names_follow_the_conventions_of_rust() {
    assert!(NAMES.len() >= 120);
    for (text, type_, value) in NAMES {
        assert_eq!(made(type_name, text), *type_, "type of {text:?}");
        assert_eq!(made(value_name, text), *value, "value of {text:?}");
    }
}

#[test]
fn constant_name_is_the_value_name_in_capitals() {
    for (text, _, value) in NAMES.iter().filter(|row| !row.1.starts_with("NoWord") && !row.1.is_empty()) {
        let Ok(constant) = constant_name(text) else {
            continue;
        };
        assert_eq!(constant.as_str(), value.trim_start_matches("r#").to_uppercase(), "constant of {text:?}");
    }
}

#[test]
fn variant_name_is_derived_from_the_wire_value() {
    let rows = [
        ("pending", "Pending"),
        ("pt-br", "PtBr"),
        ("es-419", "Es419"),
        ("zh-Hans", "ZhHans"),
        ("ALL_ALLOWED", "AllAllowed"),
        ("SMS_OTP", "SmsOtp"),
        ("AND", "And"),
        ("2fa", "_2fa"),
        ("200", "_200"),
        ("+1", "Plus1"),
        ("-1", "Minus1"),
        ("1", "_1"),
        ("-created_at", "MinusCreatedAt"),
        ("created_at", "CreatedAt"),
        ("v1.2", "V1_2"),
        ("v12", "V12"),
        ("user.created", "UserCreated"),
        ("true", "True"),
        ("null", "Null"),
        ("self", "Self_"),
        ("Self", "Self_"),
        ("+", "NoWord"),
        ("", "Empty"),
    ];
    for (wire, variant) in rows {
        assert_eq!(made(variant_name, wire), variant, "variant of {wire:?}");
    }
}

#[test]
fn every_keyword_gives_a_valid_name_of_each_kind() {
    for word in keywords::RAW {
        let capital = word[..1].to_uppercase() + &word[1..];
        assert_eq!(made(value_name, word), format!("r#{word}"));
        assert_eq!(made(constant_name, word), word.to_uppercase());
        assert_eq!(made(type_name, word), capital);
        assert_eq!(made(variant_name, word), capital);
        let module = if *word == "mod" { "mod_".to_owned() } else { format!("r#{word}") };
        assert_eq!(made(module_name, word), module);
    }
    for word in ["self", "Self", "super", "crate"] {
        let lower = word.to_lowercase();
        assert_eq!(made(value_name, word), format!("{lower}_"));
        assert_eq!(made(module_name, word), format!("{lower}_"));
        assert_eq!(made(constant_name, word), word.to_uppercase());
    }
    assert_eq!(made(type_name, "self"), "Self_");
    assert_eq!(made(type_name, "super"), "Super");
    assert_eq!(made(type_name, "crate"), "Crate");
}

#[test]
fn keyword_table_matches_the_parser() {
    let known = "as break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub ref \
        return self Self static struct super trait true type unsafe use where while async await dyn abstract become box do \
        final macro override priv typeof unsized virtual yield try gen";
    for word in known.split_whitespace() {
        assert!(keywords::RAW.contains(&word) != keywords::NEVER_RAW.contains(&word), "{word}");
        // `gen` is a keyword since 2024, and an identifier for a parser of all editions.
        assert!(word == "gen" || syn::parse_str::<Ident>(word).is_err(), "{word}");
    }
    assert_eq!(keywords::RAW.len() + keywords::NEVER_RAW.len(), known.split_whitespace().count() + 1);
}

#[test]
fn weak_keywords_are_plain_names() {
    for word in ["union", "default", "raw", "safe", "auto", "macro_rules", "dynamic", "str", "bool", "u8"] {
        assert_eq!(made(value_name, word), word);
        assert_eq!(made(module_name, word), word);
    }
}

#[test]
fn module_name_is_a_valid_file_name() {
    for word in keywords::NO_MODULE {
        assert_eq!(made(module_name, word), format!("{word}_"));
    }
    for device in ["con", "Aux", "nul", "com1", "lpt9"] {
        assert_eq!(made(module_name, device), format!("{}_", device.to_lowercase()));
    }
    assert_eq!(module_name("größe"), Err(Unusable::NotAFile));
    assert_eq!(made(module_name, "oauth-providers"), "oauth_providers");
    assert_eq!(module_name("type").map(|name| name.plain().to_owned()), Ok("type".to_owned()));
}

#[test]
fn name_is_printed_as_a_token() {
    let name = value_name("type").unwrap();
    assert_eq!((name.as_str(), name.plain()), ("r#type", "type"));
    assert_eq!(quote::quote!(self.#name).to_string(), "self . r#type");
}

/// Tests normalization: rustc compares normalized identifiers, so lowering must report two spellings of one word.
#[test]
fn texts_that_are_equal_after_normalization_have_one_name() {
    let (composed, decomposed) = ("caf\u{e9}_owner", "cafe\u{301}_owner");
    for make in [type_name, variant_name, value_name, constant_name] {
        assert_eq!(make(decomposed), make(composed));
    }
    assert_eq!(made(value_name, decomposed), composed);
}

#[test]
fn text_is_split_into_lower_case_words() {
    assert_eq!(words("OAuth2ClientIDs"), ["oauth2", "client", "ids"]);
    assert_eq!(words("--"), Vec::<String>::new());
}

/// Tests the reasons. The advice differs between callers, so the diagnostics add it.
#[test]
fn unusable_text_has_a_reason() {
    assert_eq!(Unusable::Empty.to_string(), "a Rust name must not be empty");
    assert_eq!(Unusable::NoWord.to_string(), "the text contains no letter or digit for a Rust name");
    assert_eq!(
        Unusable::NotAName.to_string(),
        "the text contains letters that are not allowed in a Rust name"
    );
}

const ALL: [Make; 5] = [type_name, variant_name, value_name, module_name, constant_name];

proptest! {
    #[test]
    fn every_name_is_an_identifier(text in "\\PC{0,12}|[a-zA-Z0-9_]{0,12}|(?s:.{0,6})") {
        for make in ALL {
            let name = make(&text);
            prop_assert_eq!(&name, &make(&text));
            let Ok(name) = name else { continue };
            prop_assert_eq!(syn::parse_str::<Ident>(name.as_str()).unwrap(), name.ident());
        }
    }

    #[test]
    fn value_name_of_a_value_name_is_unchanged(text in "\\PC{0,12}|[a-zA-Z0-9_]{0,12}") {
        for make in [value_name, module_name] {
            if let Ok(name) = make(&text) {
                prop_assert_eq!(make(name.as_str()), Ok(name.clone()));
                prop_assert_eq!(make(name.plain()), Ok(name));
            }
        }
    }

    #[test]
    fn constant_name_of_a_constant_name_is_unchanged(text in "[a-zA-Z0-9_ -]{0,12}") {
        if let Ok(name) = constant_name(&text) {
            prop_assert_eq!(constant_name(name.as_str()), Ok(name));
        }
    }

    // Words of one letter are an exception: `a_b_cd` gives `ABCd`, which reads as an acronym.
    #[test]
    fn type_name_of_a_type_name_is_unchanged(text in "[a-z]{2,5}[0-9]?(_[a-z]{2,5}[0-9]?){0,3}") {
        let name = type_name(&text).unwrap();
        prop_assert_eq!(type_name(name.as_str()), Ok(name));
    }
}
