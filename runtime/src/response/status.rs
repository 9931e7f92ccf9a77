//! Statuses of transient failures.

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
