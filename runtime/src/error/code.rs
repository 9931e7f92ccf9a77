//! The trait of typed error codes.

/// A type that an error code can be converted into, with [`Error::code_as`](crate::Error::code_as).
///
/// ```
/// use typefoundry_runtime::{
///     ApiErrorCode, Endpoint, ErrorSchema, Method, Operation, RequestWriter, UnknownValue, http, open_enum,
/// };
///
/// #[derive(Clone, Debug, PartialEq, Eq)]
/// enum ErrorCode {
///     PetNotFound,
///     Unknown(UnknownValue),
/// }
///
/// open_enum!(ErrorCode { PetNotFound = "pet_not_found" });
///
/// impl ApiErrorCode for ErrorCode {}
///
/// struct GetPet;
///
/// impl Endpoint for GetPet {
///     type Options = ();
///     type Response = ();
///     const OPERATION: Operation = {
///         let mut operation = Operation::new("pets.get", Method::GET, "/pet");
///         operation.errors = &ErrorSchema { code: &["code"], ..ErrorSchema::NONE };
///         operation
///     };
///
///     fn write(&self, _request: &mut RequestWriter) {}
/// }
///
/// let response = http::Response::builder().status(404).body(r#"{"code": "pet_not_found"}"#.into())?;
/// match GetPet::from_response(&response) {
///     Err(error) if error.code_as() == Some(ErrorCode::PetNotFound) => {}
///     _ => panic!("another error"),
/// }
/// # Ok::<(), http::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an error code type",
    label = "expected the `ErrorCode` enum of the package"
)]
pub trait ApiErrorCode: for<'a> From<&'a str> {}
