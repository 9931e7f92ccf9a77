//! Static data of one API.

/// What is fixed for an API: a static of each generated package.
#[derive(Clone, Copy, Debug)]
pub struct ApiInfo {
    /// The name of the package.
    pub name: &'static str,
    /// What its clients call themselves in the `user-agent` header.
    pub user_agent: &'static str,
    /// Statuses besides the usual ones after which the same call may well succeed.
    pub retry_statuses: &'static [u16],
}
