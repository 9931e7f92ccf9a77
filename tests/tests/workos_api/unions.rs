//! Unions, whose variant is determined by a tag or by the keys of the object. Unknown variants are kept unchanged.

mod by_shape;

use std::fmt::Debug;

use serde_json::{Value, json};
use typefoundry_tests::CannedResponse;
use workos_api::Client;
use workos_api::common::{ConnectApplication, OrganizationId, UserId};
use workos_api::multi_factor_auth::{
    AuthenticationFactor, AuthenticationFactorEnrolled, NewAuthenticationFactor, NewTotpFactor, Sms,
};
use workos_api::organizations::api_keys::ApiKeyOwner;
use workos_api::runtime::json::{from_slice, to_vec};
use workos_api::runtime::{Decode, Encode};
use workos_api::user_management::authentication::SignInStep;
use workos_api::user_management::users::{Identity, IdentityProvider};

use crate::case::call;
use crate::organizations_authorized_applications::{
    check_dynamic, check_first_party, check_machine, check_third_party, dynamic, first_party, machine,
    third_party,
};

/// A value that must not be printed.
const HUSH: &str = "hush-Zq7";

fn read<T: Decode>(json: &str) -> T {
    from_slice(json.as_bytes()).expect(json)
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(to_vec(value).expect("JSON")).expect("text")
}

/// Decodes a value, and checks that encoding it again does not change it.
fn kept<T: Decode + Encode + Debug>(value: &Value) -> T {
    let read = read::<T>(&value.to_string());
    let again: Value = serde_json::from_str(&written(&read)).expect("JSON");
    assert_eq!(again, *value, "{read:?}");
    read
}

/// Returns the location of the decode error for an invalid value.
fn misfit<T: Decode + Debug>(value: &Value) -> String {
    let error = from_slice::<T>(value.to_string().as_bytes()).expect_err("a misfit");
    assert!(!error.to_string().contains(HUSH), "{error}");
    error.path().to_string()
}

/// Returns a value of an unknown variant, with all kinds of JSON in it.
fn unknown_variant(tag: &str, value: Value) -> Value {
    let mut object = json!({
        "id": "thing_01",
        "secret": HUSH,
        "big": u64::MAX,
        "small": i64::MIN,
        "half": 0.5,
        "nothing": null,
        "deep": [[{"type": "totp", "application_type": "oauth", "code": "mfa_challenge"}], {}, []],
        "": "é👩\u{0}",
    });
    object[tag] = value;
    object
}

/// Checks that a tagged union keeps unknown variants.
macro_rules! keeps_what_is_unknown {
    ($union:ident by $tag:literal) => {
        // Tags that resemble known ones, and tags that are not strings.
        let words =
            ["passkey", "", "Totp", "OAUTH", "oauth ", "Organization", "\u{0}"].map(|word| json!(word));
        for tag in words.into_iter().chain([json!(true), json!(7), json!(null), json!(["totp"]), json!({})]) {
            let value = unknown_variant($tag, tag);
            let $union::Unknown(variant) = &kept::<$union>(&value) else { panic!("unknown: {value}") };
            assert_eq!(variant.as_value(), &value);
        }
        let mut untagged = unknown_variant($tag, json!(null));
        untagged.as_object_mut().expect("an object").remove($tag);
        for value in [untagged, json!({})] {
            let $union::Unknown(variant) = &kept::<$union>(&value) else { panic!("unknown: {value}") };
            assert_eq!(variant.as_value(), &value);
        }
        let unknown = kept::<$union>(&unknown_variant($tag, json!(HUSH)));
        for text in [format!("{unknown:?}"), format!("{unknown:#?}"), format!("{:?}", Some(vec![&unknown]))] {
            assert!(!text.contains(HUSH) && text.contains("Unknown"), "{text}");
        }
        assert_eq!(unknown.clone(), unknown);
        assert_ne!(unknown, kept::<$union>(&unknown_variant($tag, json!("other"))));
        // Any variant must be an object.
        for value in [json!("totp"), json!(["totp"]), json!(7), json!(true), json!(null)] {
            assert_eq!(misfit::<$union>(&value), "$");
        }
    };
}

#[test]
fn unknown_variant_is_kept() {
    keeps_what_is_unknown!(ConnectApplication by "application_type");
    keeps_what_is_unknown!(ApiKeyOwner by "type");
    keeps_what_is_unknown!(AuthenticationFactor by "type");
    keeps_what_is_unknown!(AuthenticationFactorEnrolled by "type");
    keeps_what_is_unknown!(NewAuthenticationFactor by "type");
    keeps_what_is_unknown!(Identity by "type");
    keeps_what_is_unknown!(SignInStep by "code");
    keeps_what_is_unknown!(SignInStep by "error");
}

#[test]
fn application_variants_are_decoded() {
    check_first_party(&kept(&first_party()));
    check_third_party(&kept(&third_party()));
    check_dynamic(&kept(&dynamic()));
    check_machine(&kept(&machine()));
}

