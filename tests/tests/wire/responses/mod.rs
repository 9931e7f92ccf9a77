//! Prepared responses: the objects that many responses contain, complete and minimal.
//!
//! A complete object has every documented field, each with a distinct value. A minimal object has only the fields
//! that are always present, with empty lists and no optional fields.

mod member;
mod organization;

use serde_json::{Value, json};

pub(crate) use member::{bare_member, check_bare_member, check_member, member};
pub(crate) use organization::{bare_organization, check_bare_organization, check_organization, organization};

use crate::case::REQUEST_ID;

/// Returns the response of the operations that return a member and its organization.
pub(crate) fn member_and_organization() -> Value {
    json!({
        "request_id": REQUEST_ID,
        "member_id": "member-test-a1",
        "member": member(),
        "organization": organization(),
        "status_code": 200,
    })
}

/// Returns the minimal form of the same response.
pub(crate) fn bare_member_and_organization() -> Value {
    json!({
        "request_id": REQUEST_ID,
        "member_id": "member-test-b1",
        "member": bare_member(),
        "organization": bare_organization(),
        "status_code": 200,
    })
}

/// Checks the fields of a response to [`member_and_organization`]. This is a macro because each operation has its own
/// response type.
macro_rules! check_member_and_organization {
    ($response:expr) => {{
        let response = &$response;
        assert_eq!(response.request_id, crate::case::REQUEST_ID);
        assert_eq!(response.member_id.as_str(), "member-test-a1");
        crate::responses::check_member(&response.member);
        crate::responses::check_organization(&response.organization);
        assert_eq!(response.status_code, 200);
    }};
}

/// Checks the fields of a response to [`bare_member_and_organization`].
macro_rules! check_bare_member_and_organization {
    ($response:expr) => {{
        let response = &$response;
        assert_eq!(response.request_id, crate::case::REQUEST_ID);
        assert_eq!(response.member_id.as_str(), "member-test-b1");
        crate::responses::check_bare_member(&response.member);
        crate::responses::check_bare_organization(&response.organization);
        assert_eq!(response.status_code, 200);
    }};
}

pub(crate) use {check_bare_member_and_organization, check_member_and_organization};
