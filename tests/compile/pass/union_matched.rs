//! A union is matched with a wildcard arm, and an unknown value keeps its JSON.

use serde_json::json;
use workos_api::multi_factor_auth::AuthenticationFactor;

fn factor(kind: &str) -> serde_json::Result<AuthenticationFactor> {
    serde_json::from_value(json!({
        "object": "authentication_factor",
        "type": kind,
        "id": "auth_factor_111",
        "sms": { "phone_number": "+15550100" },
        "created_at": "2026-01-01T00:00:00.000Z",
        "updated_at": "2026-01-01T00:00:00.000Z",
    }))
}

pub fn label(factor: &AuthenticationFactor) -> &str {
    match factor {
        AuthenticationFactor::Totp(factor) => &factor.totp.issuer,
        AuthenticationFactor::Sms(factor) => &factor.sms.phone_number,
        AuthenticationFactor::Unknown(other) => other.as_value()["type"].as_str().unwrap_or_default(),
        _ => "a code",
    }
}

pub fn main() -> serde_json::Result<()> {
    assert_eq!(label(&factor("sms")?), "+15550100");
    assert_eq!(label(&factor("webauthn")?), "a code");

    let new = factor("fingerprint")?;
    assert_eq!(label(&new), "fingerprint");
    assert_eq!(format!("{new:?}"), "Unknown(UnknownVariant(..))");
    assert_eq!(serde_json::to_value(&new)?["id"], "auth_factor_111");
    Ok(())
}
