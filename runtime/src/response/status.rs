//! Statuses of transient failures.

use http::StatusCode;

/// What servers answer when the same call may well succeed a moment later.
const TRANSIENT: [StatusCode; 6] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::TOO_MANY_REQUESTS,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// Whether the same call may well succeed a moment later.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    TRANSIENT.contains(&status)
}
