//! Two enums with the same values are different types.

use stytch_b2b::Client;
use stytch_b2b::organizations::{EmailInvites, JitProvisioning};

fn main() {}

pub fn set(client: &Client, invites: EmailInvites) {
    let _request = client.organizations().create("Acme").email_jit_provisioning(invites);
    let _fits: JitProvisioning = JitProvisioning::Restricted;
}
