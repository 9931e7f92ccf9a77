//! Errors of responses that are not successful.

use crate::common::{Memory, PET, UpdateParams, update};
use typefoundry_runtime::{
    ApiErrorCode, Bytes, Endpoint, Error, ErrorBody, ErrorKind, Method, Operation, RequestWriter, Secret,
    UnknownValue, UnknownVariant, http, json_object, json_union, open_enum,
};

fn refused(response: http::Response<Bytes>) -> Error {
    UpdateParams::from_response(&response).expect_err("a rejection")
}

fn canned(status: u16) -> http::response::Builder {
    http::Response::builder().status(status)
}

fn error(status: u16, body: &'static str) -> Error {
    refused(canned(status).body(body.into()).expect("a response"))
}

#[test]
fn error_body_is_read_by_the_schema() {
    let error = error(
        404,
        r#"{"error":{"type":"pet_not_found","message":"No such pet","url":"https://e.example",
            "details":{"id":7}},"request_id":"request-1","status_code":200}"#,
    );
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status(), Some(http::StatusCode::NOT_FOUND));
    assert_eq!(error.request_id(), Some("request-1"));
    let api = error.api_error().expect("an API error");
    assert_eq!((api.code(), api.message()), (Some("pet_not_found"), Some("No such pet")));
    assert_eq!(api.url(), Some("https://e.example"));
    assert_eq!(api.details().and_then(|details| details["id"].as_i64()), Some(7));
    assert_eq!(
        error.to_string(),
        "shops.pets.update: the server responded with 404 Not Found: pet_not_found: No such pet (request request-1)"
    );
}

