//! Kinds of the errors that hyper reports.

use std::error::Error;
use std::io;
use std::iter::successors;

use crate::error::{TransportError, TransportErrorKind};

/// The message for a response that is not valid HTTP, or whose head is longer than a client reads.
const NO_HTTP: &str = "the response is not valid HTTP";

/// Says which part of sending failed.
pub(super) fn not_sent(error: hyper_util::client::legacy::Error) -> TransportError {
    if let Some(known) = TransportError::find_in_chain(&error) {
        return not_connected(known.kind(), known.outline()).with_source(error);
    }
    let (kind, what) = if rejects_certificate(&error) {
        (TransportErrorKind::Tls, "the server rejected the certificate of the client, or requires one")
    } else if error.is_connect() {
        (TransportErrorKind::Connect, "cannot connect")
    } else if let Some(known) = http2_failure(&error) {
        known
    } else if is_no_http(&error) {
        (TransportErrorKind::Protocol, NO_HTTP)
    } else {
        (TransportErrorKind::Connection, "the connection failed")
    };
    TransportError::new(kind, what).with_source(error)
}

/// The message of an error shows its deepest source, which may not say whether it was the proxy that failed.
fn not_connected(kind: TransportErrorKind, outline: Option<&str>) -> TransportError {
    let outline = outline.map(|outline| format!(": {outline}"));
    TransportError::new(kind, format!("cannot connect{}", outline.unwrap_or_default()))
}

/// Whether hyper rejects the received bytes as HTTP.
pub(super) fn is_no_http(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |error| (*error).source())
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}

pub(super) fn broken_off(error: hyper::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Connection, "failed to read the response").with_source(error)
}

/// With TLS 1.3, the handshake is over for the client before the server has seen its certificate.
fn rejects_certificate(error: &(dyn Error + 'static)) -> bool {
    use rustls::AlertDescription as Alert;
    let chain = successors(Some(error), |error| (*error).source());
    // Not by `source`, which passes over what an I/O error holds.
    let mut held = chain.filter_map(|error| error.downcast_ref::<io::Error>()?.get_ref()?.downcast_ref());
    held.any(|error| match error {
        rustls::Error::AlertReceived(alert) => matches!(
            alert,
            Alert::AccessDenied
                | Alert::BadCertificate
                | Alert::CertificateExpired
                | Alert::CertificateRequired
                | Alert::CertificateRevoked
                | Alert::CertificateUnknown
                | Alert::UnknownCA
                | Alert::UnsupportedCertificate
        ),
        _ => false,
    })
}

/// A server of HTTP/2 tells which requests it did not process.
#[cfg(feature = "http2")]
fn http2_failure(error: &(dyn Error + 'static)) -> Option<(TransportErrorKind, &'static str)> {
    let mut chain = successors(Some(error), |error| (*error).source());
    let error: &h2::Error = chain.find_map(|error| error.downcast_ref())?;
    let reason = error.reason()?;
    match (error.is_remote(), reason) {
        (true, h2::Reason::REFUSED_STREAM) => {
            Some((TransportErrorKind::Connect, "the server refused the request before it processed it"))
        }
        (true, h2::Reason::NO_ERROR) if error.is_go_away() => Some((
            TransportErrorKind::Connect,
            "the server closed the connection before it processed the request",
        )),
        (true, h2::Reason::HTTP_1_1_REQUIRED) => Some((
            TransportErrorKind::Protocol,
            "the server requires HTTP/1.1; turn HTTP/2 off with `HyperTransportBuilder::http2`",
        )),
        (true, _) => None,
        // Our side found that the peer does not follow the protocol.
        (false, _) => Some((TransportErrorKind::Protocol, NO_HTTP)),
    }
}

#[cfg(not(feature = "http2"))]
fn http2_failure(_: &(dyn Error + 'static)) -> Option<(TransportErrorKind, &'static str)> {
    None
}
