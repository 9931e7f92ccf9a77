//! Parameters and options with erased types, so that the code of a call is compiled once for all operations.

use crate::endpoint::Endpoint;
use crate::json::Decode;
use crate::request::RequestWriter;

/// Parameters and options that become a request when the call is sent. Some credentials are resolved only then.
pub(crate) trait BuildRequest {
    /// Writes the parameters and the options.
    fn write(&self, request: &mut RequestWriter);

    /// Returns whether a successful response is accepted with any body.
    fn accepts_any_body(&self) -> bool;
}

impl<E: Endpoint> BuildRequest for (E, E::Options) {
    fn write(&self, request: &mut RequestWriter) {
        let (params, options) = self;
        params.write(request);
        request.options(options);
    }

    fn accepts_any_body(&self) -> bool {
        E::Response::ACCEPTS_ANY_BODY
    }
}
