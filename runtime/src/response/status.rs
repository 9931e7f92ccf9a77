//! Success statuses, and statuses of transient failures.

use http::StatusCode;

/// The statuses after which the same call may succeed later.
const TRANSIENT: [StatusCode; 6] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// Returns whether the same call may succeed later.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    TRANSIENT.contains(&status)
}

/// Returns whether a status is a success: any 2xx status, unless an operation lists its success
/// statuses.
pub(crate) fn is_success(status: StatusCode, success_statuses: &[u16]) -> bool {
    match success_statuses {
        [] => status.is_success(),
        listed => listed.contains(&status.as_u16()),
    }
}
