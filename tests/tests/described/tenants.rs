//! A package of a description without docs, with servers and alternatives of authentication.

use std::future::ready;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ::tenants::projects::{Plan, ProjectId};
use ::tenants::runtime::{BoxFuture, Bytes, Transport, TransportError, http};
use ::tenants::{Client, ClientBuilder, Error, ErrorKind, Server};
use typefoundry_tests::{RawServer, bounded};

const PROJECT: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 42\r\n\r\n\
                       {\"id\":\"p_1\",\"name\":\"Apollo\",\"plan\":\"team\"}";

#[tokio::test]
async fn package_without_docs_sends_requests() {
    let server = RawServer::responding(PROJECT).await;
    let url = server.url();
    let client = Client::builder("key_1", "apollo").base_url(&url).build().expect("a client");
    let rename = client.projects().rename(ProjectId::new("p_1"), "Apollo").plan(Plan::Team);
    let project = bounded(rename.into_future()).await.expect("a project");
    assert_eq!((project.name.as_str(), project.plan), ("Apollo", Some(Plan::Team)));
    let host = url.strip_prefix("http://").expect("plain HTTP").to_owned();
    assert_eq!(
        server.request().await.replace(&host, "host"),
        "PATCH /projects/p_1 HTTP/1.1\r\naccept: application/json\r\ncontent-type: application/json\r\n\
         authorization: Bearer key_1\r\nuser-agent: tenants/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\
         content-length: 31\r\n\r\n{\"name\":\"Apollo\",\"plan\":\"team\"}"
    );
}

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

#[tokio::test]
async fn server_of_a_resource_has_a_base_url_of_its_own() {
    let server = RawServer::responding(NO_CONTENT).await;
    let client = Client::builder("key_1", "apollo").base_url("https://unused.acme.test");
    let client = client.files_base_url(server.url()).build().expect("a client");
    bounded(client.files().get("a.txt").into_future()).await.expect("a success");
    let host = server.url().replace("http://", "");
    assert_eq!(
        server.request().await.replace(&host, "host"),
        "GET /files/a.txt HTTP/1.1\r\naccept: application/json\r\nauthorization: Bearer key_1\r\n\
         user-agent: tenants/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

#[tokio::test]
async fn base_url_replaces_the_servers_of_all_operations() {
    let server = RawServer::responding(NO_CONTENT).await;
    let client = Client::builder("key_1", "apollo").base_url(format!("{}/v9", server.url()));
    let client = client.build().expect("a client");
    bounded(client.files().get("a.txt").into_future()).await.expect("a success");
    assert!(server.request().await.starts_with("GET /v9/files/a.txt HTTP/1.1\r\n"));
}

#[tokio::test]
async fn styled_path_parameter_follows_the_base_path_of_its_server() {
    let server = RawServer::responding(NO_CONTENT).await;
    let client = Client::builder("key_1", "apollo").files_base_url(format!("{}/v9", server.url()));
    let client = client.build().expect("a client");
    bounded(client.files().get_all(["a.txt", "b.txt"]).into_future()).await.expect("a success");
    assert!(server.request().await.starts_with("GET /v9/files/a.txt,b.txt/all HTTP/1.1\r\n"));
}

#[tokio::test]
async fn caller_supplies_the_base_url_of_a_selected_server() {
    let server = RawServer::responding(NO_CONTENT).await;
    let client = Client::builder("key_1", "apollo").server(Server::Own).site(format!("{}/", server.url()));
    let client = client.build().expect("a client");
    bounded(client.files().usage().into_future()).await.expect("a success");
    let host = server.url().replace("http://", "");
    assert_eq!(
        server.request().await.replace(&host, "host"),
        "GET /api/usage HTTP/1.1\r\naccept: application/json\r\nauthorization: Bearer key_1\r\n\
         user-agent: tenants/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

/// A transport that keeps the URLs of its requests.
#[derive(Clone, Default)]
struct Urls(Arc<Mutex<Vec<String>>>);

impl Transport for Urls {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.0.lock().expect("the lock").push(request.uri().to_string());
        Box::pin(ready(Ok(http::Response::new(Bytes::new()))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }
}

#[tokio::test]
async fn variables_are_parts_of_the_urls() {
    let urls = Urls::default();
    let builder = || Client::builder("key_1", "apollo").transport(urls.clone());
    let default = builder().build().expect("a client");
    let changed = builder().region("us").version("v2.1").build().expect("a client");
    let sandbox = builder().server(Server::Sandbox).build().expect("a client");
    for client in [&default, &changed, &sandbox] {
        client.files().usage().await.expect("a success");
        client.files().get("a.txt").await.expect("a success");
    }
    assert_eq!(
        *urls.0.lock().expect("the lock"),
        [
            "https://apollo.eu.acme.test/v1/usage",
            "https://files.eu.acme.test/files/a.txt",
            "https://apollo.us.acme.test/v2.1/usage",
            "https://files.us.acme.test/files/a.txt",
            "https://sandbox.acme.test/usage",
            "https://files.eu.acme.test/files/a.txt",
        ]
    );
    let link = changed.files().link("a.txt").url().expect("a URL");
    assert_eq!(link, "https://files.us.acme.test/links/a.txt");
}

#[test]
fn value_that_would_change_the_host_or_the_path_is_rejected() {
    for tenant in ["", "evil.test/", "evil.test#", "a@evil.test", "a.b", "a/b", "a:1"] {
        let error = Client::builder("key_1", tenant).build().expect_err(tenant);
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(
            error.to_string(),
            "invalid server variable `tenant`: expected one label of a host name: letters, digits, `-` and `_`"
        );
    }
    let builder = || Client::builder("key_1", "apollo");
    for error in [
        builder().version("../v2").build().expect_err("a path"),
        builder().region("asia").build().expect_err("an unknown region"),
        builder().server(Server::Own).site("ftp://a.test").build().expect_err("not a base URL"),
        builder().files_base_url("files").build().expect_err("not a base URL"),
        builder().files_base_url("http://files.acme.test").build().expect_err("plain HTTP"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    }
}

/// Sends a request of a client with some of the optional credentials, and returns its bytes.
async fn sent(
    credentials: impl FnOnce(ClientBuilder) -> ClientBuilder,
    send: impl AsyncFnOnce(Client) -> Result<(), Error>,
) -> String {
    let server = RawServer::responding(NO_CONTENT).await;
    let client = credentials(Client::builder("key_1", "apollo")).base_url(server.url());
    bounded(send(client.build().expect("a client"))).await.expect("a success");
    let host = server.url().replace("http://", "");
    server.request().await.replace(&host, "host")
}

#[tokio::test]
async fn first_alternative_with_all_credentials_is_sent() {
    let create = async |client: Client| client.grants().create().await;
    let request = sent(|client| client.app("app_1").app_secret("hush_1").session("session_1"), create).await;
    assert_eq!(
        request,
        "POST /grants HTTP/1.1\r\nauthorization: Basic YXBwXzE6aHVzaF8x\r\ncookie: sid=session_1\r\n\
         accept: application/json\r\nuser-agent: tenants/0.1.0\r\ncontent-length: 0\r\n\
         accept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
    let request = sent(|client| client.app("app_1").app_secret("hush_1"), create).await;
    assert_eq!(
        request,
        "POST /grants HTTP/1.1\r\nauthorization: Basic YXBwXzE6aHVzaF8x\r\naccept: application/json\r\n\
         user-agent: tenants/0.1.0\r\ncontent-length: 0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
    let request = sent(|client| client.app("app_1").session("session_1"), create).await;
    assert_eq!(
        request,
        "POST /grants?session=session_1 HTTP/1.1\r\naccept: application/json\r\nuser-agent: tenants/0.1.0\r\n\
         content-length: 0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

#[tokio::test]
async fn optional_authentication_is_omitted_without_credentials() {
    let list = async |client: Client| client.grants().list().await;
    assert_eq!(
        sent(|client| client.session("session_1"), list).await,
        "GET /grants HTTP/1.1\r\nauthorization: Bearer session_1\r\naccept: application/json\r\n\
         user-agent: tenants/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
    assert_eq!(
        sent(|client| client, list).await,
        "GET /grants HTTP/1.1\r\naccept: application/json\r\nuser-agent: tenants/0.1.0\r\n\
         accept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
    let remove = async |client: Client| client.grants().remove().await;
    assert_eq!(
        sent(|client| client.session("session_1"), remove).await,
        "DELETE /grants HTTP/1.1\r\nx-key: key_1\r\nauthorization: Bearer session_1\r\n\
         accept: application/json\r\nuser-agent: tenants/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n"
    );
}

#[tokio::test]
async fn call_without_credentials_names_all_alternatives() {
    let urls = Urls::default();
    let client = Client::builder("key_1", "apollo").app("app_1").transport(urls.clone());
    let error = client.build().expect("a client").grants().create().await.expect_err("no credentials");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let text = error.to_string();
    let expected = "missing credentials: the operation requires `app` and `app_secret` and `session`, \
                    or `app` and `app_secret`, or `session`";
    assert!(text.contains(expected), "{text}");
    assert!(urls.0.lock().expect("the lock").is_empty());
}

#[test]
fn credential_that_no_request_can_contain_is_rejected_when_the_client_is_built() {
    let builder = |key: &str| Client::builder(key, "apollo");
    for error in [
        builder("h\u{fc}sh").build().expect_err("not ASCII"),
        builder("key_1").session("hush;a=b").build().expect_err("not the value of a cookie"),
        builder("key_1").app("hush:hush").app_secret("hush_1").build().expect_err("a colon"),
    ] {
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
    }
}
