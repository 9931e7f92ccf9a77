//! Missing, null, empty and unknown values in responses.

use serde_json::{Value, json};
use typefoundry_tests::CannedResponse;
use workos_api::common::UserId;
use workos_api::runtime::{Object, Timestamp};
use workos_api::user_management::authentication::AuthenticationMethod;
use workos_api::user_management::organization_memberships::{
    OrganizationMembership, OrganizationMembershipId, OrganizationMembershipStatus,
};
use workos_api::user_management::users::{Identity, IdentityProvider, Session, SessionAuthMethod, User};
use workos_api::{Client, ErrorKind};

use crate::case::call;
use crate::memberships::membership;
use crate::responses::{bare_user, check_bare_user, user};

/// Returns a user as decoded from a response.
async fn read(user: &Value) -> User {
    let send = |client: &Client| client.user_management().users().get(UserId::new("user_a1")).send();
    call(CannedResponse::json(200, user), send).await.0.expect("a user")
}

#[tokio::test]
async fn null_is_decoded_like_a_missing_field() {
    let optional = ["first_name", "last_name", "name", "profile_picture_url", "external_id", "locale"];
    let rest = ["metadata", "last_sign_in_at", "radar_auth_attempt_id"];
    let (mut with, mut without) = (bare_user(), bare_user());
    for key in optional.into_iter().chain(rest) {
        with[key] = Value::Null;
        without.as_object_mut().expect("an object").remove(key);
    }
    assert_eq!(read(&with).await, read(&without).await);
    check_bare_user(&read(&with).await);
    check_bare_user(&read(&without).await);
}

/// A missing required field is an error that names the field.
#[tokio::test]
async fn missing_required_field_is_named() {
    for key in ["id", "email", "email_verified", "created_at", "updated_at"] {
        let mut user = bare_user();
        user.as_object_mut().expect("an object").remove(key);
        let send = |client: &Client| client.user_management().users().get(UserId::new("user_a1")).send();
        let error = call(CannedResponse::json(200, user), send).await.0.expect_err(key);
        assert!(matches!(error.kind(), ErrorKind::Decode), "{error}");
        assert!(error.to_string().contains(key), "{error}");
    }
}

/// The `object` field has a constant value. It is not decoded, and is encoded in its place.
#[tokio::test]
async fn constant_field_is_encoded() {
    let mut other = bare_user();
    other["object"] = json!("robot");
    let mut none = bare_user();
    none.as_object_mut().expect("an object").remove("object");
    let read = [read(&bare_user()).await, read(&other).await, read(&none).await];
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0], read[2]);
    assert_eq!(serde_json::to_value(&read[1]).expect("JSON")["object"], "user");
}

#[tokio::test]
async fn unknown_key_is_ignored() {
    let mut user = bare_user();
    user["aura"] = json!({"color": ["violet"], "nested": {"id": "not this one"}});
    assert_eq!(read(&user).await, read(&bare_user()).await);
}

#[tokio::test]
async fn timestamp_is_decoded_in_any_offset_and_encoded_in_utc() {
    let mut user = bare_user();
    user["created_at"] = json!("2031-02-03T05:35:06.25+01:30");
    user["updated_at"] = json!("2031-02-03T04:05:06.000000001Z");
    let read = read(&user).await;
    assert_eq!(read.created_at.unix_seconds(), 1_927_857_906);
    assert_eq!(read.created_at.subsec_nanos(), 250_000_000);
    assert_eq!(read.updated_at, Timestamp::from_unix(1_927_857_906, 1).expect("a time"));
    let written = serde_json::to_value(&read).expect("JSON");
    assert_eq!(written["created_at"], "2031-02-03T04:05:06.250Z");
    assert_eq!(written["updated_at"], "2031-02-03T04:05:06.000000001Z");
}

