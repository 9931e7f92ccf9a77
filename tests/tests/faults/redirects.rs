//! Servers that send us elsewhere. The request holds credentials, so it stays where it was meant to be.

use typefoundry_tests::Act::{Read, Write};
use typefoundry_tests::FaultyServer;

use crate::table::{Fault, Outcome, check, good};

const STATUSES: [u16; 6] = [300, 301, 302, 303, 307, 308];

fn redirects(location: &str) -> impl Iterator<Item = Fault> {
    STATUSES.into_iter().map(move |status| {
        let headers = format!("location: {location}\r\n");
        Fault::answering(format!("{status} to {location}"), &format!("{status} Moved"), &headers, "moved")
            .gives(Outcome::Api(status))
            .keeps("location", &[location])
    })
}

#[tokio::test]
async fn another_host_sees_nothing() {
    let elsewhere = FaultyServer::start(vec![vec![Read, Write(good())]]).await;
    let location = format!("{}/organizations/hush", elsewhere.url());
    let relative = location.trim_start_matches("http:");
    let locations = [location.as_str(), relative];
    check(locations.into_iter().flat_map(redirects).collect()).await;
    assert_eq!((elsewhere.connections(), elsewhere.requests()), (0, 0));
}

#[tokio::test]
async fn the_same_host_sees_one_request() {
    let locations = ["/organizations/other", "other", "", "?a=b", "http://[::1", "https://127.0.0.1:1/"];
    check(locations.into_iter().flat_map(redirects).collect()).await;
}
