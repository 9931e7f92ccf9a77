//! The part of a client that its calls share.

use std::fmt;

use http::HeaderValue;
use http::header::{AUTHORIZATION, USER_AGENT};

use super::build_request::Draft;
use super::config::{Exceptions, Rules};
use super::state::Attempts;
use crate::error::Error;
use crate::operation::{Api, Authentication, Operation};
use crate::request::{Held, Target};
use crate::transport::Transports;

/// The API, credentials, settings and transports of a client.
pub(crate) struct CallContext {
    pub(crate) api: &'static Api,
    pub(crate) target: Target,
    pub(crate) authorization: Held,
    pub(crate) user_agent: HeaderValue,
    pub(crate) rules: Rules,
    pub(crate) transports: Transports,
}

impl CallContext {
    /// Builds the request of a call and starts its state, with the client's credentials if the operation requires them.
    pub(super) fn start<'c>(
        &'c self,
        operation: &'static Operation,
        draft: &dyn Draft,
        exceptions: &Exceptions,
    ) -> Result<Attempts<'c>, Error> {
        let mut request = draft.request(&self.target)?;
        let headers = request.headers_mut();
        // A request may bring credentials of its own.
        let takes_ours = operation.auth == Authentication::Client && !headers.contains_key(AUTHORIZATION);
        if let Some(authorization) = takes_ours.then(|| self.authorization.header()).transpose()?.flatten() {
            headers.insert(AUTHORIZATION, authorization);
        }
        headers.insert(USER_AGENT, self.user_agent.clone());
        let attempts = Attempts::new(self.api, &self.rules, operation, request, exceptions)?;
        Ok(attempts.accepting_any_body(draft.accepts_any_body()))
    }
}

impl fmt::Debug for CallContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.api.name)
            .field("target", &self.target)
            .field("timeout", &self.rules.timeout)
            .finish_non_exhaustive()
    }
}
