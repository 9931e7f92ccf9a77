//! New values must not break a `match`, so it needs a wildcard arm, even beside `Unknown`.

use stytch_b2b::organizations::members::MemberStatus;

fn main() {}

pub fn can_sign_in(status: &MemberStatus) -> bool {
    match status {
        MemberStatus::Active | MemberStatus::Invited | MemberStatus::Pending => true,
        MemberStatus::Deleted => false,
        MemberStatus::Unknown(_) => false,
    }
}
