//! Unions: values of one of several shapes.

mod limits;
mod names;
mod nested;
mod tagged;
mod untagged;

use std::fmt::Debug;

use typefoundry_runtime::{
    Decode, DecodeError, Object, Secret, UnknownVariant, json, json_object, json_union,
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

#[derive(Clone, Debug, PartialEq)]
struct User {
    factor: Factor,
    backup: Option<Factor>,
    password: Option<Password>,
}
json_object!(User { factor, backup, password });

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
