//! Converts errors of hyper into transport errors.

use std::error::Error;
use std::io;
use std::iter::successors;

use crate::error::{TransportError, TransportErrorKind};

/// The message for a response that is not valid HTTP, or whose head is too long.
const INVALID_HTTP: &str = "the response is not valid HTTP";

const REJECTED_CERTIFICATE: (TransportErrorKind, &str) =
    (TransportErrorKind::Tls, "the server rejected the certificate of the client, or requires one");

/// Converts an error of hyper. The kind tells which step failed.
pub(super) fn request_error(error: impl Error + Send + Sync + 'static) -> TransportError {
    if let Some(transport_error) = TransportError::find_in_chain(&error) {
        return connect_outline(transport_error).with_source(error);
    }
    let (kind, message) = if rejects_certificate(&error) {
        REJECTED_CERTIFICATE
    } else if is_connect(&error) {
        (TransportErrorKind::Connect, "failed to connect")
    } else if let Some(kind_and_message) = http2_error(&error) {
        kind_and_message
    } else if is_invalid_http(&error) {
        (TransportErrorKind::Protocol, INVALID_HTTP)
    } else {
        (TransportErrorKind::Connection, "the connection failed")
    };
    TransportError::new(kind, message).with_source(error)
}

/// Returns the error of a failed connection. The outline is added because the message otherwise shows only the deepest
/// source, which does not always mention the proxy.
pub(super) fn connect_error(error: TransportError) -> TransportError {
    connect_outline(&error).with_source(error)
}

fn connect_outline(error: &TransportError) -> TransportError {
    let message = error.message_without_sources().map(|message| format!(": {message}"));
    TransportError::new(error.kind(), format!("failed to connect{}", message.unwrap_or_default()))
}

/// Returns the error of a new connection that closed before a request was sent on it.
pub(super) fn unsent_error(error: impl Error + Send + Sync + 'static) -> TransportError {
    let (kind, message) = match rejects_certificate(&error) {
        true => REJECTED_CERTIFICATE,
        false => (TransportErrorKind::Connect, "the connection closed before the request was sent"),
    };
    TransportError::new(kind, message).with_source(error)
}

fn is_connect(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref().is_some_and(hyper_util::client::legacy::Error::is_connect)
}

/// Returns whether the received bytes are not valid HTTP.
pub(super) fn is_invalid_http(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |error| (*error).source())
        .filter_map(|error| error.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}

pub(super) fn body_error(error: hyper::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Connection, "failed to read the response").with_source(error)
}

/// Returns whether the server rejected the certificate of the client.
///
/// In TLS 1.3, the client completes the handshake before the server has seen that certificate.
fn rejects_certificate(error: &(dyn Error + 'static)) -> bool {
    use rustls::AlertDescription as Alert;
    let chain = successors(Some(error), |error| (*error).source());
    // `source` skips the error that an I/O error contains.
    let mut tls_errors =
        chain.filter_map(|error| error.downcast_ref::<io::Error>()?.get_ref()?.downcast_ref());
    tls_errors.any(|error| match error {
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

/// Classifies an HTTP/2 error. HTTP/2 servers report which requests they did not process.
#[cfg(feature = "http2")]
fn http2_error(error: &(dyn Error + 'static)) -> Option<(TransportErrorKind, &'static str)> {
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
            "the server requires HTTP/1.1; disable HTTP/2 with `HyperTransportBuilder::http2`",
        )),
        (true, _) => None,
        // The client detected that the server violates the protocol.
        (false, _) => Some((TransportErrorKind::Protocol, INVALID_HTTP)),
    }
}

#[cfg(not(feature = "http2"))]
fn http2_error(_: &(dyn Error + 'static)) -> Option<(TransportErrorKind, &'static str)> {
    None
}

#[cfg(test)]
mod tests {
    use rustls::AlertDescription as Alert;

    use super::*;

    /// In TLS 1.3, the rejection of a certificate can arrive before the first request is sent.
    #[test]
    fn error_before_the_request_is_that_of_the_certificate_or_of_the_connection() {
        let alert = |alert| io::Error::other(rustls::Error::AlertReceived(alert));
        for (error, kind) in [
            (alert(Alert::CertificateRequired), TransportErrorKind::Tls),
            (alert(Alert::UnknownCA), TransportErrorKind::Tls),
            (alert(Alert::InternalError), TransportErrorKind::Connect),
            (io::ErrorKind::ConnectionReset.into(), TransportErrorKind::Connect),
        ] {
            assert_eq!(unsent_error(error).kind(), kind);
        }
    }
}
