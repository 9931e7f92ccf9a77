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
