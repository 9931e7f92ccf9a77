//! No trace of this crate or of its dependencies contains a secret, over real sockets.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use typefoundry_runtime::{
    Auth, Client, Endpoint, Error, ErrorKind, HeaderWriter, HyperTransport, IdempotencyKey, Method,
    Operation, Paginated, Request, RequestOptions, RequestWriter, RetryPolicy, Secret, SecretProvider,
    json_object,
};

use crate::capture::Capture;
use crate::logs;
use crate::script::API;
use crate::server::Server;

#[derive(Clone, Debug, Default)]
struct Session(Option<Secret>);

impl RequestOptions for Session {
    fn write(&self, headers: &mut HeaderWriter) {
        headers.insert("x-session", &self.0);
    }
}

/// Contains a secret in every possible place.
#[derive(Clone, Debug)]
struct Redeem {
    token: Secret,
    code: Secret,
    password: Secret,
    cursor: Option<String>,
}

#[derive(Clone, Debug)]
struct Redeemed {
    names: Vec<String>,
    next: Option<String>,
    token: Secret,
}
json_object!(Redeemed { names, next, token });

impl Endpoint for Redeem {
    type Options = Session;
    type Response = Redeemed;
    const OPERATION: Operation = {
        let mut operation = Operation::new("tokens.redeem", Method::POST, "/tokens/{token}/redeem");
        operation.idempotency_key = IdempotencyKey::Generated("x-call");
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path("token", &self.token);
        request.query("code", &self.code);
        request.query("cursor", &self.cursor);
        request.body("password", &self.password);
        let secret = request.credential("client_secret");
        request.body("client_secret", &secret);
    }
}

impl Paginated for Redeem {
    type Item = String;
    type Cursor = String;

    fn cursor(&self) -> Option<&String> {
        self.cursor.as_ref()
    }

    fn set_cursor(&mut self, cursor: String) {
        self.cursor = Some(cursor);
    }

    fn next_cursor(page: &Redeemed) -> Option<&String> {
        page.next.as_ref()
    }

    fn into_items(page: Redeemed) -> Vec<String> {
        page.names
    }
}

const PAGE: &str = r#"{"names":["Rex"],"next":"hush-cursor","token":"hush-answer"}"#;
const LAST: &str = r#"{"names":["Tom"],"token":"hush-answer"}"#;
const NO_FIT: &str = r#"{"names":[{"hush-key":"hush-name"}],"token":"hush-answer"}"#;
const REFUSED: &str = r#"{"error":"hush-error","message":"hush-password is wrong"}"#;

