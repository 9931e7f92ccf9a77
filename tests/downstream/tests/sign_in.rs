//! Sign-in, a resource of the second package that the first package does not refer to.

#![cfg(feature = "full")]

mod common;

use common::Canned;
use downstream::{SignIn, SignInError};
use serde_json::json;
use workos_api::common::{OrganizationId, UserId};
use workos_api::runtime::{Endpoint, Patch, http};
use workos_api::user_management::users::params::{ListParams, UpdateParams};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn url_is_built_without_a_request() -> Outcome {
    let transport = Canned::default();
    let sign_in = SignIn::new(transport.client()?);
    let url = sign_in.url(&OrganizationId::new("org_111"), "https://example.com/callback", "state 111")?;
    assert_eq!(
        url,
        "https://api.workos.com/user_management/authorize?client_id=client_111&response_type=code\
         &organization_id=org_111&redirect_uri=https%3A%2F%2Fexample.com%2Fcallback&state=state+111"
    );
    assert!(transport.is_idle());
    Ok(())
}

#[tokio::test]
async fn credentials_are_sent_in_the_body() -> Outcome {
    let transport = Canned::responding(401, json!({ "code": "invalid_credentials", "message": "No." }));
    let sign_in = SignIn::new(transport.client()?);
    let refused = sign_in.with_password("ada@example.com", &"hush-111".into()).await;
    assert!(matches!(refused, Err(SignInError::Wrong)), "{refused:?}");

    let asked = transport.last_request();
    assert_eq!(asked.uri(), "https://api.workos.com/user_management/authenticate");
    assert!(!asked.headers().contains_key("authorization"));
    let body: serde_json::Value = serde_json::from_slice(asked.body())?;
    assert_eq!(
        body,
        json!({
            "client_id": "client_111",
            "client_secret": "sk_test_111",
            "grant_type": "password",
            "email": "ada@example.com",
            "password": "hush-111",
        })
    );
    Ok(())
}

#[tokio::test]
async fn missing_step_is_a_separate_error() -> Outcome {
    let transport = Canned::responding(
        403,
        json!({
            "code": "organization_selection_required",
            "pending_authentication_token": "token-111",
            "user": { "object": "user", "id": "user_111", "email": "ada@example.com" },
            "organizations": [{ "id": "org_111", "name": "Acme" }, { "id": "org_222", "name": "Initech" }],
        }),
    );
    let sign_in = SignIn::new(transport.client()?);
    let refused = sign_in.with_password("ada@example.com", &"hush-111".into()).await;
    let Err(SignInError::Choose(step)) = &refused else { panic!("unexpected result: {refused:?}") };
    assert_eq!(step.organizations[1].name, "Initech");
    assert!(!format!("{refused:?}").contains("token-111"));
    Ok(())
}

#[test]
fn params_become_a_request() -> Outcome {
    let target = "https://example.com".parse()?;
    let mut params = UpdateParams::new(UserId::new("a/b"));
    params.external_id = Patch::Null;
    let request = params.to_request(&target, &())?;
    assert_eq!(request.method(), http::Method::PUT);
    assert_eq!(request.uri(), "https://example.com/user_management/users/a%2Fb");
    assert_eq!(request.body(), r#"{"external_id":null}"#);

    let mut params = ListParams::new();
    params.after = Some("user_111".into());
    let request = params.to_request(&target, &())?;
    assert_eq!(request.uri(), "https://example.com/user_management/users?after=user_111");
    Ok(())
}
