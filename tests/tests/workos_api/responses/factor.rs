//! Authentication factors and their challenges.

use serde_json::{Value, json};
use workos_api::multi_factor_auth::{AuthenticationChallenge, AuthenticationFactorEnrolled};

/// Returns the fields that all kinds of factors share.
fn factor(kind: &str, id: &str) -> Value {
    json!({
        "object": "authentication_factor",
        "id": id,
        "type": kind,
        "user_id": "user_a1",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

/// Returns one factor of each kind, in the form of the list and get operations.
pub(crate) fn factors() -> [Value; 4] {
    let (mut totp, mut sms) = (factor("totp", "factor_1"), factor("sms", "factor_2"));
    totp["totp"] = json!({"issuer": "Nightingale", "user": "ada@y.example"});
    sms["sms"] = json!({"phone_number": "+12025550199"});
    [totp, sms, factor("generic_otp", "factor_3"), factor("webauthn", "factor_4")]
}

/// Returns an authenticator app just after enrollment, with the secrets that are sent only once.
pub(crate) fn enrolled() -> Value {
    let mut totp = factor("totp", "factor_1");
    totp["totp"] = json!({
        "issuer": "Nightingale",
        "user": "ada@y.example",
        "secret": "hush-JBSWY3DPEHPK3PXP",
        "qr_code": "data:image/png;base64,hush-1",
        "uri": "otpauth://totp/Nightingale:ada?secret=hush-2",
    });
    totp
}

pub(crate) fn check_enrolled(factor: &AuthenticationFactorEnrolled) {
    let AuthenticationFactorEnrolled::Totp(factor) = factor else { panic!("an authenticator app") };
    assert_eq!(factor.id.as_str(), "factor_1");
    assert_eq!(factor.user_id.as_ref().map(|id| id.as_str()), Some("user_a1"));
    assert_eq!(factor.created_at.unix_seconds(), 1_927_857_906);
    assert_eq!(factor.updated_at.unix_seconds(), 1_961_989_567);
    assert_eq!(factor.totp.issuer, "Nightingale");
    assert_eq!(factor.totp.user, "ada@y.example");
    assert_eq!(factor.totp.secret.expose(), "hush-JBSWY3DPEHPK3PXP");
    assert_eq!(factor.totp.qr_code.expose(), "data:image/png;base64,hush-1");
    assert_eq!(factor.totp.uri.expose(), "otpauth://totp/Nightingale:ada?secret=hush-2");
}

pub(crate) fn challenge() -> Value {
    json!({
        "object": "authentication_challenge",
        "id": "challenge_7",
        "expires_at": "2033-04-05T06:07:08Z",
        "code": "hush-123456",
        "authentication_factor_id": "factor_1",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

pub(crate) fn check_challenge(challenge: &AuthenticationChallenge) {
    assert_eq!(challenge.id.as_str(), "challenge_7");
    assert_eq!(challenge.expires_at.map(|time| time.unix_seconds()), Some(1_996_294_028));
    assert_eq!(challenge.code.as_ref().map(|code| code.expose()), Some("hush-123456"));
    assert_eq!(challenge.authentication_factor_id.as_str(), "factor_1");
    assert_eq!(challenge.created_at.unix_seconds(), 1_927_857_906);
    assert_eq!(challenge.updated_at.unix_seconds(), 1_961_989_567);
}

pub(crate) fn bare_challenge() -> Value {
    json!({
        "object": "authentication_challenge",
        "id": "challenge_8",
        "authentication_factor_id": "factor_1",
        "created_at": "2031-02-03T04:05:06Z",
        "updated_at": "2032-03-04T05:06:07Z",
    })
}

pub(crate) fn check_bare_challenge(challenge: &AuthenticationChallenge) {
    assert_eq!(challenge.id.as_str(), "challenge_8");
    assert_eq!((challenge.expires_at, &challenge.code), (None, &None));
}
