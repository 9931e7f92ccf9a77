//! Sign-in of a customer's people: on the vendor's pages, or with a password.

use std::fmt;

use workos_api::common::OrganizationId;
use workos_api::user_management::authentication::{
    AuthorizationSelector, OrganizationSelectionStep, SignInStep,
};
use workos_api::{Client, Error};
use workos_api::runtime::Secret;

/// An error code that the application handles.
const WRONG: &str = "invalid_credentials";

/// Signs people in.
#[derive(Clone, Debug)]
pub struct SignIn {
    client: Client,
}

/// The reason for which a person could not be signed in.
#[derive(Debug)]
pub enum SignInError {
    /// The email address or the password is wrong.
    Wrong,
    /// The person must select an organization first.
    Choose(OrganizationSelectionStep),
    /// The call failed.
    Call(Error),
}

impl SignIn {
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Returns the URL at which a person signs in through their own company.
    pub fn url(&self, organization: &OrganizationId, callback: &str, state: &str) -> Result<String, Error> {
        let selector = AuthorizationSelector::organization(organization);
        let authentication = self.client.user_management().authentication();
        let url = authentication.authorization_url(selector, callback).state(state).url()?;
        Ok(url.to_string())
    }

    /// Exchanges an email address and a password for an access token.
    pub async fn with_password(&self, email: &str, password: &Secret) -> Result<Secret, SignInError> {
        let authentication = self.client.user_management().authentication();
        let session = authentication.authenticate_with_password(email, password).send().await?;
        Ok(session.access_token)
    }
}

impl From<Error> for SignInError {
    fn from(error: Error) -> Self {
        if let Some(SignInStep::OrganizationSelectionRequired(step)) = error.body_as() {
            return Self::Choose(step);
        }
        match error.api_error().and_then(|api| api.code()) {
            Some(WRONG) => Self::Wrong,
            _ => Self::Call(error),
        }
    }
}

impl fmt::Display for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong => f.write_str("the email address or the password is wrong"),
            Self::Choose(step) => {
                write!(f, "one of {} organizations must be selected", step.organizations.len())
            }
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SignInError {}