fn canned(status: u16, body: &str) -> Option<String> {
    let head = "set-cookie: hush-cookie\r\nretry-after: 0\r\nlocation: /hush-location\r\nx-request-id: r-7";
    let length = body.len();
    Some(format!(
        "HTTP/1.1 {status} Odd\r\n{head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    ))
}

fn redeem() -> Redeem {
    Redeem {
        token: "hush-path/1".into(),
        code: "hush-code 2".into(),
        password: "hush-password".into(),
        cursor: None,
    }
}

/// Returns a client without root certificates. It needs a crypto provider even for plain HTTP.
fn reqwest() -> reqwest::Client {
    let provider = rustls::crypto::ring::default_provider();
    let tls = rustls::ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    client.tls_backend_preconfigured(tls).build().expect("a client")
}

/// The transport of the calls.
#[derive(Clone, Copy)]
enum Over {
    Hyper,
    Reqwest,
    #[cfg(feature = "blocking")]
    Blocking,
}

impl Over {
    fn client(self, server: &Server, auth: Auth) -> Client {
        let builder = Client::builder(&API, &server.url, auth)
            .credential("client_secret", SecretProvider::from_fn(|| "hush-client"))
            .retry(RetryPolicy::default().initial_backoff(Duration::ZERO));
        let hyper = HyperTransport::builder().no_proxy().build().expect("a transport");
        let builder = match self {
            Self::Hyper => builder.transport(hyper),
            Self::Reqwest => builder.transport(typefoundry_reqwest::ReqwestTransport::new(reqwest())),
            #[cfg(feature = "blocking")]
            Self::Blocking => builder.blocking_transport(typefoundry_runtime::BlockingAdapter::new(hyper)),
        };
        builder.build().expect("a client")
    }

    async fn send(self, request: Request<'_, Redeem>) -> Result<Redeemed, Error> {
        let request = request.options(Session(Some("hush-session".into())));
        match self {
            #[cfg(feature = "blocking")]
            Self::Blocking => tokio::task::block_in_place(|| request.send().wait()),
            _ => request.send().await,
        }
    }

    async fn names(self, client: &Client) -> Result<Vec<String>, Error> {
        let names = client.request(redeem()).options(Session(Some("hush-session".into()))).items();
        match self {
            #[cfg(feature = "blocking")]
            Self::Blocking => tokio::task::block_in_place(|| names.blocking().collect()),
            _ => names.try_collect().await,
        }
    }
}

/// Returns the generated idempotency keys.
fn keys(requests: &[String]) -> Vec<String> {
    let lines = requests.iter().flat_map(|request| request.lines());
    lines.filter_map(|line| line.strip_prefix("x-call: ")).map(str::to_owned).collect()
}

#[tokio::test]
async fn trace_contains_no_secret() {
    check_no_secret(Over::Hyper).await;
}

#[tokio::test]
async fn trace_over_reqwest_contains_no_secret() {
    check_no_secret(Over::Reqwest).await;
}

#[cfg(feature = "blocking")]
#[tokio::test(flavor = "multi_thread")]
async fn trace_of_blocking_calls_contains_no_secret() {
    check_no_secret(Over::Blocking).await;
}

async fn check_no_secret(over: Over) {
    logs::listen();
    let capture = Capture::default();
    let guard = capture.listen();
    let responses = vec![
        // One call that succeeds on the third attempt, then two pages of another.
        canned(503, REFUSED),
        Some(String::new()),
        canned(200, LAST),
        canned(200, PAGE),
        canned(200, LAST),
        // Calls that fail: an API error, a redirect, no response, and an undecodable response.
        canned(400, REFUSED),
        canned(302, REFUSED),
        None,
        canned(200, NO_FIT),
    ];
    let server = Server::start(responses).await;
    let first = over.client(&server, Auth::bearer("hush-key"));
    let redeemed = over.send(first.request(redeem())).await.expect("the third attempt");
    assert_eq!(redeemed.token.expose(), "hush-answer");
    assert_eq!(over.names(&first).await.expect("two pages"), ["Rex", "Tom"]);

    let second = over.client(&server, Auth::basic("user", SecretProvider::from_fn(|| "hush-pass")));
    let mut kinds = Vec::new();
    for _ in 0..2 {
        kinds.push(over.send(second.request(redeem())).await.expect_err("a failure").kind());
    }
    let request = second.request(redeem()).timeout(Duration::from_secs(1));
    kinds.push(over.send(request).await.expect_err("a timeout").kind());
    kinds.push(over.send(second.request(redeem())).await.expect_err("a decode error").kind());
    assert_eq!(kinds, [ErrorKind::Api, ErrorKind::Api, ErrorKind::Timeout, ErrorKind::Decode]);
    let requests = server.requests().await;
    // The server has stopped.
    let refused = over.send(second.request(redeem())).await;
    assert_eq!(refused.expect_err("the connection is refused").kind(), ErrorKind::Transport);
    drop(guard);

    let recorded = capture.recorded() + &logs::recorded();
    for part in ["api.call", "POST /tokens/{token}/redeem", "r-7", "will be sent again", "hyper_util"] {
        assert!(recorded.contains(part), "{part} is not traced: {recorded}");
    }
    // All of the secrets were sent, and none of them was traced.
    let sent = requests.concat();
    let basic = STANDARD.encode("user:hush-pass");
    let keys = keys(&requests);
    let places = [
        "hush-key",
        "hush-path%2F1",
        "hush-code+2",
        "hush-password",
        "hush-client",
        "hush-session",
        "hush-cursor",
    ];
    for secret in places.into_iter().chain([basic.as_str()]) {
        assert!(sent.contains(secret), "{secret} was not sent");
        assert!(!recorded.contains(secret), "{secret} is in: {recorded}");
    }
    assert_eq!(keys.len(), requests.len());
    let key_is_recorded = keys.iter().any(|key| recorded.contains(key));
    assert!(!recorded.contains("hush") && !recorded.contains("aHVza") && !key_is_recorded, "{recorded}");
    // Not as a list of bytes either.
    assert!(!recorded.replace(' ', "").contains("68757368"), "{recorded}");
}
