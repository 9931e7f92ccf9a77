//! The trait of async transports.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::TransportError;

/// A future on the heap that any thread may run.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends requests.
///
/// A transport must not follow redirects: the request holds credentials, which
/// are meant for one server. It must not retry either, and it need not time
/// out; the client does that with [`Transport::sleep`].
///
/// Its futures go from thread to thread. Where there is one thread only, as in a
/// browser, what it awaits may need a wrapper that promises so, such as the one
/// of the crate `send_wrapper`.
///
/// Take care what is logged of a request: its body and its URL may hold passwords
/// and tokens.
///
/// A transport that answers by itself is all that a test of an application needs:
///
/// ```
/// use std::time::Duration;
/// use typefoundry_runtime::{
///     ApiInfo, Auth, BoxFuture, Bytes, Client, Endpoint, Method, Operation, RequestWriter, Transport, TransportError, http,
/// };
///
/// /// Answers every request with the same body.
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
///     // Timeouts and the waits between attempts end with it: a `sleep` that never does makes the client hang.
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
    note = "two methods make any HTTP client a transport: `send` and `sleep`"
)]
pub trait Transport: Send + Sync {
    /// Sends a request and waits for the whole response, whatever its status.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;

    /// Backoff. The clock belongs to the transport, since the runtime of the
    /// futures does too.
    ///
    /// The future must complete once the duration has passed. Otherwise timeouts never fire, and retries never begin.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

#[diagnostic::do_not_recommend]
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        (**self).send(request)
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

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }
}
