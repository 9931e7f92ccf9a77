//! A small application: it manages the people of a customer through one vendor's API, and signs them in through
//! another's.
//!
//! It uses the generated packages from another workspace, as their users do.

#[cfg(any(feature = "full", feature = "one-resource"))]
mod customers;
#[cfg(any(feature = "full", feature = "one-resource"))]
mod directory;
#[cfg(feature = "full")]
mod sign_in;

use stytch_b2b::{Client, Error};
use stytch_b2b::runtime::{Secret, Transport};

#[cfg(any(feature = "full", feature = "one-resource"))]
pub use customers::Customers;
#[cfg(any(feature = "full", feature = "one-resource"))]
pub use directory::{Directory, InviteError};
#[cfg(feature = "full")]
pub use sign_in::{SignIn, SignInError};

/// The configuration of an application.
#[derive(Clone, Debug)]
pub struct Settings {
    pub project_id: String,
    pub secret: Secret,
    /// The base URL to use instead of the default one, such as that of a test server.
    pub base_url: Option<String>,
}

impl Settings {
    /// Creates a client with the default transport.
    #[cfg(feature = "full")]
    pub fn client(&self) -> Result<Client, Error> {
        self.builder().build()
    }

    /// Creates a client with a custom transport.
    pub fn client_over(&self, transport: impl Transport + 'static) -> Result<Client, Error> {
        self.builder().transport(transport).build()
    }

    fn builder(&self) -> stytch_b2b::ClientBuilder {
        let builder = Client::builder(&self.project_id, &self.secret);
        match &self.base_url {
            Some(url) => builder.base_url(url),
            None => builder,
        }
    }
}
