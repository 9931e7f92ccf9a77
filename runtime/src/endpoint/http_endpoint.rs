//! The seam between plain params and HTTP, without any client or I/O.

use std::fmt::Debug;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::Error;
use crate::json::{Decode, DecodeError};
use crate::operation::Operation;
use crate::request::{RequestContext, RequestOptions, RequestWriter};
use crate::response::ResponseSnapshot;

/// The params of an operation, which know their HTTP request and response.
///
/// A client, a blocking client or a mock server can be built on this alone, and
/// so can a caller with an HTTP library of their own.
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
    message = "`{Self}` is not the params of an operation",
    label = "expected params, such as `GetParams`",
    note = "every operation has its params beside it: `CreateParams` belongs to `create`",
    note = "params that build a URL are given to `url_request`"
)]
pub trait Endpoint: Send + Sync + 'static {
    /// What a caller may set for one request; `()` where there is nothing.
    type Options: RequestOptions + Clone + Debug + Default + Send + Sync + 'static;

    /// What a successful response holds.
    type Response: Decode + Send + 'static;

    /// The descriptor of the operation.
    const OPERATION: Operation;

    /// Writes the params.
    fn write(&self, request: &mut RequestWriter);

    /// The HTTP request of these params, with no credentials but those that stand in its params.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when a param cannot be sent, such as one that is empty and
    /// stands in the path, or when the target does not know what must be sent.
    fn to_request(&self, target: &RequestContext, options: &Self::Options) -> Result<Request<Bytes>, Error> {
        let mut writer = RequestWriter::new(Self::OPERATION, target);
        self.write(&mut writer);
        writer.options(options);
        writer.into_request()
    }

    /// Reads a response.
    ///
    /// # Errors
    /// [`ErrorKind::Api`](crate::ErrorKind::Api) when the status is no success, and
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when the body of a success cannot be read.
    fn from_response(response: &Response<Bytes>) -> Result<Self::Response, Error> {
        let body = body_of_success(response, &Self::OPERATION)?;
        Self::Response::from_body(body).map_err(|error| undecoded(response, &Self::OPERATION, error))
    }
}

/// The body, where the server answers with success.
fn body_of_success<'r>(response: &'r Response<Bytes>, operation: &Operation) -> Result<&'r Bytes, Error> {
    if response.status().is_success() {
        return Ok(response.body());
    }
    Err(Error::from_api(ResponseSnapshot::new(response), operation.errors).of(operation.name))
}

fn undecoded(response: &Response<Bytes>, operation: &Operation, error: DecodeError) -> Error {
    Error::from_decode(ResponseSnapshot::new(response), operation.errors, error).of(operation.name)
}
