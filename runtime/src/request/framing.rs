//! Headers that only the client or the transport sets.

use http::{HeaderMap, HeaderName};

/// Returns whether a header frames the message or manages the connection. Only the transport sets
/// such headers.
///
/// A second, conflicting length of a body would let a server read one request as two.
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "connection"
            | "content-length"
            | "expect"
            | "host"
            | "http2-settings"
            | "keep-alive"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    ) || name.as_str().starts_with("proxy-")
}

/// Returns the part of the stack that sets a header, if callers cannot set it.
pub(crate) fn owner(name: &HeaderName) -> Option<&'static str> {
    match name.as_str() {
        "user-agent" => Some("the client"),
        "accept-encoding" | "content-encoding" => Some("the transport"),
        _ => is_framing(name).then_some("the transport"),
    }
}

/// Returns the first framing header of a request.
pub(crate) fn framing_header(headers: &HeaderMap) -> Option<&HeaderName> {
    headers.keys().find(|name| is_framing(name))
}

/// Removes the framing headers, so that the transport can set its own.
pub(crate) fn remove_framing_headers(headers: &mut HeaderMap) {
    while let Some(name) = framing_header(headers).cloned() {
        headers.remove(name);
    }
}
