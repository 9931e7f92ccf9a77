//! Settings of all calls of a client, and of one call.

use std::time::Duration;

use crate::interceptor::Interceptor;
use crate::request::PageUrl;
use crate::retry::{RetryBudget, RetryPolicy};

/// The timeout of a call without a limit.
pub(crate) const NO_TIMEOUT: Duration = Duration::MAX;

/// The settings of all calls of a client. One call can override some of them.
pub(crate) struct CallConfig {
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    /// The total timeout of a call; [`NO_TIMEOUT`] if there is none.
    pub(crate) timeout: Duration,
    /// The timeout of each attempt; `None` if only the total timeout limits an attempt.
    pub(crate) attempt_timeout: Option<Duration>,
    /// The maximum time between two chunks of a streamed response; [`NO_TIMEOUT`] if there is none.
    pub(crate) read_timeout: Duration,
    pub(crate) interceptors: Vec<Box<dyn Interceptor>>,
}

/// The settings that one call overrides.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOverrides {
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) timeout: Option<Duration>,
    /// The URL of a page, in place of the URL of the operation.
    pub(crate) page_url: Option<PageUrl>,
}
