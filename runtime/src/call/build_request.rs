//! Parameters and options with erased types, so that the code of a call is compiled once for all operations.

use bytes::Bytes;

use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::json::Decode;
use crate::request::RequestContext;

/// Parameters and options that become a request when the call is sent. Some credentials are resolved only then.
pub(crate) trait BuildRequest {
    /// Builds the request.
    fn build_request(&self, context: &RequestContext) -> Result<http::Request<Bytes>, Error>;

    /// Returns whether a successful response is accepted with any body.
    fn accepts_any_body(&self) -> bool;
}

impl<E: Endpoint> BuildRequest for (E, E::Options) {
    fn build_request(&self, context: &RequestContext) -> Result<http::Request<Bytes>, Error> {
        let (params, options) = self;
        params.to_request(context, options)
    }

    fn accepts_any_body(&self) -> bool {
        E::Response::ACCEPTS_ANY_BODY
    }
}
