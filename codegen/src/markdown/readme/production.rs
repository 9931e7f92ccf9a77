//! The section about retries, timeouts and other defaults of a client, and how to change them.

use crate::doc_text::{code, code_block};
use crate::model::Operation;
use crate::rust::lower::{Credential, Package};

/// Renders the section as blocks.
pub fn render(package: &Package<'_>) -> Vec<String> {
    let intro =
        "A client is ready for use as it is. What it does by itself, and how to change it:".to_owned();
    let points = [Some(retries(package)), keys(package)].into_iter().flatten();
    let points = points.chain([
        TIME.to_owned(),
        CONTEXT.to_owned(),
        BLOCKING.to_owned(),
        secrets(package),
        HOOKS.to_owned(),
        TRACES.to_owned(),
        CONNECTIONS.to_owned(),
        PROCESSES.to_owned(),
        TRANSPORTS.to_owned(),
    ]);
    let points: Vec<String> = points.map(|point| format!("- {point}")).collect();
    vec!["## In production".to_owned(), intro, points.join("\n"), code_block("rust", &example(package))]
}

fn retries(package: &Package<'_>) -> String {
    let statuses: Vec<String> =
        package.api.retry.statuses.iter().map(|status| format!(", {status}")).collect();
    let also = said_otherwise(package, true).map_or(String::new(), |names| format!(", and {names}"));
    let but_for = said_otherwise(package, false).map_or(String::new(), |names| format!(" (except {names})"));
    format!(
        "**Retries.** Transient failures (no connection, a broken connection, an attempt without a response, 408, 429, 500, \
         502, 503, 504{}) are retried when the request is idempotent: GET, HEAD, OPTIONS, PUT and DELETE{but_for}{also}. \
         Any request is retried that was not sent because no connection was made. A call is sent at most three times. The delay \
         grows and has random jitter, on top of what `Retry-After` says. `retry(RetryPolicy::none())` disables retries for \
         a client or a call. A `RetryBudget` limits the retries of a client while the server is down. `attempts()` of an error, \
         or of the value of `send_raw()`, is the number of attempts. A `Retry-After` beyond the \
         timeout of the call, or of more than 60 seconds (`RetryPolicy::max_retry_after`), ends the call at once, with \
         `retry_after()` on the error. A retry can find its own work \
         done: a DELETE whose response was lost fails with 404 the second time. `maybe_already_done()` of the error says so.",
        statuses.concat(),
    )
}

/// Describes the idempotency key, if the API has a header for it.
fn keys(package: &Package<'_>) -> Option<String> {
    let header = code(package.api.retry.idempotency.as_deref()?);
    let generated = names(package, |it| it.generates_key).map_or_else(
        || "The client never generates a key.".to_owned(),
        |names| {
            format!(
                "For {names} the client generates a random key unless you give one, since the server is known to \
                 deduplicate these. It generates a key for no other operation."
            )
        },
    );
    Some(format!(
        "**Idempotency keys.** A request that carries {header} is retried too, even a POST. With a key of your own you state that \
         the server performs the request once, however often it arrives. Where the server ignores the key, a retry can do the \
         work again. {generated}"
    ))
}

/// Returns the operations whose `idempotent` differs from the default of their method.
fn said_otherwise(package: &Package<'_>, idempotent: bool) -> Option<String> {
    names(package, |it| it.idempotent == idempotent && it.method.is_idempotent() != idempotent)
}

/// Returns the names of the operations that match a condition.
fn names(package: &Package<'_>, condition: impl Fn(&Operation) -> bool) -> Option<String> {
    let operations = package.api.operations.iter();
    let names = operations
        .filter(|it| condition(it))
        .map(|it| code(&format!("{}.{}", package.resource(it.resource).model.dotted(), it.name)));
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

const TIME: &str = "**Timeouts.** A call takes at most 30 seconds in all (`timeout`, for a client or a call), 10 of them to connect. \
                    `attempt_timeout` leaves time for another attempt. `None` sets no limit; a test with a paused clock of \
                    tokio and a real server needs it, since such a clock jumps to the next timeout while a call waits for \
                    the network. Dropping the future cancels the call.";

const CONTEXT: &str = "**What came with the answer.** `send_raw()` in place of `send()` gives the status, the headers, the \
                       server's name for the request, its rate limit and the body as it came, beside the value.";

const BLOCKING: &str = "**Without async.** With the feature `blocking`, `send().wait()` blocks the thread until the response is there, and \
                        `items().blocking()` is an iterator. Client, builders and types are the same, and no runtime is needed: \
                        the default transport has a thread of its own then. `BlockOn`, which is there with `hyper` or `reqwest`, \
                        gives one to any other; without these, implement `BlockingTransport`.";

const HOOKS: &str = "**Hooks.** A `Hook` sees every attempt before it is sent, which it may change or refuse, after it, and before the \
                     wait for the next.";

const TRACES: &str = "**Traces.** With the feature `tracing`, each call and each attempt is a span, in the words of OpenTelemetry: method, \
                      template of the path, status, number of the attempt, name of the request. No URL, no header, no body.";

const CONNECTIONS: &str = "**Connections.** `HyperTransport::builder()` sets idle connections per host, the idle timeout, TCP keep-alive, \
                           the connect timeout, the longest body, more root certificates, a client certificate and a proxy. \
                           Hand the result to `transport`. A client may be used from several tokio runtimes; each has \
                           connections of its own. The features `http2` and `gzip` add HTTP/2 and compressed responses. \
                           Proxies come from `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, by the rules of curl; \
                           an invalid one is an error and not a direct connection.";

const PROCESSES: &str = "**Processes.** After a `fork()`, blocking calls in the child process start a thread of their own, and the default \
                         transport uses no connection of the parent. Async calls need a new runtime there, and a client \
                         over another transport must be built again.";

const TRANSPORTS: &str = "**Transports.** `ReqwestTransport` and `TowerTransport` require the features of these names. Build the \
                          `reqwest::Client` with `redirect::Policy::none()`, or it takes credentials to wherever it is \
                          redirected. All of them are in `runtime`, with `Bytes`, `http` and what else `Transport` and \
                          `Hook` speak of. A client that is given a transport goes by no other: one that also blocks is given both.";

fn secrets(package: &Package<'_>) -> String {
    let secret = secret(package).map_or(String::new(), |it| format!(" for {}", code(it.name.plain())));
    format!(
        "**Secrets that change.** `SecretSource::from_fn(…)`{secret} is asked once for each call, so that a rotated one needs no \
         new client. Secrets are wiped from memory when they are dropped, and show in no `Debug`, error or span."
    )
}

fn secret<'p, 'a>(package: &'p Package<'a>) -> Option<&'p Credential<'a>> {
    package.credentials.iter().find(|credential| credential.model.secret)
}

fn example(package: &Package<'_>) -> String {
    let krate = &package.crate_name;
    let credentials: Vec<String> = package
        .credentials
        .iter()
        .map(|it| match it.model.secret {
            true => "SecretSource::from_fn(move || vault.current())".to_owned(),
            false => it.name.as_str().to_owned(),
        })
        .collect();
    format!(
        "use std::time::Duration;

use {krate}::Client;
use {krate}::runtime::{{RetryBudget, RetryPolicy, SecretSource}};

let client = Client::builder({})
    .timeout(Duration::from_secs(10))
    .attempt_timeout(Duration::from_secs(3))
    .retry(RetryPolicy::default().max_attempts(4))
    .retry_budget(RetryBudget::new(50))
    .hook(Metrics::new())
    .build()?;",
        credentials.join(", "),
    )
}
