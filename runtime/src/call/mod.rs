//! One call, from its parameters to its response: a sans-I/O state machine, and thin drivers that supply I/O and time.
//!
//! May use every module above it: `request`, `endpoint`, `transport`, `retry`, `interceptor`, `trace` and the modules
//! that they use. It does not depend on the client, which passes its [`CallContext`].

mod build_request;
mod config;
mod outcome;
mod state;
mod async_driver;
#[cfg(feature = "blocking")]
mod blocking_driver;
mod streaming_driver;
#[cfg(feature = "blocking")]
mod blocking_streaming_driver;
mod token_fetch;
mod access_token;
mod context;
mod authorized;
mod pending;
mod future;
mod with_metadata;
mod request;
mod pages;
mod items;
mod stream_source;
mod response_stream;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(not(feature = "blocking"))]
mod blocking_disabled;

#[cfg(feature = "blocking")]
pub use self::blocking::BlockingIter;
pub use self::future::Call;
pub use self::items::Items;
pub use self::pages::Pages;
pub use self::request::Request;
pub use self::response_stream::{ByteStream, EventStream, JsonLineStream, ResponseStream};
pub use self::with_metadata::{ApiResponse, CallWithMetadata};

pub(crate) use self::access_token::TokenCache;
pub(crate) use self::config::{CallConfig, NO_TIMEOUT};
pub(crate) use self::context::CallContext;
