//! Text becomes an ID only by explicit conversion; otherwise any text could be passed as any ID.

use stytch_b2b::Client;

fn main() {}

pub fn read(client: &Client) {
    let _request = client.organizations().get("organization-test-111");
}

pub fn read_owned(client: &Client, organization: String) {
    let _request = client.organizations().get(organization);
}
