//! Certificates that are passed to the builder.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::ResolvesClientCert;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};

use super::crypto::provider;
use crate::value::Secret;

/// Certificates before they are parsed.
#[derive(Clone, Default)]
pub(super) struct UnparsedCertificates {
    pub(super) roots: Vec<UnparsedRoots>,
    /// The chain and its private key, in PEM.
    pub(super) identity: Option<(Vec<u8>, Secret)>,
}

#[derive(Clone)]
pub(super) enum UnparsedRoots {
    Pem(Vec<u8>),
    Der(Vec<u8>),
}

/// Certificates after they are parsed.
#[derive(Default)]
pub(super) struct Certificates {
    /// Trusted in addition to the root certificates of the system.
    pub(super) roots: Vec<CertificateDer<'static>>,
    /// Presented to servers that request a client certificate.
    pub(super) identity: Option<Arc<dyn ResolvesClientCert>>,
}

impl UnparsedCertificates {
    pub(super) fn parse(&self) -> Result<Certificates, String> {
        let roots: Result<Vec<_>, _> = self.roots.iter().map(UnparsedRoots::parse).collect();
        let roots = roots.map_err(|why| format!("invalid root certificate: {why}"))?;
        let identity = self.identity.as_ref().map(|(chain, key)| parse_identity(chain, key)).transpose();
        let identity = identity.map_err(|why| format!("invalid client certificate: {why}"))?;
        Ok(Certificates { roots: roots.concat(), identity })
    }
}

impl UnparsedRoots {
    fn parse(&self) -> Result<Vec<CertificateDer<'static>>, String> {
        let roots = match self {
            Self::Pem(pem) => parse_pem(pem)?,
            Self::Der(der) => vec![CertificateDer::from(der.clone())],
        };
        // Validated here, and not by the first connection.
        let mut store = RootCertStore::empty();
        roots.iter().try_for_each(|root| store.add(root.clone())).map_err(|error| error.to_string())?;
        Ok(roots)
    }
}

fn parse_pem(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let certificates = certificates.map_err(|_| "the text is not valid PEM".to_owned())?;
    match certificates.is_empty() {
        true => Err("the text has no section `CERTIFICATE`".to_owned()),
        false => Ok(certificates),
    }
}

/// Parses a certificate chain and its private key. No error contains any part of the key.
fn parse_identity(chain: &[u8], key: &Secret) -> Result<Arc<dyn ResolvesClientCert>, String> {
    let chain = parse_pem(chain)?;
    let key = PrivateKeyDer::from_pem_slice(key.expose().as_bytes())
        .map_err(|_| "the key has no section `PRIVATE KEY` that can be read".to_owned())?;
    let identity = CertifiedKey::from_der(chain, key, &provider()?)
        .map_err(|error| format!("the key cannot be used with the certificate: {error}"))?;
    Ok(Arc::new(SingleCertAndKey::from(identity)))
}
