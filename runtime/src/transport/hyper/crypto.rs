//! The crypto provider of TLS.
//!
//! The provider is passed by value: in some combinations of features, rustls panics when it selects the provider of the
//! process.

use rustls::crypto::CryptoProvider;

#[cfg(feature = "aws-lc")]
#[expect(clippy::unnecessary_wraps, reason = "it fails without the feature")]
pub(super) fn provider() -> Result<CryptoProvider, String> {
    Ok(rustls::crypto::aws_lc_rs::default_provider())
}

#[cfg(all(feature = "ring", not(feature = "aws-lc")))]
#[expect(clippy::unnecessary_wraps, reason = "it fails without the feature")]
pub(super) fn provider() -> Result<CryptoProvider, String> {
    Ok(rustls::crypto::ring::default_provider())
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
pub(super) fn provider() -> Result<CryptoProvider, String> {
    Err("`https` requires the feature `ring` or `aws-lc`".to_owned())
}
