//! Redirects. They are not followed, because the request carries credentials.

use typefoundry_tests::Action::{Read, Write};
use typefoundry_tests::FaultyServer;

use crate::table::{Fault, Outcome, check, good};

const STATUSES: [u16; 6] = [300, 301, 302, 303, 307, 308];

fn redirects(location: &str) -> impl Iterator<Item = Fault> {
    STATUSES.into_iter().map(move |status| {
        let headers = format!("location: {location}\r\n");
        Fault::response(format!("{status} to {location}"), &format!("{status} Moved"), &headers, "moved")
            .expects(Outcome::Api(status))
            .expects_header("location", &[location])
    })
}

#[tokio::test]
async fn redirect_to_another_host_is_not_followed() {
    let elsewhere = FaultyServer::start(vec![vec![Read, Write(good())]]).await;
    let location = format!("{}/organizations/hush", elsewhere.url());
    let relative = location.trim_start_matches("http:");
    let locations = [location.as_str(), relative];
    check(locations.into_iter().flat_map(redirects).collect()).await;
    assert_eq!((elsewhere.connections(), elsewhere.requests()), (0, 0));
}

#[tokio::test]
async fn redirect_to_the_same_host_is_not_followed() {
    let locations = ["/organizations/other", "other", "", "?a=b", "http://[::1", "https://127.0.0.1:1/"];
    check(locations.into_iter().flat_map(redirects).collect()).await;
}
