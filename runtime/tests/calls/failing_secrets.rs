//! Dynamic secrets that are unavailable or invalid.

use std::error::Error as _;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use typefoundry_runtime::{Auth, ClientBuilder, Error, ErrorKind, Secret, SecretProvider};

use super::secrets::{SignIn, SignInUrl};
use crate::script::{Ask, Script, Way, both_ways, status};

#[derive(Debug)]
struct Sealed(std::io::Error);

impl fmt::Display for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the vault is sealed")
    }
}

impl std::error::Error for Sealed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

fn sealed() -> SecretProvider {
    SecretProvider::try_from_fn(|| Err::<Secret, _>(Sealed(std::io::ErrorKind::ConnectionRefused.into())))
}

/// Returns clients that need this secret, each in a different place.
fn clients(script: &Script, source: &SecretProvider) -> [ClientBuilder; 3] {
    [
        script.builder_with(Auth::bearer(source.clone())).credential("client_secret", "hush-1"),
        script.builder_with(Auth::basic("user", source.clone())).credential("client_secret", "hush-1"),
        script.builder_with(Auth::none()).credential("client_secret", source.clone()),
    ]
}

fn assert_nothing_was_sent(error: &Error, script: &Script) {
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Credentials, Some("sign_in")));
    assert_eq!((error.attempts(), script.attempts()), (0, 0));
    assert!(!error.is_retryable() && error.status().is_none());
    let text = format!("{error} {error:?}");
    assert!(!text.contains("hush"), "{text}");
}

async fn failed_secret_request_sends_nothing(way: Way) {
    let script = Script::new([status(200)]);
    for builder in clients(&script, &sealed()) {
        let client = builder.build().expect("a client");
        let error = way.call(client.request(SignIn::<true>::default()).send()).await.expect_err("sealed");
        assert_nothing_was_sent(&error, &script);
        let text = error.to_string();
        assert!(
            text.starts_with("sign_in: failed to resolve credential")
                && text.ends_with(": the vault is sealed"),
            "{text}"
        );
        let source = error.source().and_then(|source| source.downcast_ref::<Sealed>()).expect("the source");
        assert!(source.source().is_some_and(|source| source.is::<std::io::Error>()));
        let call = client.request(SignIn::<true>::default()).send_with_metadata();
        assert_nothing_was_sent(&way.call_with_metadata(call).await.expect_err("sealed"), &script);
    }
}

async fn empty_secret_is_rejected(way: Way) {
    let script = Script::new([status(200)]);
    for builder in clients(&script, &SecretProvider::from_fn(|| "")) {
        let client = builder.build().expect("a client");
        let error = way.call(client.request(SignIn::<true>::default()).send()).await.expect_err("empty");
        assert_nothing_was_sent(&error, &script);
        let text = error.to_string();
        let names = [
            "sign_in: invalid credential: must not be empty",
            "sign_in: invalid credential `client_secret`: must not be empty",
        ];
        assert!(names.contains(&text.as_str()), "{text}");
    }
}

/// A key read from a file often ends in a line break, which would split the header.
async fn secret_with_invalid_header_characters_is_not_sent(way: Way) {
    for (odd, why) in [
        ("hush\n", "must not contain a line break"),
        ("hush\r\nx-admin: 1", "must not contain a line break"),
        ("hush\0", "must not contain a control character"),
        ("h\u{fc}sh", "must contain visible ASCII characters only"),
        ("hush hush", "must not contain a space"),
        (" hush", "must not start or end with white space"),
        (" \t", "must not be blank"),
    ] {
        let script = Script::new([status(200)]);
        let source = SecretProvider::named("api_key", SecretProvider::from_fn(move || odd));
        let builder = script.builder_with(Auth::bearer(source));
        let client = builder.credential("client_secret", "hush-1").build().expect("a client");
        let error = way.call(client.request(SignIn::<true>::default()).send()).await.expect_err("no header");
        assert_nothing_was_sent(&error, &script);
        assert_eq!(error.to_string(), format!("sign_in: invalid credential `api_key`: {why}"));
    }
}

/// An invalid secret fails one call only.
async fn next_call_requests_the_secret_again(way: Way) {
    let asked = Arc::new(AtomicU32::new(0));
    let source = SecretProvider::try_from_fn(move || match asked.fetch_add(1, Ordering::Relaxed) {
        0 => Err("not yet"),
        1 => panic!("a vault that panics"),
        _ => Ok("hush-3"),
    });
    let script = Script::new([status(200)]);
    let client = script.builder_with(Auth::bearer(source)).build().expect("a client");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("not yet");
    let panics = client.request(Ask::<'G'>::default()).send();
    match way {
        Way::Awaited => assert!(tokio::spawn(panics).await.expect_err("a panic").is_panic()),
        #[cfg(feature = "blocking")]
        Way::Blocking => {
            let wait = std::panic::AssertUnwindSafe(|| panics.wait());
            drop(std::panic::catch_unwind(wait).expect_err("a panic"));
        }
    }
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect("a name");
    assert_eq!(script.seen()[0].headers()["authorization"], "Bearer hush-3");
}

/// No other credential can contain a line break either.
async fn secret_in_the_body_with_a_line_break_is_not_sent(way: Way) {
    for odd in ["hush\n", "hush\r\n", " hush", "\n"] {
        let script = Script::new([status(200)]);
        let source = SecretProvider::from_fn(move || odd);
        let builder = script.builder_with(Auth::none()).credential("client_secret", source);
        let client = builder.build().expect("a client");
        let error = way.call(client.request(SignIn::<true>::default()).send()).await.expect_err("unusable");
        assert_nothing_was_sent(&error, &script);
        assert!(error.to_string().starts_with("sign_in: invalid credential `client_secret`: "), "{error}");
    }
}

both_ways!(
    secret_in_the_body_with_a_line_break_is_not_sent,
    failed_secret_request_sends_nothing,
    empty_secret_is_rejected,
    secret_with_invalid_header_characters_is_not_sent,
    next_call_requests_the_secret_again,
);

#[tokio::test(start_paused = true)]
async fn url_without_its_secret_is_not_built() {
    let builder = Script::new([status(200)]).builder_with(Auth::none());
    let client = builder.credential("client_secret", sealed()).build().expect("a client");
    let error = client.url_request(SignInUrl).url().expect_err("sealed");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Credentials, Some("sign_in_url")));
    assert!(error.source().is_some_and(|source| source.is::<Sealed>()));
}

/// A static secret is checked when the client is built, without a call.
#[tokio::test(start_paused = true)]
async fn static_secret_is_checked_when_the_client_is_built() {
    for odd in ["", "hush\n", "h\u{fc}sh", "hush hush"] {
        let builder = Script::new([status(200)]).builder_with(Auth::bearer(odd));
        let error = builder.build().expect_err("no good");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0), "{odd:?}");
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
    for auth in [Auth::basic("user", ""), Auth::basic("a:b", sealed()), Auth::basic("", sealed())] {
        let error = Script::new([status(200)]).builder_with(auth).build().expect_err("no good");
        assert_eq!(error.kind(), ErrorKind::Config);
    }
    let builder = Script::new([status(200)]).builder_with(Auth::none()).credential("client_secret", "");
    let error = builder.build().expect_err("empty");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(error.to_string(), "invalid credential `client_secret`: must not be empty");
    for odd in ["hush\n", "\t", " hush", "hush\0"] {
        let builder = Script::new([status(200)]).builder_with(Auth::none()).credential("client_id", odd);
        let error = builder.build().expect_err("unusable");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().starts_with("invalid credential `client_id`: "), "{error}");
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
}
