//! A string that must not be seen: credentials, passwords, tokens, codes.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A string that never shows in `Debug` output, logs or errors.
///
/// Its memory is overwritten when it is dropped, and two secrets are compared
/// in constant time. It has no `Display`; whoever needs the text says so with
/// [`Secret::expose`]. Writing it as JSON writes the text itself, since that is
/// what the server must receive.
///
/// Serde's `Serialize` writes the text itself as well, as it does for every type
/// of a package that has a secret in it: what is stored can be read again. Take
/// care where the output goes, and do not log values through serde.
///
/// What is made of it for the server cannot be overwritten: the headers, the URL
/// and the body of a request, and the body of a response in which a secret came.
/// A client keeps the header of credentials that it holds for as long as it
/// lives, and the others no longer than the call or the error they belong to.
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
    /// Wraps a secret text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself. Take care where it goes.
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
    fn debug_hides_the_text() {
        let secret = Secret::from("hush-111");
        assert_eq!(format!("{secret:?}"), "Secret(redacted)");
        assert!(!format!("{:#?}", Some(secret)).contains("hush"));
    }

    /// No test can look at memory that was given back, but the type can be held to it.
    #[test]
    fn the_text_is_wiped_with_the_secret() {
        fn is_wiped<T: zeroize::ZeroizeOnDrop>(_: &T) {}
        is_wiped(&Secret::from("a").0);
    }

    #[test]
    fn equality_looks_at_the_text() {
        assert_eq!(Secret::from("a"), Secret::new(String::from("a")));
        assert_ne!(Secret::from("a"), Secret::from("b"));
        assert_ne!(Secret::from("a"), Secret::from("ab"));
    }

    #[test]
    fn converts_from_a_reference() {
        let secret = Secret::from("a");
        assert_eq!(Secret::from(&secret), secret);
    }
}
