//! An open enum is matched with a wildcard arm, and an unknown value keeps its text.

use stytch_b2b::organizations::members::MemberStatus;

pub fn can_sign_in(status: &MemberStatus) -> bool {
    match status {
        MemberStatus::Active | MemberStatus::Invited | MemberStatus::Pending => true,
        MemberStatus::Unknown(value) => value.as_str() == "probation",
        _ => false,
    }
}

pub fn main() {
    assert!(can_sign_in(&MemberStatus::Active));
    assert!(can_sign_in(&MemberStatus::from("probation")));
    assert!(!can_sign_in(&"deleted".into()));
    assert_eq!(MemberStatus::from("active"), MemberStatus::Active);
    assert_eq!(MemberStatus::from("probation").to_string(), "probation");
}
