//! The client of an API.

use std::fmt;
use std::sync::Arc;

use crate::call::{CallContext, Request};
use crate::endpoint::{Endpoint, UrlEndpoint, UrlRequest};
use crate::request::{BaseUrl, RequestContext};
use crate::retry::RetryBudget;

/// Sends the requests of one API. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    context: Arc<CallContext>,
}

impl Client {
    pub(crate) fn new(context: CallContext) -> Self {
        Self { context: Arc::new(context) }
    }

    /// Makes a request of params. They can be sent without their generated builder.
    pub fn request<E: Endpoint>(&self, params: E) -> Request<'_, E> {
        Request::new(&self.context, params)
    }

    /// Makes a URL of params. It can be built without the generated builder.
    pub fn url_request<P: UrlEndpoint>(&self, params: P) -> UrlRequest<'_, P> {
        UrlRequest::new(self.request_context(), params)
    }

    /// Where requests go.
    pub fn base_url(&self) -> &BaseUrl {
        self.context.target.base_url()
    }

    /// Where requests go, and the values that the client gives to those that ask for them.
    pub fn request_context(&self) -> &RequestContext {
        &self.context.target
    }

    /// How many calls may still be repeated.
    pub fn retry_budget(&self) -> &RetryBudget {
        &self.context.config.budget
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.context.fmt(f)
    }
}
