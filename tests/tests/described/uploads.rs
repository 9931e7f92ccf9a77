//! Requests with every kind of body, byte by byte.

use ::uploads::documents::{Addition, Change, Document, DocumentId, Removal, Source};
use ::uploads::forms::{Address, Item, PasswordProof, Proof};
use ::uploads::parts::Label;
use ::uploads::runtime::{FilePart, RequestBody, RetryPolicy, Value};
use ::uploads::{Client, Error};
use typefoundry_tests::{CannedResponse, RawServer, Server, bounded};

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// Sends a request and returns its bytes, without the headers that all requests have.
async fn sent(send: impl AsyncFnOnce(Client) -> Result<(), Error>) -> String {
    received(NO_CONTENT, send).await
}

async fn received(response: &'static str, send: impl AsyncFnOnce(Client) -> Result<(), Error>) -> String {
    let server = RawServer::responding(response).await;
    let url = server.url();
    let client = Client::builder("client_1", "s&cret+1")
        .base_url(&url)
        .retry(RetryPolicy::never())
        .build()
        .expect("a client");
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
    let client =
        Client::builder("client_1", "secret_1").base_url("http://127.0.0.1:1").build().expect("a client");
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

#[tokio::test]
async fn token_endpoint_gets_constants_and_credentials_in_a_form() {
    let token = "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"access_token\":\"t\"}";
    let fetch = async |client: Client| client.forms().token().scope(["read", "write"]).await.map(|_| ());
    assert_eq!(
        received(token, fetch).await,
        "POST /forms/token HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: 92\r\n\r\n\
         grant_type=client_credentials&client_id=client_1&client_secret=s%26cret%2B1&scope=read+write"
    );
}

#[tokio::test]
async fn keys_of_a_flattened_object_are_pairs_of_a_form() {
    let proof = || Proof::Password(PasswordProof::new("ada", "open sesame"));
    let request = sent(async |client| client.forms().sign_in(proof()).remember(true).await).await;
    assert_eq!(
        request,
        "POST /forms/sign_in HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: 47\r\n\r\nusername=ada&password=open+sesame&remember=true"
    );
    let request = sent(async |client| client.forms().sign_in(Proof::code("123")).await).await;
    assert!(request.ends_with("\r\ncontent-length: 8\r\n\r\ncode=123"), "{request}");
}

#[tokio::test]
async fn lists_maps_and_objects_are_pairs_of_a_form() {
    let items =
        || [Item::new("price_1").tags(["new", "red"]).address(Address::new("Bern")), Item::new("price_2")];
    let request = sent(async |client| {
        let order = client.forms().order(items(), 1, 2);
        let order = order.metadata([("color", "red")]).expand(["items", "prices"]);
        order.details(Value::from_iter([("gift", true)])).await
    })
    .await;
    let (head, body) = request.split_once("\r\n\r\n").expect("a body");
    assert!(head.starts_with("POST /forms/orders?version=1 HTTP/1.1\r\n"), "{head}");
    assert_eq!(
        body,
        "items%5B0%5D%5Bprice%5D=price_1&items%5B0%5D%5Btags%5D%5B%5D=new&items%5B0%5D%5Btags%5D%5B%5D=red\
         &items%5B0%5D%5Baddress%5D%5Bcity%5D=Bern&items%5B1%5D%5Bprice%5D=price_2&metadata%5Bcolor%5D=red\
         &expand=items&expand=prices&details=%7B%22gift%22%3Atrue%7D&version=2"
    );
}

#[test]
fn form_is_not_shown() {
    let client =
        Client::builder("client_1", "hush").base_url("http://127.0.0.1:1").build().expect("a client");
    let sign_in = client.forms().sign_in(Proof::Password(PasswordProof::new("ada", "hush")));
    let shown = format!("{client:?} {sign_in:?} {:?}", client.forms().token());
    assert!(!shown.contains("hush"), "{shown}");
}

/// Returns a request whose boundary is replaced by `boundary`, in which it occurs only as such.
fn with_fixed_boundary(request: &str) -> String {
    let (_, rest) = request.split_once("boundary=").expect("a boundary");
    let (boundary, _) = rest.split_once("\r\n").expect("a line");
    assert!(boundary.len() == 32 && boundary.bytes().all(|byte| byte.is_ascii_hexdigit()), "{boundary}");
    request.replace(boundary, "boundary")
}

#[tokio::test]
async fn texts_objects_and_files_are_parts() {
    let file = || FilePart::new(&b"\0\r\n--"[..]).with_name("a\"b\r\n.png").with_content_type("image/png");
    let request = sent(async |client| {
        let upload = client.parts().upload("Pl\u{e4}n", file(), Label::new("red"));
        let upload = upload.labels([Label::new("blue"), Label::new("b\"c")]).tags(["a", "b"]);
        upload.pages_(["one", "two"]).preview("small").title_header("Other").await
    })
    .await;
    assert_eq!(
        with_fixed_boundary(&request),
        "POST /parts HTTP/1.1\r\ntitle: Other\r\ncontent-type: multipart/form-data; boundary=boundary\r\n\
         content-length: 1274\r\n\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\narchive\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nPl\u{e4}n\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0A.png\"\r\n\
         Content-Type: image/png\r\n\r\n\0\r\n--\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"preview\"; filename=\"preview\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nsmall\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"label\"\r\nContent-Type: application/json\r\n\r\n\
         {\"name\":\"red\"}\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"labels\"\r\nContent-Type: application/json\r\n\r\n\
         [{\"name\":\"blue\"},{\"name\":\"b\\\"c\"}]\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"pages[]\"; filename=\"pages\"\r\n\
         Content-Type: application/octet-stream\r\n\r\none\r\n\
         --boundary\r\nContent-Disposition: form-data; name=\"pages[]\"; filename=\"pages\"\r\n\
         Content-Type: application/octet-stream\r\n\r\ntwo\r\n\
         --boundary--\r\n"
    );
}

#[tokio::test]
async fn files_without_a_known_length_are_streamed() {
    let server = Server::start(CannedResponse::empty(204)).await;
    let client = Client::builder("client_1", "secret_1").base_url(server.url()).build().expect("a client");
    let reader = RequestBody::reader(std::io::Cursor::new("pixels"));
    bounded(client.parts().photos([FilePart::new(reader)]).send()).await.expect("a success");
    let received = server.received().remove(0);
    assert!(received.headers.contains(&("transfer-encoding".to_owned(), "chunked".to_owned())));
    assert!(received.text().contains("; name=\"photos\"; filename=\"photos\"\r\n"), "{received:?}");
    assert!(received.text().contains("\r\n\r\npixels\r\n--"), "{received:?}");
    let opened = RequestBody::reader_from(|| Ok(std::io::Cursor::new("pixels"))).with_length(6);
    let request = sent(async |client| client.parts().photos([FilePart::new(opened)]).await).await;
    assert!(request.contains("\r\ncontent-length: 190\r\n") && !request.contains("chunked"), "{request}");
}
