//! The compile error for blocking calls without the feature `blocking`.

/// A bound that nothing meets: methods that need the feature `blocking` have it in a build without that feature.
#[diagnostic::on_unimplemented(
    message = "blocking calls require the feature `blocking`",
    label = "this method requires the feature `blocking`",
    note = "enable it in `Cargo.toml`: `features = [\"blocking\"]`",
    note = "in async code, use the method that is awaited: `.await`, `.next().await`, `.transport(…)`"
)]
pub trait BlockingFeature {}
