//! A request borrows its client; the call that `send` returns borrows nothing.

use stytch_b2b::Client;
use stytch_b2b::organizations::requests::SearchRequest;

fn main() {}

pub fn make(client: Client) -> SearchRequest<'static> {
    client.organizations().search()
}

pub fn drop_first(client: Client) {
    let request = client.organizations().search();
    drop(client);
    drop(request.send());
}
