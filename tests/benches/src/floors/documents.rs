//! The same documents decoded by `serde_json` into structs with derived `Deserialize`.
//!
//! `S` is the type of strings: `String`, or `&str` for documents without escapes. `T` is the type of timestamps: a
//! string, or a `chrono` value. Other fields have the types of the packages, except that newtypes around strings are
//! plain strings.

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
pub struct User<S: Ord, T> {
    id: S,
    email: S,
    email_verified: bool,
    first_name: Option<S>,
    last_name: Option<S>,
    name: Option<S>,
    profile_picture_url: Option<S>,
    external_id: Option<S>,
    #[serde(default = "BTreeMap::new")]
    metadata: BTreeMap<S, S>,
    locale: Option<S>,
    last_sign_in_at: Option<T>,
    radar_auth_attempt_id: Option<S>,
    created_at: T,
    updated_at: T,
}

#[derive(Deserialize)]
pub struct Users<S: Ord, T> {
    data: Vec<User<S, T>>,
    list_metadata: ListMetadata<S>,
}

#[derive(Deserialize)]
struct ListMetadata<S> {
    before: Option<S>,
    after: Option<S>,
}

#[derive(Deserialize)]
pub struct Members<S: Ord, T> {
    members: Vec<Member<S, T>>,
    results_metadata: ResultsMetadata<S>,
    organizations: BTreeMap<S, Object>,
    request_id: S,
    status_code: i32,
}

#[derive(Deserialize)]
struct ResultsMetadata<S> {
    total: i32,
    next_cursor: Option<S>,
}

#[derive(Deserialize)]
struct Member<S, T> {
    organization_id: S,
    member_id: S,
    email_address: S,
    status: Open<MemberStatus>,
    name: S,
    #[serde(default = "Vec::new")]
    sso_registrations: Vec<SsoRegistration<S>>,
    is_breakglass: bool,
    member_password_id: S,
    #[serde(default = "Vec::new")]
    oauth_registrations: Vec<OAuthRegistration<S>>,
    email_address_verified: bool,
    mfa_phone_number_verified: bool,
    is_admin: bool,
    totp_registration_id: S,
    #[serde(default = "Vec::new")]
    retired_email_addresses: Vec<RetiredEmail<S>>,
    #[serde(default)]
    is_locked: bool,
    mfa_enrolled: bool,
    mfa_phone_number: S,
    default_mfa_method: Open<MfaMethod>,
    #[serde(default = "Vec::new")]
    roles: Vec<MemberRole<S>>,
    trusted_metadata: Option<Object>,
    untrusted_metadata: Option<Object>,
    created_at: Option<T>,
    updated_at: Option<T>,
    scim_registration: Option<ScimRegistration<S>>,
    external_id: Option<S>,
    lock_created_at: Option<T>,
    lock_expires_at: Option<T>,
}

/// One member and its organization.
#[derive(Deserialize)]
pub struct MemberResponse<S: Ord, T> {
    request_id: S,
    member_id: S,
    member: Member<S, T>,
    organization: Organization<S, T>,
    status_code: i32,
}

#[derive(Deserialize)]
struct Organization<S, T> {
    organization_id: S,
    organization_name: S,
    organization_logo_url: S,
    organization_slug: S,
    sso_jit_provisioning: S,
    sso_jit_provisioning_allowed_connections: Vec<S>,
    sso_active_connections: Vec<ActiveSsoConnection<S>>,
    email_allowed_domains: Vec<S>,
    email_jit_provisioning: S,
    email_invites: S,
    auth_methods: S,
    allowed_auth_methods: Vec<S>,
    mfa_policy: S,
    rbac_email_implicit_role_assignments: Vec<EmailImplicitRoleAssignment<S>>,
    mfa_methods: S,
    allowed_mfa_methods: Vec<S>,
    oauth_tenant_jit_provisioning: S,
    claimed_email_domains: Vec<S>,
    first_party_connected_apps_allowed_type: S,
    allowed_first_party_connected_apps: Vec<S>,
    third_party_connected_apps_allowed_type: S,
    allowed_third_party_connected_apps: Vec<S>,
    /// Empty in the documents.
    custom_roles: Vec<Object>,
    trusted_metadata: Option<Object>,
    created_at: Option<T>,
    updated_at: Option<T>,
    organization_external_id: Option<S>,
    sso_default_connection_id: Option<S>,
    scim_active_connection: Option<ActiveScimConnection<S, T>>,
    allowed_oauth_tenants: Option<Object>,
}

#[derive(Deserialize)]
struct ActiveSsoConnection<S> {
    connection_id: S,
    display_name: S,
    identity_provider: S,
}

#[derive(Deserialize)]
struct EmailImplicitRoleAssignment<S> {
    domain: S,
    role_id: S,
}

#[derive(Deserialize)]
struct ActiveScimConnection<S, T> {
    connection_id: S,
    display_name: S,
    bearer_token_last_four: S,
    bearer_token_expires_at: Option<T>,
}

#[derive(Deserialize)]
struct SsoRegistration<S> {
    connection_id: S,
    external_id: S,
    registration_id: S,
    sso_attributes: Option<Object>,
}

#[derive(Deserialize)]
struct OAuthRegistration<S> {
    provider_type: S,
    provider_subject: S,
    member_oauth_registration_id: S,
    profile_picture_url: Option<S>,
    locale: Option<S>,
}

#[derive(Deserialize)]
struct RetiredEmail<S> {
    email_id: S,
    email_address: S,
}

#[derive(Deserialize)]
struct MemberRole<S> {
    role_id: S,
    #[serde(default = "Vec::new")]
    sources: Vec<RoleSource>,
}

#[derive(Deserialize)]
struct RoleSource {
    r#type: Open<RoleSourceType>,
    details: Option<Object>,
}

#[derive(Deserialize)]
struct ScimRegistration<S> {
    connection_id: S,
    registration_id: S,
    external_id: Option<S>,
    scim_attributes: Option<ScimAttributes<S>>,
}

/// The documents have no attributes. The type is here because the size of a member determines the cost of moving it.
#[derive(Deserialize)]
struct ScimAttributes<S> {
    user_name: S,
    id: S,
    external_id: S,
    active: bool,
    groups: Vec<Object>,
    display_name: S,
    nick_name: S,
    profile_url: S,
    user_type: S,
    title: S,
    preferred_language: S,
    locale: S,
    timezone: S,
    emails: Vec<Object>,
    phone_numbers: Vec<Object>,
    addresses: Vec<Object>,
    ims: Vec<Object>,
    photos: Vec<Object>,
    entitlements: Vec<Object>,
    roles: Vec<Object>,
    x509certificates: Vec<Object>,
    name: Option<[S; 6]>,
    enterprise_extension: Option<EnterpriseExtension<S>>,
    #[serde(flatten)]
    rest: Object,
}

#[derive(Deserialize)]
struct EnterpriseExtension<S> {
    employee_number: S,
    cost_center: S,
    division: S,
    department: S,
    organization: S,
    manager: Option<[S; 3]>,
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
pub struct Moment(DateTime<FixedOffset>);

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
