//! The client: where requests go, with what credentials, over what transport.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;
use http::header::{AUTHORIZATION, USER_AGENT};

use crate::attempts::{Attempts, Exchange, Rules};
use crate::auth::Held;
use crate::call::Prepared;
use crate::trace::CallSpan;
use crate::transports::Transports;
use crate::{
    Auth, Authentication, BaseUrl, ClientBuilder, Endpoint, Error, Operation, Request, RetryBudget, Target,
    UrlEndpoint, UrlRequest,
};

/// What is fixed for an API: a static of each generated package.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    /// The name of the package.
    pub name: &'static str,
    /// What its clients call themselves in the `user-agent` header.
    pub user_agent: &'static str,
    /// Statuses besides the usual ones after which the same call may well succeed.
    pub retry_statuses: &'static [u16],
}

/// Sends the requests of one API. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) api: &'static Api,
    pub(crate) target: Target,
    pub(crate) authorization: Held,
    pub(crate) user_agent: HeaderValue,
    pub(crate) rules: Rules,
    pub(crate) transports: Transports,
}

impl Client {
    /// Starts a client of `api`, whose server is at `base_url` unless the builder is told otherwise.
    pub fn builder(api: &'static Api, base_url: impl AsRef<str>, auth: Auth) -> ClientBuilder {
        ClientBuilder::new(api, base_url, auth)
    }

    pub(crate) fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Makes a request of params. They can be sent without their generated builder.
    pub fn request<E: Endpoint>(&self, params: E) -> Request<'_, E> {
        Request::new(self, params)
    }

    /// Makes a URL of params. It can be built without the generated builder.
    pub fn url_request<P: UrlEndpoint>(&self, params: P) -> UrlRequest<'_, P> {
        UrlRequest::new(self, params)
    }

    /// Where requests go.
    pub fn base_url(&self) -> &BaseUrl {
        self.inner.target.base_url()
    }

    /// Where requests go, and the values that the client gives to those that ask for them.
    pub fn target(&self) -> &Target {
        &self.inner.target
    }

    /// How many calls may still be repeated.
    pub fn retry_budget(&self) -> &RetryBudget {
        &self.inner.rules.budget
    }
}

impl Inner {
    /// The attempts of a call, with the client's credentials where the operation takes them.
    fn attempts<'c>(&'c self, prepared: &Prepared) -> Result<Attempts<'c>, Error> {
        let operation = prepared.operation;
        let mut request = prepared.draft.request(&self.target)?;
        let headers = request.headers_mut();
        // A request may bring credentials of its own.
        let takes_ours = operation.auth == Authentication::Client && !headers.contains_key(AUTHORIZATION);
        if let Some(authorization) = takes_ours.then(|| self.authorization.header()).transpose()?.flatten() {
            headers.insert(AUTHORIZATION, authorization);
        }
        headers.insert(USER_AGENT, self.user_agent.clone());
        let attempts = Attempts::new(self.api, &self.rules, operation, request, &prepared.exceptions);
        Ok(attempts.accepting_any_body(prepared.draft.accepts_any_body()))
    }
}

impl Prepared {
    /// Sends the request, repeats it as the rules say, and waits for any response.
    pub(crate) async fn exchange(self: Box<Self>) -> Result<Exchange, Error> {
        let (client, operation) = (self.client.clone(), self.operation);
        let inner = &client.inner;
        let span = CallSpan::new(inner.api, operation);
        let exchange = async {
            let attempts = inner.attempts(&self)?;
            // What the request was made of goes before it is sent: it may hold secrets.
            drop(self);
            crate::drive::drive(inner.transports.awaited()?, attempts).await
        };
        let ended = span.instrument(exchange).await;
        ended_in(span, operation, ended)
    }

    /// The same, on the thread of whoever waits.
    #[cfg(feature = "blocking")]
    pub(crate) fn wait(self: Box<Self>) -> Result<Exchange, Error> {
        let (client, operation) = (self.client.clone(), self.operation);
        let inner = &client.inner;
        let span = CallSpan::new(inner.api, operation);
        let ended = span.in_scope(|| {
            let attempts = inner.attempts(&self)?;
            drop(self);
            crate::blocking::drive(inner.transports.blocking()?, attempts)
        });
        ended_in(span, operation, ended)
    }
}

/// Hands the span of a call to its response, or ends it with its error.
fn ended_in(
    span: CallSpan,
    operation: &Operation,
    ended: Result<Exchange, Error>,
) -> Result<Exchange, Error> {
    match ended {
        Ok(exchange) => Ok(Exchange { span, ..exchange }),
        Err(error) => {
            span.end(error.attempts(), Some(&error));
            Err(error.of(operation.name))
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.inner.api.name)
            .field("target", &self.inner.target)
            .field("timeout", &self.inner.rules.timeout)
            .finish_non_exhaustive()
    }
}
