//! Unions: values of one of several shapes.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use typefoundry_runtime::{
    Decode, DecodeError, Object, Secret, UnknownVariant, Value, json, json_object, json_union,
};

fn read<T: Decode>(text: &str) -> Result<T, DecodeError> {
    json::from_slice(text.as_bytes())
}

fn written(value: &dyn json::Encode) -> String {
    String::from_utf8(json::to_vec(value).expect("JSON")).expect("UTF-8")
}

/// Returns the message of a decode error, without its location.
fn failure<T: Decode + Debug>(text: &str) -> String {
    let message = read::<T>(text).expect_err(text).to_string();
    message.split_once(" at ").expect("a place").0.to_owned()
}

#[derive(Clone, Debug, PartialEq)]
struct Totp {
    issuer: String,
    digits: Option<i32>,
    rest: Object,
}
json_object!(Totp { issuer, digits, ..rest });

#[derive(Clone, Debug, PartialEq)]
struct Sms {
    number: Option<String>,
}
json_object!(Sms { number });

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Factor {
    Totp(Box<Totp>),
    Sms(Sms),
    Backup(Secret),
    Roles(Vec<String>),
    None,
    Unknown(UnknownVariant),
}
json_union!(Factor by ["type"] {
    Totp(_) = "totp",
    Sms(_) = "sms",
    Backup(_) = "backup" in "code",
    Roles(_) = "roles" in "slugs",
    None = "none",
});

fn totp(issuer: &str) -> Factor {
    Factor::Totp(Box::new(Totp { issuer: issuer.into(), digits: None, rest: Object::new() }))
}

