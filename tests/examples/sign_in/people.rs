//! The people who sign in: their credentials and actions.

use workos_api::runtime::http::Uri;
use workos_api::user_management::authentication::SignInOrganization;

use super::server::Server;

/// A person who signs in.
#[derive(Debug)]
pub struct Person {
    pub email: &'static str,
    pub password: &'static str,
}

/// A user with an authenticator app.
pub const ADA: Person = Person { email: "ada@example.com", password: "ada-password-111" };

/// A member of two organizations.
pub const GRACE: Person = Person { email: "grace@example.com", password: "grace-password-111" };

/// A member of two organizations whose email address is not verified.
pub const JOAN: Person = Person { email: "joan@example.com", password: "joan-password-111" };

/// The code that the authenticator app shows.
pub const APP_CODE: &str = "app-code-111";

/// The code in the email.
pub const EMAIL_CODE: &str = "email-code-111";

impl Person {
    pub fn read_authenticator_app(&self) -> &'static str {
        APP_CODE
    }

    pub fn read_email(&self) -> &'static str {
        EMAIL_CODE
    }

    /// Selects the last organization. A program would not select it by mistake.
    pub fn chooses<'a>(&self, organizations: &'a [SignInOrganization]) -> Option<&'a SignInOrganization> {
        organizations.last()
    }
}

/// The query parameters with which a browser returns to the application.
#[derive(Debug)]
pub struct Return {
    pub code: String,
    pub state: String,
}

/// Opens a page of AuthKit and signs in as Ada. Returns the parameters of the redirect.
///
/// # Errors
/// Returns an error if the page does not open.
pub fn browse(server: &Server, url: &Uri) -> Result<Return, String> {
    server.authorize(url)
}
