//! The trait of typed error bodies.

use crate::json::Decode;

/// A type that an operation's error bodies can be decoded as, with
/// [`Error::body_as`](crate::Error::body_as).
///
/// ```
/// use typefoundry_runtime::{
///     Endpoint, ErrorBody, Method, Operation, RequestWriter, UnknownVariant, http, json_object, json_union,
/// };
///
/// enum SignInStep {
///     EnrollFactor(EnrollFactor),
///     Unknown(UnknownVariant),
/// }
///
/// struct EnrollFactor {
///     pending_token: String,
/// }
///
/// json_object!(EnrollFactor { pending_token });
/// json_union!(SignInStep by ["code"] { EnrollFactor(_) = "mfa_enrollment" });
///
/// impl ErrorBody for SignInStep {
///     fn is_known(&self) -> bool {
///         !matches!(self, Self::Unknown(_))
///     }
/// }
///
/// struct SignIn;
///
/// impl Endpoint for SignIn {
///     type Options = ();
///     type Response = ();
///     const OPERATION: Operation = Operation::new("sign_in", Method::POST, "/sign_in");
///
///     fn write(&self, _request: &mut RequestWriter) {}
/// }
///
/// let body = r#"{"code": "mfa_enrollment", "pending_token": "t-1"}"#;
/// let response = http::Response::builder().status(403).body(body.into())?;
/// let error = SignIn::from_response(&response).unwrap_err();
/// match error.body_as::<SignInStep>() {
///     Some(SignInStep::EnrollFactor(step)) => assert_eq!(step.pending_token, "t-1"),
///     _ => panic!("another error"),
/// }
/// # Ok::<(), http::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an error body type",
    label = "expected one of the error body types of the operation"
)]
pub trait ErrorBody: Decode {
    /// Returns whether the value is a known error body, rather than the unknown variant of a union.
    /// Defaults to `true`.
    fn is_known(&self) -> bool {
        true
    }
}
