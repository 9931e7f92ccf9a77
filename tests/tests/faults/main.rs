//! Default client behavior and fault handling.
//!
//! Each test is a table of server faults. A row names a fault and scripts the server. It also states the required
//! result: the kind of error, the parts of the response that the error keeps, and the number of attempts.
//!
//! | Module | Faults |
//! | --- | --- |
//! | [`connections`] | connections that are refused, closed or reset, and bodies without an end |
//! | [`heads`] | malformed, oversized and unusual status lines and headers |
//! | [`framing`] | chunked bodies, `content-length`, HTTP/1.0 |
//! | [`bodies`] | complete responses with an unexpected body |
//! | [`statuses`] | each class of status code |
//! | [`redirects`] | redirects, which are not followed |
//! | [`retry_after`] | `Retry-After` values, valid and invalid |
//! | [`time`] | slow and stalled servers |
//! | [`proxies`] | proxies that reject requests or fail |
//! | [`kept_alive`] | reuse of pooled connections |
//! | [`load`] | many concurrent calls to a server that fails at random |
//!
//! Rules that the tables confirm for every transport:
//!
//! - Transient faults are retried if the call is idempotent: lost connections, truncated responses, timed-out attempts,
//!   and the statuses 408, 429, 500, 502, 503 and 504. By default, a call makes at most three attempts.
//! - A refused connection is retried for every call, because no part of the request was sent.
//! - A retry waits at least as long as `Retry-After` requests. If that exceeds the timeout of the call, the call fails
//!   at once.
//! - Malformed HTTP is an error without a response, and is not retried.
//! - A success whose body cannot be decoded is an error with the status, the headers and the body.
//! - A truncated response is an error with the status, the headers and the received part of the body.
//! - A body beyond the maximum length is rejected before all of it is read.
//! - Redirects are not followed, and cookies are not stored.
//!
//! A row states the result of a call. For example, a response that ends early is an error that keeps the received part
//! of the body, and idempotent calls are retried:
//!
//! ```ignore
//! Fault::new("closes in the body", [Read, write(head_and_half_of_the_body), Close])
//!     .expects(truncated(half_of_the_body))
//!     .retried(Retried::Idempotent)
//! ```
//!
//! Every row runs on each [`Stack`](transports::Stack), with idempotent and non-idempotent calls, with and without
//! retries. After every call, the test also checks that no error message contains a secret.

mod calls;
mod table;
mod transports;

mod bodies;
mod connections;
mod framing;
mod heads;
mod kept_alive;
mod load;
mod proxies;
mod redirects;
mod retry_after;
mod statuses;
mod time;
