//! Makes blocking calls without the feature `blocking`.

use workos_api::{Client, ClientBuilder};

pub fn call(client: &Client) {
    let _page = client.organizations().list().send().wait();
}

pub fn call_with_metadata(client: &Client) {
    let _page = client.organizations().list().send_with_metadata().wait();
}

pub fn list(client: &Client) {
    for organization in client.organizations().list().items().blocking() {
        drop(organization);
    }
    drop(client.organizations().list().pages().blocking());
}

pub struct Canned;

pub fn transport(builder: ClientBuilder) -> ClientBuilder {
    builder.blocking_transport(Canned)
}
