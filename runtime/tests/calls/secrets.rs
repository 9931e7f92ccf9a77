//! Dynamic secrets: when and how often they are requested, and where they are sent.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use typefoundry_runtime::{
    Auth, AuthRequirement, Client, Endpoint, Method, Operation, RequestWriter, Secret, SecretProvider,
    UrlEndpoint,
};

use crate::script::{Ask, Name, Script, Way, both_ways, status};

/// Returns a different secret each time.
#[derive(Clone, Default)]
pub struct Rotating(Arc<AtomicU32>);

impl Rotating {
    pub fn source(&self) -> SecretProvider {
        let count = Arc::clone(&self.0);
        SecretProvider::from_fn(move || format!("hush-{}", count.fetch_add(1, Ordering::Relaxed) + 1))
    }

    pub fn asked(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Sends the client's secret in the body, with or without the client's credentials.
#[derive(Clone, Debug, Default)]
pub struct SignIn<const CLIENTS_OWN: bool> {
    pub token: Option<Secret>,
}

impl<const CLIENTS_OWN: bool> Endpoint for SignIn<CLIENTS_OWN> {
    type Options = ();
    type Response = Name;
    const OPERATION: Operation = {
        let mut operation = Operation::new("sign_in", Method::PUT, "/sign_in");
        operation.auth = if CLIENTS_OWN { AuthRequirement::Client } else { AuthRequirement::None };
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.bearer(&self.token);
        let secret = request.credential("client_secret");
        request.body("client_secret", &secret);
    }
}

#[derive(Clone, Debug)]
pub struct SignInUrl;

impl UrlEndpoint for SignInUrl {
    const OPERATION: Operation = Operation::new("sign_in_url", Method::GET, "/authorize");

    fn write(&self, request: &mut RequestWriter) {
        let secret = request.credential("client_secret");
        request.query("secret", &secret);
    }
}

fn sent_auth(script: &Script) -> Vec<String> {
    let seen = script.seen();
    let auth =
        seen.iter().map(|request| request.headers()["authorization"].to_str().expect("text").to_owned());
    auth.collect()
}

/// Makes three attempts of the first call and one of each other call.
fn unsteady() -> Script {
    Script::new([status(503), status(503), status(200)])
}

async fn secret_is_requested_once_per_call(way: Way) {
    let (script, key) = (unsteady(), Rotating::default());
    let client = script.builder_with(Auth::bearer(key.source())).build().expect("a client");
    let request = client.request(Ask::<'G'>::default());
    let _clone = (client.clone(), format!("{client:?} {request:?}"));
    let call = request.send();
    assert_eq!(key.asked(), 0, "no call needs the secret yet");
    way.call(call).await.expect("a name");
    assert_eq!(key.asked(), 1, "once for all attempts");
    way.call(client.request(Ask::<'G'>::default()).send()).await.expect("a name");
    drop(client.request(Ask::<'G'>::default()).send());
    assert_eq!(key.asked(), 2);
    assert_eq!(sent_auth(&script), ["Bearer hush-1", "Bearer hush-1", "Bearer hush-1", "Bearer hush-2"]);
    assert!(script.seen().iter().all(|request| request.headers()["authorization"].is_sensitive()));
}

async fn password_can_change_between_calls(way: Way) {
    let (script, password) = (Script::new([status(200)]), Rotating::default());
    let client = script.builder_with(Auth::basic("user", password.source())).build().expect("a client");
    for _ in 0..2 {
        way.call(client.request(Ask::<'G'>::default()).send()).await.expect("a name");
    }
    let basic = |pair: &str| format!("Basic {}", STANDARD.encode(pair));
    assert_eq!(sent_auth(&script), [basic("user:hush-1"), basic("user:hush-2")]);
}

async fn secret_in_the_body_can_change_between_calls(way: Way) {
    let (script, secret) = (unsteady(), Rotating::default());
    let builder = script.builder_with(Auth::none()).credential("client_secret", secret.source());
    let client = builder.build().expect("a client");
    let first = client.request(SignIn::<true>::default()).send();
    assert_eq!(secret.asked(), 0, "no call needs the secret yet");
    way.call(first).await.expect("a name");
    way.call(client.request(SignIn::<true>::default()).send()).await.expect("a name");
    let bodies: Vec<_> = script.seen().iter().map(|request| request.body().clone()).collect();
    let body = |number: u32| format!(r#"{{"client_secret":"hush-{number}"}}"#);
    assert_eq!(bodies, [body(1), body(1), body(1), body(2)]);
}

async fn unused_secret_is_not_requested(way: Way) {
    let (script, key) = (Script::new([status(200)]), Rotating::default());
    let builder = script.builder_with(Auth::bearer(key.source()));
    let client = builder.credential("client_secret", "hush").credential("other", key.source()).build();
    let client = client.expect("a client");
    let token = Some(Secret::from("hush-7"));
    way.call(client.request(SignIn::<false>::default()).send()).await.expect("a name");
    way.call(client.request(SignIn::<false> { token: token.clone() }).send()).await.expect("a name");
    way.call(client.request(SignIn::<true> { token }).send()).await.expect("a name");
    client.url_request(SignInUrl).url().expect("a URL");
    assert_eq!(key.asked(), 0);
    let auth: Vec<_> =
        script.seen().iter().map(|request| request.headers().get("authorization").cloned()).collect();
    assert_eq!(auth[0], None);
    assert!(auth[1..].iter().all(|auth| auth.as_ref().is_some_and(|auth| auth == "Bearer hush-7")));
}

both_ways!(
    secret_is_requested_once_per_call,
    password_can_change_between_calls,
    secret_in_the_body_can_change_between_calls,
    unused_secret_is_not_requested,
);

#[tokio::test(start_paused = true)]
async fn secret_in_a_url_can_change_between_calls() {
    let secret = Rotating::default();
    let builder = Script::new([status(200)]).builder_with(Auth::none());
    let client = builder.credential("client_secret", secret.source()).build().expect("a client");
    let request = client.url_request(SignInUrl);
    assert_eq!(secret.asked(), 0);
    for number in 1..3 {
        let url = request.clone().url().expect("a URL");
        assert_eq!(url.to_string(), format!("https://api.example.com/authorize?secret=hush-{number}"));
    }
}

#[tokio::test(start_paused = true)]
async fn debug_hides_the_secret() {
    let sources = || [SecretProvider::from("hush-8"), Rotating::default().source()];
    for source in sources() {
        assert_eq!(
            source.as_static().map(Secret::expose),
            (format!("{source:?}") == "Secret(redacted)").then_some("hush-8")
        );
        let auths = [Auth::bearer(source.clone()), Auth::basic("user", source.clone())];
        for auth in auths {
            let builder = Script::new([status(200)]).builder_with(auth.clone());
            let builder = builder.credential("client_secret", source.clone());
            let before = format!("{builder:?} {source:?} {auth:?}");
            let client: Client = builder.build().expect("a client");
            let request = client.request(SignIn::<true>::default());
            let now = format!(
                "{client:#?} {:?} {request:?} {:?}",
                client.request_context(),
                client.url_request(SignInUrl)
            );
            let after = format!("{:?} {:?}", request.clone().send(), request.send_with_metadata());
            for text in [before, now, after] {
                assert!(!text.contains("hush") && !text.contains("aHVza"), "{text}");
            }
        }
    }
}
