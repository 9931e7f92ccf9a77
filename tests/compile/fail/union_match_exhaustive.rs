//! New variants must not break a `match`, so it needs a wildcard arm, even beside `Unknown`.

use workos_api::multi_factor_auth::AuthenticationFactor;

fn main() {}

pub fn label(factor: &AuthenticationFactor) -> &str {
    match factor {
        AuthenticationFactor::Totp(factor) => &factor.totp.issuer,
        AuthenticationFactor::Sms(factor) => &factor.sms.phone_number,
        AuthenticationFactor::GenericOtp(_) => "a code",
        AuthenticationFactor::WebAuthn(_) => "a passkey",
        AuthenticationFactor::Unknown(_) => "something new",
    }
}
