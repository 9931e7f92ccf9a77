//! The client of an API, its builder, and credentials from environment variables.
//!
//! May use every module.

mod env;
mod servers;
mod api_client;
mod builder;
#[cfg(not(feature = "blocking"))]
mod blocking_disabled;

pub use self::api_client::Client;
pub use self::builder::ClientBuilder;
pub use self::env::{env_var, optional_env_var};
