//! Unions whose content selects the variant.

use typefoundry_runtime::{Decode, DecodeError, UnknownVariant, Value, json, json_union};

use super::{Amount, Factor, Hash, Password, User, failure, read, written};

#[test]
fn shape_determines_the_variant() {
    for (text, password) in [
        (r#"{"password":"hush"}"#, Password::Plaintext("hush".into())),
        (
            r#"{"hash":"h","salt":"s"}"#,
            Password::Hashed(Box::new(Hash { hash: "h".into(), salt: Some("s".into()) })),
        ),
        (r#"{"old":["a"]}"#, Password::Old(vec!["a".into()])),
    ] {
        assert_eq!(read::<Password>(text).expect(text), password);
        assert_eq!(written(&password), text);
        assert_eq!(serde_json::from_str::<Password>(text).expect(text), password);
    }
    let first: Password = read(r#"{"x":[{}],"hash":"h","password":"hush","y":1}"#).expect("a password");
    assert_eq!(first, Password::Plaintext("hush".into()));
    assert!(!format!("{first:?}").contains("hush"));
}

#[test]
fn mismatched_variant_is_skipped() {
    assert!(matches!(read(r#"{"password":7,"hash":"h"}"#), Ok(Password::Hashed(_))));
    // Values decoded before the mismatch are discarded.
    assert!(matches!(read(r#"{"password":"hush","password":7,"hash":"h"}"#), Ok(Password::Hashed(_))));
    for text in ["{}", "[]", "7", r#""hush""#, r#"{"password":7}"#, r#"{"hash":null}"#, r#"{"old":"a"}"#] {
        let password: Password = read(text).expect(text);
        let Password::Unknown(unknown) = &password else { panic!("{text} is {password:?}") };
        assert_eq!(unknown.as_value(), &serde_json::from_str::<Value>(text).expect("JSON"));
        assert_eq!(written(&password), text);
    }
}

#[test]
fn null_matches_no_shape() {
    assert_eq!(failure::<Password>("null"), "$: expected a value, found null");
    assert_eq!(failure::<Vec<Amount>>("[1,null]"), "$[1]: expected a value, found null");
    let user: User = read(r#"{"factor":{"type":"none"},"password":null}"#).expect("a user");
    assert_eq!(user.password, None);
}

#[test]
fn scalars_and_lists_are_distinguished() {
    let text = r#"[7,"seven",["a","b"]]"#;
    let amounts: Vec<Amount> = read(text).expect("amounts");
    let names = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(amounts, [Amount::Count(7), Amount::Name("seven".into()), Amount::Names(names)]);
    assert_eq!(written(&amounts), text);
    for text in ["7.5", "true", "{}", "[1]", "9223372036854775808"] {
        assert!(matches!(read(text), Ok(Amount::Unknown(_))), "{text}");
    }
}

#[test]
fn error_after_a_discarded_variant_names_the_path() {
    #[derive(Debug)]
    struct Both {
        _amount: Amount,
        _name: String,
    }
    impl Decode for Both {
        fn decode(reader: &mut json::Reader<'_>) -> Result<Self, DecodeError> {
            let (mut amount, mut name) = (json::FieldSlot { value: None }, json::FieldSlot { value: None });
            reader.read_object(&mut [("amount", &mut amount), ("name", &mut name)], None)?;
            let (Some(_amount), Some(_name)) = (amount.value, name.value) else { unreachable!() };
            Ok(Self { _amount, _name })
        }
    }
    let error = read::<Both>("{\"amount\":\n[\"a\"],\n\"name\":\n  7}").expect_err("a decode error");
    assert_eq!((error.path().as_str(), error.line(), error.column()), ("$.name", 4, 3));
}

/// A payload that is itself an untagged union.
#[derive(Clone, Debug, PartialEq)]
enum Login {
    Password(Password),
    Factor(Box<Factor>),
    Unknown(UnknownVariant),
}
json_union!(Login by ["by"] { Password(_) = "password", Factor(_) = "factor" in "factor" });

#[test]
fn unions_can_be_nested() {
    for text in [
        r#"{"by":"password","password":"hush"}"#,
        r#"{"by":"password","hash":"h"}"#,
        r#"{"by":"factor","factor":{"type":"none"}}"#,
    ] {
        let login: Login = read(text).expect(text);
        assert!(!matches!(login, Login::Unknown(_)), "{text}");
        assert_eq!(written(&login), text);
    }
}
