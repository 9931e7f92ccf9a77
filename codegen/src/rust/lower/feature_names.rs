//! Names of the features that packages have in addition to one per resource.

/// The features that select several resources.
pub const GROUP_FEATURES: [(&str, &str); 2] =
    [("default", "All resources, over a transport that speaks https."), ("resources", "All resources.")];

/// The features of transports and their parts. Without them, a package has no HTTP or cryptography library.
pub const TRANSPORT_FEATURES: [(&str, &str); 9] = [
    ("hyper", "The default transport: hyper over tokio."),
    ("ring", "The crypto behind https: ring."),
    ("aws-lc", "The crypto behind https: aws-lc, in place of ring."),
    ("http2", "HTTP/2 for the default transport."),
    ("gzip", "Responses compressed with gzip for the default transport."),
    ("blocking", "Calls that block a thread, over the default transport or one of your own."),
    ("reqwest", "A transport over a `reqwest::Client` of yours."),
    ("tower", "A transport over a `tower::Service`, and a service over a transport."),
    ("tracing", "Spans for calls and their attempts, in the words of OpenTelemetry."),
];

/// The feature of packages that build URLs.
pub const PKCE_FEATURE: (&str, &str) =
    ("pkce", "PKCE and random tokens, for a sign-in that leads through a browser.");

/// Whether a package has, or can get, a feature of this name.
///
/// A manifest with two features of one name prevents cargo from loading the workspace.
pub(super) fn is_reserved(name: &str) -> bool {
    let reserved = GROUP_FEATURES.iter().chain(&TRANSPORT_FEATURES).chain([&PKCE_FEATURE]);
    reserved.into_iter().any(|(reserved, _)| *reserved == name)
}
