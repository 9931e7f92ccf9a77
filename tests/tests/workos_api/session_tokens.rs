//! The public keys of sessions: for everybody, so nothing proves who asks.

use serde_json::json;
use typefoundry_tests::{Answer, cases};
use workos_api::{Client, ErrorKind};

use crate::case::{API_KEY, BASE_URL, Case, call};

cases! {
    "user_management.session_tokens.jwks": jwks_required, jwks_everything;
    "user_management.session_tokens.jwks_url": jwks_url_required, jwks_url_everything;
}

async fn jwks_required(case: Case) {
    let case = case.line("GET /sso/jwks/client_4c0ffee").answer(json!({"keys": []}));
    let response = case.call(|client| client.user_management().session_tokens().jwks().send()).await;
    assert!(response.keys.is_empty());
}

async fn jwks_everything(case: Case) {
    let key = |kid: &str| {
        json!({
            "alg": "RS256",
            "kty": "RSA",
            "use": "sig",
            "x5c": ["MIIC", "MIID"],
            "n": "oahUIoWw0K0usKNuOR6H4wkf4oBUXHTxRvgb48E",
            "e": "AQAB",
            "kid": kid,
            "x5t#S256": "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
        })
    };
    let case = case.line("GET /sso/jwks/client_4c0ffee").answer(json!({"keys": [key("k-1"), key("k-2")]}));
    let response = case.call(|client| client.user_management().session_tokens().jwks().send()).await;
    let [first, second] = response.keys.as_slice() else { panic!("two keys") };
    assert_eq!((first.kid.as_str(), second.kid.as_str()), ("k-1", "k-2"));
    assert_eq!((&*first.alg, &*first.kty, &*first.r#use), ("RS256", "RSA", "sig"));
    assert_eq!(first.x5c, ["MIIC", "MIID"]);
    assert_eq!(first.n, "oahUIoWw0K0usKNuOR6H4wkf4oBUXHTxRvgb48E");
    assert_eq!(first.e, "AQAB");
    assert_eq!(first.x5t_s256, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

async fn jwks_url_required(case: Case) {
    let case = case.line("GET /sso/jwks/client_4c0ffee");
    case.url(|client| client.user_management().session_tokens().jwks_url().url());
}

async fn jwks_url_everything(case: Case) {
    let case = case.line("GET /sso/jwks/client_4c0ffee");
    case.url(|client| client.user_management().session_tokens().jwks_url().url());
}

/// The client id stands in the path, where it must stay one segment.
#[test]
fn an_odd_client_id_cannot_leave_its_place() {
    let url_of = |client_id: &str| {
        let memory = typefoundry_tests::Memory::answering("{}");
        let client = Client::builder(API_KEY, client_id).base_url(BASE_URL).transport(memory).build();
        client.expect("a client").user_management().session_tokens().jwks_url().url()
    };
    let url = url_of("../../x?y#z ü").expect("a URL");
    assert_eq!(url.to_string(), "https://h.example/sso/jwks/..%2F..%2Fx%3Fy%23z%20%C3%BC");
    for client_id in [".", ".."] {
        assert_eq!(url_of(client_id).expect_err("a refusal").kind(), ErrorKind::Refused, "{client_id}");
    }
}

/// The algorithm is for the server to choose: a JWT library must not read another one than it came with.
#[tokio::test]
async fn another_algorithm_comes_back_as_it_came() {
    let keys = json!({"keys": [{
        "alg": "ES512",
        "kty": "EC",
        "use": "enc",
        "x5c": ["MIIC"],
        "n": "oahU",
        "e": "AQAB",
        "kid": "k-3",
        "x5t#S256": "NzbL",
    }]});
    let send = |client: &Client| client.user_management().session_tokens().jwks().send();
    let set = call(Answer::json(200, &keys), send).await.0.expect("keys");
    let [key] = set.keys.as_slice() else { panic!("one key") };
    assert_eq!((&*key.alg, &*key.kty, &*key.r#use), ("ES512", "EC", "enc"));
    assert_eq!(serde_json::to_value(&set).expect("JSON"), keys);
}

#[tokio::test]
async fn a_set_without_keys_is_empty() {
    let send = |client: &Client| client.user_management().session_tokens().jwks().send();
    let (response, _) = call(Answer::json(200, json!({})), send).await;
    assert!(response.expect("an empty set").keys.is_empty());
}
