//! The step that interrupts a sign-in is read from the error, and contains the parameters of the next call.

use workos_api::runtime::{Call, Endpoint, http};
use workos_api::user_management::authentication::{AuthenticateResponse, SignInStep};
use workos_api::user_management::authentication::params::AuthenticateWithPasswordParams;
use workos_api::{Client, Error};

fn error(status: u16, body: &'static str) -> Result<Error, http::Error> {
    let response = http::Response::builder().status(status).body(body.into())?;
    Ok(AuthenticateWithPasswordParams::from_response(&response).expect_err("the response is not a success"))
}

/// Returns the next call, if any.
pub fn next_call(client: &Client, error: &Error) -> Option<Call<AuthenticateResponse>> {
    let authentication = client.user_management().authentication();
    match error.body_as::<SignInStep>()? {
        SignInStep::OrganizationSelectionRequired(step) => {
            let token = step.pending_authentication_token;
            let organization = step.organizations.into_iter().next()?;
            Some(authentication.authenticate_with_organization_selection(token, organization.id).send())
        }
        _ => None,
    }
}

pub fn main() -> Result<(), http::Error> {
    let choose = error(
        403,
        r#"{
            "code": "organization_selection_required",
            "message": "Choose one.",
            "pending_authentication_token": "token-111",
            "user": { "object": "user", "id": "user_111", "email": "ada@example.com" },
            "organizations": [{ "id": "org_111", "name": "Acme" }]
        }"#,
    )?;
    let Some(SignInStep::OrganizationSelectionRequired(step)) = choose.body_as() else {
        panic!("another step: {choose}");
    };
    assert_eq!(step.organizations.len(), 1);
    assert!(!format!("{choose:?} {step:?}").contains("token-111"));

    // OAuth errors use another field for the code.
    let sso = error(403, r#"{ "error": "sso_required", "email": "ada@example.com" }"#)?;
    assert!(matches!(sso.body_as(), Some(SignInStep::SsoRequired(_))));

    for (status, body) in [(401, r#"{ "code": "invalid_credentials" }"#), (502, "<html>")] {
        assert_eq!(error(status, body)?.body_as::<SignInStep>(), None);
    }
    Ok(())
}
