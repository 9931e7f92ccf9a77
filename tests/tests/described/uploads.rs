//! Requests with every kind of body, byte by byte.

use ::uploads::documents::{Addition, Change, Document, DocumentId, Removal, Source};
use ::uploads::runtime::{RequestBody, RetryPolicy, Value};
use ::uploads::{Client, Error};
use typefoundry_tests::{RawServer, bounded};

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// Sends a request and returns its bytes, without the headers that all requests have.
async fn sent(send: impl AsyncFnOnce(Client) -> Result<(), Error>) -> String {
    received(NO_CONTENT, send).await
}

async fn received(response: &'static str, send: impl AsyncFnOnce(Client) -> Result<(), Error>) -> String {
    let server = RawServer::responding(response).await;
    let url = server.url();
    let client = Client::builder().base_url(&url).retry(RetryPolicy::never()).build().expect("a client");
    bounded(send(client)).await.expect("a success");
    let host = format!("host: {}\r\n", url.strip_prefix("http://").expect("plain HTTP"));
    let request = server.request().await.replace(&host, "");
    let shared =
        ["accept: application/json\r\n", "user-agent: uploads/0.1.0\r\n", "accept-encoding: gzip\r\n"];
    shared.iter().fold(request, |request, header| request.replacen(header, "", 1))
}

fn id() -> DocumentId {
    DocumentId::new("doc_1")
}

#[tokio::test]
async fn json_has_the_media_type_of_the_operation() {
    let request = sent(async |client| client.documents().merge(id()).clear_title().pages_(3).await).await;
    assert_eq!(
        request,
        "PATCH /documents/doc_1 HTTP/1.1\r\ncontent-type: application/merge-patch+json\r\n\
         content-length: 24\r\n\r\n{\"title\":null,\"pages\":3}"
    );
}

#[tokio::test]
async fn list_of_objects_is_a_body() {
    let changes = [Change::Add(Addition::new("/title", "Draft")), Change::Remove(Removal::new("/pages"))];
    let request = sent(async |client| client.documents().patch(id(), changes).await).await;
    assert_eq!(
        request,
        "PATCH /documents/doc_1/changes HTTP/1.1\r\ncontent-type: application/json-patch+json\r\n\
         content-length: 78\r\n\r\n\
         [{\"op\":\"add\",\"path\":\"/title\",\"value\":\"Draft\"},{\"op\":\"remove\",\"path\":\"/pages\"}]"
    );
}

#[tokio::test]
async fn list_map_and_scalar_are_bodies() {
    let request = sent(async |client| client.documents().set_labels(id(), ["red", "a \"b\""]).await).await;
    assert_eq!(
        request,
        "PUT /documents/doc_1/labels HTTP/1.1\r\ncontent-type: application/json\r\n\
         content-length: 17\r\n\r\n[\"red\",\"a \\\"b\\\"\"]"
    );
    let request = sent(async |client| client.documents().set_labels(id(), [""; 0]).await).await;
    assert!(request.ends_with("\r\ncontent-length: 2\r\n\r\n[]"), "{request}");
    let metadata = [("color", "red"), ("size", "a4")];
    let request = sent(async |client| client.documents().set_metadata(id(), metadata).await).await;
    assert!(request.ends_with("\r\n\r\n{\"color\":\"red\",\"size\":\"a4\"}"), "{request}");
    let request = sent(async |client| client.documents().set_rating(id(), 4).await).await;
    assert_eq!(
        request,
        "PUT /documents/doc_1/rating HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n4"
    );
}

#[tokio::test]
async fn null_and_any_json_are_bodies() {
    let request = sent(async |client| client.documents().set_note(id(), None::<&str>).await).await;
    assert!(request.ends_with("\r\ncontent-length: 4\r\n\r\nnull"), "{request}");
    let request = sent(async |client| client.documents().set_note(id(), Some("Read it")).await).await;
    assert!(request.ends_with("\r\ncontent-length: 9\r\n\r\n\"Read it\""), "{request}");
    let json = Value::from_iter([Value::from(1), Value::Null]);
    let request = sent(async |client| client.documents().annotate(id(), json).await).await;
    assert!(request.ends_with("\r\ncontent-length: 8\r\n\r\n[1,null]"), "{request}");
}

