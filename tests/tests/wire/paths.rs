//! Params on the request line: encoded byte by byte, or refused before anything is sent.

use serde_json::json;
use stytch_b2b::organizations::members::{MemberId, MemberPasswordId, MemberSelector};
use stytch_b2b::organizations::{ConnectedAppId, OrganizationId};
use stytch_b2b::{Call, Client, Error, ErrorKind};
use typefoundry_tests::{CannedResponse, RawServer, bounded};

use crate::case::{REQUEST_ID, call, client_of};

fn organization_id() -> OrganizationId {
    OrganizationId::new("organization-test-6f1c")
}

fn member_id() -> MemberId {
    MemberId::new("member-test-9ab4")
}

/// Deletes a Member and gives the request line without the version.
async fn line_of_deletion(member_id: &str) -> String {
    let canned = json!({"request_id": REQUEST_ID, "member_id": "member-test-9ab4", "status_code": 200});
    let send = |client: &Client| {
        client.organizations().members().delete(organization_id(), MemberId::new(member_id)).send()
    };
    let (response, received) = call(CannedResponse::json(200, canned), send).await;
    response.expect("a deletion");
    received[0].line()
}

#[tokio::test]
async fn an_id_stays_within_its_segment() {
    for (id, segment) in [
        ("a/b", "a%2Fb"),
        ("a?b=c&d", "a%3Fb%3Dc%26d"),
        ("a#b", "a%23b"),
        ("100%", "100%25"),
        ("%2e%2e", "%252e%252e"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("Zoë 👩", "Zo%C3%AB%20%F0%9F%91%A9"),
        ("../../organizations", "..%2F..%2Forganizations"),
        ("..\\..", "..%5C.."),
        ("...", "..."),
        (".hidden", ".hidden"),
        ("a;b:c@d,e", "a%3Bb%3Ac%40d%2Ce"),
        ("a\r\nx: y", "a%0D%0Ax%3A%20y"),
        ("\0", "%00"),
        (" ", "%20"),
        ("AZaz09-._~", "AZaz09-._~"),
        ("[]{}|^`\"<>'()*!$", "%5B%5D%7B%7D%7C%5E%60%22%3C%3E%27%28%29%2A%21%24"),
    ] {
        let expected = format!("DELETE /v1/b2b/organizations/organization-test-6f1c/members/{segment}");
        assert_eq!(line_of_deletion(id).await, expected);
    }
}

/// The bytes on the socket, with no HTTP library between.
#[tokio::test]
async fn a_request_is_so_on_the_socket() {
    let server = RawServer::responding("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await;
    let client = client_of(&server.url());
    let id = OrganizationId::new("../..//x?y#z");
    let request = client.organizations().members().update(id, MemberId::new("Ünal"));
    let error = bounded(request.name("Ünal").send()).await.expect_err("404");
    assert_eq!(error.kind(), ErrorKind::Api);
    let request = server.request().await;
    let (head, body) = request.split_once("\r\n\r\n").expect("a head");
    let line = "PUT /v1/b2b/organizations/..%2F..%2F%2Fx%3Fy%23z/members/%C3%9Cnal HTTP/1.1";
    assert_eq!(head.lines().next(), Some(line));
    assert_eq!(body, r#"{"name":"Ünal"}"#);
}

#[tokio::test]
async fn a_query_is_encoded() {
    for (email, query) in [
        ("a b@c.example", "a+b%40c.example"),
        ("a+b&c=d#e", "a%2Bb%26c%3Dd%23e"),
        ("zoë/?%", "zo%C3%AB%2F%3F%25"),
        // A value that is given is sent, even when it is empty.
        ("", ""),
    ] {
        let send = |client: &Client| {
            let selector = MemberSelector::email_address(email);
            client.organizations().members().get(organization_id(), selector).send()
        };
        let (_, received) = call(CannedResponse::json(404, json!({})), send).await;
        let path = "/v1/b2b/organizations/organization-test-6f1c/member";
        assert_eq!(received[0].target, format!("{path}?email_address={query}"));
    }
}

/// Makes a call that must be refused, and gives why.
async fn refusal<R>(send: impl FnOnce(&Client) -> Call<R>) -> Error {
    let (response, received) = call(CannedResponse::json(200, json!({})), send).await;
    assert!(received.is_empty(), "{received:?}");
    let Err(error) = response else { panic!("a refusal") };
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert_eq!((error.status(), error.body()), (None, None));
    error
}

fn check_names(error: &Error, operation: &str, param: &str) {
    assert_eq!(error.operation(), Some(operation));
    let text = error.to_string();
    assert!(text.contains(operation) && text.contains(&format!("`{param}`")), "{text}");
}

/// Servers and libraries fold these away: the call would reach another thing, or all of them.
const FOLDED: [&str; 3] = ["", ".", ".."];

#[tokio::test]
async fn a_folded_organization_id_is_refused() {
    for id in FOLDED.map(OrganizationId::new) {
        let send = |client: &Client| client.organizations().delete(&id).send();
        check_names(&refusal(send).await, "organizations.delete", "organization_id");
        let send = |client: &Client| client.organizations().update(&id).organization_name("x").send();
        check_names(&refusal(send).await, "organizations.update", "organization_id");
        let selector = MemberSelector::email_address("grace@nightingale.example");
        let send = |client: &Client| client.organizations().members().get(&id, selector).send();
        check_names(&refusal(send).await, "organizations.members.get", "organization_id");
    }
}

#[tokio::test]
async fn a_folded_member_id_is_refused() {
    for id in FOLDED.map(MemberId::new) {
        let send = |client: &Client| client.organizations().members().delete(organization_id(), &id).send();
        check_names(&refusal(send).await, "organizations.members.delete", "member_id");
        let send = |client: &Client| client.organizations().members().dangerously_get(&id).send();
        check_names(&refusal(send).await, "organizations.members.dangerously_get", "member_id");
    }
}

#[tokio::test]
async fn a_folded_id_of_another_kind_is_refused() {
    for id in FOLDED {
        let password_id = MemberPasswordId::new(id);
        let send = |client: &Client| {
            client.organizations().members().delete_password(organization_id(), password_id).send()
        };
        let error = refusal(send).await;
        check_names(&error, "organizations.members.delete_password", "member_password_id");
        let app_id = ConnectedAppId::new(id);
        let send = |client: &Client| {
            let apps = client.organizations().members().connected_apps();
            apps.revoke(organization_id(), member_id(), app_id).send()
        };
        let error = refusal(send).await;
        check_names(&error, "organizations.members.connected_apps.revoke", "connected_app_id");
    }
}

/// A server takes an empty session for none, and would do the call with the full power of the project.
#[tokio::test]
async fn an_empty_session_is_refused() {
    let send = |client: &Client| client.organizations().delete(organization_id()).session_token("").send();
    let error = refusal(send).await;
    check_names(&error, "organizations.delete", "x-stytch-member-session");
}

/// A line break would start a header of the attacker's own.
#[tokio::test]
async fn a_header_that_breaks_the_line_is_refused() {
    for token in ["hush\r\nx-evil: 1", "hush\n", "hush\0", "hüsh"] {
        let send =
            |client: &Client| client.organizations().delete(organization_id()).session_token(token).send();
        let error = refusal(send).await;
        check_names(&error, "organizations.delete", "x-stytch-member-session");
        assert!(!format!("{error} {error:?}").contains("sh\\"), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("evil"), "{error:?}");
    }
}
