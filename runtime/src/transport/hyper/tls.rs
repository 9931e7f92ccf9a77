//! The TLS configuration: the certificates to trust and to present.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::ResolvesClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::CertificateResult;
use tokio::task::spawn_blocking;

use super::certificates::Certificates;
use super::crypto::provider;
use crate::error::{TransportError, TransportErrorKind};

/// Precedes the cause in the message, because the cause may be long and truncated.
const NO_ROOTS: &str = "no root certificates: install `ca-certificates`, set `SSL_CERT_FILE`, or call \
                        `HyperTransportBuilder::root_certificates_pem`";

/// The TLS configuration, which the first connection that needs it creates.
#[derive(Clone)]
pub(super) struct Tls {
    shared: Arc<Shared>,
}

struct Shared {
    certificates: Certificates,
    offers_http2: bool,
    load: fn() -> CertificateResult,
    ready: Mutex<Option<Ready>>,
}

/// A complete configuration.
#[derive(Clone)]
pub(super) struct Ready {
    pub(super) config: Arc<ClientConfig>,
    /// The part of the system's root certificates that could not be read, if any.
    pub(super) unreadable_roots: Option<Arc<str>>,
}

impl Tls {
    /// Trusts the given certificates and those that the operating system trusts.
    pub(super) fn new(certificates: Certificates, offers_http2: bool) -> Self {
        Self::with_roots(certificates, offers_http2, rustls_native_certs::load_native_certs)
    }

    /// Loads the certificates of the system with `load`, which tests can replace.
    pub(super) fn with_roots(
        certificates: Certificates,
        offers_http2: bool,
        load: fn() -> CertificateResult,
    ) -> Self {
        let shared = Shared { certificates, offers_http2, load, ready: Mutex::new(None) };
        Self { shared: Arc::new(shared) }
    }

    /// Returns the configuration. The certificates are read on a separate thread, where they delay no other task.
    ///
    /// Errors are not cached, so the next connection tries again.
    pub(super) async fn ready(&self) -> Result<Ready, TransportError> {
        if let Some(ready) = self.shared.ready.try_lock().ok().and_then(|ready| ready.clone()) {
            return Ok(ready);
        }
        let shared = Arc::clone(&self.shared);
        let loaded = spawn_blocking(move || shared.load_once()).await;
        loaded
            .unwrap_or_else(|_| Err("failed to load the root certificates".to_owned()))
            .map_err(|why| TransportError::new(TransportErrorKind::Config, why))
    }
}

impl Shared {
    fn load_once(&self) -> Result<Ready, String> {
        // Connections that waited for the lock reuse the configuration of the first connection.
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = &*ready {
            return Ok(ready.clone());
        }
        let provider = provider()?;
        let (roots, unreadable_roots) = roots(&self.certificates.roots, (self.load)())?;
        let mut config = config(provider, roots, self.certificates.identity.clone())?;
        if self.offers_http2 {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        let loaded = Ready { config: Arc::new(config), unreadable_roots: unreadable_roots.map(Arc::from) };
        *ready = Some(loaded.clone());
        Ok(loaded)
    }
}

/// Collects the root certificates. Also returns a description of those that could not be read.
fn roots(
    additional: &[CertificateDer<'static>],
    loaded: CertificateResult,
) -> Result<(RootCertStore, Option<String>), String> {
    let mut roots = RootCertStore::empty();
    let (_, unparsed) = roots.add_parsable_certificates(loaded.certs);
    let unparsed = (unparsed > 0).then(|| format!("{unparsed} of them are not valid certificates"));
    let unreadable_roots = loaded.errors.first().map(ToString::to_string).or(unparsed);
    for root in additional {
        roots.add(root.clone()).map_err(|error| format!("invalid root certificate: {error}"))?;
    }
    if roots.is_empty() {
        let why = unreadable_roots.unwrap_or_else(|| "this system has none".to_owned());
        return Err(format!("{NO_ROOTS}: {why}"));
    }
    Ok((roots, unreadable_roots))
}

fn config(
    provider: CryptoProvider,
    roots: RootCertStore,
    identity: Option<Arc<dyn ResolvesClientCert>>,
) -> Result<ClientConfig, String> {
    let builder = ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| "the crypto provider supports no usable version of TLS".to_owned())?
        .with_root_certificates(roots);
    Ok(match identity {
        Some(identity) => builder.with_client_cert_resolver(identity),
        None => builder.with_no_client_auth(),
    })
}