#[test]
fn invalid_utf8_does_not_hide_the_error_message() {
    for body in [
        &b"{\"x\":\"\\ud800\",\"error\":{\"type\":\"bad\",\"message\":\"no \\ud83d\",\"details\":{\"n\":1e400}}}"[..],
        b"\xef\xbb\xbf{\"x\":\"\xff\",\"error\":{\"type\":\"bad\",\"message\":\"no \xf0\x9f\",\"details\":{\"n\":1e400}}}",
    ] {
        let error = refused(canned(400).body(Bytes::from(body)).expect("a response"));
        let api = error.api_error().expect("an API error");
        assert_eq!((api.code(), api.message()), (Some("bad"), Some("no \u{fffd}")));
        assert_eq!(api.details().map(ToString::to_string).as_deref(), Some(r#"{"n":1e400}"#));
        assert_eq!(&error.body().expect("the body")[..], body);
    }
    let step = error(403, r#"{"code":"mfa_enrollment","pending_token":"a\udc00","x":"\ud83d"}"#);
    let step = step.body_as::<SignInStep>().expect("a step");
    assert_eq!(step, SignInStep::Enroll(Enroll { pending_token: "a\u{fffd}".into() }));
}

#[test]
fn first_matching_path_is_used() {
    let error = error(400, r#"{"message":"outer","error":{"type":40001,"message":null}}"#);
    let api = error.api_error().expect("an API error");
    assert_eq!((api.code(), api.message()), (Some("40001"), Some("outer")));
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PetErrorCode {
    PetNotFound,
    Unknown(UnknownValue),
}

open_enum!(PetErrorCode { PetNotFound = "pet_not_found" });

impl ApiErrorCode for PetErrorCode {}

#[test]
fn error_code_is_converted_to_a_type() {
    let known = error(404, r#"{"error":{"type":"pet_not_found"}}"#);
    assert_eq!(known.code_as(), Some(PetErrorCode::PetNotFound));
    let number = error(400, r#"{"error":{"type":40001}}"#);
    assert_eq!(number.code_as(), Some(PetErrorCode::from("40001")));
    for (status, body) in
        [(400, r#"{"error":{"message":"pet_not_found"}}"#), (200, r#"{"error":{"type":1}}"#)]
    {
        assert_eq!(error(status, body).code_as::<PetErrorCode>(), None, "{body}");
    }
}

#[test]
fn several_messages_are_joined() {
    for (message, told) in [
        (r#"["too short","no digit",7]"#, Some("too short; no digit; 7")),
        (r#"["too short"]"#, Some("too short")),
        ("[]", Some("outer")),
        (r#"["too short",{"a":1}]"#, Some("outer")),
        (r#"["too short",""]"#, Some("outer")),
        (r#"[["too short"]]"#, Some("outer")),
        (r#"{"0":"too short"}"#, Some("outer")),
    ] {
        let body = format!(r#"{{"error":{{"message":{message}}},"message":"outer"}}"#);
        let error = refused(canned(422).body(body.into()).expect("a response"));
        assert_eq!(error.api_error().and_then(|api| api.message()), told, "{message}");
    }
}

/// The error bodies of a sign-in that requires another step.
#[derive(Debug, PartialEq)]
enum SignInStep {
    Enroll(Enroll),
    Unknown(UnknownVariant),
}
json_union!(SignInStep by ["code", "error"] { Enroll(_) = "mfa_enrollment" });

#[derive(Debug, PartialEq)]
struct Enroll {
    pending_token: Secret,
}
json_object!(Enroll { pending_token });

impl ErrorBody for SignInStep {
    fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }
}

/// A type that decodes every body.
impl ErrorBody for Enroll {}

#[test]
fn error_body_is_decoded_as_a_type() {
    let body = r#"{"error":"mfa_enrollment","pending_token":"hush"}"#;
    let told = error(403, body);
    let enroll = || Enroll { pending_token: "hush".into() };
    assert_eq!(told.body_as(), Some(SignInStep::Enroll(enroll())));
    assert_eq!(told.body_as(), Some(enroll()));
    assert!(!format!("{told:?} {told}").contains("hush"));
}

#[test]
fn other_error_body_is_not_decoded() {
    for body in [
        r#"{"code":"not_found","pending_token":"t"}"#,
        r#"{"code":"mfa_enrollment"}"#,
        r#"{"pending_token":"t"}"#,
        "[]",
        "<html>",
        "",
        r#"{"code":"mfa_enrollment","pending_token":"t"} x"#,
    ] {
        assert_eq!(error(403, body).body_as::<SignInStep>(), None, "{body}");
    }
    assert_eq!(error(403, r#"{"pending":"t"}"#).body_as::<Enroll>(), None);
}

/// A decode error is not an API error, even if its body resembles one.
#[test]
fn only_an_api_error_has_an_error_body() {
    let undecoded = error(200, r#"{"code":"mfa_enrollment","pending_token":"t"}"#);
    assert_eq!(undecoded.kind(), ErrorKind::Decode);
    assert_eq!(undecoded.body_as::<SignInStep>(), None);
}

#[test]
fn type_that_accepts_any_body_is_decoded() {
    for body in ["", "<html>Bad gateway</html>", "{\"error\":", "[]", "null", "7", "{\"error\":\"x\"}"] {
        let error = error(502, body);
        let api = error.api_error().expect("a response");
        assert_eq!((api.code(), api.message(), api.details()), (None, None, None), "{body}");
        assert_eq!(api.body().as_ref(), body.as_bytes());
        assert_eq!(error.to_string(), "shops.pets.update: the server responded with 502 Bad Gateway");
    }
}

#[test]
fn request_id_falls_back_to_the_header() {
    for name in ["x-request-id", "request-id"] {
        let response = canned(500).header(name, "request-2").body(Bytes::new());
        let error = refused(response.expect("a response"));
        assert_eq!(error.request_id(), Some("request-2"));
        assert_eq!(error.headers().map(|headers| headers.len()), Some(1));
    }
}

#[test]
fn redirect_is_an_api_error() {
    assert_eq!(error(302, "").kind(), ErrorKind::Api);
    assert_eq!(error(304, "").kind(), ErrorKind::Api);
}

#[test]
fn server_message_is_displayed_on_one_short_line() {
    let long = format!(r#"{{"message":"a\r\nb{}"}}"#, "x".repeat(5000));
    let response = canned(400).body(long.into()).expect("a response");
    let text = refused(response).to_string();
    assert!(text.contains("a  bxxx") && !text.contains('\n') && text.len() < 700, "{text}");

    let odd = "{\"message\":\"a\u{2028}b\u{2029}c\u{85}d\u{202e}e\u{2066}f\"}";
    let text = error(400, odd).to_string();
    assert_eq!(text, "shops.pets.update: the server responded with 400 Bad Request: a b c d e f");
}

#[test]
fn debug_of_an_error_is_short() {
    let long = "x".repeat(100_000);
    let body = format!(r#"{{"code":"{long}","message":"{long}","request_id":"{long}"}}"#);
    let response =
        || canned(400).header("x-request-id", &long).body(body.clone().into()).expect("a response");
    let error = refused(response());
    let text = format!("{error:?} {:?}", error.api_error().expect("the API error"));
    assert!(text.len() < 6_000, "{}", text.len());
    // The text is truncated when it is printed, not when it is stored.
    assert_eq!(error.request_id().map(str::len), Some(long.len()));
}

#[test]
fn debug_shows_no_body() {
    for status in [400, 200] {
        let error = error(status, r#"{"secret":"hush"}"#);
        let text = format!("{error:?} {error} {:?}", error.api_error());
        assert!(!text.contains("hush") && text.contains("body_len"), "{text}");
    }
}

#[test]
fn empty_success_is_a_decode_error_unless_no_response_is_expected() {
    let error = error(200, " ");
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(std::error::Error::source(&error).is_some());
}

/// The headers explain why a body cannot be decoded. They do not matter if it can.
#[test]
fn body_that_is_not_json_is_reported_with_its_format() {
    let response = |body: String| {
        let canned = canned(200).header("content-type", "text/html; charset=utf-8");
        canned.body(Bytes::from(body)).expect("a response")
    };
    let error = refused(response("<html>hush</html>".into()));
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.body().map(Bytes::as_ref), Some(b"<html>hush</html>".as_slice()));
    let told = "shops.pets.update: failed to decode the response (200 OK): the body is text/html, not JSON: $: expected";
    assert!(error.to_string().starts_with(told), "{error}");
    assert!(!format!("{error} {error:?}").contains("hush"));
    let good = response(format!(r#"{{"request_id":"r","pet":{PET},"status_code":200}}"#));
    UpdateParams::from_response(&good).expect("a pet");
}

#[test]
fn error_is_one_pointer_and_send() {
    fn travels<T: Send + Sync + 'static>() {}
    travels::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

struct Shapeless;

impl Endpoint for Shapeless {
    type Options = ();
    type Response = ();
    const OPERATION: Operation = Operation::new("shapeless", Method::GET, "/shapeless");

    fn write(&self, _request: &mut RequestWriter) {}
}

#[test]
fn without_a_schema_no_error_field_is_read() {
    let response = canned(400).body(r#"{"message":"m"}"#.into()).expect("a response");
    let error = Shapeless::from_response(&response).expect_err("a rejection");
    assert_eq!(error.api_error().and_then(|api| api.message()), None);
}

#[tokio::test]
async fn client_returns_the_same_error() {
    let memory = Memory::responding(403, r#"{"error":{"type":"forbidden"}}"#);
    let error = update(&memory.client()).send().await.expect_err("a rejection");
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.api_error().and_then(|api| api.code()), Some("forbidden"));
}
