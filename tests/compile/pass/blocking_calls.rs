//! The same builders make blocking calls: `wait()` for one call, an iterator for a list.

use std::time::Duration;

use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::runtime::{BlockingTransport, Bytes, TransportError, http};
use stytch_b2b::{Client, Error};

struct Canned(&'static str);

impl BlockingTransport for Canned {
    fn send(&self, _: http::Request<Bytes>, _: Duration) -> Result<http::Response<Bytes>, TransportError> {
        Ok(http::Response::new(self.0.into()))
    }
}

pub fn main() -> Result<(), Error> {
    let body = r#"{"members": [], "results_metadata": {"total": 7}, "request_id": "r", "status_code": 200}"#;
    let builder = Client::builder("project-test-111", "secret-test-111").blocking_transport(Canned(body));
    let client = builder.build()?;
    let members = client.organizations().members();
    let id = OrganizationId::new("organization-test-7");

    assert_eq!(members.search([&id]).send().wait()?.results_metadata.total, 7);
    assert_eq!(members.search([&id]).send_with_metadata().wait()?.attempts(), 1);
    let all: Result<Vec<_>, Error> = members.search([&id]).items().blocking().collect();
    assert!(all?.is_empty());
    Ok(())
}
