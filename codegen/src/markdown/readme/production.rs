//! The section about retries, timeouts and other behavior of a client, and how to change it.

use crate::doc_text::{code, code_block};
use crate::model::{Method, Operation};
use crate::rust::lower::{Credential, Package};

/// Returns the section as blocks.
pub fn render(package: &Package<'_>) -> Vec<String> {
    let intro = "A client has these defaults. Change them on the builder of the client, and some of them on a single request. The module \
         `runtime` exports the types that are not at the crate root.";
    let mut blocks =
        vec!["## Client behavior".to_owned(), intro.to_owned(), code_block("rust", &example(package))];
    let mut section = |title: &str, text: String| blocks.extend([format!("### {title}"), text]);
    section("Retries", retries(package));
    if let Some(text) = idempotency_keys(package) {
        section("Idempotency keys", text);
    }
    section("Timeouts", TIMEOUTS.to_owned());
    if package.api.has_streams() {
        section("Streams", STREAMS.to_owned());
    }
    section("Response metadata", METADATA.to_owned());
    section("Blocking API", BLOCKING.to_owned());
    section("Secrets", secrets(package));
    section("Interceptors", INTERCEPTORS.to_owned());
    section("Tracing", TRACING.to_owned());
    section("Connections and proxies", CONNECTIONS.to_owned());
    section("Other transports", TRANSPORTS.to_owned());
    section("Processes", PROCESSES.to_owned());
    blocks
}

fn retries(package: &Package<'_>) -> String {
    let statuses: Vec<String> =
        package.api.retry.statuses.iter().map(|status| format!(", {status}")).collect();
    let also = exceptions(package, true).map_or(String::new(), |names| format!(", and {names}"));
    let safe = [Method::Trace, Method::Query];
    let safe = safe.into_iter().filter(|method| package.api.operations.iter().any(|it| it.method == *method));
    let safe: String = safe.map(|method| format!(", {}", method.as_str())).collect();
    let but_for = exceptions(package, false).map_or(String::new(), |names| format!(" (except {names})"));
    format!(
        "- Transient failures are retried when the request is idempotent: GET, HEAD, OPTIONS{safe}, PUT and DELETE{but_for}{also}. \
         Transient failures are connection errors, attempts without a response, and the statuses 408, 429, 500, 502, 503 and \
         504{}. A request that could not connect is always retried.\n\
         - A call has at most three attempts. The delay between them grows exponentially, with random jitter, and is at least \
         `Retry-After`.\n\
         - A `Retry-After` beyond the call's timeout or above 60 seconds (`RetryPolicy::max_retry_after`) ends the call; the \
         error returns it as `retry_after()`.\n\
         - `retry(RetryPolicy::never())` disables retries of a client or a call. A `RetryBudget` limits the retries of a client \
         while the server is down.\n\
         - A retry can find that an earlier attempt succeeded: a DELETE whose response was lost fails with 404 the second time. \
         `maybe_already_done()` of the error detects this. `attempts()` is the number of attempts.",
        statuses.concat(),
    )
}

/// Renders the meaning of an idempotency key, if the API has a header for it.
fn idempotency_keys(package: &Package<'_>) -> Option<String> {
    let header = code(package.api.retry.idempotency.as_deref()?);
    let generated = names(package, |it| it.generates_key).map_or_else(
        || "The client does not generate keys.".to_owned(),
        |names| {
            format!(
                "The client generates a random key only for {names}, unless you set one, since the server is known to \
                 deduplicate these requests."
            )
        },
    );
    Some(format!(
        "A request with {header} is retried too, even a POST. Set a key only if the server processes a request with the same \
         key once: a server that ignores the key can process a retry again. {generated}"
    ))
}

/// Returns the operations whose `idempotent` differs from that of their method.
fn exceptions(package: &Package<'_>, idempotent: bool) -> Option<String> {
    names(package, |it| it.idempotent == idempotent && it.method.is_idempotent() != idempotent)
}

