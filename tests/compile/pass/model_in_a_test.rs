//! Models cannot be written as literals; a test decodes one from JSON and sets the fields it needs.

use serde_json::json;
use stytch_b2b::organizations::members::{Member, MemberStatus};

fn member() -> serde_json::Result<Member> {
    serde_json::from_value(json!({
        "organization_id": "organization-111",
        "member_id": "member-111",
        "email_address": "ada@example.com",
        "status": "active",
        "name": "",
        "is_breakglass": false,
        "member_password_id": "",
        "email_address_verified": true,
        "mfa_phone_number_verified": false,
        "is_admin": false,
        "totp_registration_id": "",
        "mfa_enrolled": false,
        "mfa_phone_number": "",
        "default_mfa_method": "",
    }))
}

pub fn main() -> serde_json::Result<()> {
    let mut ada = member()?;
    ada.name = "Ada Lovelace".into();
    ada.status = MemberStatus::Deleted;
    assert!(ada.roles.is_empty());
    assert_ne!(ada, member()?);
    assert_eq!(serde_json::to_value(&ada)?["status"], "deleted");
    Ok(())
}
