//! The compile error for blocking calls without the `blocking` feature.

/// A bound that no type meets. In a build without the `blocking` feature, the methods that require it have this bound.
#[diagnostic::on_unimplemented(
    message = "blocking calls require the feature `blocking`",
    label = "this method requires the feature `blocking`",
    note = "enable it in `Cargo.toml`: `features = [\"blocking\"]`",
    note = "in async code, use the async method: `.await`, `.next().await`, `.transport(…)`"
)]
pub trait BlockingFeature {}
