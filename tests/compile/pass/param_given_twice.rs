//! The last value of a parameter is used, so defaults can be set first and overridden later.

use stytch_b2b::Client;
use stytch_b2b::organizations::requests::CreateRequest;

pub fn main() {}

pub fn with_defaults(client: &Client) -> CreateRequest<'_> {
    client.organizations().create("Acme").organization_slug("untitled").email_allowed_domains(["example.com"])
}

pub fn create(client: &Client) {
    let request = with_defaults(client).organization_slug("acme").email_allowed_domains(["example.org"]);
    drop(request.send());
}
