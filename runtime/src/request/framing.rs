//! Headers that only one part of the stack sets.

use http::{HeaderMap, HeaderName};

/// Returns whether a header frames the message or manages the connection: only the transport sets it.
///
/// A second opinion on the length of a body makes a server read one request as two.
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    const NAMES: [&str; 10] = [
        "connection",
        "content-length",
        "expect",
        "host",
        "http2-settings",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    NAMES.contains(&name.as_str()) || name.as_str().starts_with("proxy-")
}

/// The part of the stack that sets a header in place of the params and options of a call.
pub(crate) fn owner(name: &HeaderName) -> Option<&'static str> {
    match name.as_str() {
        "user-agent" => Some("the client"),
        "accept-encoding" | "content-encoding" => Some("the transport"),
        _ => is_framing(name).then_some("the transport"),
    }
}

/// The first framing header of a request.
pub(crate) fn framing_header(headers: &HeaderMap) -> Option<&HeaderName> {
    headers.keys().find(|name| is_framing(name))
}

/// Removes the framing headers, so that the transport writes its own.
pub(crate) fn remove_framing_headers(headers: &mut HeaderMap) {
    while let Some(name) = framing_header(headers).cloned() {
        headers.remove(name);
    }
}
