//! A request is no future before `send`.

use stytch_b2b::Client;

fn main() {}

pub async fn create(client: &Client) {
    let _created = client.organizations().create("Acme").await;
}
