//! One resource of the second package beside the first: it brings what its types name, and no more.

#![cfg(any(feature = "full", feature = "one-resource"))]

mod common;

use common::Canned;
use downstream::Customers;
use serde_json::{Value, json};
use workos_api::common::OrganizationId;
use workos_api::organization_domains::{CreateParams, OrganizationDomainId};
use workos_api::{Endpoint, ErrorKind};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn customer(id: &str, domains: &[(&str, &str)]) -> Value {
    let domain = |(domain, state): &(&str, &str)| {
        json!({
            "object": "organization_domain",
            "id": "org_domain_111",
            "organization_id": id,
            "domain": domain,
            "state": state,
            "created_at": "2026-01-01T00:00:00.000Z",
            "updated_at": "2026-01-01T00:00:00.000Z",
        })
    };
    json!({
        "object": "organization",
        "id": id,
        "name": "Acme",
        "domains": domains.iter().map(domain).collect::<Vec<_>>(),
        "metadata": {},
        "external_id": null,
        "created_at": "2026-01-01T00:00:00.000Z",
        "updated_at": "2026-01-01T00:00:00.000Z",
    })
}

#[tokio::test]
async fn a_customer_is_found_by_a_proven_domain() -> Outcome {
    let guessed = customer("org_111", &[("acme.example", "pending"), ("acme.test", "verified")]);
    let proven = customer("org_222", &[("acme.example", "verified")]);
    for (data, found) in [
        (json!([guessed, proven]), Some(OrganizationId::new("org_222"))),
        (json!([guessed]), None),
        (json!([]), None),
    ] {
        let metadata = json!({ "before": null, "after": null });
        let transport =
            Canned::answers(200, json!({ "object": "list", "data": data, "list_metadata": metadata }));
        assert_eq!(Customers::new(transport.client()?).of_domain("acme.example").await?, found);
        let asked = transport.asked();
        assert_eq!(asked.uri(), "https://api.workos.com/organizations?domains=acme.example");
        assert_eq!(asked.headers()["authorization"], "Bearer sk_test_111");
    }
    Ok(())
}

/// `organizations` alone is asked for, and its types name domains, so those are a resource too.
#[tokio::test]
async fn the_resources_that_it_names_come_along() -> Outcome {
    let params = CreateParams::new("acme.example", OrganizationId::new("org_111"));
    let request = params.to_request(&"https://example.com".parse()?, &Default::default())?;
    assert_eq!(request.uri(), "https://example.com/organization_domains");
    assert_eq!(request.body(), r#"{"domain":"acme.example","organization_id":"org_111"}"#);

    let transport = Canned::answers(404, json!({ "code": "entity_not_found" }));
    let id = OrganizationDomainId::new("org_domain_111");
    let error = transport.client()?.organization_domains().get(id).send().await.expect_err("404");
    assert_eq!(error.kind(), ErrorKind::Api);
    Ok(())
}

/// These methods stand in for those of the client, which go first wherever a feature brings one: this would not compile.
#[cfg(not(feature = "full"))]
#[test]
fn no_other_resource_comes_along() -> Outcome {
    struct Absent;
    trait Fallback {
        fn user_management(&self) -> Absent {
            Absent
        }
        fn multi_factor_auth(&self) -> Absent {
            Absent
        }
        fn sso(&self) -> Absent {
            Absent
        }
    }
    impl Fallback for workos_api::Client {}

    let client = Canned::default().client()?;
    let _absent: [Absent; 3] = [client.user_management(), client.multi_factor_auth(), client.sso()];
    Ok(())
}

/// One transport, one kind of error and one `Secret`, but two ids of an organization.
#[tokio::test]
async fn both_packages_share_one_runtime() -> Outcome {
    let transport =
        Canned::answers(404, json!({ "code": "entity_not_found", "error_type": "organization_not_found" }));
    let one = stytch_b2b::Client::builder("project-test-111", "secret-test-111")
        .transport(transport.clone())
        .build()?;
    let other = transport.client()?;

    let id = stytch_b2b::organizations::OrganizationId::new("organization-111");
    let of_one: workos_api::Error = one.organizations().get(id).send().await.expect_err("404");
    let authorization = transport.asked().headers()["authorization"].to_str()?.to_owned();
    assert!(authorization.starts_with("Basic "), "{authorization}");

    let of_other = other.organizations().get(OrganizationId::new("org_111")).send().await.expect_err("404");
    assert_eq!(transport.asked().headers()["authorization"], "Bearer sk_test_111");

    // Each keeps what it knows of the error bodies of its API.
    let codes = [&of_one, &of_other].map(|error| error.api().and_then(|api| api.code()));
    assert_eq!(codes, [Some("organization_not_found"), Some("entity_not_found")]);
    Ok(())
}
