//! Values that a sign-in flow makes up and checks later (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
use crate::value::Secret;

/// The secret of one sign-in and what may be shown of it, so that a stolen code is worth nothing.
///
/// The challenge travels in the URL that starts the sign-in, with the method `S256`. The verifier stays here, and is
/// sent along when the code is redeemed. It must be kept till then, by [`Secret::expose`] and
/// [`Pkce::from_verifier`], where another process redeems it.
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
    /// Makes a new one of 32 random bytes.
    ///
    /// # Errors
    /// As [`random_token`].
    pub fn generate() -> Result<Self, Error> {
        random_token().map(Self::of)
    }

    /// Takes up a verifier that was made before.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] unless it is 43 to 128 letters, digits, `-`, `.`, `_` or `~`.
    pub fn from_verifier(verifier: impl Into<Secret>) -> Result<Self, Error> {
        let verifier = verifier.into();
        let text = verifier.expose().as_bytes();
        let is_unreserved = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
        if (43..=128).contains(&text.len()) && text.iter().all(is_unreserved) {
            return Ok(Self::of(verifier));
        }
        let why = "a code verifier must be 43 to 128 letters, digits, `-`, `.`, `_` or `~`";
        Err(Error::new(ErrorKind::Config, why))
    }

    fn of(verifier: Secret) -> Self {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()));
        Self { verifier, challenge }
    }

    /// What must be kept, and is sent when the code is redeemed.
    pub fn verifier(&self) -> &Secret {
        &self.verifier
    }

    /// What is sent when the sign-in starts.
    pub fn challenge(&self) -> &str {
        &self.challenge
    }
}

/// A text that nobody can guess: 32 random bytes as 43 characters that may stand in any URL. Good for `state`.
///
/// # Errors
/// [`ErrorKind::Config`] when the operating system gives no random bytes.
pub fn random_token() -> Result<Secret, Error> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|error| {
        Error::new(ErrorKind::Config, format!("the system gives no random bytes: {error}"))
    })?;
    Ok(URL_SAFE_NO_PAD.encode(bytes.as_slice()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// The example of RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_rfc() {
        let pkce = Pkce::from_verifier(VERIFIER).expect("a verifier");
        assert_eq!(pkce.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(pkce.verifier().expose(), VERIFIER);
    }

    #[test]
    fn each_is_new_and_as_the_rfc_wants_it() {
        let (one, two) = (Pkce::generate().expect("one"), Pkce::generate().expect("two"));
        assert_ne!(one.verifier(), two.verifier());
        let again = Pkce::from_verifier(one.verifier()).expect("a verifier");
        assert_eq!(again, one);
        assert_eq!(one.verifier().expose().len(), 43);
    }

    #[test]
    fn tokens_are_32_bytes_and_new() {
        let (one, two) = (random_token().expect("one"), random_token().expect("two"));
        assert_ne!(one, two);
        assert_eq!(URL_SAFE_NO_PAD.decode(one.expose()).expect("base64url").len(), 32);
    }

    #[test]
    fn a_bad_verifier_is_refused_and_not_repeated() {
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
    fn debug_hides_the_verifier() {
        let text = format!("{:?}", Pkce::from_verifier(VERIFIER));
        assert!(!text.contains("dBjft") && text.contains("E9Mel"), "{text}");
    }
}
