//! Operations that build a URL for somebody else to open, and send nothing.

use http::Uri;

use crate::error::Error;
use crate::operation::Operation;
use crate::request::{RequestContext, RequestWriter};

/// The params of an operation whose whole outcome is a URL, such as the page where a user signs in.
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
/// let target: RequestContext = "https://api.example.com".parse()?;
/// let params = SignInUrlParams { state: Some("xyz".into()) };
/// let url = params.to_url(&target.with("client_id", "client-1"))?;
/// assert_eq!(url, "https://api.example.com/authorize?client_id=client-1&state=xyz");
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the params of an operation that builds a URL",
    label = "expected params, such as `AuthorizationUrlParams`",
    note = "params of an operation that sends a request are given to `request`"
)]
pub trait UrlEndpoint: Send + Sync + 'static {
    /// The descriptor of the operation.
    const OPERATION: Operation;

    /// Writes the params.
    fn write(&self, request: &mut RequestWriter);

    /// The URL of these params.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) when a param cannot stand in a URL, or the target does
    /// not know what must stand there.
    fn to_url(&self, target: &RequestContext) -> Result<Uri, Error> {
        let mut writer = RequestWriter::new(Self::OPERATION, target);
        self.write(&mut writer);
        writer.into_url()
    }
}

/// Params on their way to a URL. They may be changed until it is built.
///
/// Generated request builders wrap it; [`Client::url_request`](crate::Client::url_request) makes it directly.
#[derive(Clone, Debug)]
#[must_use = "nothing is built before `url` is called"]
pub struct UrlRequest<'c, P: UrlEndpoint> {
    target: &'c RequestContext,
    /// What the operation is given.
    pub params: P,
}

impl<'c, P: UrlEndpoint> UrlRequest<'c, P> {
    pub(crate) fn new(target: &'c RequestContext, params: P) -> Self {
        Self { target, params }
    }

    /// Builds the URL. Nothing is sent.
    ///
    /// # Errors
    /// As [`UrlEndpoint::to_url`].
    pub fn url(self) -> Result<Uri, Error> {
        self.params.to_url(self.target)
    }
}
