//! Values between absent, null, empty and unknown, on their way in.

use serde_json::{Value, json};
use typefoundry_tests::CannedResponse;
use workos_api::common::UserId;
use workos_api::user_management::authentication::AuthenticationMethod;
use workos_api::user_management::organization_memberships::{
    OrganizationMembership, OrganizationMembershipId, OrganizationMembershipStatus,
};
use workos_api::user_management::users::{Identity, IdentityProvider, Session, SessionAuthMethod, User};
use workos_api::{Client, ErrorKind, Object, Timestamp};

use crate::case::call;
use crate::memberships::membership;
use crate::responses::{bare_user, check_bare_user, user};

/// Gives a User as a server sends it.
async fn read(user: &Value) -> User {
    let send = |client: &Client| client.user_management().users().get(UserId::new("user_a1")).send();
    call(CannedResponse::json(200, user), send).await.0.expect("a User")
}

#[tokio::test]
async fn null_reads_as_missing_does() {
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

/// What must be there is missed, and the error says what it is.
#[tokio::test]
async fn what_is_always_there_is_missed() {
    for key in ["id", "email", "email_verified", "created_at", "updated_at"] {
        let mut user = bare_user();
        user.as_object_mut().expect("an object").remove(key);
        let send = |client: &Client| client.user_management().users().get(UserId::new("user_a1")).send();
        let error = call(CannedResponse::json(200, user), send).await.0.expect_err(key);
        assert!(matches!(error.kind(), ErrorKind::Decode), "{error}");
        assert!(error.to_string().contains(key), "{error}");
    }
}

/// The word for what an object is tells nothing to a program that asked for it: it is
/// not read, and stands where it belongs when the object is written.
#[tokio::test]
async fn the_constant_of_an_object() {
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
async fn keys_of_tomorrow_are_passed_over() {
    let mut user = bare_user();
    user["aura"] = json!({"colour": ["violet"], "nested": {"id": "not this one"}});
    assert_eq!(read(&user).await, read(&bare_user()).await);
}

#[tokio::test]
async fn a_time_is_read_in_any_offset_and_written_in_utc() {
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

/// What the server says in words that this version does not know stays as it is.
#[test]
fn enum_values_of_tomorrow_are_read_and_written_back() {
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

/// The vendor has a word `unknown`. It is no unknown word.
#[test]
fn unknown_is_known() {
    assert_eq!(SessionAuthMethod::from("unknown"), SessionAuthMethod::NotRecorded);
    assert!(matches!(SessionAuthMethod::from("Unknown"), SessionAuthMethod::Unknown(_)));
    assert!(matches!(SessionAuthMethod::from("telepathy"), SessionAuthMethod::Unknown(_)));
}

#[tokio::test]
async fn free_json_stays_as_it_is() {
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

/// Models can be stored and read again by any format of serde.
#[test]
fn models_go_through_serde() {
    let read: User = serde_json::from_value(user()).expect("a model");
    crate::responses::check_user(&read);
    let text = serde_json::to_string(&read).expect("JSON");
    assert_eq!(serde_json::from_str::<User>(&text).expect("a model"), read);
    // A session can be made up for a test from what the test is about.
    let session = json!({
        "id": "session_a1", "user_id": "user_a1", "status": "active", "auth_method": "sso",
        "expires_at": "2031-02-03T04:05:06Z", "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2031-02-03T04:05:06Z",
    });
    let session: Session = serde_json::from_value(session).expect("a model");
    assert_eq!(session.impersonator, None);
}

#[test]
fn every_way_to_sign_in_has_a_name() {
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
