//! Names of the features that packages have in addition to one per resource.

/// The features that select several resources.
pub const GROUP_FEATURES: [(&str, &str); 2] =
    [("default", "All resources, and the default transport with TLS."), ("resources", "All resources.")];

/// The features of transports and their parts. Without them, a package has no HTTP or cryptography library.
pub const TRANSPORT_FEATURES: [(&str, &str); 7] = [
    ("hyper", "The default transport: hyper on tokio."),
    ("ring", "The ring crypto provider for TLS."),
    ("aws-lc", "The aws-lc crypto provider for TLS, instead of ring."),
    ("http2", "HTTP/2 for the default transport."),
    ("gzip", "Gzip-compressed responses for the default transport."),
    ("blocking", "The blocking API, over the default or a custom transport."),
    ("tracing", "Spans for calls and attempts, with OpenTelemetry names."),
];

/// The feature of packages that build URLs.
pub const PKCE_FEATURE: (&str, &str) = ("pkce", "PKCE and random tokens for sign-in in a browser.");

/// Whether a package has, or can get, a feature of this name.
///
/// A manifest with two features of one name prevents cargo from loading the workspace.
pub(super) fn is_reserved(name: &str) -> bool {
    let reserved = GROUP_FEATURES.iter().chain(&TRANSPORT_FEATURES).chain([&PKCE_FEATURE]);
    reserved.into_iter().any(|(reserved, _)| *reserved == name)
}
