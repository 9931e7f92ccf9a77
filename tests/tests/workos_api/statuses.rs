//! Status codes of successful responses, with and without a body.

use std::error::Error as _;

use serde_json::json;
use typefoundry_tests::{CannedResponse, Received};
use workos_api::common::{OrganizationId, UserId};
use workos_api::organization_domains::OrganizationDomainId;
use workos_api::organizations::it_contacts::{ItContactId, ItContactIntent};
use workos_api::runtime::http::header::{HeaderName, LOCATION};
use workos_api::runtime::{Call, DecodeError};
use workos_api::user_management::authentication::AuthenticateResponse;
use workos_api::{Client, Error, ErrorKind};

use crate::case::call;
use crate::organization_domains::{bare_domain, check_bare_domain};
use crate::organizations::{bare_organization, organization};

/// Returns the result of deleting an organization with this response.
async fn deletion(canned: CannedResponse) -> Result<(), Error> {
    let id = OrganizationId::new("org_01zinc");
    let (response, received) = call(canned, |client| client.organizations().delete(id).send()).await;
    assert_eq!(received.len(), 1, "the call is not retried");
    response
}

/// The statuses that the vendor documents, and other statuses of a success.
#[tokio::test]
async fn empty_success_is_a_deletion() {
    for status in [200, 201, 202, 203, 204, 205, 299] {
        deletion(CannedResponse::empty(status)).await.expect("a deletion");
    }
    for body in ["{}", " \r\n", "null", "[1]", "\"gone\"", "{\"id\":\"org_01zinc\",\"deleted\":true}"] {
        for status in [200, 202] {
            deletion(CannedResponse::json(status, body)).await.expect(body);
        }
    }
}

/// The status alone means that the server completed the operation.
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
async fn error_status_fails_a_deletion() {
    for status in [300, 301, 302, 304, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502, 503, 504, 599] {
        let error = deletion(CannedResponse::empty(status)).await.expect_err("the deletion fails");
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

/// A response of the redirect target says nothing about the deletion.
#[tokio::test]
async fn redirects_are_not_followed() {
    let canned = CannedResponse::empty(307).header(LOCATION, "/elsewhere");
    let error = deletion(canned).await.expect_err("the deletion fails");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(error.headers().expect("headers")[LOCATION], "/elsewhere");
}

/// Tests every other operation without a response, with its own status and some others.
#[tokio::test]
async fn every_operation_without_a_response_accepts_any_success() {
    async fn check(send: impl Fn(&Client) -> Call<()>) {
        for status in [200, 201, 202, 204] {
            let (response, received) = call(CannedResponse::empty(status), &send).await;
            response.expect("an empty response");
            assert_eq!(received.len(), 1);
            let (response, _) =
                call(CannedResponse::json(status.min(202), json!({"success": true})), &send).await;
            response.expect("an empty response");
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

/// Returns the error of a call that requires a response body.
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
    error.source().and_then(|source| source.downcast_ref()).expect("a decode error")
}

/// An organization cannot be constructed from an empty body.
#[tokio::test]
async fn empty_body_is_a_decode_error() {
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
        assert_eq!(received.len(), 1, "the call is not retried");
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.operation(), Some("organizations.get"));
        assert!(error.api_error().is_none());
        assert!(error.status().is_some_and(|status| status.is_success()));
        assert!(error.to_string().starts_with("organizations.get: "), "{error}");
        assert!(!why(&error).to_string().is_empty());
    }
}

#[tokio::test]
async fn sign_in_without_a_body_is_a_decode_error() {
    let (error, _) = error_of(CannedResponse::empty(204), |client| -> Call<AuthenticateResponse> {
        client.user_management().authentication().authenticate_with_password("a@b.example", "hush").send()
    })
    .await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.operation(), Some("user_management.authentication.authenticate_with_password"));
}

/// An empty page is a page without entries, not an empty body.
#[tokio::test]
async fn list_without_a_body_is_a_decode_error() {
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

/// A status other than the documented one is accepted: 201 instead of 200, and vice versa.
#[tokio::test]
async fn body_of_any_success_is_decoded() {
    for status in [200, 201, 202, 203] {
        let (response, _) = call(CannedResponse::json(status, organization()), get).await;
        assert_eq!(response.expect("an organization").id.as_str(), "org_01zinc");
        let verify = |client: &Client| {
            client.organization_domains().verify(OrganizationDomainId::new("org_domain_01bare")).send()
        };
        let (response, _) = call(CannedResponse::json(status, bare_domain()), verify).await;
        check_bare_domain(&response.expect("a domain"));
    }
}

/// The request ID is read from a header, and `Content-Type` is optional.
#[tokio::test]
async fn content_type_is_not_required() {
    let canned = CannedResponse::html(200, bare_organization());
    let (response, _) = call(canned, get).await;
    assert_eq!(response.expect("an organization").name, "Bare");
    let header = HeaderName::from_static("x-request-id");
    let (error, _) = error_of(CannedResponse::empty(204).header(header, "req_7"), get).await;
    assert_eq!(error.request_id(), Some("req_7"));
}
