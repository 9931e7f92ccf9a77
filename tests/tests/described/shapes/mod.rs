//! Types of every form in requests and responses, over a socket.

mod directions;
mod notices;
mod records;
mod unions;

use shapes::Client;
use shapes::runtime::{HyperTransport, RetryPolicy};
use typefoundry_tests::{CannedResponse, Server};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Starts a server that sends this response, and a client of the server.
async fn serve(response: &str) -> (Server, Client) {
    let server = Server::start(CannedResponse::json(200, response)).await;
    let transport = HyperTransport::builder().no_proxy().build().expect("a transport");
    let client = Client::builder().base_url(server.url()).transport(transport).retry(RetryPolicy::never());
    (server, client.build().expect("a client"))
}
