//! The client of an API.

use std::fmt;
use std::sync::Arc;

use crate::call::{CallContext, Request};
use crate::endpoint::{Endpoint, UrlEndpoint, UrlRequest};
use crate::request::{BaseUrl, RequestContext};
use crate::retry::RetryBudget;

/// A client of one API.
///
/// A client is cheap to clone. Clones share their connections, credentials and retry budget.
#[derive(Clone)]
pub struct Client {
    context: Arc<CallContext>,
}

impl Client {
    pub(crate) fn new(context: CallContext) -> Self {
        Self { context: Arc::new(context) }
    }

    /// Creates a request from parameters. Use this method for parameters that were built without a generated request
    /// builder.
    pub fn request<E: Endpoint>(&self, params: E) -> Request<'_, E> {
        Request::new(&self.context, params)
    }

    /// Creates a URL request from parameters. Use this method for parameters that were built without a generated
    /// builder.
    pub fn url_request<P: UrlEndpoint>(&self, params: P) -> UrlRequest<'_, P> {
        UrlRequest::new(self.request_context(), params)
    }

    /// Returns the base URL of all requests.
    pub fn base_url(&self) -> &BaseUrl {
        self.context.request_context.base_url()
    }

    /// Returns the base URL and the credentials that operations use as parameters.
    pub fn request_context(&self) -> &RequestContext {
        &self.context.request_context
    }

    /// Returns the retry budget, which limits the retries of all calls.
    pub fn retry_budget(&self) -> &RetryBudget {
        &self.context.config.budget
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.context.api.name)
            .field("request_context", self.request_context())
            .field("timeout", &self.context.config.timeout)
            .finish_non_exhaustive()
    }
}
