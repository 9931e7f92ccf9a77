//! `Unknown("active")` would be a second name of `Active`, so only decoding creates an `Unknown`.

use stytch_b2b::runtime::UnknownValue;
use stytch_b2b::organizations::members::MemberStatus;

fn main() {}

pub fn from_text() -> MemberStatus {
    MemberStatus::Unknown("active".into())
}

pub fn from_parts() -> MemberStatus {
    MemberStatus::Unknown(UnknownValue("active".into()))
}
