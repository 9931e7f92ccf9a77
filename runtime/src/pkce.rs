//! Random values of a sign-in flow (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
use crate::value::Secret;

/// A PKCE code verifier and its challenge, which protect a sign-in against stolen codes.
///
/// The challenge is sent in the URL that starts the sign-in, with the method `S256`. The verifier
/// is sent when the code is exchanged, and must be stored until then. If another process exchanges
/// the code, pass the verifier on with [`Secret::expose`] and [`Pkce::from_verifier`].
///
/// ```
/// use typefoundry_runtime::Pkce;
///
/// let pkce = Pkce::generate()?;
/// assert_eq!(pkce.challenge().len(), 43);
///
/// let again = Pkce::from_verifier(pkce.verifier())?;
/// assert_eq!(again.challenge(), pkce.challenge());
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pkce {
    verifier: Secret,
    challenge: String,
}

impl Pkce {
    /// Generates a verifier from 32 random bytes.
    ///
    /// # Errors
    /// Returns the error of [`random_token`].
    pub fn generate() -> Result<Self, Error> {
        random_token().map(Self::of)
    }

    /// Restores a verifier that was generated earlier.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::Config`] unless the verifier is 43 to 128 letters,
    /// digits, `-`, `.`, `_` or `~`.
    pub fn from_verifier(verifier: impl Into<Secret>) -> Result<Self, Error> {
        let verifier = verifier.into();
        let text = verifier.expose().as_bytes();
        let is_unreserved = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
        if (43..=128).contains(&text.len()) && text.iter().all(is_unreserved) {
            return Ok(Self::of(verifier));
        }
        let message = "invalid code verifier: must be 43 to 128 letters, digits, `-`, `.`, `_` or `~`";
        Err(Error::new(ErrorKind::Config, message))
    }

    fn of(verifier: Secret) -> Self {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()));
        Self { verifier, challenge }
    }

    /// Returns the verifier, which is sent when the code is exchanged.
    pub fn verifier(&self) -> &Secret {
        &self.verifier
    }

    /// Returns the challenge, which is sent when the sign-in starts.
    pub fn challenge(&self) -> &str {
        &self.challenge
    }
}

/// Generates an unguessable text, for example for the `state` parameter.
///
/// The text is 32 random bytes, encoded as 43 URL-safe characters.
///
/// # Errors
/// Returns an error of kind [`ErrorKind::Config`] if the operating system provides no random bytes.
pub fn random_token() -> Result<Secret, Error> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| {
        Error::new(ErrorKind::Config, format!("failed to generate a random token: {error}"))
    })?;
    Ok(URL_SAFE_NO_PAD.encode(bytes.as_slice()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// The example of RFC 7636, appendix B.
    #[test]
    fn challenge_matches_the_rfc_example() {
        let pkce = Pkce::from_verifier(VERIFIER).expect("a verifier");
        assert_eq!(pkce.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(pkce.verifier().expose(), VERIFIER);
    }

    #[test]
    fn generated_verifier_is_unique_and_valid() {
        let (one, two) = (Pkce::generate().expect("one"), Pkce::generate().expect("two"));
        assert_ne!(one.verifier(), two.verifier());
        let again = Pkce::from_verifier(one.verifier()).expect("a verifier");
        assert_eq!(again, one);
        assert_eq!(one.verifier().expose().len(), 43);
    }

    #[test]
    fn random_token_is_unique_and_32_bytes_long() {
        let (one, two) = (random_token().expect("one"), random_token().expect("two"));
        assert_ne!(one, two);
        assert_eq!(URL_SAFE_NO_PAD.decode(one.expose()).expect("base64url").len(), 32);
    }

    #[test]
    fn invalid_verifier_is_rejected_and_redacted() {
        let short = "hush".repeat(10) + "hu";
        let long = "hush".repeat(32) + "h";
        for bad in
            ["", short.as_str(), long.as_str(), &"hush+".repeat(10), &"hush ".repeat(10), &"hushé".repeat(10)]
        {
            let error = Pkce::from_verifier(bad).expect_err(bad);
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(!format!("{error} {error:?}").contains("hush"));
        }
        for good in [43, 128].map(|length| "a-._~Z9".repeat(20).split_at(length).0.to_owned()) {
            Pkce::from_verifier(&good).expect(&good);
        }
    }

    #[test]
    fn debug_output_redacts_the_verifier() {
        let text = format!("{:?}", Pkce::from_verifier(VERIFIER));
        assert!(!text.contains("dBjft") && text.contains("E9Mel"), "{text}");
    }
}
