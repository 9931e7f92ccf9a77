//! Bytes that are sent as Base64.

use std::fmt;
use std::str::FromStr;

use ::base64::Engine as _;
use ::base64::alphabet::STANDARD as ALPHABET;
use ::base64::engine::DecodePaddingMode;
use ::base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};

use super::value_error::ValueError;

/// Bytes, sent as Base64 text.
///
/// The text form is that of the standard alphabet with padding. The URL-safe alphabet, missing padding and line breaks are
/// accepted.
///
/// ```
/// use typefoundry_runtime::Base64;
///
/// let bytes = Base64::from(b"hello?");
/// assert_eq!(bytes.to_string(), "aGVsbG8/");
/// assert_eq!("aGVsbG8_".parse::<Base64>()?.as_bytes(), b"hello?");
/// # Ok::<(), typefoundry_runtime::ValueError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(Vec<u8>);

/// Accepts text with and without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

impl Base64 {
    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Converts into the bytes, without copying.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<Base64> for Vec<u8> {
    fn from(bytes: Base64) -> Self {
        bytes.0
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(&self.0))
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({self})")
    }
}

impl FromStr for Base64 {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let standard = |byte: u8| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(standard).collect();
        LENIENT.decode(text).map(Self).map_err(|_| ValueError::new("invalid Base64 text"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn common_spellings_are_accepted() {
        for (text, bytes) in [
            ("", &b""[..]),
            ("aGk=", b"hi"),
            ("aGk", b"hi"),
            ("aGVs\nbG8=\r\n", b"hello"),
            ("+/+/", &[0xfb, 0xff, 0xbf]),
            ("-_-_", &[0xfb, 0xff, 0xbf]),
            ("-/+_", &[0xfb, 0xff, 0xbf]),
        ] {
            assert_eq!(text.parse::<Base64>().expect(text).as_bytes(), bytes, "{text}");
        }
        assert_eq!(Base64::from(&[0xfb, 0xff, 0xbf, 0]).to_string(), "+/+/AA==");
        assert_eq!(format!("{:?}", Base64::from(b"hi")), "Base64(aGk=)");
    }

    #[test]
    fn other_text_is_rejected() {
        for text in ["a", "aGk==", "a=Gk", "====", "aGk!", "aGl=x", "\u{e9}", "aGVsbG8h="] {
            assert!(text.parse::<Base64>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn all_bytes_round_trip(bytes: Vec<u8>) {
            let value = Base64::from(bytes.clone());
            let text = value.to_string();
            let url_safe = text.replace('+', "-").replace('/', "_");
            prop_assert_eq!(text.parse(), Ok(value.clone()));
            prop_assert_eq!(url_safe.trim_end_matches('=').parse(), Ok(value.clone()));
            prop_assert_eq!(value.into_bytes(), bytes);
        }
    }
}