/// An unknown enum value is kept unchanged.
#[test]
fn unknown_enum_value_round_trips() {
    let mut tomorrow = membership();
    tomorrow["status"] = json!("on_leave");
    tomorrow["role"] = json!({"slug": "anything"});
    let read: OrganizationMembership = serde_json::from_value(tomorrow.clone()).expect("a membership");
    let OrganizationMembershipStatus::Unknown(status) = &read.status else { panic!("{:?}", read.status) };
    assert_eq!((status.as_str(), read.status.to_string().as_str()), ("on_leave", "on_leave"));
    assert_eq!(serde_json::to_value(&read).expect("JSON"), tomorrow);

    let identity = json!({"idp_id": "i", "type": "OAuth", "provider": "MySpaceOAuth"});
    let read: Identity = serde_json::from_value(identity.clone()).expect("an identity");
    let Identity::OAuth(known) = &read else { panic!("{read:?}") };
    assert_eq!(known.provider, IdentityProvider::from("MySpaceOAuth"));
    assert_eq!(serde_json::to_value(&read).expect("JSON"), identity);
}

/// The vendor documents the value `unknown`, so it is a known value.
#[test]
fn unknown_is_a_known_value() {
    assert_eq!(SessionAuthMethod::from("unknown"), SessionAuthMethod::NotRecorded);
    assert!(matches!(SessionAuthMethod::from("Unknown"), SessionAuthMethod::Unknown(_)));
    assert!(matches!(SessionAuthMethod::from("telepathy"), SessionAuthMethod::Unknown(_)));
}

#[tokio::test]
async fn arbitrary_json_round_trips() {
    let attributes =
        json!({"": 0, "big": u64::MAX, "small": i64::MIN, "half": 0.5, "deep": [[[{"a": null}]]]});
    let mut free = membership();
    free["custom_attributes"] = attributes.clone();
    let send = |client: &Client| {
        let id = OrganizationMembershipId::new("om_a1");
        client.user_management().organization_memberships().get(id).send()
    };
    let read = call(CannedResponse::json(200, free), send).await.0.expect("a membership");
    assert_eq!(read.custom_attributes, attributes.as_object().cloned().map(Object::from));
}

/// Models can be stored in any serde format.
#[test]
fn models_round_trip_through_serde() {
    let read: User = serde_json::from_value(user()).expect("a model");
    crate::responses::check_user(&read);
    let text = serde_json::to_string(&read).expect("JSON");
    assert_eq!(serde_json::from_str::<User>(&text).expect("a model"), read);
    // A test can construct a session from the fields that it needs.
    let session = json!({
        "id": "session_a1", "user_id": "user_a1", "status": "active", "auth_method": "sso",
        "expires_at": "2031-02-03T04:05:06Z", "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2031-02-03T04:05:06Z",
    });
    let session: Session = serde_json::from_value(session).expect("a model");
    assert_eq!(session.impersonator, None);
}

#[test]
fn every_authentication_method_has_a_name() {
    for value in [
        "SSO",
        "Password",
        "Passkey",
        "AppleOAuth",
        "BitbucketOAuth",
        "CrossAppAuth",
        "DiscordOAuth",
        "ExternalAuth",
        "GitHubOAuth",
        "GitLabOAuth",
        "GoogleOAuth",
        "GrokOAuth",
        "XOAuth",
        "IntuitOAuth",
        "LinkedInOAuth",
        "MicrosoftOAuth",
        "SalesforceOAuth",
        "SlackOAuth",
        "VercelMarketplaceOAuth",
        "VercelOAuth",
        "XeroOAuth",
        "MagicAuth",
        "Impersonation",
        "MigratedSession",
    ] {
        let method = AuthenticationMethod::from(value);
        assert!(!matches!(method, AuthenticationMethod::Unknown(_)), "{value}");
        assert_eq!(method.as_str(), value);
    }
    assert!(matches!(AuthenticationMethod::from("sso"), AuthenticationMethod::Unknown(_)));
}
