//! The people who sign in: what they know and do.

use workos_api::runtime::http::Uri;
use workos_api::user_management::authentication::SignInOrganization;

use super::server::Server;

/// Somebody in front of the screen.
#[derive(Debug)]
pub struct Person {
    pub email: &'static str,
    pub password: &'static str,
}

/// Has an authenticator app.
pub const ADA: Person = Person { email: "ada@example.com", password: "ada-password-111" };

/// Is a member of two Organizations.
pub const GRACE: Person = Person { email: "grace@example.com", password: "grace-password-111" };

/// Has not proven the email address, and is a member of two Organizations.
pub const JOAN: Person = Person { email: "joan@example.com", password: "joan-password-111" };

/// What the authenticator app shows.
pub const APP_CODE: &str = "app-code-111";

/// What the email says.
pub const EMAIL_CODE: &str = "email-code-111";

impl Person {
    pub fn reads_the_authenticator_app(&self) -> &'static str {
        APP_CODE
    }

    pub fn reads_the_email(&self) -> &'static str {
        EMAIL_CODE
    }

    /// Takes the last one, which no program would take by mistake.
    pub fn chooses<'a>(&self, organizations: &'a [SignInOrganization]) -> Option<&'a SignInOrganization> {
        organizations.last()
    }
}

/// What stands in the query when a browser comes back to the application.
#[derive(Debug)]
pub struct Return {
    pub code: String,
    pub state: String,
}

/// Ada opens a page of AuthKit, signs in there, and is sent back.
///
/// # Errors
/// When the page does not open.
pub fn browse(server: &Server, url: &Uri) -> Result<Return, String> {
    server.authorize(url)
}
