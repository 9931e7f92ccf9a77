//! A small application: it keeps the people of one customer in the directory of a vendor, and lets another sign
//! them in.
//!
//! It is here to use the generated packages as their users do, from another workspace.

#[cfg(any(feature = "full", feature = "one-resource"))]
mod customers;
#[cfg(any(feature = "full", feature = "one-resource"))]
mod directory;
#[cfg(feature = "full")]
mod sign_in;

use stytch_b2b::{Client, Error, Secret, Transport};

#[cfg(any(feature = "full", feature = "one-resource"))]
pub use customers::Customers;
#[cfg(any(feature = "full", feature = "one-resource"))]
pub use directory::{Directory, InviteError};
#[cfg(feature = "full")]
pub use sign_in::{SignIn, SignInError};

/// What an application reads from its configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    pub project_id: String,
    pub secret: Secret,
    /// Where to call instead, such as a server in a test.
    pub base_url: Option<String>,
}

impl Settings {
    /// A client over the default transport.
    #[cfg(feature = "full")]
    pub fn client(&self) -> Result<Client, Error> {
        self.builder().build()
    }

    /// A client over a transport of one's own.
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
