//! New optional parameters must not break code that creates parameters, so parameters are created by `new`.

use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::params::DeleteParams;
use stytch_b2b::organizations::members::MemberId;

fn main() {}

pub fn make(organization_id: OrganizationId, member_id: MemberId) -> DeleteParams {
    DeleteParams { organization_id, member_id }
}
