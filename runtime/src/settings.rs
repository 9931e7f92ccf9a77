//! What can be set about a transport that makes its own connections.

use std::time::Duration;

use crate::exchange::DEFAULT_MAX_RESPONSE_LEN;
use crate::{Error, ErrorKind, Secret};

const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) max_response_len: usize,
    pub(crate) proxy: Proxy,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            max_response_len: DEFAULT_MAX_RESPONSE_LEN,
            proxy: Proxy::FromEnv,
        }
    }
}

/// Through whom requests go.
#[derive(Clone, Debug)]
pub(crate) enum Proxy {
    /// Whom the environment names.
    FromEnv,
    /// Nobody.
    None,
    /// One for all, with this URL.
    All(Secret),
}

impl Proxy {
    /// What a transport makes of it, which takes proxies for what they are to it.
    pub(crate) fn choose<P>(
        &self,
        from_env: fn() -> P,
        none: fn() -> P,
        all: fn(&str) -> Option<P>,
    ) -> Result<P, Error> {
        match self {
            Self::FromEnv => Ok(from_env()),
            Self::None => Ok(none()),
            Self::All(url) => {
                all(url.expose()).ok_or_else(|| Error::new(ErrorKind::Config, "the proxy has no usable URL"))
            }
        }
    }
}
