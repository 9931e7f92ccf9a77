//! Parameters and options with erased types, so that the code of a call is compiled once for all operations.

use http::StatusCode;

use crate::endpoint::Endpoint;
use crate::request::RequestWriter;
use crate::response::{FromResponse, is_success};

/// Parameters and options that become a request when the call is sent. Some credentials are resolved only then.
pub(crate) trait BuildRequest {
    /// Writes the parameters and the options.
    fn write(&self, request: &mut RequestWriter);

    /// Returns the responses that are accepted as a success.
    fn accepted(&self) -> AcceptedResponses;
}

/// The responses that an operation accepts as a success.
#[derive(Clone, Copy)]
pub(crate) struct AcceptedResponses {
    /// Whether a success is accepted with any body.
    pub(crate) any_body: bool,
    /// The success statuses; empty for all 2xx statuses.
    pub(crate) statuses: &'static [u16],
}

impl AcceptedResponses {
    /// Returns whether a status is a success.
    pub(crate) fn is_success(self, status: StatusCode) -> bool {
        is_success(status, self.statuses)
    }
}

impl<E: Endpoint> BuildRequest for (E, E::Options) {
    fn write(&self, request: &mut RequestWriter) {
        let (params, options) = self;
        params.write(request);
        request.options(options);
    }

    fn accepted(&self) -> AcceptedResponses {
        AcceptedResponses { any_body: E::Response::ACCEPTS_ANY_BODY, statuses: E::SUCCESS_STATUSES }
    }
}
