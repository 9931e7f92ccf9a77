//! Static data of an API.

/// Static data of an API. Every generated package declares one.
#[derive(Clone, Copy, Debug)]
pub struct ApiInfo {
    /// The name of the package.
    pub name: &'static str,
    /// The default `user-agent` header of its clients.
    pub user_agent: &'static str,
    /// Retryable statuses in addition to the default ones.
    pub retry_statuses: &'static [u16],
}
