//! Decoding any response ends without a panic, with a value or an error.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fastrand::Rng;
use serde::de::IgnoredAny;
use stytch_b2b::runtime::{Bytes, Error, http};

use crate::keys::repeats_a_key;
use crate::operations::{SUBJECTS, Subject};
use crate::{examples, mutate, run};

const STATUSES: [u16; 14] = [200, 201, 204, 206, 299, 301, 304, 400, 401, 403, 404, 422, 429, 503];

const HEADERS: [(&str, &[u8]); 7] = [
    ("retry-after", b"99999999999999999999999"),
    ("retry-after", b"Sun, 06 Nov 1994"),
    ("x-request-id", b"\xff\xfe"),
    ("x-request-id", b""),
    ("content-type", b"text/html; charset=\xe9"),
    ("x-ratelimit-remaining", b"\x80"),
    ("content-length", b"-1"),
];

/// An operation, and a response that it can decode.
type Seed = (Subject, String);

#[test]
fn arbitrary_response_is_decoded_or_rejected() {
    let seeds = seeds();
    run::run("responses", move |rng| {
        let (subject, text) = rng.choice(&seeds).expect("an operation");
        let body = match rng.u8(0..8) {
            0 => mutate::from_nothing(rng),
            1 | 2 => mutate::of_bytes(rng, text),
            _ => mutate::of_values(rng, text).into_bytes(),
        };
        let status = if rng.u8(0..4) > 0 { 200 } else { *rng.choice(&STATUSES).expect("a status") };
        check(subject, &response(rng, status, body));
    });
}

#[test]
fn unchanged_example_is_decoded() {
    for (subject, text) in seeds() {
        let response = http::Response::new(Bytes::from(text));
        let read = (subject.read)(&response).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read, Ok(()));
    }
}

/// The operations listed here and those with an example must match the operations in the generated sources.
#[test]
fn every_operation_is_fuzzed() {
    for (package, directory, no_response) in
        [("stytch_b2b", "stytch-b2b", 0), ("workos_api", "workos-api", 3)]
    {
        let of_package = SUBJECTS.iter().filter(|subject| subject.package == package);
        let mut listed: Vec<_> = of_package.map(|subject| (subject.operation)().name).collect();
        let folder = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the variable for tests");
        let source = Path::new(&folder).join("../generated").join(directory).join("src");
        let (mut endpoints, mut urls) = (Vec::new(), 0);
        collect(&source, &mut endpoints, &mut urls);
        endpoints.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, endpoints);
        assert_eq!(urls, no_response);
    }
}

/// Collects the names of the operations below a directory that have a response, and counts those that do not.
fn collect(directory: &Path, endpoints: &mut Vec<String>, urls: &mut usize) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, endpoints, urls);
            continue;
        }
        let text = fs::read_to_string(&path).expect("Rust");
        let Some((before, descriptor)) = text.split_once("const OPERATION: Operation = Operation {") else {
            continue;
        };
        match before.contains("impl UrlEndpoint for") {
            true => *urls += 1,
            false => endpoints.push(descriptor.split('"').nth(1).expect("a name").to_owned()),
        }
    }
}

fn seeds() -> Vec<Seed> {
    let [stytch, workos] = ["stytch-b2b", "workos-api"].map(examples::responses);
    let seed = |subject: &Subject| {
        let examples = if subject.package == "stytch_b2b" { &stytch } else { &workos };
        let name = (subject.operation)().name;
        (*subject, examples.get(name).unwrap_or_else(|| panic!("no example of {name}")).clone())
    };
    SUBJECTS.iter().map(seed).collect()
}

fn response(rng: &mut Rng, status: u16, body: Vec<u8>) -> http::Response<Bytes> {
    let mut response = http::Response::new(body.into());
    *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
    for _ in 0..rng.usize(0..4) {
        let (name, value) = rng.choice(&HEADERS).expect("a header");
        let value = http::HeaderValue::from_bytes(value).expect("a value");
        response.headers_mut().append(*name, value);
    }
    response
}

fn check(subject: &Subject, response: &http::Response<Bytes>) {
    let name = (subject.operation)().name;
    let body = response.body();
    match (subject.read)(response) {
        Ok(same) => {
            assert!(response.status().is_success(), "{name}: {}", response.status());
            if subject.accepts_any_body {
                return;
            }
            // Invalid UTF-8 is decoded as U+FFFD, and a byte order mark is skipped.
            let text = String::from_utf8_lossy(body);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
            assert!(is_json || text.trim_ascii().is_empty(), "{name} decodes text that is not JSON: {text}");
            // Of a duplicate tag the first value is used, of other duplicate keys the last; encoding writes each key
            // once.
            if !repeats_a_key(text) {
                assert_eq!(same, Ok(()), "{name}: {text}");
            }
        }
        Err(error) => {
            let is_accepted = subject.accepts_any_body && response.status().is_success();
            assert!(!is_accepted, "{name} rejects {}", shown(body));
            check_error(subject, response, &error);
        }
    }
}

/// Checks that the error contains no planted secret, except in the messages that the server intends for people.
fn check_error(subject: &Subject, response: &http::Response<Bytes>, error: &Error) {
    // Inspecting the response through the error must not panic either.
    let (_, _, _) = (error.retry_after(), error.request_id(), error.is_retryable());
    let mut said = format!("{error} {error:?}");
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        write!(said, " {error} {error:?}").expect("writing to a string cannot fail");
        source = error.source();
    }
    let is_told = error.api_error().is_some_and(|api| {
        let told = [api.code(), api.message(), api.url(), api.request_id()];
        told.iter().flatten().any(|text| text.contains(mutate::SECRET))
    });
    let is_id = error.request_id().is_some_and(|id| id.contains(mutate::SECRET));
    let name = (subject.operation)().name;
    assert!(is_told || is_id || !said.contains("hush"), "{name}: {said}: {}", shown(response.body()));
}

fn shown(body: &[u8]) -> String {
    body.escape_ascii().to_string()
}
