//! What https needs: a crypto provider and the certificates to trust.
//!
//! The provider is handed over by name. Asking rustls for the process-wide one
//! would panic in some combinations of features.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};

/// The setup of TLS, or why there is none.
pub(crate) type Tls = Result<Arc<ClientConfig>, &'static str>;

/// TLS that trusts what the operating system trusts.
pub(crate) fn platform_tls() -> Tls {
    let provider = provider()?;
    let mut roots = RootCertStore::empty();
    let loaded = rustls_native_certs::load_native_certs();
    let (usable, _) = roots.add_parsable_certificates(loaded.certs);
    if usable == 0 {
        return Err("https needs root certificates, and this system has none that can be read");
    }
    tls(provider, roots)
}

pub(crate) fn tls(provider: CryptoProvider, roots: RootCertStore) -> Tls {
    let config = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| "the crypto provider speaks no usable version of TLS")?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(feature = "aws-lc")]
#[expect(clippy::unnecessary_wraps, reason = "it fails without the feature")]
pub(crate) fn provider() -> Result<CryptoProvider, &'static str> {
    Ok(rustls::crypto::aws_lc_rs::default_provider())
}

#[cfg(all(feature = "ring", not(feature = "aws-lc")))]
#[expect(clippy::unnecessary_wraps, reason = "it fails without the feature")]
pub(crate) fn provider() -> Result<CryptoProvider, &'static str> {
    Ok(rustls::crypto::ring::default_provider())
}

#[cfg(not(any(feature = "ring", feature = "aws-lc")))]
pub(crate) fn provider() -> Result<CryptoProvider, &'static str> {
    Err("https needs the feature `ring` or `aws-lc`")
}
