//! The trait of async transports.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::body::{RequestBody, ResponseBody};
use crate::error::TransportError;

/// A boxed future that can be sent between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An async HTTP transport, which sends the requests of a client.
///
/// A transport must not follow redirects, because the request contains credentials that are meant for one server. It
/// must not retry requests and needs no timeouts: the client handles both with [`Transport::sleep`].
///
/// The futures must be `Send`. In a single-threaded environment such as a browser, a wrapper can provide that, for
/// example from the `send_wrapper` crate.
///
/// Be careful when you log requests: their URLs and bodies may contain passwords and tokens.
///
/// To test an application, a transport that returns a fixed response is enough:
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::{
///     ApiInfo, Auth, BoxFuture, Bytes, Client, Endpoint, Method, Operation, RequestWriter, Transport, TransportError, http,
/// };
///
/// /// Responds to every request with the same body.
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(
///         &self,
///         _request: http::Request<Bytes>,
///     ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
///         Box::pin(async { Ok(http::Response::new(self.0.into())) })
///     }
///
///     // The client uses it for timeouts and retry delays. It hangs if the future never completes.
///     fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
///         Box::pin(tokio::time::sleep(duration))
///     }
/// }
///
/// # static API: ApiInfo = ApiInfo { name: "petstore", user_agent: "petstore/1", retry_statuses: &[] };
/// # struct GetName;
/// # impl Endpoint for GetName {
/// #     type Options = ();
/// #     type Response = String;
/// #     const OPERATION: Operation = Operation::new("pets.name", Method::GET, "/pets/7/name");
/// #     fn write(&self, _request: &mut RequestWriter) {}
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), typefoundry_runtime::Error> {
/// let client = Client::builder(&API, "https://api.example.com", Auth::none()).transport(Canned("\"Rex\"")).build()?;
/// assert_eq!(client.request(GetName).await?, "Rex");
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a transport",
    label = "does not implement `Transport`",
    note = "implement `send` and `sleep` to use any HTTP client as a transport"
)]
pub trait Transport: Send + Sync {
    /// Sends a request and returns the whole response, whatever its status.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;

    /// Sends a request whose body may be a stream, and returns the response as soon as its head has arrived.
    ///
    /// The client calls it if the body of the request is not in memory, or if the response is read as a stream. The
    /// transport must read the body of the response only as fast as its chunks are polled, and close the connection if
    /// the body is dropped before its end. It must stop to read the source of the request when the response ends, for
    /// example with a [`RequestBodyGuard`](crate::RequestBodyGuard).
    ///
    /// By default, both bodies are read into memory, and the request is sent with [`Transport::send`].
    fn send_streaming(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let request = Request::from_parts(head, body.into_bytes().await?);
            Ok(self.send(request).await?.map(ResponseBody::from))
        })
    }

    /// Returns a future that completes after `duration`, for timeouts and retry delays.
    ///
    /// If the future never completes, timeouts never expire and retries never start. The method belongs to the
    /// transport because timers depend on its async runtime.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

#[diagnostic::do_not_recommend]
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        (**self).send(request)
    }

    fn send_streaming(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        (**self).send_streaming(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        (**self).send(request)
    }

    fn send_streaming(
        &self,
        request: Request<RequestBody>,
    ) -> BoxFuture<'_, Result<Response<ResponseBody>, TransportError>> {
        (**self).send_streaming(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }
}