fn factors() -> [(&'static str, Factor); 6] {
    [
        (r#"{"type":"totp","issuer":"Acme"}"#, totp("Acme")),
        (r#"{"type":"sms","number":"7"}"#, Factor::Sms(Sms { number: Some("7".into()) })),
        (r#"{"type":"sms"}"#, Factor::Sms(Sms { number: None })),
        (r#"{"type":"backup","code":"hush"}"#, Factor::Backup("hush".into())),
        (r#"{"type":"roles","slugs":["a"]}"#, Factor::Roles(vec!["a".into()])),
        (r#"{"type":"none"}"#, Factor::None),
    ]
}

#[test]
fn tag_determines_the_variant() {
    for (text, factor) in factors() {
        assert_eq!(read::<Factor>(text).expect(text), factor);
        assert_eq!(written(&factor), text);
        assert_eq!(serde_json::from_str::<Factor>(text).expect(text), factor);
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(serde_json::to_value(&factor).expect("JSON"), value);
    }
}

#[test]
fn tag_can_follow_other_keys() {
    for text in [
        r#"{"issuer":"Acme","type":"totp"}"#,
        r#" { "digits" : null , "issuer" : "Acme" , "type" : "totp" } "#,
        r#"{"issuer":"Acme","ty\u0070e":"t\u006ftp"}"#,
        "{\"type\":\n\"totp\",\"issuer\":\"Acme\"}",
    ] {
        assert_eq!(read(text), Ok(totp("Acme")), "{text}");
    }
    assert_eq!(read(r#"{"none":[{"type":"totp"}],"type":"none"}"#), Ok(Factor::None));
}

#[test]
fn first_of_two_tags_is_used() {
    assert_eq!(read(r#"{"type":"none","type":"sms"}"#), Ok(Factor::None));
}

#[test]
fn decoding_continues_after_a_union() {
    let text = r#"[{"type":"none","x":[1]},{"type":"totp","issuer":"a"},{"type":"roles"},{"type":"new"}]"#;
    let factors: Vec<Factor> = read(text).expect("factors");
    assert_eq!(factors[..3], [Factor::None, totp("a"), Factor::Roles(Vec::new())]);
    assert_eq!(factors.len(), 4);
}

#[test]
fn unknown_variant_round_trips() {
    for text in [
        r#"{"type":"passkey","n":[1,-2,0.5,18446744073709551615],"z":{"a":null}}"#,
        "{}",
        r#"{"issuer":"Acme"}"#,
        r#"{"issuer":"Acme","type":null}"#,
        r#"{"issuer":"Acme","type":["totp"]}"#,
        r#"{"issuer":"Acme","type":{"totp":1}}"#,
        r#"{"type":""}"#,
        r#"{"type":"TOTP"}"#,
    ] {
        let factor: Factor = read(text).expect(text);
        let Factor::Unknown(unknown) = &factor else { panic!("{text} is {factor:?}") };
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(unknown.as_value(), &value);
        assert_eq!(serde_json::from_str::<Value>(&written(&factor)).expect("JSON"), value);
        assert_eq!(read(&written(&factor)), Ok(factor.clone()));
    }
}

#[test]
fn debug_redacts_an_unknown_variant() {
    for text in [r#"{"type":"hush"}"#, r#"{"hush":"hush"}"#] {
        let factor: Factor = read(text).expect("a factor");
        assert_eq!(format!("{factor:?}"), "Unknown(UnknownVariant(..))");
        assert!(!format!("{factor:#?}").contains("hush"));
    }
    let backup: Factor = read(r#"{"type":"backup","code":"hush"}"#).expect("a factor");
    assert!(!format!("{backup:?}").contains("hush"));
}

#[derive(Clone, Debug, PartialEq)]
struct User {
    factor: Factor,
    backup: Option<Factor>,
    password: Option<Password>,
}
json_object!(User { factor, backup, password });

#[test]
fn known_tag_requires_its_payload() {
    for (text, message) in [
        (r#"{"factor":{"type":"totp"}}"#, "$.factor.issuer: expected a value, found nothing"),
        (
            r#"{"factor":{"digits":"hush","type":"totp","issuer":"a"}}"#,
            "$.factor.digits: expected a 32-bit integer, found a string",
        ),
        (r#"{"factor":{"type":"backup","code":7}}"#, "$.factor.code: expected a string, found a number"),
        (r#"{"factor":{"type":"backup"}}"#, "$.factor.code: expected a value, found nothing"),
        (
            r#"{"factor":{"type":"roles","slugs":["hush",1]}}"#,
            "$.factor.slugs[1]: expected a string, found a number",
        ),
        (r#"{"factor":{"type":"hush\x"}}"#, "$.factor.type: expected a JSON string, found an invalid escape"),
        (r#"{"factor":"totp"}"#, "$.factor: expected an object, found a string"),
        (r#"{"factor":null}"#, "$.factor: expected an object, found null"),
        ("{}", "$.factor: expected a value, found nothing"),
    ] {
        assert_eq!(failure::<User>(text), message);
    }
    let user: User = read(r#"{"factor":{"type":"none"},"backup":null}"#).expect("a user");
    assert_eq!((user.factor, user.backup), (Factor::None, None));
}

#[test]
fn error_names_the_path() {
    let text = "[{\"type\":\"none\"},\n{\"type\":\"totp\",\n \"issuer\":7}]";
    let error = read::<Vec<Factor>>(text).expect_err("a decode error");
    assert_eq!((error.path().as_str(), error.line(), error.column()), ("$[1].issuer", 3, 11));
}

#[test]
fn malformed_document_is_rejected() {
    for text in [
        r#"{"type":"none""#,
        r#"{"type":"none",}"#,
        r#"{"type":"none" "a":1}"#,
        r#"{"type":"new","a":tru}"#,
        r#"{"a":{,"type":"none"}"#,
        r#"{"type":"\x"}"#,
        r#"{"type":01}"#,
        "{",
        "",
    ] {
        assert!(read::<Factor>(text).is_err(), "{text}");
        assert!(read::<Password>(text).is_err(), "{text}");
    }
}

/// The tag belongs to the union, the additional fields to the payload.
#[test]
fn additional_fields_of_a_payload_exclude_the_tag() {
    let text = r#"{"type":"totp","issuer":"a","new":{"type":"b"},"x":1}"#;
    let Factor::Totp(mut totp) = read(text).expect("a factor") else { panic!("no TOTP") };
    assert_eq!(Value::Object(totp.rest.clone()), serde_json::json!({"new": {"type": "b"}, "x": 1}));
    assert_eq!(written(&Factor::Totp(totp.clone())), text);

    totp.rest.insert("type", "other");
    assert_eq!(written(&Factor::Totp(totp.clone())), text);
    // Outside of the union the payload has no tag, so the key is an additional field.
    assert!(written(&*totp).contains(r#""type":"other""#));
    assert_eq!(read::<Totp>(&written(&*totp)).as_ref(), Ok(&*totp));
}

/// An object with additional fields in a payload with additional fields, followed by another object.
#[derive(Clone, Debug, PartialEq)]
struct Linked {
    inner: Totp,
    rest: Object,
}
json_object!(Linked { inner, ..rest });

#[derive(Clone, Debug, PartialEq)]
enum Link {
    Linked(Linked),
    Unknown(UnknownVariant),
}
json_union!(Link by ["type"] { Linked(_) = "linked" });

#[derive(Clone, Debug, PartialEq)]
struct Links {
    link: Link,
    next: Totp,
}
json_object!(Links { link, next });

#[test]
fn only_the_object_of_the_tag_excludes_it() {
    let text =
        r#"{"link":{"type":"linked","inner":{"issuer":"a","type":"x"}},"next":{"issuer":"b","type":"y"}}"#;
    let links: Links = read(text).expect("links");
    assert_eq!(links.next.rest["type"], "y");
    assert_eq!(written(&links), text);
    let Link::Linked(linked) = links.link else { panic!("no link") };
    assert_eq!((linked.inner.rest["type"].as_str(), linked.rest.len()), (Some("x"), 0));
}

#[derive(Clone, Debug, PartialEq)]
enum Verified {
    Yes,
    No(Sms),
    Twice,
    Unknown(UnknownVariant),
}
json_union!(Verified by ["verified"] { Yes = true, No(_) = false, Twice = 2 });

#[test]
fn tag_can_be_a_boolean_or_a_number() {
    for (text, verified) in [
        (r#"{"verified":true}"#, Verified::Yes),
        (r#"{"verified":false,"number":"7"}"#, Verified::No(Sms { number: Some("7".into()) })),
        (r#"{"verified":2}"#, Verified::Twice),
    ] {
        assert_eq!(read::<Verified>(text).expect(text), verified);
        assert_eq!(written(&verified), text);
    }
    assert_eq!(read(r#"{"verified":"true"}"#), Ok(Verified::Yes));
    assert!(matches!(read(r#"{"verified":"yes"}"#), Ok(Verified::Unknown(_))));
    assert!(matches!(read(r#"{"verified":2.0}"#), Ok(Verified::Unknown(_))));
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Enroll(Totp),
    Select,
    Unknown(UnknownVariant),
}
json_union!(Step by ["code", "error"] { Enroll(_) = "enroll", Select = "select" });

#[test]
fn first_matching_tag_name_is_used() {
    for text in [
        r#"{"code":"select"}"#,
        r#"{"error":"select"}"#,
        r#"{"error":"enroll","code":"select"}"#,
        r#"{"code":"select","error":"enroll"}"#,
        r#"{"code":null,"error":"select"}"#,
        r#"{"error":"select","code":{}}"#,
    ] {
        assert_eq!(read(text), Ok(Step::Select), "{text}");
    }
    assert!(matches!(read(r#"{"code":"new","error":"select"}"#), Ok(Step::Unknown(_))));
    assert_eq!(written(&Step::Select), r#"{"code":"select"}"#);
    // The other name is an ordinary key.
    let text = r#"{"code":"enroll","issuer":"a","error":"x"}"#;
    assert_eq!(written(&read::<Step>(text).expect("a step")), text);
    let by_the_second: Step = read(r#"{"error":"enroll","issuer":"a"}"#).expect("a step");
    assert_eq!(written(&by_the_second), r#"{"code":"enroll","issuer":"a"}"#);
}

#[derive(Clone, Debug, PartialEq)]
struct Hash {
    hash: String,
    salt: Option<String>,
}
json_object!(Hash { hash, salt });

#[derive(Clone, Debug, PartialEq)]
enum Password {
    Plaintext(Secret),
    Hashed(Box<Hash>),
    Old(Vec<String>),
    Unknown(UnknownVariant),
}
json_union!(Password { Plaintext(_) in "password", Hashed(_), Old(_) in "old" });

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

#[derive(Clone, Debug, PartialEq)]
enum Amount {
    Count(i64),
    Name(String),
    Names(Vec<String>),
    Unknown(UnknownVariant),
}
json_union!(Amount {
    Count(_),
    Name(_),
    Names(_),
});

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
            let (mut amount, mut name) = (
                json::FieldSlot { value: None, default: None },
                json::FieldSlot { value: None, default: None },
            );
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

/// The matching variant is always the last one.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    And(Box<And>),
    Or(Box<Or>),
    Leaf(String),
    Unknown(UnknownVariant),
}
json_union!(Tree { And(_), Or(_), Leaf(_) });

#[derive(Clone, Debug, PartialEq)]
struct And {
    left: Tree,
    and: Tree,
}
json_object!(And { left, and });

#[derive(Clone, Debug, PartialEq)]
struct Or {
    left: Tree,
    or: Tree,
}
json_object!(Or { left, or });

fn tree(depth: usize) -> String {
    format!(r#"{}"leaf"{}"#, r#"{"left":"#.repeat(depth), r#","or":"leaf"}"#.repeat(depth))
}

#[test]
fn tree_of_unions_is_decoded() {
    let text = tree(8);
    let tree: Tree = read(&text).expect("a tree");
    assert!(matches!(tree, Tree::Or(_)));
    assert_eq!(written(&tree), text);
}

/// Each level doubles the number of attempts, so a depth of 100 would never end.
#[test]
fn tree_with_exponential_cost_is_rejected() {
    let start = Instant::now();
    let message = failure::<Vec<Tree>>(&format!("[{}]", tree(100)));
    assert_eq!(
        message,
        "$[0]: expected a value whose variant can be determined within the limit, found an ambiguous value"
    );
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn nesting_is_limited_inside_unions() {
    for depth in [200, 100_000] {
        let deep =
            format!(r#"{{"type":"totp","issuer":"a","x":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth));
        assert!(read::<Factor>(&deep).is_err());
        assert!(read::<Password>(&deep).is_err());
    }
    assert!(read::<Tree>(&tree(200)).is_err());
}

/// Errors of discarded variants do not count lines, which would take minutes.
#[test]
fn long_list_is_decoded_in_linear_time() {
    let start = Instant::now();
    let text = format!("[{}7]", "\"name\",\n".repeat(100_000));
    assert_eq!(read::<Vec<Amount>>(&text).map(|amounts| amounts.len()), Ok(100_001));
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// The macro must work with types and variants of any name, and with deprecated items.
mod odd {
    use typefoundry_runtime::{UnknownVariant, json_union};

    #[derive(Clone, Debug, PartialEq)]
    pub enum Option {
        #[deprecated = "say `Err`"]
        Ok(String),
        Err(Box<Self>),
        None,
        Some,
        Unknown(UnknownVariant),
    }
    json_union!(Option by ["reader", "writer"] {
        Ok(_) = "payload" in "variant",
        Err(_) = "deep" in "reader-2",
        None = "none",
        Some = true,
    });

    #[derive(Clone, Debug, PartialEq)]
    pub enum Result {
        Ok(Option),
        #[deprecated = "say `Ok`"]
        String(String),
        Unknown(UnknownVariant),
    }
    json_union!(Result { Ok(_) in "ok", String(_) });
}

#[test]
fn names_of_generated_unions_do_not_clash() {
    for text in [
        r#"{"ok":{"reader":"payload","variant":"a"}}"#,
        r#"{"ok":{"reader":"deep","reader-2":{"reader":true}}}"#,
        r#"{"ok":{"reader":"none"}}"#,
        r#""text""#,
    ] {
        let odd: odd::Result = read(text).expect(text);
        assert!(!matches!(odd, odd::Result::Unknown(_)), "{text}");
        assert_eq!(written(&odd), text);
    }
}

proptest! {
    #[test]
    fn text_resembling_json_does_not_panic(text in r#"[\[\]{}:,"0-9e.\-tn\\ud ]{0,40}"#) {
        let text = format!(r#"{{"type":"totp","issuer":{text}}}"#);
        let ours = json::from_slice::<Factor>(text.as_bytes()).is_ok();
        prop_assert!(!ours || serde_json::from_str::<Value>(&text).is_ok());
        let shape = json::from_slice::<Password>(text.as_bytes()).is_ok();
        prop_assert_eq!(shape, serde_json::from_str::<Value>(&text).is_ok());
    }

    #[test]
    fn damaged_document_does_not_panic(at in 0..200_usize, byte in any::<u8>()) {
        let mut text = r#"{"factor":{"type":"totp","issuer":"a"},"password":{"hash":"h"}}"#.to_owned().into_bytes();
        let at = at % text.len();
        text[at] = byte;
        let _ = json::from_slice::<User>(&text);
        let _ = json::from_slice::<User>(&text[..at]);
    }
}
