//! A string that must not be shown: credentials, passwords, tokens, codes.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A string that is redacted in `Debug` output, logs and errors.
///
/// The memory is overwritten on drop, and comparison takes constant time. There is no `Display`;
/// read the text with [`Secret::expose`].
///
/// Encoding a secret as JSON writes the plain text, because the server must receive it. Serde's
/// `Serialize` also writes the plain text, for secrets and for all types that contain one, so that
/// stored values can be read again. Do not log values through serde.
///
/// Copies of the text inside a request or a response body are not overwritten. A client keeps the
/// header with its own credentials for its whole lifetime. All other copies live as long as the
/// call or its error.
///
/// ```
/// use typefoundry_runtime::Secret;
///
/// let password = Secret::from("correct horse");
/// assert_eq!(format!("{password:?}"), "Secret(redacted)");
/// assert_eq!(password.expose(), "correct horse");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Creates a secret from text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the plain text. Do not log or display it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(redacted)")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<&Secret> for Secret {
    fn from(secret: &Secret) -> Self {
        secret.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_is_redacted() {
        let secret = Secret::from("hush-111");
        assert_eq!(format!("{secret:?}"), "Secret(redacted)");
        assert!(!format!("{:#?}", Some(secret)).contains("hush"));
    }

    /// A test cannot read freed memory, but the type can be checked for the guarantee.
    #[test]
    fn text_is_overwritten_on_drop() {
        fn is_wiped<T: zeroize::ZeroizeOnDrop>(_: &T) {}
        is_wiped(&Secret::from("a").0);
    }

    #[test]
    fn equality_compares_the_text() {
        assert_eq!(Secret::from("a"), Secret::new(String::from("a")));
        assert_ne!(Secret::from("a"), Secret::from("b"));
        assert_ne!(Secret::from("a"), Secret::from("ab"));
    }

    #[test]
    fn secret_converts_from_a_reference() {
        let secret = Secret::from("a");
        assert_eq!(Secret::from(&secret), secret);
    }
}
