//! What servers answer: the objects that many responses hold, whole and bare.
//!
//! A whole one has every field that the vendor documents, each with a value that no
//! other field has. A bare one has only what is always there: no list, nothing optional.

mod member;
mod organization;

use serde_json::{Value, json};

pub(crate) use member::{bare_member, check_bare_member, check_member, member};
pub(crate) use organization::{bare_organization, check_bare_organization, check_organization, organization};

use crate::case::REQUEST_ID;

/// The answer of the many operations that give the Member and its Organization.
pub(crate) fn member_and_organization() -> Value {
    json!({
        "request_id": REQUEST_ID,
        "member_id": "member-test-a1",
        "member": member(),
        "organization": organization(),
        "status_code": 200,
    })
}

/// The same with only what is always there.
pub(crate) fn bare_member_and_organization() -> Value {
    json!({
        "request_id": REQUEST_ID,
        "member_id": "member-test-b1",
        "member": bare_member(),
        "organization": bare_organization(),
        "status_code": 200,
    })
}

/// Checks the fields of a response to [`member_and_organization`]. A macro, because each
/// operation has a response type of its own.
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

/// As above, for [`bare_member_and_organization`].
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
