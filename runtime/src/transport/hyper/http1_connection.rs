//! One HTTP/1 connection.

use http::uri::{Authority, PathAndQuery, Scheme};
use http::{Method, Request, Response, Uri, Version};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::client::legacy::connect::Connection as _;
use tokio::task::JoinHandle;
use tower_service::Service as _;

use super::connect::Connector;
use super::errors::{connect_error, unsent_error};
use crate::body::RequestBodyStream;
use crate::error::{TransportError, TransportErrorKind};

/// A connection that one request at a time can use.
pub(super) struct Connection {
    sender: SendRequest<RequestBodyStream>,
    pub(super) origin: Origin,
    /// Whether a proxy forwards the requests, which then contain the whole URL.
    is_proxied: bool,
    /// Whether the connection has neither been used nor been idle.
    pub(super) is_new: bool,
    /// Whether the last response was in HTTP/1.0. hyper then sends further requests in HTTP/1.0.
    is_http10: bool,
    task: JoinHandle<hyper::Result<()>>,
}

/// The part of a URL that its connection depends on.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Origin {
    scheme: Scheme,
    authority: Authority,
}

impl Connection {
    /// Opens a connection, which belongs to the current tokio runtime.
    pub(super) async fn open(
        mut connector: Connector,
        url: Uri,
        origin: Origin,
    ) -> Result<Self, TransportError> {
        let io = connector.call(url).await.map_err(connect_error)?;
        let is_proxied = io.connected().is_proxied();
        let (mut sender, connection) = handshake(io).await.map_err(unsent_error)?;
        let task = tokio::spawn(connection.with_upgrades());
        // The task reads what the server has already sent, such as a TLS alert.
        match sender.ready().await {
            Ok(()) => Ok(Self { sender, origin, is_proxied, is_new: true, is_http10: false, task }),
            Err(closed) => Err(failure(task, closed).await),
        }
    }

    /// Sends a request, whose target depends on the connection. The error contains the request if it was not sent.
    pub(super) async fn try_send(
        &mut self,
        mut request: Request<RequestBodyStream>,
        url: &Uri,
    ) -> Result<Response<Incoming>, TrySendError<Request<RequestBodyStream>>> {
        *request.uri_mut() = self.target(request.method(), url);
        let response = self.sender.try_send_request(request).await?;
        self.is_http10 = response.version() == Version::HTTP_10;
        Ok(response)
    }

    /// Returns whether the body of a request can be sent. HTTP/1.0 has no chunks, so hyper would omit a body without a
    /// known length.
    pub(super) fn can_send(&self, body: &RequestBodyStream) -> bool {
        !self.is_http10 || body.remaining().is_some()
    }

    /// Closes the connection, also while it sends a request that the server does not read.
    pub(super) fn close(self) {
        self.task.abort();
    }

    fn target(&self, method: &Method, url: &Uri) -> Uri {
        if *method == Method::CONNECT {
            self.origin.authority.clone().into()
        } else if self.is_proxied {
            url.clone()
        } else {
            url.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/")).into()
        }
    }

    /// Returns the reason why the connection closed before a request was sent.
    pub(super) async fn into_unsent_error(self, error: hyper::Error) -> TransportError {
        failure(self.task, error).await
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Returns whether the last response is complete, and the last request as well.
    pub(super) fn is_ready(&self) -> bool {
        self.sender.is_ready()
    }

    /// Waits until the connection is ready. Returns whether it is open.
    pub(super) async fn ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }
}

/// Returns the error of the task of a closed connection, or else the error of its request.
async fn failure(task: JoinHandle<hyper::Result<()>>, error: hyper::Error) -> TransportError {
    match task.await {
        Ok(Err(cause)) => unsent_error(cause),
        _ => unsent_error(error),
    }
}

impl Origin {
    pub(super) fn of(url: &Uri) -> Result<Self, TransportError> {
        url.scheme().cloned().zip(url.authority().cloned()).map_or_else(
            || {
                let message = "the URL of the request must contain a scheme and a host";
                Err(TransportError::new(TransportErrorKind::Connection, message))
            },
            |(scheme, authority)| Ok(Self { scheme, authority }),
        )
    }
}