/// Servers choose the order of the keys, and the keys before the tag can resemble it.
#[test]
fn tag_can_follow_other_keys() {
    let tag = r#""application_type":"m2m""#;
    let nested = r#""before":[{"application_type":"oauth"}],"application":{"application_type":"oauth"}"#;
    let rest = r#""id":"a","client_id":"c","name":"n","description":null,"scopes":[],"organization_id":"o",
        "created_at":"2031-02-03T04:05:06Z","updated_at":"2031-02-03T04:05:06Z""#;
    for text in [
        format!("{{{tag},{rest}}}"),
        format!("{{{rest},{tag}}}"),
        format!("{{{nested},{rest},{tag}}}"),
        format!(" {{ {rest} ,\n {tag} , {nested} }} "),
        format!(r#"{{{rest},"application\u005ftype":"m2m"}}"#),
        format!(r#"{{{rest},"application_type":"\u006d2m"}}"#),
    ] {
        let ConnectApplication::M2m(application) = read(&text) else { panic!("{text}") };
        assert_eq!((application.id.as_str(), application.organization_id.as_str()), ("a", "o"));
    }
}

#[test]
fn tag_is_encoded_first() {
    let text = r#"{"id":"org_01zinc","object":"later","type":"organization"}"#;
    assert_eq!(written(&read::<ApiKeyOwner>(text)), r#"{"type":"organization","id":"org_01zinc"}"#);
    let text = r#"{"provider":"GithubOAuth","idp_id":"7","type":"OAuth"}"#;
    let identity = read::<Identity>(text);
    assert_eq!(written(&identity), r#"{"type":"OAuth","idp_id":"7","provider":"GithubOAuth"}"#);
}

#[test]
fn api_key_owner_variants_are_decoded() {
    let ApiKeyOwner::Organization(owner) = kept(&json!({"type": "organization", "id": "org_01zinc"})) else {
        panic!("an organization")
    };
    assert_eq!(owner.id.as_str(), "org_01zinc");
    let value = json!({"type": "user", "id": "user_01grace", "organization_id": "org_01zinc"});
    let ApiKeyOwner::User(owner) = kept(&value) else { panic!("a user") };
    assert_eq!((owner.id.as_str(), owner.organization_id.as_str()), ("user_01grace", "org_01zinc"));
}

/// Returns the fields that all factors share.
fn factor(kind: &str) -> Value {
    json!({
        "object": "authentication_factor",
        "id": "auth_factor_01grace",
        "type": kind,
        "user_id": "user_01grace",
        "created_at": "2031-02-03T04:05:06.789Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

fn factor_with(kind: &str, value: Value) -> Value {
    let mut factor = factor(kind);
    factor[kind] = value;
    factor
}

#[test]
fn factor_variants_are_decoded() {
    let value = factor_with("totp", json!({"issuer": "Zinc", "user": "grace@zinc.example"}));
    let AuthenticationFactor::Totp(totp) = kept(&value) else { panic!("an app") };
    assert_eq!((totp.totp.issuer.as_str(), totp.totp.user.as_str()), ("Zinc", "grace@zinc.example"));
    assert_eq!(totp.id.as_str(), "auth_factor_01grace");
    assert_eq!(totp.user_id, Some(UserId::new("user_01grace")));
    let value = factor_with("sms", json!({"phone_number": "+12025550177"}));
    let AuthenticationFactor::Sms(sms) = kept(&value) else { panic!("a phone") };
    assert_eq!(sms.sms.phone_number, "+12025550177");
    assert!(matches!(kept(&factor("generic_otp")), AuthenticationFactor::GenericOtp(_)));
    assert!(matches!(kept(&factor("webauthn")), AuthenticationFactor::WebAuthn(_)));

    let secrets = json!({"issuer": "Zinc", "user": "g", "secret": HUSH, "qr_code": HUSH, "uri": HUSH});
    let enrolled = kept::<AuthenticationFactorEnrolled>(&factor_with("totp", secrets));
    assert!(!format!("{enrolled:#?}").contains(HUSH));
    let AuthenticationFactorEnrolled::Totp(totp) = enrolled else { panic!("an app") };
    for secret in [totp.totp.secret, totp.totp.qr_code, totp.totp.uri] {
        assert_eq!(secret.expose(), HUSH);
    }
    let value = factor_with("sms", json!({"phone_number": "+12025550177"}));
    assert!(matches!(kept(&value), AuthenticationFactorEnrolled::Sms(_)));
    assert!(matches!(kept(&factor("generic_otp")), AuthenticationFactorEnrolled::GenericOtp(_)));
    assert!(matches!(kept(&factor("webauthn")), AuthenticationFactorEnrolled::WebAuthn(_)));
}

/// The two unions differ, and neither drops the fields that only one of them has.
#[test]
fn new_factor_variants_round_trip() {
    let NewAuthenticationFactor::GenericOtp = kept(&json!({"type": "generic_otp"})) else { panic!("codes") };
    let NewAuthenticationFactor::Totp(totp) = kept(&json!({"type": "totp", "totp_issuer": "Zinc"})) else {
        panic!("an app")
    };
    assert_eq!(totp, NewTotpFactor::new().totp_issuer("Zinc"));
    let NewAuthenticationFactor::Sms(sms) = kept(&json!({"type": "sms", "phone_number": "+1"})) else {
        panic!("a phone")
    };
    assert_eq!(sms, Sms::new("+1"));
    let text = r#"{"totp_user":"left out","type":"generic_otp"}"#;
    assert_eq!(written(&read::<NewAuthenticationFactor>(text)), r#"{"type":"generic_otp"}"#);
}

#[test]
fn identity_variants_are_decoded() {
    // The vendor's spelling, which differs from that of providers elsewhere.
    for word in [
        "AppleOAuth",
        "BitbucketOAuth",
        "DiscordOAuth",
        "GithubOAuth",
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
    ] {
        let Identity::OAuth(identity) = kept(&json!({"type": "OAuth", "idp_id": "7", "provider": word}))
        else {
            panic!("OAuth")
        };
        assert_eq!((identity.idp_id.as_str(), identity.provider.as_str()), ("7", word));
        assert!(!matches!(identity.provider, IdentityProvider::Unknown(_)), "{word}");
    }
}

/// The payload of a known tag must be valid.
#[test]
fn invalid_payload_of_a_known_tag_is_a_decode_error() {
    let no_id = json!({"type": "organization", "secret": HUSH});
    assert_eq!(misfit::<ApiKeyOwner>(&no_id), "$.id");
    let wrong = json!({"type": "user", "id": HUSH, "organization_id": [HUSH]});
    assert_eq!(misfit::<ApiKeyOwner>(&wrong), "$.organization_id");
    assert_eq!(misfit::<AuthenticationFactor>(&factor("totp")), "$.totp");
    let wrong = factor_with("sms", json!({"phone_number": 7}));
    assert_eq!(misfit::<AuthenticationFactor>(&wrong), "$.sms.phone_number");
    let mut wrong = factor("webauthn");
    wrong["created_at"] = json!(HUSH);
    assert_eq!(misfit::<AuthenticationFactor>(&wrong), "$.created_at");
    let mut wrong = first_party();
    wrong["redirect_uris"][1]["default"] = json!(HUSH);
    assert_eq!(misfit::<ConnectApplication>(&wrong), "$.redirect_uris[1].default");
    assert_eq!(
        misfit::<Vec<ConnectApplication>>(&json!([machine(), wrong])),
        "$[1].redirect_uris[1].default"
    );
    let mut wrong = machine();
    wrong["organization_id"] = json!(null);
    assert_eq!(misfit::<ConnectApplication>(&wrong), "$.organization_id");
}

/// An unknown item does not fail the whole list.
#[tokio::test]
async fn unknown_item_is_kept_in_a_list() {
    let unknown = unknown_variant("type", json!("SAML"));
    let canned = json!([{"type": "OAuth", "idp_id": "7", "provider": "XOAuth"}, unknown]);
    let send = |client: &Client| client.user_management().users().list_identities(UserId::new("u")).send();
    let (response, _) = call(CannedResponse::json(200, &canned), send).await;
    let identities = response.expect("identities");
    let [Identity::OAuth(_), Identity::Unknown(variant)] = identities.as_slice() else { panic!("two") };
    assert_eq!(variant.as_value(), &unknown);
    assert_eq!(serde_json::to_value(&identities).expect("JSON"), canned);

    let canned = json!({
        "object": "list",
        "data": [{
            "object": "authorized_connect_application",
            "id": "auth_app_01",
            "granted_scopes": [],
            "application": unknown_variant("application_type", json!("agent")),
            "user_id": "user_01grace",
        }],
        "list_metadata": {},
    });
    let send = |client: &Client| {
        client.organizations().authorized_applications().list(OrganizationId::new("o")).send()
    };
    let (response, _) = call(CannedResponse::json(200, &canned), send).await;
    let response = response.expect("applications");
    assert!(!format!("{response:#?}").contains(HUSH));
    assert_eq!(serde_json::to_value(&response).expect("JSON"), canned);
}

/// Values can be stored in any serde format and read back unchanged.
#[test]
fn unions_round_trip_through_serde() {
    let unknown = unknown_variant("type", json!("passkey"));
    for value in [unknown, factor("webauthn"), factor_with("sms", json!({"phone_number": "+1"}))] {
        let factor: AuthenticationFactor = serde_json::from_value(value.clone()).expect("a factor");
        let text = serde_json::to_string(&factor).expect("JSON");
        let again: AuthenticationFactor = serde_json::from_str(&text).expect("a factor");
        assert_eq!(again, factor);
        assert_eq!(serde_json::to_value(&again).expect("JSON"), value);
    }
}
