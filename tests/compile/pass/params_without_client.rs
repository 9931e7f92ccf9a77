//! Parameters become an `http::Request`, and bytes become a response, without a client, a transport or an async
//! runtime.

use stytch_b2b::runtime::{Endpoint, http};
use stytch_b2b::organizations::members::MemberId;
use stytch_b2b::organizations::members::params::DeleteParams;
use stytch_b2b::organizations::members::requests::DeleteRequestOptions;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::params::SearchParams;

pub fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = "https://example.com".parse()?;

    let params = DeleteParams::new(OrganizationId::new("organization-111"), MemberId::new("member 111"));
    let mut options = DeleteRequestOptions::default();
    options.session_jwt = Some("jwt-111".into());
    let request = params.to_request(&base, &options)?;
    assert_eq!(request.method(), http::Method::DELETE);
    assert_eq!(request.uri().path(), "/v1/b2b/organizations/organization-111/members/member%20111");
    assert_eq!(request.headers()["x-stytch-member-sessionjwt"], "jwt-111");

    let mut params = SearchParams::new();
    params.limit = Some(5);
    assert_eq!(params.to_request(&base, &())?.body(), r#"{"limit":5}"#);

    let response =
        http::Response::new(r#"{"results_metadata": {"total": 0}, "request_id": "r", "status_code": 200}"#);
    let page = SearchParams::from_response(&response.map(Into::into))?;
    assert!(page.organizations.is_empty());
    Ok(())
}
