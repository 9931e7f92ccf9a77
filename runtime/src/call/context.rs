//! The part of a client that its calls share.

use std::fmt;

use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::access_token::TokenCache;
use super::build_request::BuildRequest;
use super::config::{CallConfig, CallOverrides};
use super::state::{CallState, ClientHeaders};
use crate::error::Error;
use crate::operation::{ApiInfo, AuthRequirement, Operation};
use crate::request::{CachedAuth, RequestContext, RequestWriter};
use crate::transport::Transports;

/// The API, credentials, settings and transports of a client.
pub(crate) struct CallContext {
    pub(crate) api: &'static ApiInfo,
    pub(crate) request_context: RequestContext,
    pub(crate) auth: CachedAuth,
    /// The token of a client that fetches its tokens.
    pub(crate) tokens: Option<Box<TokenCache>>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) config: CallConfig,
    pub(crate) transports: Transports,
}

impl CallContext {
    /// Builds the request of a call and starts its state, with the client's credentials if the operation requires them.
    pub(super) fn start<'c>(
        &'c self,
        operation: &'static Operation,
        builder: &dyn BuildRequest,
        overrides: Option<Box<CallOverrides>>,
    ) -> Result<CallState<'c>, Error> {
        self.start_with(operation, builder, overrides, None)
    }

    /// Returns the tokens that the requests of an operation contain, if the client fetches them.
    pub(super) fn tokens_for(&self, operation: &Operation) -> Option<&TokenCache> {
        self.tokens.as_deref().filter(|_| operation.auth == AuthRequirement::Client)
    }

    /// Starts a call as [`CallContext::start`] does, with this `authorization` header in place of the client's.
    pub(super) fn start_with<'c>(
        &'c self,
        operation: &'static Operation,
        builder: &dyn BuildRequest,
        overrides: Option<Box<CallOverrides>>,
        token: Option<HeaderValue>,
    ) -> Result<CallState<'c>, Error> {
        let mut writer = RequestWriter::new(operation, &self.request_context);
        builder.write(&mut writer);
        let mut draft = writer.into_draft()?;
        if let Some(url) = overrides.as_deref().and_then(|call| call.page_url.as_ref()) {
            draft.set_page_url(url).map_err(|error| error.with_operation(operation.name))?;
        }
        // The request may contain its own credentials.
        let uses_client_auth =
            operation.auth == AuthRequirement::Client && !draft.contains_header(AUTHORIZATION.as_str());
        let authorization = match token {
            Some(token) => uses_client_auth.then_some(token),
            None => uses_client_auth.then(|| self.auth.header()).transpose()?.flatten(),
        };
        let headers = ClientHeaders { user_agent: &self.user_agent, authorization };
        CallState::new(self.api, &self.config, operation, draft, headers, overrides, builder.accepted())
    }
}

impl fmt::Debug for CallContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallContext")
            .field("api", &self.api.name)
            .field("request_context", &self.request_context)
            .field("timeout", &self.config.timeout)
            .finish_non_exhaustive()
    }
}
