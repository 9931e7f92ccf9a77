//! One resource of the second package beside the first: it enables the resources that its types refer to, and no
//! others.

#![cfg(any(feature = "full", feature = "one-resource"))]

mod common;

use common::Canned;
use downstream::Customers;
use serde_json::{Value, json};
use workos_api::common::OrganizationId;
use workos_api::organization_domains::OrganizationDomainId;
use workos_api::organization_domains::params::CreateParams;
use workos_api::ErrorKind;
use workos_api::runtime::Endpoint;

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
async fn customer_is_found_by_a_verified_domain() -> Outcome {
    let guessed = customer("org_111", &[("acme.example", "pending"), ("acme.test", "verified")]);
    let proven = customer("org_222", &[("acme.example", "verified")]);
    for (data, found) in [
        (json!([guessed, proven]), Some(OrganizationId::new("org_222"))),
        (json!([guessed]), None),
        (json!([]), None),
    ] {
        let metadata = json!({ "before": null, "after": null });
        let transport =
            Canned::responding(200, json!({ "object": "list", "data": data, "list_metadata": metadata }));
        assert_eq!(Customers::new(transport.client()?).of_domain("acme.example").await?, found);
        let asked = transport.last_request();
        assert_eq!(asked.uri(), "https://api.workos.com/organizations?domains=acme.example");
        assert_eq!(asked.headers()["authorization"], "Bearer sk_test_111");
    }
    Ok(())
}

/// Only `organizations` is enabled. Its types refer to domains, so the resource of domains is enabled too.
#[tokio::test]
async fn referenced_resources_are_enabled() -> Outcome {
    let params = CreateParams::new("acme.example", OrganizationId::new("org_111"));
    let request = params.to_request(&"https://example.com".parse()?, &Default::default())?;
    assert_eq!(request.uri(), "https://example.com/organization_domains");
    assert_eq!(request.body(), r#"{"domain":"acme.example","organization_id":"org_111"}"#);

    let transport = Canned::responding(404, json!({ "code": "entity_not_found" }));
    let id = OrganizationDomainId::new("org_domain_111");
    let error = transport.client()?.organization_domains().get(id).send().await.expect_err("404");
    assert_eq!(error.kind(), ErrorKind::Api);
    Ok(())
}

/// The methods of the client take precedence over those of the trait, so this would not compile if a feature enabled
/// one.
#[cfg(not(feature = "full"))]
#[test]
fn other_resources_are_not_enabled() -> Outcome {
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

/// Both packages share the transport, the kinds of errors and `Secret`, but each has its own organization ID.
#[tokio::test]
async fn both_packages_share_one_runtime() -> Outcome {
    let transport = Canned::responding(
        404,
        json!({ "code": "entity_not_found", "error_type": "organization_not_found" }),
    );
    let one = stytch_b2b::Client::builder("project-test-111", "secret-test-111")
        .transport(transport.clone())
        .build()?;
    let other = transport.client()?;

    let id = stytch_b2b::organizations::OrganizationId::new("organization-111");
    let of_one: workos_api::Error = one.organizations().get(id).send().await.expect_err("404");
    let authorization = transport.last_request().headers()["authorization"].to_str()?.to_owned();
    assert!(authorization.starts_with("Basic "), "{authorization}");

    let of_other = other.organizations().get(OrganizationId::new("org_111")).send().await.expect_err("404");
    assert_eq!(transport.last_request().headers()["authorization"], "Bearer sk_test_111");

    // Each error uses the schema of its own API.
    let codes = [&of_one, &of_other].map(|error| error.api_error().and_then(|api| api.code()));
    assert_eq!(codes, [Some("organization_not_found"), Some("entity_not_found")]);
    Ok(())
}
