//! The trait that connects parameters to HTTP requests and responses.

use std::fmt::Debug;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::Error;
use crate::json::DecodeError;
use crate::operation::Operation;
use crate::request::{RequestContext, RequestOptions, RequestWriter};
use crate::response::{FromResponse, ResponseSnapshot, is_success};

/// The parameters of an operation that sends an HTTP request.
///
/// The trait does not depend on a client or on I/O. Use it to call an API with your own HTTP
/// library, or to build a mock server.
///
/// ```
/// use typefoundry_runtime::{Endpoint, Method, Operation, RequestWriter, http};
///
/// struct GetName {
///     pet_id: String,
/// }
///
/// impl Endpoint for GetName {
///     type Options = ();
///     type Response = String;
///     const OPERATION: Operation = Operation::new("pets.name", Method::GET, "/pets/{pet_id}/name");
///
///     fn write(&self, request: &mut RequestWriter) {
///         request.path("pet_id", &self.pet_id);
///     }
/// }
///
/// let params = GetName { pet_id: "7".into() };
/// let request = params.to_request(&"https://api.example.com".parse()?, &())?;
/// assert_eq!(request.uri().path(), "/pets/7/name");
///
/// let response = http::Response::new("\"Rex\"".into());
/// assert_eq!(GetName::from_response(&response)?, "Rex");
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the parameter type of an operation",
    label = "expected a parameter type, such as `GetParams`",
    note = "each operation has its own parameter type: `CreateParams` belongs to `create`",
    note = "pass the parameters of an operation that builds a URL to `url_request`"
)]
pub trait Endpoint: Send + Sync + 'static {
    /// The options that callers can set for a single request; `()` if there are none.
    type Options: RequestOptions + Clone + Debug + Default + Send + Sync + 'static;

    /// The type of a successful response.
    type Response: FromResponse + Send + 'static;

    /// The descriptor of the operation.
    const OPERATION: Operation;

    /// The success statuses of the operation. Defaults to none, which means all 2xx statuses.
    ///
    /// The list can contain redirects, such as 302. A 2xx status that is missing from the list is an
    /// error of kind [`ErrorKind::Decode`](crate::ErrorKind::Decode), because the server performed
    /// the operation. Any other missing status is an error response.
    const SUCCESS_STATUSES: &'static [u16] = &[];

    /// Writes the parameters into a request.
    fn write(&self, request: &mut RequestWriter);

    /// Returns the HTTP request of these parameters. It contains no credentials except those among
    /// the parameters.
    ///
    /// A client does not call this method, and builds its requests from what [`Endpoint::write`] writes.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) if
    /// a parameter cannot be sent, such as an empty path parameter. The kind is
    /// [`ErrorKind::Credentials`](crate::ErrorKind::Credentials) if `context` lacks a required
    /// credential.
    fn to_request(&self, context: &RequestContext, options: &Self::Options) -> Result<Request<Bytes>, Error> {
        let mut writer = RequestWriter::new(&Self::OPERATION, context);
        self.write(&mut writer);
        writer.options(options);
        writer.into_request()
    }

    /// Decodes a response.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::Api`](crate::ErrorKind::Api) if the status is not a
    /// success. The kind is [`ErrorKind::Decode`](crate::ErrorKind::Decode) if a success cannot be
    /// decoded.
    fn from_response(response: &Response<Bytes>) -> Result<Self::Response, Error> {
        check_status(response, Self::SUCCESS_STATUSES, &Self::OPERATION)?;
        Self::read(response).map_err(|error| undecoded(response, &Self::OPERATION, error))
    }

    /// Reads a response whose status is a success. By default, the type of the response does it.
    ///
    /// Override this method if the media type of the response decides how its type is read: see
    /// [`read_text`](crate::read_text), [`read_bytes`](crate::read_bytes) and
    /// [`read_items`](crate::read_items).
    ///
    /// # Errors
    /// Returns an error if a header or the body does not match the type.
    #[inline]
    fn read(response: &Response<Bytes>) -> Result<Self::Response, DecodeError> {
        Self::Response::from_response(response)
    }
}

/// Returns an error if the status is not a success status of the operation.
pub(crate) fn check_status(
    response: &Response<Bytes>,
    success_statuses: &[u16],
    operation: &Operation,
) -> Result<(), Error> {
    let status = response.status();
    if is_success(status, success_statuses) {
        return Ok(());
    }
    if status.is_success() {
        return Err(undecoded(response, operation, DecodeError::unexpected_status(status, success_statuses)));
    }
    Err(Error::from_api(ResponseSnapshot::new(response), operation.errors).with_operation(operation.name))
}

pub(crate) fn undecoded(response: &Response<Bytes>, operation: &Operation, error: DecodeError) -> Error {
    Error::from_decode(ResponseSnapshot::new(response), operation.errors, error)
        .with_operation(operation.name)
}
