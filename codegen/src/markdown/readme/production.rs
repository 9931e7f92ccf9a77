//! What a client does besides sending, and how to have it otherwise.

use crate::markdown::text::{block, code};
use crate::rust::lower::{Credential, Package};

/// The section as blocks.
pub fn render(package: &Package<'_>) -> Vec<String> {
    let intro =
        "A client is ready for use as it is. What it does by itself, and how to change it:".to_owned();
    let points = [
        repeats(package),
        TIME.to_owned(),
        CONTEXT.to_owned(),
        BLOCKING.to_owned(),
        secrets(package),
        HOOKS.to_owned(),
        TRACES.to_owned(),
        TRANSPORTS.to_owned(),
    ];
    let points: Vec<String> = points.iter().map(|point| format!("- {point}")).collect();
    vec!["## In production".to_owned(), intro, points.join("\n"), block("rust", &example(package))]
}

fn repeats(package: &Package<'_>) -> String {
    let retry = &package.api.retry;
    let also: Vec<String> = retry.statuses.iter().map(|status| format!(", {status}")).collect();
    let keys = match (&retry.idempotency, retry.makes_keys) {
        (Some(header), true) => format!(
            ", or carries {}. Operations that take this key are given a random one, the same for all attempts, unless you give your own",
            code(header)
        ),
        (Some(header), false) => format!(", or carries {}", code(header)),
        (None, _) => String::new(),
    };
    let harmless = said_otherwise(package, true).map_or(String::new(), |names| format!(", or {names}"));
    let but_for = said_otherwise(package, false).map_or(String::new(), |names| format!(" (but not {names})"));
    format!(
        "**Repetition.** A call that failed for a reason that may pass (no connection, a broken one, an attempt without an \
         answer, 408, 429, 500, 502, 503, 504{}) is sent up to three times, with growing waits of random length, after \
         what `Retry-After` asks for, where that does no harm: it is a GET, HEAD, OPTIONS, PUT or DELETE{but_for}{harmless}{keys}, or \
         there was no connection, so that nothing was sent. \
         `retry(RetryPolicy::none())` turns it off, for a client or a call. A `RetryBudget` keeps a client from pressing a server \
         that is down. `attempts()` of an error, or of what `send_raw()` gives, tells how often it was sent. A server that asks for more than 60 seconds \
         (`RetryPolicy::max_retry_after`) ends the call at once, with `retry_after()` on the error. A retry can find its own work \
         done: a DELETE whose response got lost is answered 404 the second time. `maybe_already_done()` of the error says so.",
        also.concat(),
    )
}

/// The operations of which the API says so against their method.
fn said_otherwise(package: &Package<'_>, repeatable: bool) -> Option<String> {
    let operations = package.api.operations.iter();
    let names = operations
        .filter(|it| it.repeatable == repeatable && it.method.is_repeatable() != repeatable)
        .map(|it| code(&format!("{}.{}", package.resource(it.resource).model.dotted(), it.name)));
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

const TIME: &str = "**Time.** A call takes at most 30 seconds in all (`timeout`, for a client or a call), 10 of them to connect. \
                    `attempt_timeout` leaves time for another attempt. Dropping the future gives the call up.";

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

const TRANSPORTS: &str = "**Transports.** `HyperTransport::builder()` sets proxies, the time to connect and the longest body. \
                          `ReqwestTransport` and `TowerTransport` stand behind features of these names. Build the \
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

use {krate}::{{Client, RetryBudget, RetryPolicy, SecretSource}};

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
