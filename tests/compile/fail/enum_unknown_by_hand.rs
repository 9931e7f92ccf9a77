//! `Unknown("active")` beside `Active` would be two names of one value, so only reading makes an `Unknown`.

use stytch_b2b::UnknownValue;
use stytch_b2b::organizations::members::MemberStatus;

fn main() {}

pub fn from_text() -> MemberStatus {
    MemberStatus::Unknown("active".into())
}

pub fn from_parts() -> MemberStatus {
    MemberStatus::Unknown(UnknownValue("active".into()))
}
