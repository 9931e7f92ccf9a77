//! The public keys of session tokens. They are public, so the request carries no credentials.

use serde_json::json;
use typefoundry_tests::{CannedResponse, cases};
use workos_api::{Client, ErrorKind};

use crate::case::{API_KEY, BASE_URL, Case, call};

cases! {
    "user_management.session_tokens.jwks": jwks_required, jwks_everything;
    "user_management.session_tokens.jwks_url": jwks_url_required, jwks_url_everything;
}

async fn jwks_required(case: Case) {
    let case = case.line("GET /sso/jwks/client_4c0ffee").response(json!({"keys": []}));
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
    let case = case.line("GET /sso/jwks/client_4c0ffee").response(json!({"keys": [key("k-1"), key("k-2")]}));
    let response = case.call(|client| client.user_management().session_tokens().jwks().send()).await;
    let [first, second] = response.keys.as_slice() else { panic!("two keys") };
    assert_eq!((first.kid.as_deref(), second.kid.as_deref()), (Some("k-1"), Some("k-2")));
    assert_eq!(
        (first.alg.as_deref(), &*first.kty, first.r#use.as_deref()),
        (Some("RS256"), "RSA", Some("sig"))
    );
    assert_eq!(first.x5c, ["MIIC", "MIID"]);
    assert_eq!(first.n.as_deref(), Some("oahUIoWw0K0usKNuOR6H4wkf4oBUXHTxRvgb48E"));
    assert_eq!(first.e.as_deref(), Some("AQAB"));
    assert_eq!(first.x5t_s256.as_deref(), Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
}

async fn jwks_url_required(case: Case) {
    let case = case.line("GET /sso/jwks/client_4c0ffee");
    case.url(|client| client.user_management().session_tokens().jwks_url().url());
}

async fn jwks_url_everything(case: Case) {
    let case = case.line("GET /sso/jwks/client_4c0ffee");
    case.url(|client| client.user_management().session_tokens().jwks_url().url());
}

/// The client ID is part of the path, and must remain one segment.
#[test]
fn client_id_stays_within_its_path_segment() {
    let url_of = |client_id: &str| {
        let memory = typefoundry_tests::Memory::responding("{}");
        let client = Client::builder(API_KEY, client_id).base_url(BASE_URL).transport(memory).build();
        client.expect("a client").user_management().session_tokens().jwks_url().url()
    };
    let url = url_of("../../x?y#z ü").expect("a URL");
    assert_eq!(url.to_string(), "https://h.example/sso/jwks/..%2F..%2Fx%3Fy%23z%20%C3%BC");
    for client_id in [".", ".."] {
        assert_eq!(
            url_of(client_id).expect_err("a rejection").kind(),
            ErrorKind::InvalidRequest,
            "{client_id}"
        );
    }
}

/// The algorithm is the server's choice and must be passed unchanged to a JWT library.
#[tokio::test]
async fn unknown_algorithm_round_trips() {
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
    let set = call(CannedResponse::json(200, &keys), send).await.0.expect("keys");
    let [key] = set.keys.as_slice() else { panic!("one key") };
    assert_eq!((key.alg.as_deref(), &*key.kty, key.r#use.as_deref()), (Some("ES512"), "EC", Some("enc")));
    assert_eq!(serde_json::to_value(&set).expect("JSON"), keys);
}

/// RFC 7517 requires only `kty` of a key. One incomplete key must not fail the whole set.
#[tokio::test]
async fn key_without_optional_parameters_does_not_fail_the_set() {
    let keys = json!({"keys": [
        {"kty": "RSA", "n": "oahU", "e": "AQAB"},
        {"kty": "EC", "kid": "k-4", "crv": "P-256", "x": "f83O", "y": "x_FE"},
        {"kty": "OKP"},
    ]});
    let send = |client: &Client| client.user_management().session_tokens().jwks().send();
    let set = call(CannedResponse::json(200, &keys), send).await.0.expect("keys");
    let [rsa, ec, _] = set.keys.as_slice() else { panic!("three keys") };
    assert_eq!((rsa.alg.as_deref(), rsa.n.as_deref(), ec.kid.as_deref()), (None, Some("oahU"), Some("k-4")));
    assert_eq!(ec.additional_fields["crv"], "P-256");
    // A JWT library gets the keys unchanged. A missing list is encoded as an empty one.
    let written = serde_json::to_value(&set).expect("JSON");
    for (key, sent) in keys["keys"].as_array().expect("keys").iter().enumerate() {
        let mut sent = sent.clone();
        sent["x5c"] = json!([]);
        assert_eq!(written["keys"][key], sent);
    }
}

#[tokio::test]
async fn empty_key_set_is_decoded() {
    let send = |client: &Client| client.user_management().session_tokens().jwks().send();
    let (response, _) = call(CannedResponse::json(200, json!({})), send).await;
    assert!(response.expect("an empty set").keys.is_empty());
}
