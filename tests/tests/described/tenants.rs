//! A package of a description without docs.

use ::tenants::Client;
use ::tenants::projects::{Plan, ProjectId};
use typefoundry_tests::{RawServer, bounded};

const PROJECT: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 42\r\n\r\n\
                       {\"id\":\"p_1\",\"name\":\"Apollo\",\"plan\":\"team\"}";

#[tokio::test]
async fn package_without_docs_sends_requests() {
    let server = RawServer::responding(PROJECT).await;
    let url = server.url();
    let client = Client::builder("key_1").base_url(&url).build().expect("a client");
    let rename = client.projects().rename(ProjectId::new("p_1"), "Apollo").plan(Plan::Team);
    let project = bounded(rename.into_future()).await.expect("a project");
    assert_eq!((project.name.as_str(), project.plan), ("Apollo", Some(Plan::Team)));
    let host = url.strip_prefix("http://").expect("plain HTTP").to_owned();
    assert_eq!(
        server.request().await.replace(&host, "host"),
        "PATCH /projects/p_1 HTTP/1.1\r\naccept: application/json\r\ncontent-type: application/json\r\n\
         authorization: Bearer key_1\r\nuser-agent: tenants/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\
         content-length: 31\r\n\r\n{\"name\":\"Apollo\",\"plan\":\"team\"}"
    );
}