#[tokio::test]
async fn union_is_a_body() {
    let link = Source::link("https://acme.test");
    let request = sent(async |client| client.documents().copy(link).await).await;
    assert_eq!(
        request,
        "POST /documents/copies HTTP/1.1\r\ncontent-type: application/vnd.acme+json; version=2\r\n\
         content-length: 19\r\n\r\n\"https://acme.test\""
    );
    let document = Source::Document(Document::new("Plan"));
    let request = sent(async |client| client.documents().copy(document).await).await;
    assert!(request.ends_with("\r\n\r\n{\"title\":\"Plan\"}"), "{request}");
}

#[tokio::test]
async fn optional_object_with_required_fields_is_sent_or_omitted() {
    let request =
        sent(async |client| client.documents().replace(id(), 1).document(Document::new("Plan")).await).await;
    assert_eq!(
        request,
        "PUT /documents/doc_1?version=1 HTTP/1.1\r\ncontent-type: application/json\r\n\
         content-length: 16\r\n\r\n{\"title\":\"Plan\"}"
    );
    let request = sent(async |client| client.documents().replace(id(), 1).await).await;
    assert_eq!(request, "PUT /documents/doc_1?version=1 HTTP/1.1\r\ncontent-length: 0\r\n\r\n");
}

#[tokio::test]
async fn operation_without_body_params_has_no_media_type() {
    let request = sent(async |client| client.documents().publish(id()).await).await;
    assert_eq!(request, "POST /documents/doc_1/publication HTTP/1.1\r\ncontent-length: 0\r\n\r\n");
    let request = sent(async |client| client.documents().touch(id()).await).await;
    assert_eq!(
        request,
        "DELETE /documents/doc_1/marks HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
    );
}

#[tokio::test]
async fn request_of_any_method_can_have_a_body() {
    let list = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]";
    let search = async |client: Client| client.documents().search(["plan"]).limit(5).await.map(|_| ());
    assert_eq!(
        received(list, search).await,
        "GET /documents?limit=5 HTTP/1.1\r\ncontent-type: application/json\r\n\
         content-length: 18\r\n\r\n{\"terms\":[\"plan\"]}"
    );
    let request = sent(async |client| client.documents().check(Document::new("Plan")).await).await;
    assert_eq!(
        request,
        "HEAD /documents HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 16\r\n\r\n{\"title\":\"Plan\"}"
    );
    let request = sent(async |client| client.documents().remove([id()]).await).await;
    assert_eq!(
        request,
        "DELETE /documents HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n[\"doc_1\"]"
    );
}

#[tokio::test]
async fn bytes_are_sent_as_they_are() {
    let request = sent(async |client| client.contents().put("plan.bin", &b"\0\r\n{\"\x7f"[..]).await).await;
    assert_eq!(
        request,
        "PUT /contents/plan.bin HTTP/1.1\r\ncontent-type: application/octet-stream\r\n\
         content-length: 6\r\n\r\n\0\r\n{\"\x7f"
    );
    let request = sent(async |client| client.contents().put("plan.bin", Vec::new()).await).await;
    assert_eq!(
        request,
        "PUT /contents/plan.bin HTTP/1.1\r\ncontent-type: application/octet-stream\r\ncontent-length: 0\r\n\r\n"
    );
    let request = sent(async |client| client.contents().draw("plan.bin").await).await;
    assert_eq!(request, "PUT /contents/plan.bin/picture HTTP/1.1\r\ncontent-length: 0\r\n\r\n");
    let request = sent(async |client| client.contents().draw("plan.bin").picture("pixels").await).await;
    assert!(request.contains("\r\ncontent-type: image/png\r\ncontent-length: 6\r\n\r\npixels"), "{request}");
}

#[tokio::test]
async fn text_is_sent_without_quotes() {
    let request = sent(async |client| client.contents().import("a,b\n1,\"é\"\n").await).await;
    assert_eq!(
        request,
        "POST /contents/rows HTTP/1.1\r\ncontent-type: text/csv\r\ncontent-length: 11\r\n\r\na,b\n1,\"é\"\n"
    );
    let request = sent(async |client| client.contents().note().note("5 > 3").await).await;
    assert_eq!(
        request,
        "POST /contents/note HTTP/1.1\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 5\r\n\r\n5 > 3"
    );
}

#[test]
fn content_is_not_shown() {
    let client = Client::builder().base_url("http://127.0.0.1:1").build().expect("a client");
    let shown = format!(
        "{:?} {:?}",
        client.contents().put("plan.bin", RequestBody::from("hush")),
        client.contents().note().note("hush")
    );
    assert!(
        shown.contains("RequestBody { content_length: Some(4), .. }") && !shown.contains("hush"),
        "{shown}"
    );
}
