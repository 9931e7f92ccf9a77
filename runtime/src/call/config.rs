//! Settings of all calls of a client, and of one call.

use std::time::Duration;

use crate::interceptor::Interceptor;
use crate::retry::{RetryBudget, RetryPolicy};

/// The time of a call without a limit.
pub(crate) const NO_TIMEOUT: Duration = Duration::MAX;

/// What holds for all calls of a client, unless one is told otherwise.
pub(crate) struct CallConfig {
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: RetryBudget,
    /// For a call in all; [`NO_TIMEOUT`] for none.
    pub(crate) timeout: Duration,
    /// For each attempt; none but that of the call unless set.
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) interceptors: Vec<Box<dyn Interceptor>>,
}

/// What one call is told otherwise.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOverrides {
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) timeout: Option<Duration>,
}
