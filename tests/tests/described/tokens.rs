//! Access tokens that a client fetches, byte by byte.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use ::tokens::runtime::{Bytes, RequestBody, RetryPolicy, SecretProvider, Stream};
use ::tokens::{Client, ClientBuilder, Error, ErrorKind};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use typefoundry_tests::bounded;

/// A server that responds to each request on a connection of its own, by a function of all requests so far.
#[derive(Clone)]
struct Issuer {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Issuer {
    /// Starts a server. `respond` returns the status and the body of a request, from the earlier requests and this one.
    async fn start(respond: fn(&[String]) -> (u16, String)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("failed to bind a port");
        let address = listener.local_addr().expect("an address").to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&requests);
        let host = address.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (shared, host) = (Arc::clone(&shared), host.clone());
                tokio::spawn(async move { serve(stream, &host, &shared, respond).await });
            }
        });
        Self { url: format!("http://{address}"), requests }
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder("app_1", "hush_1", "key_1").base_url(&self.url).retry(RetryPolicy::never())
    }

    fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    /// Returns the requests so far.
    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("the lock").clone()
    }

    /// Returns the number of requests for tokens.
    fn fetches(&self) -> usize {
        self.requests().iter().filter(|request| request.starts_with("POST /oauth/token ")).count()
    }
}

