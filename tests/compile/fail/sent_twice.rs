//! Sending consumes the request; clone it to send it again.

use stytch_b2b::Client;

fn main() {}

pub async fn search(client: &Client) -> Result<(), stytch_b2b::Error> {
    let request = client.organizations().search().limit(10);
    request.send().await?;
    request.send().await?;
    Ok(())
}
