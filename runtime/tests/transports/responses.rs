//! Responses are returned unchanged, whatever their status.

use typefoundry_runtime::Bytes;
use typefoundry_runtime::http::Request;

use super::carrier::Carrier;
use super::server::{Server, Then};

over_every_transport! {
    every_status_is_a_response,
    redirect_is_not_followed,
    repeated_headers_are_kept,
    body_can_be_chunked_or_end_with_the_connection,
    response_to_head_has_no_body,
    interim_response_is_skipped,
}

fn every_status_is_a_response(carrier: &Carrier) {
    for (status, canned, body) in [
        (204, "HTTP/1.1 204 No Content\r\n\r\n", ""),
        (304, "HTTP/1.1 304 Not Modified\r\netag: \"a\"\r\n\r\n", ""),
        (404, "HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\nnone", "none"),
        (500, "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 4\r\n\r\noops", "oops"),
        (599, "HTTP/1.1 599 \r\ncontent-length: 0\r\n\r\n", ""),
    ] {
        let server = Server::one(canned, Then::Keep);
        let response = carrier.post(&server.url).expect("a response");
        assert_eq!((response.status().as_u16(), response.body().as_ref()), (status, body.as_bytes()));
    }
}

fn redirect_is_not_followed(carrier: &Carrier) {
    for canned in [
        "HTTP/1.1 301 Moved\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 4\r\n\r\ngone",
        "HTTP/1.1 303 See Other\r\nlocation: //[\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 307 Temporary\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 308 Permanent\r\ncontent-length: 0\r\n\r\n",
    ] {
        let server = Server::one(canned, Then::Keep);
        for method in ["GET", "POST"] {
            let server = if method == "GET" { &server } else { &Server::one(canned, Then::Keep) };
            let request = Request::builder().method(method).uri(&server.url).body(Bytes::new());
            let response = carrier.send(request.expect("a request")).expect("a response");
            assert!(response.status().is_redirection(), "{canned}");
            assert!(server.request().starts_with(&format!("{method} / ")));
            assert!(server.is_quiet(), "{canned}");
        }
    }
}

fn repeated_headers_are_kept(carrier: &Carrier) {
    let canned = "HTTP/1.1 200 OK\r\nX-Two: 1\r\nset-cookie: a=b\r\nx-two: 2\r\nset-cookie: c=d\r\n\
                  content-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}";
    let server = Server::one(canned, Then::Keep);
    let response = carrier.post(&server.url).expect("a response");
    let all = |name: &str| {
        let values = response.headers().get_all(name).iter();
        values.map(|value| value.to_str().expect("text").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (all("x-two"), all("set-cookie")),
        (vec!["1".into(), "2".into()], vec!["a=b".into(), "c=d".into()])
    );
    // The client did not request an encoding, so the body is not decoded.
    assert_eq!((all("content-encoding"), response.body().as_ref()), (vec!["gzip".into()], b"{}".as_slice()));
}

fn body_can_be_chunked_or_end_with_the_connection(carrier: &Carrier) {
    for (canned, then) in [
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n",
            Then::Keep,
        ),
        ("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabcdef", Then::Close),
        ("HTTP/1.0 200 OK\r\n\r\nabcdef", Then::Close),
    ] {
        let server = Server::one(canned, then);
        assert_eq!(carrier.post(&server.url).expect("a response").body().as_ref(), b"abcdef", "{canned}");
    }
}

fn response_to_head_has_no_body(carrier: &Carrier) {
    let server = Server::one("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", Then::Keep);
    let request = Request::head(&server.url).body(Bytes::new()).expect("a request");
    let response = carrier.send(request).expect("a response");
    assert_eq!((response.status().as_u16(), response.body().len()), (200, 0));
}

fn interim_response_is_skipped(carrier: &Carrier) {
    let canned = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let server = Server::one(canned, Then::Keep);
    assert_eq!(carrier.post(&server.url).expect("a response").body().as_ref(), b"{}");
}
