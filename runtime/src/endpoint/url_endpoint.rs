//! The trait of operations that build a URL without sending a request.

use http::Uri;

use crate::error::Error;
use crate::operation::Operation;
use crate::request::{RequestContext, RequestWriter};

/// The parameters of an operation that builds a URL, such as the URL of a sign-in page.
///
/// ```
/// use typefoundry_runtime::{Method, Operation, RequestWriter, RequestContext, UrlEndpoint};
///
/// struct SignInUrlParams {
///     state: Option<String>,
/// }
///
/// impl UrlEndpoint for SignInUrlParams {
///     const OPERATION: Operation = Operation::new("sso.sign_in_url", Method::GET, "/authorize");
///
///     fn write(&self, request: &mut RequestWriter) {
///         let client_id = request.credential("client_id");
///         request.query("client_id", &client_id);
///         request.query("state", &self.state);
///     }
/// }
///
/// let context: RequestContext = "https://api.example.com".parse()?;
/// let params = SignInUrlParams { state: Some("xyz".into()) };
/// let url = params.to_url(&context.with("client_id", "client-1"))?;
/// assert_eq!(url, "https://api.example.com/authorize?client_id=client-1&state=xyz");
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the parameter type of an operation that builds a URL",
    label = "expected a parameter type, such as `AuthorizationUrlParams`",
    note = "pass the parameters of an operation that sends a request to `request`"
)]
pub trait UrlEndpoint: Send + Sync + 'static {
    /// The descriptor of the operation.
    const OPERATION: Operation;

    /// Writes the parameters into a URL.
    fn write(&self, request: &mut RequestWriter);

    /// Returns the URL of these parameters.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) if
    /// a parameter cannot be sent. The kind is
    /// [`ErrorKind::Credentials`](crate::ErrorKind::Credentials) if `context` lacks a required
    /// credential.
    fn to_url(&self, context: &RequestContext) -> Result<Uri, Error> {
        let mut writer = RequestWriter::new(&Self::OPERATION, context);
        self.write(&mut writer);
        writer.into_url()
    }
}

/// A URL that is not built yet. The parameters can be changed until then.
///
/// Generated request builders wrap this type. [`Client::url_request`](crate::Client::url_request)
/// creates it directly.
#[derive(Clone, Debug)]
#[must_use = "nothing is built before `url` is called"]
pub struct UrlRequest<'c, P: UrlEndpoint> {
    context: &'c RequestContext,
    /// The parameters of the operation.
    pub params: P,
}

impl<'c, P: UrlEndpoint> UrlRequest<'c, P> {
    pub(crate) fn new(context: &'c RequestContext, params: P) -> Self {
        Self { context, params }
    }

    /// Builds the URL. Nothing is sent.
    ///
    /// # Errors
    /// Returns the errors of [`UrlEndpoint::to_url`].
    pub fn url(self) -> Result<Uri, Error> {
        self.params.to_url(self.context)
    }
}