/// Returns the names of the operations that meet a condition.
fn names(package: &Package<'_>, condition: impl Fn(&Operation) -> bool) -> Option<String> {
    let operations = package.api.operations.iter();
    let names = operations
        .filter(|it| condition(it))
        .map(|it| code(&format!("{}.{}", package.resource(it.resource).model.dotted(), it.name)));
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

const TIMEOUTS: &str = "A call takes at most 30 seconds, including retries (`timeout` of a client or a call), and 10 seconds to connect. \
                        `attempt_timeout` limits one attempt. `None` removes a limit. A test with a paused tokio clock and a real \
                        server needs `None`, because such a clock skips to the next timeout while a call waits for the network. \
                        Dropping the future cancels the call.";

const STREAMS: &str = "- `stream()` of a request returns a lazy stream of bytes, events or values. Nothing is read ahead, and dropping the \
                       stream cancels the call. With the `blocking` feature, `stream().blocking()` returns an iterator.\n\
                       - Retries and the timeout of the call end with the head of the response. After that, `read_timeout` of the \
                       client or the stream limits the time between two chunks to 60 seconds.\n\
                       - An event or line has at most 10 MiB (`max_item_len`). A stream has no maximum length, unless `max_len` \
                       sets one.\n\
                       - The error of a stream that breaks off has the status, the headers, the number of received bytes \
                       (`received_len()`) and the received part of the last item (`body()`). An item that cannot be decoded does \
                       not end the stream.\n\
                       - A custom `Transport` that only implements `send` reads the whole response first. Implement \
                       `send_streaming` as well.";

const METADATA: &str = "`send_with_metadata()` returns an `ApiResponse<T>`: the decoded value with the status, headers, request \
                        ID, rate limit and raw body of the response.";

const BLOCKING: &str = "With the `blocking` feature, `send().wait()` blocks the thread until the response is received, and \
                        `items().blocking()` returns an iterator. Client, request builders and types are the same. No async \
                        runtime is needed: the default transport starts a thread of its own. `BlockingAdapter`, available with \
                        `hyper` or `typefoundry-reqwest`, adds such a thread to any other transport; otherwise implement \
                        `BlockingTransport`.";

const INTERCEPTORS: &str = "An `Interceptor` runs before each attempt, which it can change or reject, after each attempt, and before \
                            the delay of a retry.";

const TRACING: &str = "With the `tracing` feature, each call and each attempt is a span with OpenTelemetry names: method, path \
                       template, status, attempt number and request ID. Spans contain no URLs, headers or bodies.";

const CONNECTIONS: &str = "- `HyperTransport::builder()` configures idle connections per host, the idle timeout, TCP keep-alive, the \
                           connect timeout, the body limit, root certificates, a client certificate and a proxy. Pass the result \
                           to `transport`.\n\
                           - A client can be used from several tokio runtimes; each has its own connections.\n\
                           - The `http2` and `gzip` features add HTTP/2 and compressed responses.\n\
                           - `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` configure proxies as for curl. An invalid \
                           proxy is an error, not a direct connection.";

const PROCESSES: &str = "After a `fork()`, blocking calls in the child process start their own thread, and the default transport does not \
                         reuse connections of the parent. Async calls need a new async runtime. A client over another transport \
                         must be rebuilt.";

const TRANSPORTS: &str = "`transport` accepts an implementation of `Transport`, which sends an `http::Request` and waits for delays. \
                          The crate `typefoundry-reqwest` sends requests with your own `reqwest::Client`, and `typefoundry-tower` \
                          through Tower services and layers. They have their own versions, so this package does not depend on a \
                          version of reqwest or Tower. Build the `reqwest::Client` with `redirect::Policy::none()`; otherwise \
                          it follows redirects with credentials. To write a transport, use `set_framing_headers` and, with the \
                          `http-body` feature of `typefoundry-runtime`, `read_response`. A client \
                          with a custom transport does not use the default one: set an async and a blocking transport if you \
                          need both.";

fn secrets(package: &Package<'_>) -> String {
    let secret = secret(package).map_or(String::new(), |it| format!(" for {}", code(it.name.plain())));
    format!(
        "`SecretProvider::from_fn(…)`{secret} is called once per call, so a rotated secret needs no new client. Secrets are wiped \
         from memory on drop, and redacted in `Debug` output, errors and spans."
    )
}

fn secret<'p, 'a>(package: &'p Package<'a>) -> Option<&'p Credential<'a>> {
    package.credentials.iter().find(|credential| credential.model.secret)
}

fn example(package: &Package<'_>) -> String {
    let krate = &package.crate_name;
    let credentials = &package.credentials;
    let params: Vec<String> = credentials.iter().map(render_credential).collect();
    let names: Vec<&str> = credentials.iter().map(|it| it.name.as_str()).collect();
    let provider = secret(package).map_or("", |_| ", SecretProvider");
    let secrets = credentials.iter().filter(|it| it.model.secret);
    let secrets: String = secrets
        .map(|it| format!("    let {0} = SecretProvider::from_fn(read_{1});\n", it.name, it.name.plain()))
        .collect();
    format!(
        "use std::time::Duration;

use {krate}::runtime::{{Attempt, Interceptor, RetryBudget, RetryPolicy{provider}}};
use {krate}::{{Client, Error}};

struct LogRetries;

impl Interceptor for LogRetries {{
    fn before_retry(&self, attempt: &Attempt<'_>, delay: Duration) {{
        eprintln!(\"attempt {{}} failed, retrying in {{delay:?}}\", attempt.number());
    }}
}}

fn client({}) -> Result<Client, Error> {{
{secrets}    Client::builder({})
        .timeout(Duration::from_secs(10))
        .attempt_timeout(Duration::from_secs(3))
        .retry(RetryPolicy::default().max_attempts(4))
        .retry_budget(RetryBudget::new(50))
        .interceptor(LogRetries)
        .build()
}}",
        params.join(", "),
        names.join(", "),
    )
}

/// Renders the parameter for a credential. A secret is read by a function, since it can change.
fn render_credential(credential: &Credential<'_>) -> String {
    match credential.model.secret {
        true => format!("read_{}: fn() -> String", credential.name.plain()),
        false => format!("{}: &str", credential.name),
    }
}
