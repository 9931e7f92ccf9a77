//! Compressed responses.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const TEXT: &[u8] = b"hello hello hello hello hello hello";

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).expect("to encode");
    encoder.finish().expect("to encode")
}

fn http_response(encoding: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

async fn sent(
    builder: HyperTransportBuilder,
    response: Vec<u8>,
) -> (Result<Response<Bytes>, TransportError>, String) {
    let (address, served) = serve_bytes(response).await;
    let transport = builder.no_proxy().build().expect("a transport");
    let sent = transport.send(request(format!("http://{address}/"))).await;
    (sent, served.await.expect("a request"))
}

#[tokio::test]
async fn compressed_body_is_requested_and_decoded() {
    let chunks: String = gzip(TEXT).iter().map(|byte| format!("1\r\n{}\r\n", char::from(*byte))).collect();
    let chunked = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunked = [chunked, &chunks, "0\r\n\r\n"]
        .concat()
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("a byte"))
        .collect();
    let members = [gzip(&TEXT[..9]), gzip(&TEXT[9..])].concat();
    for response in [
        http_response("gzip", &gzip(TEXT)),
        http_response(" GZip ", &gzip(TEXT)),
        http_response("x-gzip", &gzip(TEXT)),
        http_response("gzip", &members),
        chunked,
    ] {
        let (sent, request) = sent(HyperTransport::builder(), response).await;
        assert!(request.contains("accept-encoding: gzip\r\n"), "{request}");
        let response = sent.expect("a response");
        assert_eq!(response.body().as_ref(), TEXT);
        // The removed headers describe the encoded body.
        assert!(!response.headers().contains_key("content-encoding"));
        assert!(!response.headers().contains_key("content-length"));
    }
}

#[tokio::test]
async fn body_without_content_stays_empty() {
    let (sent, _) = sent(HyperTransport::builder(), http_response("gzip", b"")).await;
    assert!(sent.expect("a response").body().is_empty());
}

#[tokio::test]
async fn other_encodings_are_left_to_the_caller() {
    for encoding in ["br", "gzip, gzip", "deflate", "identity"] {
        let (sent, _) = sent(HyperTransport::builder(), http_response(encoding, b"as it came")).await;
        let response = sent.expect("a response");
        assert_eq!(response.headers()["content-encoding"], encoding);
        assert_eq!(response.body().as_ref(), b"as it came");
    }
}

#[tokio::test]
async fn compressed_body_is_not_decoded_unless_requested() {
    let (sent, request) =
        sent(HyperTransport::builder().gzip(false), http_response("gzip", &gzip(TEXT))).await;
    assert!(!request.contains("accept-encoding"), "{request}");
    assert_eq!(sent.expect("a response").body().as_ref(), gzip(TEXT));

    let (address, _served) = serve_bytes(http_response("gzip", &gzip(TEXT))).await;
    let request = Request::get(format!("http://{address}/")).header("accept-encoding", "gzip;q=0.5");
    let response = direct().send(request.body(Bytes::new()).expect("a request")).await.expect("a response");
    assert_eq!(response.body().as_ref(), gzip(TEXT));
}

#[tokio::test]
async fn limit_applies_to_the_decoded_body() {
    for (limit, is_accepted) in [(TEXT.len(), true), (TEXT.len() - 1, false)] {
        let builder = HyperTransport::builder().max_response_len(limit);
        let (sent, _) = sent(builder, http_response("gzip", &gzip(TEXT))).await;
        assert_eq!(sent.is_ok(), is_accepted, "{sent:?}");
    }
    // 8 MiB of zeros, in 8 KiB.
    let bomb = gzip(&vec![0; 8 * 1024 * 1024]);
    let (sent, _) =
        sent(HyperTransport::builder().max_response_len(64 * 1024), http_response("gzip", &bomb)).await;
    let error = sent.expect_err("too large");
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
    assert!(error.response().expect("the head").body().is_empty());
    // Empty members decode to nothing, regardless of their number.
    let endless = gzip(b"").repeat(100_000);
    let (sent, _) =
        self::sent(HyperTransport::builder().max_response_len(1024), http_response("gzip", &endless)).await;
    assert_eq!(kind(sent), TransportErrorKind::BodyTooLarge);
}

#[tokio::test]
async fn corrupt_body_is_an_error() {
    let whole = gzip(TEXT);
    let mut wrong_checksum = whole.clone();
    let place = whole.len() - 8;
    wrong_checksum[place] ^= 1;
    for body in [
        b"not gzip at all".to_vec(),
        whole[..whole.len() - 1].to_vec(),
        whole[..whole.len() / 2].to_vec(),
        wrong_checksum,
    ] {
        let (sent, _) = sent(HyperTransport::builder(), http_response("gzip", &body)).await;
        let error = sent.expect_err("corrupt");
        assert_eq!(error.kind(), TransportErrorKind::Protocol, "{error:?}");
        assert!(
            error.to_string().starts_with("failed to decode the body of the response as gzip"),
            "{error}"
        );
        assert_eq!(error.response().expect("the head").status(), 200);
    }
}

#[tokio::test]
async fn broken_connection_is_not_reported_as_corrupt_body() {
    let mut response = http_response("gzip", &gzip(TEXT));
    response.truncate(response.len() - 12);
    let (sent, _) = sent(HyperTransport::builder(), response).await;
    assert_eq!(kind(sent), TransportErrorKind::Connection);
}
