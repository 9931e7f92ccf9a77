//! What successes look like: their statuses, with a body and without one.

use std::error::Error as _;

use serde_json::json;
use typefoundry_tests::{CannedResponse, Received};
use workos_api::common::{OrganizationId, UserId};
use workos_api::organization_domains::OrganizationDomainId;
use workos_api::organizations::it_contacts::{ItContactId, ItContactIntent};
use workos_api::runtime::DecodeError;
use workos_api::runtime::http::header::{HeaderName, LOCATION};
use workos_api::user_management::authentication::AuthenticateResponse;
use workos_api::{Call, Client, Error, ErrorKind};

use crate::case::call;
use crate::organization_domains::{bare_domain, check_bare_domain};
use crate::organizations::{bare_organization, organization};

/// What comes of deleting an Organization at a server that answers so.
async fn deletion(canned: CannedResponse) -> Result<(), Error> {
    let id = OrganizationId::new("org_01zinc");
    let (response, received) = call(canned, |client| client.organizations().delete(id).send()).await;
    assert_eq!(received.len(), 1, "nothing is tried again");
    response
}

/// All that the vendor answers, and what else is no failure.
#[tokio::test]
async fn nothing_comes_back() {
    for status in [200, 201, 202, 203, 204, 205, 299] {
        deletion(CannedResponse::empty(status)).await.expect("a deletion");
    }
    for body in ["{}", " \r\n", "null", "[1]", "\"gone\"", "{\"id\":\"org_01zinc\",\"deleted\":true}"] {
        for status in [200, 202] {
            deletion(CannedResponse::json(status, body)).await.expect(body);
        }
    }
}

/// The status says that the server did the work, whatever the body is.
#[tokio::test]
async fn success_with_any_body_is_a_deletion() {
    for canned in [
        CannedResponse::html(200, "<html>Sign in to the guest network</html>"),
        CannedResponse::json(202, "{\"id\": "),
        CannedResponse::json(200, "{} {}"),
    ] {
        deletion(canned).await.expect("a deletion");
    }
}

#[tokio::test]
async fn what_is_no_success_fails() {
    for status in [300, 301, 302, 304, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503, 504, 599] {
        let error = deletion(CannedResponse::empty(status)).await.expect_err("no deletion");
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

/// A success of another place would be none of this one.
#[tokio::test]
async fn redirects_are_not_followed() {
    let canned = CannedResponse::empty(307).header(LOCATION, "/elsewhere");
    let error = deletion(canned).await.expect_err("no deletion");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(error.headers().expect("headers")[LOCATION], "/elsewhere");
}

/// Every other operation of the kind, with the status of its own and a few others.
#[tokio::test]
async fn all_that_return_nothing() {
    async fn check(send: impl Fn(&Client) -> Call<()>) {
        for status in [200, 201, 202, 204] {
            let (response, received) = call(CannedResponse::empty(status), &send).await;
            response.expect("nothing");
            assert_eq!(received.len(), 1);
            let (response, _) =
                call(CannedResponse::json(status.min(202), json!({"success": true})), &send).await;
            response.expect("nothing");
        }
    }
    let (user, organization) = (UserId::new("u"), OrganizationId::new("o"));
    let contact = ItContactId::new("c");
    check(|client| client.organization_domains().delete(OrganizationDomainId::new("d")).send()).await;
    check(|client| client.organizations().it_contacts().delete(&organization, &contact).send()).await;
    check(|client| client.organizations().it_contacts().revoke(&organization, &contact).send()).await;
    check(|client| {
        let contacts = client.organizations().it_contacts();
        contacts.invite(&organization, &contact, [ItContactIntent::Sso]).send()
    })
    .await;
    check(|client| client.user_management().users().delete(&user).send()).await;
    check(|client| {
        client.user_management().data_providers().delete_connected_account(&user, "github").send()
    })
    .await;
}

/// The error of a call that should bring something back.
async fn error_of<R>(
    canned: CannedResponse,
    send: impl FnOnce(&Client) -> Call<R>,
) -> (Error, Vec<Received>) {
    let (response, received) = call(canned, send).await;
    (response.err().expect("an error"), received)
}

fn get(client: &Client) -> Call<workos_api::organizations::Organization> {
    client.organizations().get(OrganizationId::new("org_01zinc")).send()
}

fn why(error: &Error) -> &DecodeError {
    error.source().and_then(|source| source.downcast_ref()).expect("why it cannot be read")
}

/// An Organization that is not there cannot be made up.
#[tokio::test]
async fn nothing_comes_back_where_something_is_due() {
    for canned in [
        CannedResponse::empty(204),
        CannedResponse::empty(200),
        CannedResponse::empty(202),
        CannedResponse::json(200, " \n"),
        CannedResponse::json(200, "null"),
        CannedResponse::json(201, "[]"),
        CannedResponse::json(200, "{}"),
        CannedResponse::html(200, "<html></html>"),
    ] {
        let (error, received) = error_of(canned, get).await;
        assert_eq!(received.len(), 1, "nothing is tried again");
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.operation(), Some("organizations.get"));
        assert!(error.api().is_none());
        assert!(error.status().is_some_and(|status| status.is_success()));
        assert!(error.to_string().starts_with("organizations.get: "), "{error}");
        assert!(!why(&error).to_string().is_empty());
    }
}

#[tokio::test]
async fn a_sign_in_without_a_body_is_none() {
    let (error, _) = error_of(CannedResponse::empty(204), |client| -> Call<AuthenticateResponse> {
        client.user_management().authentication().authenticate_with_password("a@b.example", "hush").send()
    })
    .await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.operation(), Some("user_management.authentication.authenticate_with_password"));
}

/// A page without entries says so itself.
#[tokio::test]
async fn lists_without_a_body_are_no_empty_lists() {
    let (error, _) =
        error_of(CannedResponse::empty(204), |client| client.organizations().list().send()).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    let identities =
        |client: &Client| client.user_management().users().list_identities(UserId::new("u")).send();
    for canned in [CannedResponse::empty(204), CannedResponse::empty(200), CannedResponse::json(200, " ")] {
        let (error, _) = error_of(canned, identities).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
    }
    let (response, _) = call(CannedResponse::json(200, "[]"), identities).await;
    assert!(response.expect("a list").is_empty());
}

/// 201 where the vendor says 200, and the other way round: the body is what counts.
#[tokio::test]
async fn any_success_may_carry_the_body() {
    for status in [200, 201, 202, 203] {
        let (response, _) = call(CannedResponse::json(status, organization()), get).await;
        assert_eq!(response.expect("an Organization").id.as_str(), "org_01zinc");
        let verify = |client: &Client| {
            client.organization_domains().verify(OrganizationDomainId::new("org_domain_01bare")).send()
        };
        let (response, _) = call(CannedResponse::json(status, bare_domain()), verify).await;
        check_bare_domain(&response.expect("a domain"));
    }
}

/// Servers name requests in a header, and forget to say that a body is JSON.
#[tokio::test]
async fn the_type_of_a_body_is_not_asked_for() {
    let canned = CannedResponse::html(200, bare_organization());
    let (response, _) = call(canned, get).await;
    assert_eq!(response.expect("an Organization").name, "Bare");
    let header = HeaderName::from_static("x-request-id");
    let (error, _) = error_of(CannedResponse::empty(204).header(header, "req_7"), get).await;
    assert_eq!(error.request_id(), Some("req_7"));
}