async fn serve(
    mut stream: TcpStream,
    host: &str,
    requests: &Mutex<Vec<String>>,
    respond: fn(&[String]) -> (u16, String),
) {
    let mut bytes = Vec::new();
    let request = loop {
        let read = stream.read_buf(&mut bytes).await.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = text.split_once("\r\n\r\n").map(|(_, body)| body.len());
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map_or(0, |length| length.parse().expect("a number"));
        if read == 0 || body.is_some_and(|body| body >= length) {
            break text.replace(host, "host");
        }
    };
    if request.is_empty() {
        return;
    }
    // A slow token URL lets concurrent calls wait for one fetch.
    if request.starts_with("POST /oauth/token ") {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (status, body) = {
        let mut requests = requests.lock().expect("the lock");
        requests.push(request);
        respond(&requests)
    };
    let head =
        format!("HTTP/1.1 {status} Status\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
}

/// Issues the tokens `t1`, `t2`, … and returns a note for each of them.
fn issue(requests: &[String]) -> (u16, String) {
    let count = requests.iter().filter(|request| request.starts_with("POST /oauth/token ")).count();
    match requests.last().is_some_and(|request| request.starts_with("POST /oauth/token ")) {
        true => (200, format!(r#"{{"access_token":"t{count}","token_type":"Bearer","expires_in":3600}}"#)),
        false => (200, r#"{"text":"Milk"}"#.to_owned()),
    }
}

const TOKEN_REQUEST: &str = "POST /oauth/token HTTP/1.1\r\nauthorization: Basic YXBwXzE6aHVzaF8x\r\n\
                             accept: application/json\r\ncontent-type: application/x-www-form-urlencoded\r\n\
                             user-agent: tokens/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\ncontent-length: 95\r\n\r\n\
                             grant_type=client_credentials&scope=read+write%3Aall&\
                             audience=https%3A%2F%2Ftokens.acme.test%2F";

fn note_request(token: &str) -> String {
    format!(
        "GET /notes/n_1 HTTP/1.1\r\nx-key: key_1\r\naccept: application/json\r\nauthorization: Bearer {token}\r\n\
         user-agent: tokens/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    )
}

async fn note(client: &Client) -> Result<String, Error> {
    bounded(client.notes().get("n_1").into_future()).await.map(|note| note.text)
}

#[tokio::test]
async fn token_is_fetched_once_and_sent_with_every_call() {
    let server = Issuer::start(issue).await;
    let client = server.client();
    bounded(client.notes().status().into_future()).await.expect("no token is needed");
    assert_eq!(server.fetches(), 0);
    for _ in 0..2 {
        assert_eq!(note(&client).await.expect("a note"), "Milk");
    }
    let requests = server.requests();
    assert_eq!(requests[1..], [TOKEN_REQUEST.to_owned(), note_request("t1"), note_request("t1")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_tasks_and_threads_share_one_fetch() {
    let server = Issuer::start(issue).await;
    let client = server.client();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { note(&client).await })
        })
        .collect();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            tokio::task::spawn_blocking(move || client.notes().get("n_1").send().wait().map(|note| note.text))
        })
        .collect();
    for call in tasks.into_iter().chain(threads) {
        assert_eq!(bounded(call).await.expect("no panic").expect("a note"), "Milk");
    }
    assert_eq!(server.fetches(), 1);
}

#[tokio::test]
async fn rejected_token_is_replaced_once() {
    let server =
        Issuer::start(|requests| match requests.last().is_some_and(|it| it.contains("Bearer t1\r\n")) {
            true => (401, "{}".to_owned()),
            false => issue(requests),
        })
        .await;
    let client = server.client();
    assert_eq!(note(&client).await.expect("a note"), "Milk");
    assert_eq!(note(&client).await.expect("a note"), "Milk");
    let token = || TOKEN_REQUEST.to_owned();
    let expected = [token(), note_request("t1"), token(), note_request("t2"), note_request("t2")];
    assert_eq!(server.requests(), expected);

    let server = Issuer::start(|requests| match requests.last().is_some_and(|it| it.contains("Bearer ")) {
        true => (401, "{}".to_owned()),
        false => issue(requests),
    })
    .await;
    let error = note(&server.client()).await.expect_err("no token is accepted");
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Api, Some(401)));
    assert_eq!((server.fetches(), server.requests().len()), (2, 4));
    let client = server.client();
    let call = tokio::task::spawn_blocking(move || client.notes().create("Milk").send().wait());
    let error = bounded(call).await.expect("no panic").expect_err("no token is accepted");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!((server.fetches(), server.requests().len()), (4, 8));
}

#[tokio::test]
async fn expired_token_is_replaced_before_the_call() {
    let server = Issuer::start(|requests| {
        let (status, body) = issue(requests);
        (status, body.replace("3600", "0"))
    })
    .await;
    let client = server.client();
    for _ in 0..2 {
        note(&client).await.expect("a note");
    }
    let token = || TOKEN_REQUEST.to_owned();
    assert_eq!(server.requests(), [token(), note_request("t1"), token(), note_request("t2")]);
}

#[tokio::test]
async fn failed_fetch_is_an_error_without_secrets() {
    let server = Issuer::start(|_| {
        (401, r#"{"error":"invalid_client","error_description":"hush_1 is wrong"}"#.to_owned())
    })
    .await;
    let client = server.client();
    let (first, second) = tokio::join!(note(&client), note(&client));
    for error in [first.expect_err("no token"), second.expect_err("no token")] {
        assert_eq!(error.kind(), ErrorKind::Credentials);
        let text = format!("{error} {error:?} {client:?}");
        let expected = "failed to fetch an access token: the server responded with status 401 and the error `invalid_client`";
        assert!(text.contains(expected) && !text.contains("hush"), "{text}");
    }
    assert_eq!(server.fetches(), 1, "the calls share the failure");
    note(&client).await.expect_err("a later call fetches again");
    assert_eq!(server.fetches(), 2);
}

#[tokio::test]
async fn fetch_of_a_dropped_call_is_taken_over() {
    let server = Issuer::start(issue).await;
    let client = server.client();
    let dropped = tokio::time::timeout(Duration::from_millis(10), note(&client)).await;
    assert!(dropped.is_err(), "the token URL is slower");
    assert_eq!(note(&client).await.expect("a note"), "Milk");
}

/// Polls a call once, so that it starts a fetch.
async fn start(call: &mut (impl Future<Output = Result<String, Error>> + Unpin)) {
    let polled = std::future::poll_fn(|cx| Poll::Ready(Pin::new(&mut *call).poll(cx).is_pending()));
    assert!(polled.await, "the token URL is slower");
}

#[tokio::test]
async fn calls_do_not_wait_for_a_call_that_is_not_polled() {
    let server = Issuer::start(issue).await;
    let client = server.client();
    let mut paused = Box::pin(note(&client));
    start(&mut paused).await;
    assert_eq!(note(&client).await.expect("a note"), "Milk");
    assert_eq!(server.fetches(), 1, "both calls drive one fetch");
    assert_eq!(paused.await.expect("a note"), "Milk");

    let server = Issuer::start(issue).await;
    let client = server.client();
    let mut paused = Box::pin(note(&client));
    start(&mut paused).await;
    let other = client.clone();
    let call = tokio::task::spawn_blocking(move || other.notes().get("n_1").send().wait());
    assert_eq!(bounded(call).await.expect("no panic").expect("a note").text, "Milk");
    assert_eq!(paused.await.expect("a note"), "Milk");
}

#[tokio::test]
async fn timeout_of_one_thread_does_not_fail_the_others() {
    let server = Issuer::start(issue).await;
    let client = server.client();
    let other = client.clone();
    let hasty = tokio::task::spawn_blocking(move || {
        other.notes().get("n_1").timeout(Duration::from_millis(25)).send().wait()
    });
    tokio::time::sleep(Duration::from_millis(10)).await;
    let other = client.clone();
    let thread = tokio::task::spawn_blocking(move || other.notes().get("n_1").send().wait());
    assert_eq!(note(&client).await.expect("a note"), "Milk");
    assert_eq!(bounded(thread).await.expect("no panic").expect("a note").text, "Milk");
    assert_eq!(bounded(hasty).await.expect("no panic").expect_err("no time").kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn calls_share_a_token_that_expires_at_once() {
    let server = Issuer::start(|requests| {
        let (status, body) = issue(requests);
        (status, body.replace("3600", "0"))
    })
    .await;
    let client = server.client();
    let (first, second) = tokio::join!(note(&client), note(&client));
    assert_eq!((first.expect("a note"), second.expect("a note")), ("Milk".to_owned(), "Milk".to_owned()));
    assert_eq!(server.fetches(), 1);
}

#[tokio::test]
async fn request_is_not_repeated_with_the_rejected_token() {
    let server = Issuer::start(|requests| match requests.last().is_some_and(|it| it.contains("Bearer ")) {
        true => (401, "{}".to_owned()),
        false => (200, r#"{"access_token":"t1"}"#.to_owned()),
    })
    .await;
    let client = server.client();
    assert_eq!(note(&client).await.expect_err("no token is accepted").kind(), ErrorKind::Api);
    let token = || TOKEN_REQUEST.to_owned();
    assert_eq!(server.requests(), [token(), note_request("t1"), token()]);
    let call = tokio::task::spawn_blocking(move || client.notes().get("n_1").send().wait());
    bounded(call).await.expect("no panic").expect_err("no token is accepted");
    assert_eq!(server.requests()[3..], [note_request("t1"), token()]);
}

/// A call with a streamed body is not repeated, but the next call must not send the rejected token again.
#[tokio::test]
async fn rejected_token_is_discarded_after_a_streamed_request() {
    let server =
        Issuer::start(|requests| match requests.last().is_some_and(|it| it.contains("Bearer t1\r\n")) {
            true => (401, "{}".to_owned()),
            false => (200, issue(requests).1.replace(r#","expires_in":3600"#, "")),
        })
        .await;
    let client = server.client();
    let send = || async {
        let scan = RequestBody::stream(Once(Some(Bytes::from_static(b"scan"))));
        bounded(client.notes().attach("n_1", scan).into_future()).await
    };
    assert_eq!(send().await.expect_err("the token is rejected").kind(), ErrorKind::Api);
    send().await.expect("the next call fetches another token");
    assert_eq!((server.fetches(), server.requests().len()), (2, 4));
}

/// A stream of one chunk.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

#[tokio::test]
async fn timeout_of_a_call_includes_the_fetch() {
    let server = Issuer::start(issue).await;
    let client = server.builder().timeout(Duration::from_millis(10)).build().expect("a client");
    assert_eq!(note(&client).await.expect_err("no time").kind(), ErrorKind::Timeout);
    let call = tokio::task::spawn_blocking(move || client.notes().get("n_1").send().wait());
    assert_eq!(bounded(call).await.expect("no panic").expect_err("no time").kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn caller_can_supply_the_token_or_its_url() {
    let server = Issuer::start(issue).await;
    let own = server.builder().access_token(SecretProvider::from_fn(|| "own_1")).build().expect("a client");
    note(&own).await.expect("a note");
    assert_eq!(server.requests(), [note_request("own_1")]);

    let other = Issuer::start(issue).await;
    let url = format!("{}/oauth/token", other.url);
    let client = server.builder().token_url(url).build().expect("a client");
    note(&client).await.expect("a note");
    assert_eq!((server.fetches(), other.fetches()), (0, 1));
}

#[test]
fn token_url_that_exposes_the_secret_is_rejected() {
    for url in ["http://auth.acme.test/token", "auth.acme.test", "https://auth.acme.test/token?a=b"] {
        let builder = Client::builder("app_1", "hush_1", "key_1").token_url(url);
        let error = builder.build().expect_err(url);
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(!format!("{error:?}").contains("hush"), "{error:?}");
    }
}
