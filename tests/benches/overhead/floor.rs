//! The floor: the same documents decoded by `serde_json` into structs with derived `Deserialize`.
//!
//! `T` is the type of a timestamp: a string, or a `chrono` value. Other fields have the types of the packages, except
//! that newtypes around strings are plain strings.

// The decoded fields are never used.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, FixedOffset};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

type Object = serde_json::Map<String, serde_json::Value>;

#[derive(Deserialize)]
pub(crate) struct User<T> {
    id: String,
    email: String,
    email_verified: bool,
    first_name: Option<String>,
    last_name: Option<String>,
    name: Option<String>,
    profile_picture_url: Option<String>,
    external_id: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    locale: Option<String>,
    last_sign_in_at: Option<T>,
    radar_auth_attempt_id: Option<String>,
    created_at: T,
    updated_at: T,
}

#[derive(Deserialize)]
pub(crate) struct Members<T> {
    members: Vec<Member<T>>,
    results_metadata: ResultsMetadata,
    organizations: BTreeMap<String, Object>,
    request_id: String,
    status_code: i32,
}

#[derive(Deserialize)]
struct ResultsMetadata {
    total: i32,
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
struct Member<T> {
    organization_id: String,
    member_id: String,
    email_address: String,
    status: Open<MemberStatus>,
    name: String,
    #[serde(default)]
    sso_registrations: Vec<SsoRegistration>,
    is_breakglass: bool,
    member_password_id: String,
    #[serde(default)]
    oauth_registrations: Vec<OAuthRegistration>,
    email_address_verified: bool,
    mfa_phone_number_verified: bool,
    is_admin: bool,
    totp_registration_id: String,
    #[serde(default)]
    retired_email_addresses: Vec<RetiredEmail>,
    #[serde(default)]
    is_locked: bool,
    mfa_enrolled: bool,
    mfa_phone_number: String,
    default_mfa_method: Open<MfaMethod>,
    #[serde(default)]
    roles: Vec<MemberRole>,
    trusted_metadata: Option<Object>,
    untrusted_metadata: Option<Object>,
    created_at: Option<T>,
    updated_at: Option<T>,
    scim_registration: Option<ScimRegistration>,
    external_id: Option<String>,
    lock_created_at: Option<T>,
    lock_expires_at: Option<T>,
}

#[derive(Deserialize)]
struct SsoRegistration {
    connection_id: String,
    external_id: String,
    registration_id: String,
    sso_attributes: Option<Object>,
}

#[derive(Deserialize)]
struct OAuthRegistration {
    provider_type: String,
    provider_subject: String,
    member_oauth_registration_id: String,
    profile_picture_url: Option<String>,
    locale: Option<String>,
}

#[derive(Deserialize)]
struct RetiredEmail {
    email_id: String,
    email_address: String,
}

#[derive(Deserialize)]
struct MemberRole {
    role_id: String,
    #[serde(default)]
    sources: Vec<RoleSource>,
}

#[derive(Deserialize)]
struct RoleSource {
    r#type: Open<RoleSourceType>,
    details: Option<Object>,
}

#[derive(Deserialize)]
struct ScimRegistration {
    connection_id: String,
    registration_id: String,
    external_id: Option<String>,
    scim_attributes: Option<ScimAttributes>,
}

/// The documents have no attributes. The type is here because the size of a member determines the cost of moving it.
#[derive(Deserialize)]
struct ScimAttributes {
    user_name: String,
    id: String,
    external_id: String,
    active: bool,
    groups: Vec<Object>,
    display_name: String,
    nick_name: String,
    profile_url: String,
    user_type: String,
    title: String,
    preferred_language: String,
    locale: String,
    timezone: String,
    emails: Vec<Object>,
    phone_numbers: Vec<Object>,
    addresses: Vec<Object>,
    ims: Vec<Object>,
    photos: Vec<Object>,
    entitlements: Vec<Object>,
    roles: Vec<Object>,
    x509certificates: Vec<Object>,
    name: Option<[String; 6]>,
    enterprise_extension: Option<EnterpriseExtension>,
    #[serde(flatten)]
    rest: Object,
}

#[derive(Deserialize)]
struct EnterpriseExtension {
    employee_number: String,
    cost_center: String,
    division: String,
    department: String,
    organization: String,
    manager: Option<[String; 3]>,
}

/// The known values of an enum.
trait Known: Sized {
    fn known(text: &str) -> Option<Self>;
}

macro_rules! known {
    ($name:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        enum $name { $($variant),* }

        impl Known for $name {
            fn known(text: &str) -> Option<Self> {
                match text {
                    $($wire => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

known!(MemberStatus { Pending = "pending", Invited = "invited", Active = "active", Deleted = "deleted" });
known!(MfaMethod { SmsOtp = "sms_otp", Totp = "totp" });
known!(RoleSourceType {
    DirectAssignment = "direct_assignment",
    EmailAssignment = "email_assignment",
    SsoConnection = "sso_connection",
    SsoConnectionGroup = "sso_connection_group",
    ScimConnectionGroup = "scim_connection_group",
});

/// An open enum that keeps unknown values. The derives of serde (`untagged`, `other`) would copy every string or lose
/// it, so the fastest implementation is written by hand.
enum Open<E> {
    Known(E),
    Other(Box<str>),
}

impl<'de, E: Known> Deserialize<'de> for Open<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(PhantomData::<Self>))
    }
}

struct Text<T>(PhantomData<T>);

impl<E: Known> Visitor<'_> for Text<Open<E>> {
    type Value = Open<E>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<X: Error>(self, text: &str) -> Result<Self::Value, X> {
        Ok(E::known(text).map_or_else(|| Open::Other(text.into()), Open::Known))
    }
}

/// A timestamp decoded by `chrono`.
pub(crate) struct Moment(DateTime<FixedOffset>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(PhantomData::<Self>))
    }
}

impl Visitor<'_> for Text<Moment> {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time")
    }

    fn visit_str<X: Error>(self, text: &str) -> Result<Moment, X> {
        DateTime::parse_from_rfc3339(text).map(Moment).map_err(X::custom)
    }
}
